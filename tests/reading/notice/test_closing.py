"""The end of a notice."""

import datetime as dt

import pytest

from xiaohao.reading.notice.closing import read_closing
from xiaohao.reading.outline import fold


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        ("公示期限:2025年6月5日至6月25日。", dt.date(2025, 6, 5), dt.date(2025, 6, 25)),
        ("请于2025年6月5日至6月25日期间向我们反映。", dt.date(2025, 6, 5), dt.date(2025, 6, 25)),
        ("请自2025年6月5日起至2025年6月25日止提出意见。", dt.date(2025, 6, 5), dt.date(2025, 6, 25)),
        ("请于2025年6月5日前完成整改。2025年7月1日至7月3日开展回访。", None, None),
        ("我们于2025年6月5日至6月25日开展了培训。", None, None),
    ],
)
def test_the_public_period_with_and_without_a_label(sentence: str, first, last) -> None:
    text = f"欢迎监督。{sentence}\n中共云台县水利局党组\n2025年6月5日"
    closing = read_closing(text, fold(text))
    read = [fact.value if fact else None for fact in (closing.open_from, closing.open_to)]
    assert read == [first, last]
