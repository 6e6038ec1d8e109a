"""The ledger, the three lists and the empty ledger as Excel files, as they hang in an office.

Always in Chinese, whatever the language of the page: the files are read back.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from xiaohao.core.models import Organ
from xiaohao.core.sheets import Block, Column, Sheet, write_sheets
from xiaohao.rectification.columns import (
    AREAS,
    COLUMNS,
    DEPARTMENTS,
    KINDS,
    LEADERS,
    LEDGER,
    PEOPLE,
    STATES,
    Facts,
)
from xiaohao.rectification.exporting import entries_of
from xiaohao.rectification.leaders import leaders_of
from xiaohao.rectification.models import Area, Inspection, Kind, State

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from xiaohao.rectification.lists import Entry, ThreeList
    from xiaohao.rectification.models import Finding, Measure

LANGUAGE = "zh-hans"
TO_FILL = 300  # rows below the last that are ready to be filled in
EMPTY = 24  # bordered rows of the empty ledger, for those who print it
FROZEN = 3  # columns: at most number, area and finding stay in sight
EXAMPLE = {
    "number": 1,
    "area": "资金和财务管理方面",
    "finding": "公务卡结算不规范（示例，请删去本行）",
    "detail": "部分强制结算目录内的支出用现金报销。",
    "goal": "目录内支出全部用公务卡结算",
    "measure": "公布强制结算目录，现金报销须附说明",
    "accountable_leader": "张三",
    "lead_department": "财务室",
    "owner": "李四",
    "supporting_departments": "办公室、机关党支部",
    "kind": "限期整改",
    "deadline": "2026-06-30",
    "progress": "目录已公布",
    "status": "整改中",
    "evidence": "目录文本、通知",
}
NOTES = (
    "一行写一条措施；同一问题有几条措施时，问题写在第一行，下面各行留空或合并单元格。",
    "整改时限写日期，如 2026-06-30；也可以写“立行立改”或“长期坚持”。",
    "措施编号由系统给出，新增的措施留空。",
    "序号不要重复。列的先后可以调整，表头的名称请不要改动。",
)


@dataclass(frozen=True)
class Scope:
    """Whose findings a file holds: of one inspection, of several of an organ, or of several organs."""

    organ: Organ | None
    inspections: Sequence[Inspection] = field(default=())

    @classmethod
    def of(cls, findings: "QuerySet[Finding]", asking: Organ) -> "Scope":
        """Return the scope of findings; without any it is the organ that asks."""
        rows = Inspection.objects.filter(pk__in=findings.order_by().values("inspection"))
        names = ("title", "inspecting_body", "organ__name")
        inspections = list(rows.select_related("organ").only(*names).order_by("pk"))
        organs = {one.organ_id: one.organ for one in inspections} or {asking.pk: asking}
        return cls(next(iter(organs.values())) if len(organs) == 1 else None, inspections)

    @property
    def inspection(self) -> Inspection | None:
        return self.inspections[0] if len(self.inspections) == 1 else None

    @property
    def may_come_back(self) -> bool:
        """Tell whether the file can be imported: that of one inspection at a time."""
        return len(self.inspections) <= 1

    @property
    def word(self) -> str:
        """What the inspections are called: those of a province or the centre have a word of their own."""
        said = [f"{one.inspecting_body}{one.title}" for one in self.inspections]
        return _("巡视") if said and all("巡视" in text for text in said) else _("巡察")

    def title(self, what: str) -> str:
        return f"{self.organ.name if self.organ else ''}{self.word}{what}"

    def beneath(self) -> tuple[str, str, str]:
        """Return what stands below the title; the reader of ledgers knows the first two again."""
        unit = _("填报单位：%(name)s") % {"name": self.organ.name} if self.organ else ""
        if self.may_come_back:
            middle = _("巡察名称：%(title)s") % {"title": self.inspection.title if self.inspection else ""}
        else:
            count = len(self.inspections)
            middle = _("含%(count)s次巡察。要导回系统，请先选定一次再导出。") % {"count": count}
        today = date_format(timezone.localdate(), "Y年n月j日")
        return unit, middle, _("统计日期：%(day)s") % {"day": today}

    def band(self, number: int) -> str:
        """Return what stands above the findings of one of several inspections."""
        one = next(one for one in self.inspections if one.pk == number)
        return one.title if self.organ else f"{one.organ.name}　{one.title}"


def ledger_file(findings: "QuerySet[Finding]", measures: "QuerySet[Measure]", asking: Organ) -> IO[bytes]:
    """Return the ledger: a row a measure, what belongs to the finding once."""
    with override(LANGUAGE):
        scope = Scope.of(findings, asking)
        sheet = _sheet(_("整改台账"), scope.title(_("反馈问题整改台账")), LEDGER, scope)
        return write_sheets((sheet, _blocks(LEDGER, entries_of(findings, measures), scope)))


def list_file(
    chosen: "ThreeList", findings: "QuerySet[Finding]", measures: "QuerySet[Measure]", asking: Organ
) -> IO[bytes]:
    """Return one of the three lists."""
    with override(LANGUAGE):
        scope, name = Scope.of(findings, asking), str(chosen.title)
        sheet = _sheet(name, scope.title(_("整改%(list)s") % {"list": name}), chosen.written, scope)
        entries = entries_of(findings, measures.none() if chosen.by_finding else measures)
        return write_sheets((sheet, _blocks(chosen.written, entries, scope)))


def template_file(organ: Organ) -> IO[bytes]:
    """Return the empty ledger with one example, and a sheet that says how it is filled in."""
    with override(LANGUAGE):
        scope = Scope(organ)
        sheet = _sheet(_("整改台账"), scope.title(_("反馈问题整改台账")), LEDGER, scope)
        notes = Sheet(_("填写说明"), [Column(_("序号"), 6, centred=True), Column(_("说明"), 90)])
        lines = [[number, text] for number, text in enumerate(NOTES, start=1)]
        example, empty = [EXAMPLE.get(name, "") for name in LEDGER], [""] * len(LEDGER)
        return write_sheets((sheet, [[example], *([empty] for _row in range(EMPTY))]), (notes, [lines]))


def _blocks(names: Sequence[str], entries: Iterable["Entry"], scope: Scope) -> Iterator[Block | str]:
    """Yield the rows of each finding, and a band where those of another inspection begin."""
    values = [COLUMNS[name].value for name in names]
    inspection = None
    for finding, measures in entries:
        if not scope.may_come_back and finding["inspection"] != inspection:
            inspection = finding["inspection"]
            yield scope.band(inspection)
        rows: Sequence[Facts | None] = measures or [None]
        yield [[value(finding, measure) for value in values] for measure in rows]


def _sheet(name: str, title: str, names: Sequence[str], scope: Scope) -> Sheet:
    offered = _offered(scope) if scope.may_come_back else None
    groups = Counter(str(COLUMNS[one].group) for one in names)
    return Sheet(
        name=name,
        columns=[_column(one, groups, offered) for one in names],
        title=title,
        beneath=scope.beneath(),
        frozen=min(FROZEN, names.index("finding") + 1),
        to_fill=TO_FILL if scope.may_come_back else 0,
    )


def _column(name: str, groups: Mapping[str, int], offered: Mapping[str, Sequence[str]] | None) -> Column:
    """Return a column, its group where it has several; with what may be chosen where the file is imported."""
    one = COLUMNS[name]
    told = offered is not None
    return Column(
        title=str(one.title),
        width=one.width,
        group=str(one.group) if groups[str(one.group)] > 1 else "",
        spans=one.spans,
        centred=one.centred,
        keeps_width=one.keeps_width,
        exact=one.exact,
        dates=one.dates and told,
        choices=offered.get(one.offers, ()) if offered is not None else (),
        hint=str(one.hint) if told else "",
        doubt=str(one.doubt),
    )


def _offered(scope: Scope) -> dict[str, list[str]]:
    """Return what may be chosen, by the name of the list."""
    assert scope.organ is not None  # noqa: S101 - findings of one inspection are those of one organ
    people = scope.organ.people.filter(left_on=None)
    areas = Area.objects.filter(organ=scope.organ, inspection=scope.inspection) if scope.inspection else ()
    return {
        PEOPLE: list(dict.fromkeys(people.values_list("name", flat=True))),
        LEADERS: list(dict.fromkeys(leaders_of(scope.organ).values_list("name", flat=True))),
        DEPARTMENTS: [one.name for one in scope.organ.departments.all()],
        AREAS: [one.title for one in areas],
        KINDS: [str(word) for word in Kind.labels],
        STATES: [str(word) for word in State.labels],
    }
