"""Dates as notices print them: without a year, without a day, as a range, or as a placeholder."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from xiaohao.reading.notice.model import Certainty, Fact
from xiaohao.reading.repair import date_readings

_CHINESE_DIGITS = str.maketrans("〇零○OＯ一二三四五六七八九", "00000123456789")
_GAP = r"[ ]*"
_DATE = re.compile(
    rf"(?:(?P<year>(?:19|20)\d\d){_GAP}年{_GAP}|(?P<relative>同年|当年|次年|翌年|今年|去年){_GAP})?"
    rf"(?P<month>1[0-2]|0?[1-9]){_GAP}月{_GAP}"
    rf"(?:(?P<day>3[01]|[12]\d|0?[1-9])(?!\d){_GAP}(?:日|号)|(?P<part>上旬|中旬|下旬|月?底|月?初|中|末)?)"
    rf"|(?P<digital_year>20\d\d)(?P<sep>[-./])(?P<digital_month>1[0-2]|0?[1-9])(?P=sep)"
    rf"(?P<digital_day>3[01]|[12]\d|0?[1-9])(?!\d)"
    rf"|(?P<squeezed>(?<!\d)20\d\d年?\d{{2,4}}日)"
    rf"|(?P<chinese>(?:二[〇零○OＯ]|一九)[二〇零○OＯ一三四五六七八九]{{2}}年[一二三四五六七八九十]{{1,2}}月[一二三四五六七八九十]{{1,3}}日)"
    rf"|(?P<placeholder>(?:[xX×*Ｘ○]{{1,4}}|20\d\d){_GAP}年{_GAP}[xX×*Ｘ○\d]{{1,2}}{_GAP}月"
    rf"(?:{_GAP}[xX×*Ｘ○\d]{{1,2}}{_GAP}[日号])?|[xX×*Ｘ○]{{1,2}}{_GAP}月(?:{_GAP}[xX×*Ｘ○]{{1,2}}{_GAP}[日号]|上旬|中旬|下旬|底|初)?)"
)
_RANGE_WORD = re.compile(r"[ ]*(?:起|开始)?[ ]*(?:至|到|—+|-+|~+|–|─+)[ ]*")
_BARE_DAY = re.compile(r"(3[01]|[12]\d|0?[1-9])[ ]*日")


@dataclass(frozen=True)
class Mention:
    """A date as printed at ``start`` to ``end``. Parts that are not printed are None.

    ``relative`` is a word such as 同年; ``vague`` is true where the day is missing or a placeholder.
    ``damaged`` is a run of digits such as 2024717日 that can be read in one way, or (no parts) in several.
    ``range_start`` and ``range_end`` mark the two ends of a range (A至B).
    """

    text: str
    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    relative: str = ""
    range_start: bool = False
    range_end: bool = False
    damaged: bool = False

    @property
    def vague(self) -> bool:
        """Whether no day can be read."""
        return self.month is None or self.day is None


def mentions(folded: str, start: int = 0, end: int | None = None) -> list[Mention]:
    """All dates between two offsets of a folded text, in order, with ranges marked."""
    limit = len(folded) if end is None else end
    return list(_with_ranges(folded, _found(folded, start, limit), limit))


def _found(folded: str, start: int, limit: int) -> Iterator[Mention]:
    for found in _DATE.finditer(folded, start, limit):
        whole = found["day"] or found["part"] or found["year"] or found["relative"]
        before = folded[max(0, found.start() - 1) : found.start()]
        if found["month"] and not whole and before not in tuple("至到-—~"):
            continue  # 6月 alone is as often a duration as a date
        yield _mention(found)


def _mention(found: re.Match[str]) -> Mention:
    span = (found.group().rstrip(), found.start(), found.start() + len(found.group().rstrip()))
    if found["chinese"]:
        year, month, day = re.split("[年月日]", found["chinese"])[:3]
        return Mention(*span, int(year.translate(_CHINESE_DIGITS)), _small(month), _small(day))
    if found["digital_year"]:
        digital = int(found["digital_year"]), int(found["digital_month"]), int(found["digital_day"])
        return Mention(*span, *digital)
    if found["placeholder"]:
        return Mention(*span, None, None, None)
    if found["squeezed"]:
        readings = date_readings(found["squeezed"])
        if len(readings) != 1:
            return Mention(*span, None, None, None, damaged=True)
        return Mention(*span, readings[0].year, readings[0].month, readings[0].day, damaged=True)
    year_text, day_text = found["year"], found["day"]
    return Mention(
        *span,
        int(year_text) if year_text else None,
        int(found["month"]),
        int(day_text) if day_text else None,
        found["relative"] or "",
    )


def _small(numeral: str) -> int:
    tens, ten, ones = numeral.rpartition("十")
    units = int(ones.translate(_CHINESE_DIGITS)) if ones else 0
    return units + ((int(tens.translate(_CHINESE_DIGITS)) if tens else 1) * 10 if ten else 0)


def _with_ranges(folded: str, found: Iterable[Mention], limit: int) -> Iterator[Mention]:
    """Join A至B, and read 9月18日至20日, where the second has only its day."""
    waiting: Mention | None = None
    opens = False
    for mention in found:
        if waiting is None:
            waiting = mention
            continue
        joined = _RANGE_WORD.fullmatch(folded, waiting.end, mention.start)
        yield from _released(folded, waiting, limit, opens=opens, closes=bool(joined))
        opens = bool(joined)
        waiting = mention
    if waiting:
        yield from _released(folded, waiting, limit, opens=opens, closes=False)


def _released(folded: str, mention: Mention, limit: int, *, opens: bool, closes: bool) -> Iterator[Mention]:
    """``opens``: the mention before was the start of a range; ``closes``: the next one is its end."""
    if opens:
        yield replace(mention, range_end=True)
        return
    word = None if closes or mention.vague else _RANGE_WORD.match(folded, mention.end, limit)
    day = _BARE_DAY.match(folded, word.end(), limit) if word else None
    yield replace(mention, range_start=closes or day is not None)
    if day:
        yield Mention(
            day.group(), day.start(), day.end(), mention.year, mention.month, int(day[1]), range_end=True
        )


def resolve(
    mention: Mention, before: Fact[date] | None, *, fallback_year: int | None = None
) -> Fact[date] | None:
    """The calendar date of a mention, or None where no full date can be read.

    A missing year is taken over from ``before``, the date printed before it, with its certainty; where that
    would put the date earlier than ``before``, the next year is meant, which is ``likely``, as is a
    ``fallback_year``.
    """
    if mention.month is None or mention.day is None:
        return None
    certainty: Certainty = "certain"
    year = mention.year
    if mention.damaged:
        certainty = "likely"
    elif year is None and before is not None:
        year, certainty = _year_after(mention, before)
    elif year is None and fallback_year is not None:
        year, certainty = fallback_year, "likely"
    if year is None:
        return None
    try:
        value = date(year, mention.month, mention.day)
    except ValueError:
        return None
    return Fact(value, mention.text, mention.start, mention.end, certainty)


def _year_after(mention: Mention, before: Fact[date]) -> tuple[int, Certainty]:
    """The year of a date without one that is printed after ``before``."""
    if mention.relative in ("次年", "翌年"):
        return before.value.year + 1, before.certainty
    if mention.relative in ("今年", "去年"):
        return before.value.year, "likely"
    earlier = (mention.month or 0, mention.day or 0) < (before.value.month, before.value.day)
    if earlier and not mention.relative:
        return before.value.year + 1, "likely"
    return before.value.year, before.certainty
