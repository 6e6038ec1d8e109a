"""Who inspected whom, from when to when, and when it was fed back: the sentences before the first heading."""

import re
from dataclasses import dataclass, field
from datetime import date

from xiaohao.reading.notice.dates import Mention, mentions, resolve
from xiaohao.reading.notice.model import Certainty, Doubt, Fact

_PREFACE = re.compile(
    r"^(?:(?:根据|按照|依据|经|遵照|为|依照)[^,。]{0,60}?(?:部署|安排|要求|批准|同意|计划|规定|精神|决定|规划|意见)(?:[,和]|(?=[\d由]))"
    r"|自|从|于|在|由|至|到|[,、 ]|期间|以来|起|止|左右|期限)"
)
_BODY = re.compile(
    r"(?P<body>[^,。;:()“”\d][^,。;:“”]{0,40}?(?:组|办公室)(?:[(][^()]{1,12}[)])?)"
    r"(?=(?:分别)?(?:在|对|于|从|自|向|到|赴|进驻|入驻|开展|反馈|来|至|就|通过|,|采取|巡[察视](?!组|工作|办|第|[一二三四五六七八九十])|的|同志|\d))"
)
_BODY_WORD = re.compile(r"巡[察视]|第?[一二三四五六七八九十\d]+组|专项")
_NOT_A_BODY = re.compile(r"领导小组|工作组$|党组$|小组$|专班")
_INSPECTS = r"(?:开展|进行|实施|展开|组织)"
_UNIT = re.compile(
    r"(?:对|进驻)(?P<unit>[^,。;]{2,80}?)"
    r"(?:(?:开展|进行|实施|展开)(?:了|为期|集中|常规|专项|巡|政治|“|提级|机动|交叉|涉|营造|第|整改|\d|[一两三])"
    r"|(?=[,;。]|$))"
)
_UNIT_LEAD = re.compile(r"^(?:为期[^对]{1,12})?(?:对)?")
_INSPECTED_BY = re.compile(
    r"(?P<unit>[^,。;\d]{2,40}?)(?:党组|党委|党支部|党总支)?接受了?(?P<body>[^,。;]{2,30}?组)(?:的|为期|开展|进行)"
)
_FED_TO = re.compile(r"向(?P<unit>[^,。;]{2,60}?)(?:进行了?|作了?|正式|集中|通报)?(?:党组)?反馈")
_TITLE_LINE = re.compile(r"(?:通报|公告|报告|公示|情况|说明)(?:[ ]*[(][^()\n]*[)])?[ ]*\n$")
_COUNTED = re.compile(
    r"(?:反馈|指出|发现)[^。;\d]{0,12}\d+[个项类条大][^。]{0,20}问题|(?:反馈|指出|发现)问题\d+[个项类条大]"
)
_PRONOUN = re.compile(
    r"^(?:我|本)(?:局|院|校|镇|乡|街道|委|办|会|单位|行|公司|中心|集团|区|县|市|厅|村|社区|处|站|机关)"
)
_TITLE_UNIT = re.compile(
    r"^[ ]*(?P<unit>[^\n。,]{4,60}?)[ \n]*关于[^\n。]{0,60}?(?:巡[察视])?[^\n。]{0,40}(?:整改)"
    r"[^\n。]{0,20}(?:通报|情况|公告|报告|公示)",
    re.MULTILINE,
)


@dataclass
class Opening:
    """The opening facts; None where the notice does not state them."""

    inspected_unit: Fact[str] | None = None
    inspecting_body: Fact[str] | None = None
    inspected_from: Fact[date] | None = None
    inspected_to: Fact[date] | None = None
    feedback_on: Fact[date] | None = None
    doubts: list[Doubt] = field(default_factory=list)
    end: int = 0
    """Offset after the last sentence that gave a fact."""


@dataclass(frozen=True)
class _Sentence:
    text: str
    start: int
    end: int


def read_opening(text: str, folded: str, preamble_end: int) -> Opening:
    """Read the opening facts; where the preamble has none, look a little way into the text."""
    opening = _read_zone(text, folded, preamble_end)
    if opening.inspecting_body is None and opening.inspected_from is None and preamble_end < len(text):
        opening = _read_zone(text, folded, min(len(text), preamble_end + 1500))
    return opening


def _read_zone(text: str, folded: str, zone_end: int) -> Opening:
    opening = Opening()
    for sentence in _sentences(folded, zone_end):
        about = re.search(r"巡[察视]", sentence.text) or ("反馈" in sentence.text and opening.end)
        if not about or _TITLE_LINE.search(sentence.text):
            continue
        found = _read_names(opening, text, sentence)
        dated = _read_dates(opening, folded, sentence)
        if found or dated:
            counted = _COUNTED.search(sentence.text)
            opening.end = max(opening.end, sentence.start + counted.start() if counted else sentence.end)
        if opening.feedback_on and opening.inspected_from and opening.inspecting_body:
            break
    return opening


def _sentences(folded: str, zone_end: int) -> list[_Sentence]:
    return [
        _Sentence(found.group(), found.start(), found.end())
        for found in re.finditer(r"[^。\n]+(?:。|\n|$)", folded[:zone_end])
    ]


def _read_names(opening: Opening, text: str, sentence: _Sentence) -> bool:
    """Body and unit, if this sentence tells that an inspection took place or was fed back."""
    if not re.search(r"反馈|(?:对|进驻|接受).*(?:巡[察视])", sentence.text):
        return False
    passive = _INSPECTED_BY.search(sentence.text)
    body = _find_body(sentence, passive)
    if body is None:
        return False
    if opening.inspecting_body is None:
        several = re.search(r"组建|派出|成立|抽调|\d个|[一二三四五六七八九十]个", text[body[0] : body[1]])
        opening.inspecting_body = _fact(text, *body, "unsure" if several else "certain")
        if several:
            opening.doubts.append(Doubt("inspecting_body", text[body[0] : body[1]], "巡察组不止一个"))
    if opening.inspected_unit is None:
        unit, certainty = _find_unit(sentence, body[1], passive)
        if unit:
            opening.inspected_unit = _fact(text, *unit, certainty)
            _doubt_unit(opening, opening.inspected_unit, text[unit[1] : sentence.end])
    return True


def _doubt_unit(opening: Opening, unit: Fact[str], after: str) -> None:
    if unit.certainty != "certain":
        opening.doubts.append(Doubt("inspected_unit", unit.text, "按反馈对象或者句式推断"))
    elif re.search(r"[;；]对|等\d+[家个]", unit.text + after):
        opening.doubts.append(Doubt("inspected_unit", unit.text, "被巡察单位不止一个"))


def _find_body(sentence: _Sentence, passive: re.Match[str] | None) -> tuple[int, int] | None:
    if passive:
        return sentence.start + passive.start("body"), sentence.start + passive.end("body")
    position = 0
    while position < len(sentence.text):
        position = _skip_lead(sentence.text, position)
        found = _BODY.match(sentence.text, position)
        if found and _BODY_WORD.search(found["body"]) and not _NOT_A_BODY.search(found["body"]):
            return sentence.start + found.start("body"), sentence.start + found.end("body")
        comma = sentence.text.find(",", position)
        if comma < 0:
            return None
        position = comma + 1
    return None


def _skip_lead(sentence: str, position: int) -> int:
    """Pass over dates, prepositions and phrases such as 根据市委统一部署."""
    while True:
        preface = _PREFACE.match(sentence[position:])
        if preface and preface.end():
            position += preface.end()
            continue
        dated = next((m for m in mentions(sentence, position, position + 30) if m.start == position), None)
        day = re.compile(r"(?:\d{1,2}[ ]*日)").match(sentence, position)
        if dated:
            position = dated.end
        elif day:
            position = day.end()
        else:
            return position


def _find_unit(
    sentence: _Sentence, body_end: int, passive: re.Match[str] | None
) -> tuple[tuple[int, int] | None, Certainty]:
    if passive:
        return (sentence.start + passive.start("unit"), sentence.start + passive.end("unit")), "likely"
    found = _UNIT.search(sentence.text, body_end - sentence.start)
    if found and not re.search(r"反馈|问题", found["unit"]):
        lead = _UNIT_LEAD.match(found["unit"])
        offset = lead.end() if lead else 0
        return (sentence.start + found.start("unit") + offset, sentence.start + found.end("unit")), "certain"
    fed = _FED_TO.search(sentence.text, max(0, body_end - sentence.start))
    if fed:
        return (sentence.start + fed.start("unit"), sentence.start + fed.end("unit")), "likely"
    return None, "unsure"


def _fact(text: str, start: int, end: int, certainty: Certainty = "certain") -> Fact[str]:
    printed = text[start:end]
    return Fact(printed.strip(), printed, start, end, certainty)


def _read_dates(opening: Opening, folded: str, sentence: _Sentence) -> bool:
    found = mentions(folded, sentence.start, sentence.end)
    if not found:
        return False
    year = _later_year(folded, found)
    start = next((m for m in found if m.range_start), None)
    used = False
    if start and opening.inspected_from is None and _tells_inspection(folded, start, sentence):
        _take(opening, "inspected_from", start, None, year)
        end = found[found.index(start) + 1]
        _take(opening, "inspected_to", end, opening.inspected_from, year)
        used = True
    elif opening.inspected_from is None:
        used = _single_start(opening, folded, sentence, found, year)
    if opening.feedback_on is None:
        used = _read_feedback(opening, folded, sentence, found, year) or used
    return used


def _later_year(folded: str, found: list[Mention]) -> int | None:
    """The year for a first date without one, by the date with a year that comes next and is not earlier."""
    first = found[0]
    if first.year is not None or first.month is None:
        return None
    following = mentions(folded, first.end, first.end + 600)
    later = next((m for m in following if m.year is not None and m.month is not None), None)
    if later is None or later.year is None or later.month is None:
        return None
    after = (first.month, first.day or 0) > (later.month, later.day or 31)
    return later.year - 1 if after else later.year


def _tells_inspection(folded: str, start: Mention, sentence: _Sentence) -> bool:
    """Whether the range belongs to the inspection, not to the feedback."""
    after = folded[start.end : sentence.end]
    fed_back = after.find("反馈")
    inspects = re.search(r"巡[察视]", after)
    return inspects is not None and (fed_back < 0 or inspects.start() < fed_back)


def _single_start(
    opening: Opening, folded: str, sentence: _Sentence, found: list[Mention], year: int | None
) -> bool:
    """为期45天, or 起: only the first day is stated."""
    first = found[0]
    after = folded[first.end : sentence.end]
    if re.match(r"[ ]*(?:起|开始)|.{0,40}?(?:进驻|为期)", after) and "反馈" not in after[:20]:
        _take(opening, "inspected_from", first, None, year)
        opening.doubts.append(Doubt("inspected_to", sentence.text.strip(), "只写了开始日期，没有写结束日期"))
        return True
    if (
        first.month
        and re.match(r"[^。]{0,60}巡[察视][^。]{0,20}(?:开展|进行)", after)
        and "反馈" not in after
    ):
        opening.doubts.append(Doubt("inspected_from", first.text, "只有一个日期，看不出起止"))
    return False


def _read_feedback(
    opening: Opening, folded: str, sentence: _Sentence, found: list[Mention], year: int | None
) -> bool:
    for mention in found:
        if mention.range_end or (mention.range_start and _tells_inspection(folded, mention, sentence)):
            continue
        after = folded[mention.end : sentence.end]
        if not re.match(r"[^。;]{0,70}?(?:反馈|通报)", after) or re.match(
            r"[^。;]{0,30}?反馈(?:会)?(?:意见)?(?:后|以来)", after
        ):
            continue
        _take(opening, "feedback_on", mention, opening.inspected_to or opening.inspected_from, year)
        if mention.range_start:
            opening.doubts.append(Doubt("feedback_on", mention.text, "反馈写成一段时间，取第一天"))
        return True
    return False


def _take(opening: Opening, name: str, mention: Mention, before: Fact[date] | None, year: int | None) -> None:
    """Set a date, or say in a doubt why it cannot be set."""
    fact = resolve(mention, before, fallback_year=year)
    if fact is None:
        why = "没有写明哪一天" if mention.vague else "没有写年份，或者不是有效日期"
        why = "日期缺字，有不止一种读法" if mention.damaged else why
        opening.doubts.append(Doubt(name, mention.text, why))
        return
    setattr(opening, name, fact)
    if fact.certainty != "certain":
        why = f"没有写年份，按前后日期推断为{fact.value.year}年"
        why = f"日期缺字，读作{fact.value.isoformat()}" if mention.damaged else why
        opening.doubts.append(Doubt(name, mention.text, why))


def name_unit(opening: Opening, text: str, folded: str, preamble_end: int, signer: Fact[str] | None) -> None:
    """我局 is named by the heading of the notice or by who signed it, if they stand there."""
    unit = opening.inspected_unit
    if unit is None or not _PRONOUN.match(unit.value):
        return
    title = _TITLE_UNIT.search(folded[:preamble_end])
    if title is None and signer is None:
        opening.inspected_unit = Fact(unit.value, unit.text, unit.start, unit.end, "unsure")
        opening.doubts.append(Doubt("inspected_unit", unit.text, "只写了自称，没有写单位名称"))
        return
    name = text[title.start("unit") : title.end("unit")].strip() if title else signer.value if signer else ""
    name = re.sub(r"^中共", "", name)
    opening.inspected_unit = Fact(name, unit.text, unit.start, unit.end, "likely")
    place = "标题" if title else "落款"
    opening.doubts.append(Doubt("inspected_unit", unit.text, f"正文写的是自称，按{place}理解为“{name}”"))
