"""What a heading is for. The meaning of a number comes from where it stands, so the section decides first."""

import re
from collections.abc import Sequence
from typing import Literal

from xiaohao.reading.notice.model import Doubt
from xiaohao.reading.outline import Heading, fold

Role = Literal["responsibility", "findings", "next", "other"]

_NEXT = re.compile(
    r"下一步|下步|下阶段|下一阶段|今后|后续|努力方向|打算|接下来|工作计划|工作安排$"
    r"|巩固.*(?:成果|成效)(?!.*反馈)|持续深化.*整改(?!.*情况)"
)
_LASTING = re.compile(r"持续|长效|常态|巩固|长期")
_OTHER = re.compile(
    r"^(?:联系方式|监督方式|意见反馈|公开(?:方式|期限)|附件)|移交|信访件|线索(?:处置|办理|处理|查办|核查)"
)
_RESPONSIBILITY = re.compile(
    r"主体责任|组织(?:领导|落实|整改|开展|推进|实施|部署|保障|情况|推动)|责任(?:落实)?情况|第一责任人|领导责任|整改责任"
    r"|站位|总体情况|基本情况|思想认识|统一思想|高度重视|加强领导|(?:整改)?工作(?:部署|开展|组织|推进)|主要做法|统筹推进"
    r"|整改工作(?:总体)?情况|政治责任|政治任务|提高(?:政治|思想)|强化组织"
)
_FINDINGS = re.compile(
    r"反馈(?:意见|问题|的)|问题(?:的)?整改|整改任务|具体问题|重点问题|整改(?:工作)?(?:落实|进展|完成)|进展情况|落实情况"
    r"|逐条|逐项|问题.*(?:情况|整改)|立行立改"
)
_PERHAPS_FINDINGS = re.compile(r"集中整改|整改成效|整改成果|整改措施|整改情况")
_ABOUT = re.compile(r"关于.{2,}?(?:问题|方面的整改|的整改)|针对.{2,}?问题")
_FAULT = re.compile(
    r"不够|不到位|不足|不强|不严|不实|不规范|不力|不深|不高|不完善|不健全|不及时|不紧|不全|不扎实|不明显|不充分|不准|不精|不清"
    r"|不重视|不彻底|不平衡|不牢|不细|不落实|不经常|不浓|不畅|不多|不合理|不均衡|不担当|不作为|不尽|不密切|欠缺|缺失|缺位|缺乏"
    r"|薄弱|滞后|差距|短板|弱化|淡化|虚化|存在.*(?:问题|漏洞|现象|风险|隐患)|未(?:按|能|及时|严格|落实|建立|制定|开展|有|充分|完全|形成)"
    r"|缓慢|混乱|松弛|不端|脱节|失管|有待|仍(?:然)?|流于形式|走过场|偏(?:少|弱|低|慢|差)|较(?:少|弱|低|慢|差)|违规|超标|松懈|宽松软|乏力|随意|单一|简单化|弱$|差$|少$|慢$|低$|问题$"
)
_AREA = re.compile(r"方面(?:的)?(?:问题|情况|整改|存在|$)|^(?:聚焦|反馈问题[:：])|方面$|方面[^,]{0,12}$")


def is_problem(title: str) -> bool:
    """Whether a title names a fault: 关于…问题, 不够到位, 滞后 and the like."""
    folded = fold(title)
    return bool(_ABOUT.search(folded) or _FAULT.search(folded))


def names_area(title: str) -> bool:
    """Whether a title groups findings: 聚焦…方面, 反馈问题:…"""
    return bool(_AREA.search(fold(title)))


def names_next(title: str) -> bool:
    """Whether a title announces what comes next."""
    return bool(_NEXT.search(title))


def roles(headings: Sequence[Heading]) -> tuple[list[Role], list[Doubt]]:
    """The role of each outermost heading. Without a clear title the contents decide, and that is a doubt."""
    first = [_by_title(heading) for heading in headings]
    if any(role == "findings" for role in first):
        return [role or "other" for role in _settle(headings, first)], []
    if sum(is_problem(h.title) or names_area(h.title) for h in headings) >= 2:
        return [role or "findings" for role in first], []
    candidates = [index for index, role in enumerate(first) if role is None]
    best = max(candidates, key=lambda index: _weight(headings[index]), default=None)
    if best is None or _weight(headings[best]) == 0:
        return [role or "other" for role in first], []
    guessed: list[Role] = [role or "other" for role in first]
    guessed[best] = "findings"
    if _PERHAPS_FINDINGS.search(headings[best].title):
        return guessed, []
    why = "标题没有说明这一部分是不是整改落实情况，按内容判断"
    return guessed, [Doubt("sections", headings[best].title, why)]


def _settle(headings: Sequence[Heading], found: list[Role | None]) -> list[Role | None]:
    """A section without a clear title is about organisation if it stands before the findings."""
    begin = found.index("findings")
    settled: list[Role | None] = []
    for index, role in enumerate(found):
        if role is not None:
            settled.append(role)
        elif index < begin:
            settled.append("responsibility")
        elif index == len(found) - 1 and _LASTING.search(headings[index].title):
            settled.append("next")
        else:
            settled.append("findings" if _weight(headings[index]) >= 2 else "other")
    return settled


def _by_title(heading: Heading) -> Role | None:
    title = heading.title
    if heading.kind == "problem":
        return "findings"
    if _OTHER.search(title):
        return "other"
    problem = bool(_ABOUT.search(fold(title)))
    if names_next(title) and not problem:
        return "next"
    responsibility = bool(_RESPONSIBILITY.search(title))
    findings = bool(_FINDINGS.search(title)) or problem
    if responsibility and findings:
        return _by_contents(heading, title)
    if responsibility:
        return "responsibility"
    return "findings" if findings else None


def _by_contents(heading: Heading, title: str) -> Role:
    """Titles such as 组织落实整改情况 and 扛起责任抓好反馈问题整改 are told apart by what stands below."""
    if re.search(r"组织(?:整改)?(?:领导|落实|推进|开展|实施|部署)|主体责任|主要负责人|第一责任", title):
        return "findings" if _problems_below(heading) >= 2 else "responsibility"
    return "findings" if _problems_below(heading) or _items_below(heading) >= 3 else "responsibility"


def _problems_below(heading: Heading) -> int:
    return sum(
        bool(_ABOUT.search(fold(h.title))) or (is_problem(h.title) and len(h.title) < 60)
        for h in heading.walk()
        if h is not heading and h.kind in ("area", "problem", "item", "point")
    )


def _items_below(heading: Heading) -> int:
    return sum(h.kind in ("problem", "item") for h in heading.walk())


def _weight(heading: Heading) -> int:
    return _problems_below(heading) + _items_below(heading)
