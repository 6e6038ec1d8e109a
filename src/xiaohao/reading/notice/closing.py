"""The end of a notice: public period, telephone, who signed and when."""

import re
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from xiaohao.reading.notice.dates import Mention, mentions, resolve
from xiaohao.reading.notice.model import Doubt, Fact

_TAIL = 1500
_PERIOD = re.compile(
    r"(?:公开|公示|公布|公告|反馈|监督|受理)(?:的)?(?:期限|时间|期|日期|时限)[ ]*(?:为|是)?[ ]*[:]?"
)
# 请于2025年6月5日至6月25日期间反映 states the period without a label.
_ASKED = re.compile(r"请(?:您|大家)?(?:于|在|自)[ ]*(?=\d)")
_PHONE_LABEL = re.compile(
    r"(?:联系|监督|举报|反映|咨询|值班|投诉|受理|办公)(?:人)?(?:电话|方式|途径)|电[ ]*话|传真电话"
)
_PHONE = re.compile(
    r"(?<![\d.])(?:[(]0\d{2,3}[)][ ]?\d{7,8}|0\d{2,3}[- —]{0,3}\d{7,8}(?:-\d{1,5})?|1[3-9]\d{9}"
    r"|(?:[(]0\d{2,3}[)]|0\d{2,3}-)[ ]?\d{3,4}[ ]\d{4}|[2-9]\d{6,7})(?:转\d{1,5})?(?!\d)"
)
_ORGAN = re.compile(
    r"(?:委员会|委|党组|党委|支部|总支|工委|纪委|局|办公室|办|院|学校|大学|小学|中学|园|公司|集团|中心|政府|协会|联合会|会|组|镇"
    r"|乡|街道|银行|支行|分行|联社|所|站|处|室|社|团|馆|部|厅|队|厂|场|机关|社区|村)(?:[(][^()]{1,12}[)])?$"
)
_INVITATION = re.compile(
    r"(?:(?<=\n)|(?<=。))[ ]*(?:现将[^。\n]{0,40})?(?:热忱|诚挚|敬请|特此)?欢迎"
    r"[^。\n]{0,60}(?:监督|批评|意见|建议)"
    r"|(?<=\n)[ ]*(?:公开|公示)(?:时间|期限|期)|(?<=\n)[ ]*(?:联系|监督)(?:电话|方式|人)"
)
_JUNK = re.compile(
    r"^(?:附件|附:|[(【\[]|责任编辑|编辑|审核|来源|扫一扫|分享|打印|关闭|上一篇|下一篇|相关|作者|初审|复审|终审|校对|—|-)"
)


@dataclass
class Closing:
    """The closing facts; None where the notice does not state them."""

    open_from: Fact[date] | None = None
    open_to: Fact[date] | None = None
    contact_phone: Fact[str] | None = None
    signed_by: Fact[str] | None = None
    signed_on: Fact[date] | None = None
    doubts: list[Doubt] = field(default_factory=list)
    start: int = 0
    """Offset of the first closing fact, or the length of the text."""


def read_closing(text: str, folded: str) -> Closing:
    """Read the facts at the end of the notice."""
    closing = Closing(start=len(text))
    begin = max(0, len(text) - _TAIL)
    _read_signature(closing, text, folded, begin)
    _read_period(closing, folded, begin)
    _read_phone(closing, text, folded, begin)
    _move_to_invitation(closing, folded, begin)
    return closing


def _move_to_invitation(closing: Closing, folded: str, begin: int) -> None:
    """欢迎广大干部群众监督 opens the end of the notice even where no fact follows it."""
    found = _INVITATION.search(folded, begin)
    if found:
        closing.start = min(closing.start, found.start())


def _read_period(closing: Closing, folded: str, begin: int) -> None:
    for label in chain(_PERIOD.finditer(folded, begin), _ASKED.finditer(folded, begin)):
        line_end = _line_end(folded, label.end())
        found = mentions(folded, label.end(), min(line_end, label.end() + 60))
        start = next((index for index, m in enumerate(found) if m.range_start), None)
        if start is None or (label.re is _ASKED and found[start].start != label.end()):
            continue
        closing.start = min(closing.start, label.start())
        year = closing.signed_on.value.year if closing.signed_on else None
        _take(closing, "open_from", found[start], None, year)
        _take(closing, "open_to", found[start + 1], closing.open_from, year)
        return


def _take(closing: Closing, name: str, mention: Mention, before: Fact[date] | None, year: int | None) -> None:
    fact = resolve(mention, before, fallback_year=year)
    if fact:
        setattr(closing, name, fact)
    if fact is None or fact.certainty != "certain":
        why = f"没有写年份，按前后日期推断为{fact.value.year}年" if fact else "日期不完整"
        closing.doubts.append(Doubt(name, mention.text, why))


def _read_phone(closing: Closing, text: str, folded: str, begin: int) -> None:
    found: list[re.Match[str]] = []
    for label in _PHONE_LABEL.finditer(folded, begin):
        window = min(len(folded), label.end() + 60)
        phone = _PHONE.search(folded, label.end(), window)
        if phone and all(phone.start() != other.start() for other in found):
            found.append(phone)
            closing.start = min(closing.start, label.start())
    if not found:
        return
    first = found[0]
    closing.contact_phone = Fact(
        folded[first.start() : first.end()], text[first.start() : first.end()], first.start(), first.end()
    )
    others = "、".join(phone.group() for phone in found[1:])
    if others and any(phone.group() != first.group() for phone in found[1:]):
        closing.doubts.append(Doubt("contact_phone", others, "有不止一个电话，取第一个"))


def _line_end(folded: str, position: int) -> int:
    end = folded.find("\n", position)
    return len(folded) if end < 0 else end


def _read_signature(closing: Closing, text: str, folded: str, begin: int) -> None:
    """The last line that ends with a date, and the organ on it or above it."""
    lines = [(begin + found.start(), found.group()) for found in re.finditer(r"[^\n]+", folded[begin:])]
    lines = [(start, line) for start, line in lines if line.strip()]
    for index in range(len(lines) - 1, max(-1, len(lines) - 12), -1):
        start, line = lines[index]
        stamp = _stamp(folded, start, line)
        if stamp is None:
            continue
        fact = resolve(stamp, None)
        if fact is None:
            closing.doubts.append(Doubt("signed_on", stamp.text, "落款日期不完整"))
        closing.signed_on = fact
        closing.start = min(closing.start, stamp.start)
        _read_signer(closing, text, folded, lines[: index + 1], stamp)
        return


def _stamp(folded: str, start: int, line: str) -> Mention | None:
    """A date that closes a line, alone or after the name of an organ."""
    found = mentions(folded, start, start + len(line))
    if not found or _JUNK.match(line.strip()):
        return None
    last = found[-1]
    rest = folded[last.end : start + len(line)].strip(" )。")
    before = folded[start : last.start].strip()
    organ = re.split(r"[。 ]", before)[-1] if before else ""
    alone = not before or (len(organ) <= 40 and bool(_ORGAN.search(organ)))
    return last if not rest and alone and not last.range_end else None


def _read_signer(
    closing: Closing, text: str, folded: str, lines: list[tuple[int, str]], stamp: Mention
) -> None:
    start, line = lines[-1]
    same_line = folded[start : stamp.start].rstrip()
    if same_line.strip():
        end = start + len(same_line)
        organ_start = max(same_line.rfind("。"), same_line.rstrip().rfind(" ")) + 1
        _set_signer(closing, text, start + organ_start, end)
        return
    if len(lines) < 2:
        return
    start, line = lines[-2]
    name = line.strip()
    if len(name) <= 40 and "。" not in name and _ORGAN.search(name.replace(" ", "")):
        _set_signer(closing, text, start + line.index(name), start + line.index(name) + len(name))
    elif len(name) <= 40 and not re.search(r"[。:;]", name):
        closing.doubts.append(Doubt("signed_by", name, "落款日期上面一行不像单位名称"))


def _set_signer(closing: Closing, text: str, start: int, end: int) -> None:
    printed = text[start:end].strip()
    if printed:
        closing.signed_by = Fact(printed, printed, start, end)
        closing.start = min(closing.start, start)
