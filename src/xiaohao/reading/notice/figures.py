"""Numbers with what they count. Dates, ordinals and document numbers are no figures."""

import re
from collections.abc import Iterator

from xiaohao.reading.notice.model import Figure

_MONEY = "万余元|万多元|万元|亿余元|亿元|千元|元"
_AFTER = (  # counted things are named before these: 学习55次, 追缴7.1万元
    f"{_MONEY}|万人次|余人次|人次|次|%|个百分点|平方米|平方公里|公里|公顷|米|万亩|亩|吨|万人|人|课时|学时|篇次|场次|件次|户次|天"
)
_NOUN = "个|项|条|件|份|篇|场|期|名|家|户|处|批|起|套|辆|台|类|宗|笔|张|支|轮|幅|块|栋|座|本|册|门|位"
_NOUN += "|例|部|所|间|口|盏|株|头|只|艘|堂|节|封|棵|方面|大类"
_FIGURE = re.compile(
    rf"(?<![\d.第〔\[第/-])(?P<value>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?P<more>余|多)?[ ]?(?P<unit>{_AFTER}|{_NOUN})(?!月|年|工作日|小时|世纪)"
)
_LABEL_AFTER = re.compile(r"(?!以上|以下|以内|左右|和|及|的$)[^\s,。;:、“”()《》\d！？!?\"]{2,16}")
_EARLIER = re.compile(rf"\d+(?:\.\d+)?(?:余|多)?(?:{_AFTER}|{_NOUN})")
_STOP = re.compile(r"[\s,。;:、()！？!?]")
_LEAD = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}是|[①-⑳]|第[一二三四五六七八九十]是|首先|其次|再次|最后|\d{1,2}[.、)])?"
    r"(?:截至|截止)?(?:目前|(?:\d{4}年)?[上下]半年"
    r"|(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:以来|底|末|期间|度)?|\d{4}年(?:以来)?|其中|并|已|先后|共|了)*(?=[^\d])"
)
_VERB_END = re.compile(r"(?:了|共|已|等|约|近|达|达到|为|共计|合计)+$")
_MEETING = re.compile(
    r"[^\s,。;:、()\d]{0,14}?(?:会议|专题会|常委会|党组会|党委会|民主生活会|组织生活会|推进会|调度会)"
)
_NEXT_VERB = re.compile(
    r"^(?:召开|开展|组织|建立|完成|修订|制定|整改(?!任务|措施|问题|清单|事项|台账)|进行|均|全部|已|并|由|按|在|以)"
)


def figures(folded: str, text: str, start: int, end: int) -> tuple[Figure, ...]:
    """The figures between two offsets, in order.

    The label is the noun after a classifier (5个专题调研) or else the words before the number
    (累计开展学习55次), back to the last punctuation mark.
    """
    return tuple(_figures(folded, text, start, end))


def _figures(folded: str, text: str, start: int, end: int) -> Iterator[Figure]:
    for found in _FIGURE.finditer(folded, start, end):
        if folded[found.end() : found.end() + 1] == "月":
            continue
        label = _label_after(folded, text, found, end) or _label_before(folded, text, found, start)
        if not label:
            continue
        unit = text[found.end("value") : found.end()].strip()
        yield Figure(label, _value(found["value"]), unit, found.start(), found.end())


def _value(printed: str) -> int | float:
    digits = printed.replace(",", "")
    return float(digits) if "." in digits else int(digits)


def _label_after(folded: str, text: str, found: re.Match[str], end: int) -> str:
    """The counted noun, where the unit is a classifier that calls for one."""
    if not re.fullmatch(_NOUN, found["unit"]):
        meeting = _MEETING.match(folded, found.end(), end) if found["unit"] == "次" else None
        return text[meeting.start() : meeting.end()] if meeting else ""
    noun = _LABEL_AFTER.match(folded, found.end(), end)
    if not noun or _NEXT_VERB.match(noun.group()):
        return ""
    label = text[noun.start() : noun.end()]
    return re.split(r"(?:进行|开展|逐一|逐个|分别|统一|并|均|已|全部|的整改|得到|完成)", label, maxsplit=1)[0]


def _label_before(folded: str, text: str, found: re.Match[str], start: int) -> str:
    stop = found.start()
    if folded[stop - 1 : stop] == ")":  # 民主生活会(组织生活会)38次
        stop = max(folded.rfind("(", start, stop), start)
    begin = stop
    while begin > start and not _STOP.match(folded[begin - 1]):
        begin -= 1
    clause = text[begin:stop]
    lead = _LEAD.match(clause)
    clause = clause[lead.end() :] if lead and lead.end() < len(clause) else clause
    clause = _VERB_END.sub("", clause)
    parts = [part for part in _EARLIER.split(clause) if part]
    clause = re.sub(r"^(?:具体)?问题(?=.{2})", "", parts[-1]) if parts else clause
    return clause.strip("“”\"'的")
