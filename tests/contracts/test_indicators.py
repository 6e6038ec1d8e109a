"""What every number for reports has to say of itself."""

import pytest

from xiaohao.ledger.indicators import INDICATORS

OF_WHEN = ("期间", "现有")


@pytest.mark.parametrize("key", sorted(INDICATORS))
def test_it_says_of_when_it_counts(key) -> None:
    """Of the period or its end; where records tell nothing of earlier days, of now."""
    assert any(word in str(INDICATORS[key].counted) for word in OF_WHEN)
