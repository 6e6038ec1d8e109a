"""The papers of an archive: feedback, plans, lists, documents, signatures, and what layers above add."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaohao.core.export import write_workbook
from xiaohao.ledger.decision_kinds import label_of
from xiaohao.ledger.models import Signature
from xiaohao.lib.file_archive import blocks_of
from xiaohao.rectification.models import Finding, Inspection, Measure, Plan
from xiaohao.rectification.services.archive import safe
from xiaohao.rectification.sheets import ledger_file, list_file
from xiaohao.writing import tables
from xiaohao.writing.archive.subjects import subjects_of
from xiaohao.writing.fonts import faces
from xiaohao.writing.material.spoken import day
from xiaohao.writing.models import Document
from xiaohao.writing.official.pdf import as_pdf
from xiaohao.writing.official.text import OfficialText, official_text
from xiaohao.writing.official.word import as_word
from xiaohao.writing.record_lists import known_lists
from xiaohao.writing.services.documents import official


@dataclass(frozen=True)
class Paper:
    """A file of the archive and what the list of contents says of it."""

    path: str
    what: str
    blocks: Iterable[bytes]


PARTS = {
    "01": gettext_lazy("反馈原文"),
    "02": gettext_lazy("整改方案"),
    "03": gettext_lazy("清单"),
    "04": gettext_lazy("文稿"),
    "05": gettext_lazy("签批记录"),
    "06": gettext_lazy("通报公开情况"),
    "07": gettext_lazy("佐证材料"),
}
"""What the numbers of an archive stand for, in every archive the same."""
MORE: list[Callable[[Inspection], Iterator[Paper]]] = []


def part(number: str) -> str:
    """Return the folder or the beginning of the name of a part."""
    return f"{number} {PARTS[number]}"


def add_papers(further: Callable[[Inspection], Iterator[Paper]]) -> None:
    """Let a layer above add papers of its own."""
    MORE.append(further)


def papers(inspection: Inspection) -> Iterator[Paper]:
    """Yield the papers in the order of the file, each read or made when it is its turn."""
    yield from _feedback(inspection)
    yield from _plans(inspection)
    yield from _lists(inspection)
    yield from _documents(inspection)
    yield from _signatures(inspection)
    for further in MORE:
        yield from further(inspection)


def _feedback(inspection: Inspection) -> Iterator[Paper]:
    if inspection.source_text:
        name = safe(inspection.source_name or _("反馈原文"), 60)
        yield Paper(f"01 {name}.txt", _("导入时的原文"), [inspection.source_text.encode()])


def _plans(inspection: Inspection) -> Iterator[Paper]:
    rows = Plan.objects.filter(organ=inspection.organ, inspection=inspection).select_related("organ")
    for plan in rows.order_by("number"):
        path = f"{part('02')}/{plan.number} {plan.get_state_display()}.docx"
        yield Paper(path, str(plan), [as_word(plan_text(plan))])


def plan_text(plan: Plan) -> OfficialText:
    """Return a version of the plan as a document: aim, safeguards, and the lists as they stood."""
    days = [
        f"{label}：{day(on)}{to}"
        for label, on, to in (
            (_("批准日期"), plan.approved_on, ""),
            (_("报送日期"), plan.reported_on, f"，{plan.reported_to}" if plan.reported_to else ""),
        )
        if on
    ]
    body = [
        f"{_('状态')}：{plan.get_state_display()}{'；' if days else ''}{'；'.join(days)}。",
        f"一、{_('总体要求')}",
        *plan.aim.splitlines(),
        f"二、{_('组织保障')}",
        *plan.safeguards.splitlines(),
    ]
    lists: dict[str, list[str]] = {}
    if plan.content:
        title = _("问题和措施清单")
        lists[title] = _plan_table(plan.content)
        body += [_("附件1"), title, f"〔附表：{title}〕"]
    return official_text(str(plan), "\n".join(body), lists)


def _plan_table(content: list[dict[str, Any]]) -> list[str]:
    head = [_("编号"), _("问题或措施"), _("目标"), _("时限"), _("责任领导"), _("牵头单位"), _("责任人")]
    rows = []
    for finding in content:
        places = ("accountable_leader", "lead_department")
        of_finding = [finding["code"], finding["title"], finding.get("goal", ""), ""]
        rows.append([*of_finding, *(finding.get(name, "") for name in places), ""])
        rows += [
            [one.get(name, "") for name in ("code", "text", "goal", "deadline", *places, "owner")]
            for one in finding["measures"]
        ]
    return tables.table((10, 44, 26, 14, 11, 16, 10), head, rows)


def _lists(inspection: Inspection) -> Iterator[Paper]:
    findings = Finding.objects.filter(organ=inspection.organ, inspection=inspection)
    measures = Measure.objects.filter(organ=inspection.organ, finding__inspection=inspection)
    with ledger_file(findings, measures, inspection.organ) as stream:
        yield Paper(f"{part('03')}/{_('整改台账')}.xlsx", _("整改台账"), blocks_of(stream))
    for title, chosen in known_lists().items():
        with list_file(chosen, findings, measures, inspection.organ) as stream:
            yield Paper(f"{part('03')}/{title}.xlsx", title, blocks_of(stream))


def _documents(inspection: Inspection) -> Iterator[Paper]:
    rows = Document.objects.filter(organ=inspection.organ, inspection=inspection).select_related("organ")
    there = faces()
    for document in rows.filter(state=Document.State.APPROVED).order_by("pk"):
        path = f"{part('04')}/{document.pk} {safe(document.title)}"
        what = _("%(kind)s，%(day)s签发") % {
            "kind": document.get_kind_display(),
            "day": day(document.approved_on),
        }
        yield Paper(f"{path}.docx", what, [as_word(official(document))])
        yield Paper(f"{path}.pdf", what, [as_pdf(official(document), there)])


def _signatures(inspection: Inspection) -> Iterator[Paper]:
    header = [
        (_("种类"), 14),
        (_("事项"), 40),
        (_("环节"), 16),
        (_("签批人"), 10),
        (_("意见"), 10),
        (_("批注"), 30),
        (_("签批时间"), 18),
        (_("摘要"), 30),
    ]
    with write_workbook(_("签批"), header, _signed(inspection)) as stream:
        yield Paper(f"{part('05')}.xlsx", _("签批环节、签批人、意见和时间"), blocks_of(stream))


def _signed(inspection: Inspection) -> Iterator[list[Any]]:
    """Yield the signatures on the records of the inspection, in the order they were given."""
    decisions = subjects_of(inspection)["decision"]
    rows = Signature.objects.filter(decision__organ=inspection.organ).order_by("pk")
    rows = rows.select_related("decision", "person").prefetch_related("decision__signers")
    for one in rows.iterator(chunk_size=500):
        if one.decision_id not in decisions:
            continue
        places = {place.position: place.label for place in one.decision.signers.all()}
        at = timezone.localtime(one.signed_at).strftime("%Y-%m-%d %H:%M:%S")
        yield [
            *(label_of(one.decision.kind), one.decision.about_label, places.get(one.position, "")),
            *(one.person.name, str(one.get_outcome_display()), one.opinion, at, one.proof),
        ]
