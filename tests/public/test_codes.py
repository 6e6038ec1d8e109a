"""An organ's pages stand at its code, so no code is a word that has a page already."""

import pytest
from django.core.exceptions import ValidationError

from xiaohao.core.models import Organ
from xiaohao.core.services import organs
from xiaohao.public.urls import urlpatterns


def reserved_words() -> set[str]:
    """Return the words that stand in an address where codes do, as the addresses are declared."""
    routes = [str(one.pattern).split("/") for one in urlpatterns]
    return {parts[1] for parts in routes if parts[0] == "public" and not parts[1].startswith("<")}


@pytest.mark.django_db
def test_no_code_is_a_word_of_an_address() -> None:
    assert reserved_words() == {"answer"}
    for code in reserved_words():
        with pytest.raises(ValidationError, match="单位代码不能用“answer”"):
            organs.create_organ(code=code, name="青山区政协机关")
    assert not Organ.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["answers", "feed", "7", "qingshan"])
def test_other_words_are_codes(client, code) -> None:
    organs.create_organ(code=code, name="青山区政协机关")
    assert "青山区政协机关" in client.get(f"/public/{code}/").content.decode()
