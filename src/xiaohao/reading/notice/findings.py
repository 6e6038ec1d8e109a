"""Findings of a notice: which headings they are, how they are grouped, and what is said of each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from xiaohao.reading.notice.figures import figures
from xiaohao.reading.notice.model import Area, Finding, Measure
from xiaohao.reading.notice.roles import is_problem, names_area
from xiaohao.reading.outline import Heading

STATUS_WORDS = (
    r"已完成整改|已整改完成|整改完成|已整改到位|已完成|基本完成|阶段性完成|取得阶段性成果并持续整改|取得阶段性成果|已取得阶段性成效"
    r"|已办结|已销号|已整改|正在整改中|正在整改|正在推进|有序推进|部分完成|持续整改|持续推进|推进中|整改中|未完成|长期坚持|立行立改|完成"
)
_STATUS = re.compile(
    rf"(?:整改)?(?:状态|进度|结果|完成情况|进展|类型|落实情况)[ ]*[:][ ]*"
    rf"(?P<labelled>(?:{STATUS_WORDS})(?:[,、并]?(?:{STATUS_WORDS}))*)"
    rf"(?=[,。;)\s]|$)|[(【\[](?P<bracketed>{STATUS_WORDS})[)】\]]"
)
_FIRST_WORDS = re.compile(rf"[ \n]*({STATUS_WORDS})(?=。|;|\n|$)")
_DONE_LABEL = re.compile(
    r"(?:主要)?(?:巡[察视])?(?:问题)?(?:整改|落实)(?:工作)?(?:落实|进展|完成|工作|整改)*"
    r"(?:情况|措施|成效)[ ]*(?::|(?=一是))"
    r"|(?:采取|主要)(?:的)?(?:整改)?措施[ ]*:"
)
_OTHER_LABEL = re.compile(r"\n[ ]*(?:整改)?(?:结果|状态|成效|完成情况|时限|责任[^:\n]{0,6})[ ]*:")
_MEASURES_TITLE = re.compile(r"^(?:主要)?(?:整改)?(?:落实)?(?:措施|情况|落实情况|进展情况)$")
_EFFECT_TITLE = re.compile(r"^(?:整改)?(?:成效|结果|时限|责任人|责任领导|责任单位|完成情况|状态)$")
_PROBLEM_LABEL = re.compile(
    r"^[ \n]*(?:问题(?:表现|描述)?|具体(?:问题|表现)|存在(?:的)?问题|反馈(?:的)?问题|主要问题)[ ]*:"
)
_TITLE_LABEL = re.compile(
    r"^(?:(?:(?:反馈|具体|存在|主要)(?:的)?)?问题[一二三四五六七八九十\d]*|反馈意见)[ ]*[:：][ ]*"
)


@dataclass(frozen=True)
class Group:
    """Headings that are findings, below the heading of an area (None: they stand in no area)."""

    area: Heading | None
    findings: tuple[Heading, ...]


def group(sections: Sequence[Heading], stated_total: int | None = None) -> list[Group]:
    """Find the findings below the sections that report on the rectification.

    ``stated_total`` is the number of findings the notice names; it decides between two levels of
    numbered problems.
    """
    groups: list[Group] = []
    for section in sections:
        groups += _group_section(section)
    coarser = [one for section in sections for one in _group_coarsely(section)]
    if stated_total is not None and coarser and stated_total == sum(len(one.findings) for one in coarser):
        return coarser
    deeper = [_descend(one) for one in groups]
    if any(one is not None for one in deeper):
        shallow_count = sum(len(one.findings) for one in groups)
        chosen = [below or one for below, one in zip(deeper, groups, strict=True)]
        if stated_total is None or stated_total != shallow_count:
            return chosen
    return groups


def _group_section(section: Heading) -> list[Group]:
    """One reporting section; it may itself be the finding (一、关于…问题的整改情况)."""
    below = _numbered(section)
    if section.kind == "problem":
        return [Group(None, (section,))]
    if not below or (_is_finding_itself(section) and not _mostly_problems(below)):
        return [Group(None, (section,))] if is_problem(section.title) or not below else []
    if section.kind == "area" or (_is_named_area(section, below)):
        return [Group(section, below)]
    if _is_finding_itself(section) and not any(_is_area(child) for child in below):
        return [Group(section, below)]
    return _group_children(below)


def _group_coarsely(section: Heading) -> list[Group]:
    """The headings right below an area of the first level (一、聚焦…方面 → （一）针对…问题)."""
    below = tuple(child for child in section.children if child.kind == "area")
    if section.kind == "section" and names_area(section.title) and below and _mostly_problems(below):
        return [Group(section, below)]
    return []


def _is_finding_itself(section: Heading) -> bool:
    return (
        is_problem(section.title)
        and bool(re.search(r"关于|针对|问题", section.title))
        and not (re.search(r"反馈(?:的)?(?:意见|问题)", section.title))
    )


def _group_children(children: Sequence[Heading]) -> list[Group]:
    groups: list[Group] = []
    loose: list[Heading] = []
    any_area = any(_is_area(child) for child in children)
    for child in children:
        if _is_area(child):
            groups += _flush(loose)
            groups.append(Group(child, _numbered(child)))
        elif any_area and child.kind == "area" and names_area(child.title) and not is_problem(child.title):
            groups += _flush(loose)
            groups.append(Group(child, ()))
        else:
            loose.append(child)
    return groups + _flush(loose)


def _flush(loose: list[Heading]) -> list[Group]:
    found = [Group(None, tuple(loose))] if loose else []
    loose.clear()
    return found


def _is_area(heading: Heading) -> bool:
    """A heading with numbered headings below is an area, unless it is the problem and they its measures."""
    below = _numbered(heading)
    if heading.kind not in ("section", "area") or not below:
        return False
    if names_area(heading.title):
        return True
    return _mostly_problems(below) or not is_problem(heading.title)


def _mostly_problems(headings: Sequence[Heading]) -> bool:
    return sum(is_problem(h.title) for h in headings) * 2 >= len(headings)


def _is_named_area(section: Heading, below: Sequence[Heading]) -> bool:
    """一、聚焦…方面 holds the findings itself, unless its headings hold them in turn."""
    if not names_area(section.title) or re.search(r"反馈|整改.*情况$", section.title):
        return False
    return not any(_is_area(child) for child in below)


def _numbered(heading: Heading) -> tuple[Heading, ...]:
    """Headings directly below that can be findings; a list by 一是 or ① never is."""
    return tuple(child for child in heading.children if child.kind in ("area", "problem", "item"))


def _descend(one: Group) -> Group | None:
    """Where the numbered problems are only headings for problems (1), (2), those are the findings."""
    parents = [h for h in one.findings if _problem_points(h)]
    if not parents or len(parents) * 2 < len(one.findings):
        return None
    found: list[Heading] = []
    for heading in one.findings:
        found += _problem_points(heading) or (heading,)
    return Group(one.area or (parents[0] if len(one.findings) == 1 else None), tuple(found))


def _problem_points(heading: Heading) -> tuple[Heading, ...]:
    points = tuple(child for child in heading.children if child.kind == "point")
    about = sum("关于" in point.title or point.title.endswith("问题") for point in points)
    return points if points and about * 5 >= len(points) * 4 else ()


def read_findings(
    text: str, folded: str, groups: Sequence[Group], closing_start: int
) -> tuple[tuple[Area, ...], tuple[Finding, ...]]:
    """The findings with running or printed numbers, and the areas that hold them."""
    headings = [heading for one in groups for heading in one.findings]
    printed = [heading.number for heading in headings]
    numbers = printed if printed == sorted(set(printed)) else list(range(1, len(headings) + 1))
    by_start = {heading.start: number for heading, number in zip(headings, numbers, strict=True)}
    found = tuple(_finding(text, folded, h, by_start[h.start], closing_start) for h in headings)
    areas = tuple(
        Area(clean_title(one.area.title), tuple(by_start[h.start] for h in one.findings))
        for one in groups
        if one.area is not None
    )
    return areas, found


def clean_title(title: str) -> str:
    """A title without the label 反馈问题: or 问题1: in front."""
    return _TITLE_LABEL.sub("", title).strip() or title


def _finding(text: str, folded: str, heading: Heading, number: int, closing_start: int) -> Finding:
    end = max(heading.body, min(heading.end, closing_start))
    done_start = _done_start(folded, heading, end)
    status = _STATUS.search(folded, heading.title_start, end) or _FIRST_WORDS.match(folded, heading.body, end)
    body = text[heading.body : end].strip()
    return Finding(
        number=number,
        title=_without_status(clean_title(heading.title)),
        problem=_problem(text, folded, heading, done_start),
        status=next((word for word in status.groups() if word), None) if status else None,
        text=body,
        start=heading.start,
        end=end,
        measures=_measures(text, folded, heading, done_start, end),
        figures=figures(folded, text, done_start, end),
    )


def _without_status(title: str) -> str:
    return re.sub(rf"[（(【\[](?:{STATUS_WORDS})[)）】\]]$", "", title).strip()


def _done_start(folded: str, heading: Heading, end: int) -> int:
    """Where the report on the work begins: after 整改情况: if that label stands, else after the title."""
    label = None
    for label in _DONE_LABEL.finditer(folded, heading.body, end):
        status = _STATUS.match(folded, label.start(), end)
        if status is None:
            break
    return label.end() if label else heading.body


def _problem(text: str, folded: str, heading: Heading, done_start: int) -> str | None:
    """The stated problem: what stands between title and 整改情况:, or the title if it names the fault."""
    stated = folded[heading.body : done_start]
    label = _DONE_LABEL.search(stated)
    if label:
        stated = stated[: label.start()]
    status = _STATUS.search(stated)
    if status:
        stated = stated[: status.start()]
    opening = _PROBLEM_LABEL.match(stated)
    begin = heading.body + (opening.end() if opening else 0)
    told = text[begin : heading.body + len(stated)].strip() if label or status else ""
    if told:
        return told
    title = _without_status(clean_title(heading.title))
    about = re.match(r"(?:关于|针对)[“\"](.+?)(?:的)?问题()[”\"]", title) or re.match(
        r"(?:关于|针对)(?:[“\"](.+)[”\"]|(.+?))(?:的)?问题", title
    )
    if about:
        return about[1] or about[2]
    return title if is_problem(title) else None


def _measures(text: str, folded: str, heading: Heading, done_start: int, end: int) -> tuple[Measure, ...]:
    """Listed measures only: the outermost list below the finding, after 整改情况: where that stands."""
    listed = [child for child in heading.children if child.start >= done_start - 1 and child.start < end]
    if not listed:
        return ()
    labelled = [child for child in listed if _MEASURES_TITLE.search(child.title)]
    if labelled and labelled[0].children:
        listed = list(labelled[0].children)
    elif labelled or any(_EFFECT_TITLE.search(child.title) for child in listed):
        told = [child for child in listed if child not in labelled]
        listed = [child for child in told if not _EFFECT_TITLE.search(child.title)]
    if not listed:
        return ()
    kind = listed[0].kind
    chosen = [child for child in listed if child.kind == kind]
    return tuple(_measure(text, folded, child, end) for child in chosen)


def _measure(text: str, folded: str, heading: Heading, limit: int) -> Measure:
    end = min(heading.end, limit)
    if heading.kind in ("ordinal", "circle"):
        line_end = folded.find("\n", heading.start, end)
        end = line_end if line_end >= 0 else end
    label = _OTHER_LABEL.search(folded, heading.title_start, end)
    end = label.start() if label else end
    printed = text[heading.title_start : end]
    return Measure(printed.strip().strip(",，;；").strip(), heading.start, end)
