"""Of several who keep a template at the same moment one does, and the others are told in a sentence."""

from django.core.exceptions import ValidationError
from tests.at_once import MANY_WRITERS, WORKERS, in_threads

from xiaohao.core.services import audit
from xiaohao.writing.models import TextTemplate
from xiaohao.writing.services import templates

pytestmark = MANY_WRITERS


def test_one_of_many_keeps_his_template(clerk) -> None:
    def keep(worker: int, turn: int) -> None:
        templates.change_template(kind="notice", source=f"{worker}", by=clerk, expected_number=turn)

    errors = in_threads(keep, rounds=1)
    assert [type(error) for error in errors] == [ValidationError] * (WORKERS - 1)
    assert TextTemplate.objects.get().number == 1
    assert list(audit.verify()) == []
