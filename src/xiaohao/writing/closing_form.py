"""The closing form (销号表) of a finding: one set of contents, as Word and as PDF."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from xiaohao.core.services.evidence import evidence_of
from xiaohao.ledger.models import Decision, Signature
from xiaohao.rectification.models import Finding, Measure
from xiaohao.writing.fonts import SMALL, TITLE, Faces
from xiaohao.writing.typesetting import pdf_of

WORD_TITLE, WORD_BODY = "方正小标宋简体", "仿宋_GB2312"


@dataclass(frozen=True)
class ClosingForm:
    """What the form says: facts as label and text, the measures, and who signed."""

    title: str
    organ: str
    facts: Sequence[tuple[str, str]]
    measures: Sequence[tuple[str, str, str, str]]  # code, measure, progress, evidence
    signatures: Sequence[tuple[str, str]]  # place, what was said by whom and when


def contents(finding: Finding) -> ClosingForm:
    """Gather the form from the records."""
    measures = list(finding.measures.select_related("owner"))
    proofs = evidence_of(measures)
    rules = "；".join(f"{rule}（{rule.get_change_display()}）" for rule in finding.rules.all())
    closed = finding.closed_on.isoformat() if finding.closed_on else ""
    return ClosingForm(
        title=_("巡察反馈问题整改销号表"),
        organ=finding.organ.name,
        facts=[
            (_("编号"), finding.code),
            (_("巡察"), finding.inspection.title),
            (_("反馈问题"), finding.title),
            (_("具体表现"), finding.detail),
            (_("责任领导"), str(finding.accountable_leader or "")),
            (_("牵头单位"), str(finding.lead_department or "")),
            (_("原因分析"), finding.root_cause),
            (_("建章立制"), rules or finding.no_rule_reason),
            (_("销号日期"), closed),
        ],
        measures=[_measure(one, proofs.get(one.pk, [])) for one in measures],
        signatures=_signatures(finding),
    )


def _measure(measure: Measure, proofs: Sequence[Any]) -> tuple[str, str, str, str]:
    names = [measure.evidence] if measure.evidence else []
    return (
        measure.code,
        measure.text,
        f"{measure.progress}（{measure.get_state_display()}）",
        "；".join([*names, *(f"{one.proves}（{one.name}）" for one in proofs)]),
    )


def _signatures(finding: Finding) -> list[tuple[str, str]]:
    """Return what was said at each place of the decision that struck the finding off."""
    closings = Decision.objects.about(finding).filter(kind="finding.closing")
    decision = closings.filter(state=Decision.State.APPROVED).first()
    if decision is None:
        return []
    agreed: dict[int, Signature] = {}
    for signature in decision.signatures.select_related("person", "on_behalf_of"):
        agreed[signature.position] = signature
    return [
        (place.label, _said(agreed[place.position]))
        for place in decision.signers.all()
        if place.position in agreed
    ]


def _said(signature: Signature) -> str:
    at = timezone.localtime(signature.signed_at).strftime("%Y-%m-%d %H:%M")
    behalf = _("（代%(name)s）") % {"name": signature.on_behalf_of} if signature.on_behalf_of else ""
    opinion = signature.opinion or str(signature.get_outcome_display())
    return f"{opinion}\n{signature.person}{behalf}  {at}"


def as_pdf(form: ClosingForm, faces: Faces) -> bytes:
    """Return the form as A4 PDF."""
    data = {
        "fonts": {"title": faces.of(TITLE), "body": faces.of(SMALL)},
        "title": form.title,
        "organ": form.organ,
        "facts": form.facts,
        "heads": [_("编号"), _("整改措施"), _("整改情况"), _("佐证材料")],
        "measures": form.measures,
        "signatures": form.signatures,
    }
    return pdf_of("closing_form.typ", data, faces)


def as_word(form: ClosingForm) -> bytes:
    """Return the form as a Word document on A4, to be stamped or filed."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.6)
    section.top_margin = section.bottom_margin = Cm(2.5)
    style = document.styles["Normal"]
    style.font.size = Pt(12)
    _face(style, WORD_BODY)
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = heading.add_run(form.title)
    run.font.size = Pt(20)
    _face(run, WORD_TITLE)
    document.add_paragraph(form.organ)
    _word_table(document, [*form.facts], (3.2, 12.6), bold_column=True)
    document.add_paragraph()
    header = (_("编号"), _("整改措施"), _("整改情况"), _("佐证材料"))
    _word_table(document, [header, *form.measures], (1.8, 5.0, 5.0, 4.0), bold_column=False)
    if form.signatures:
        document.add_paragraph()
        _word_table(document, [*form.signatures], (4.0, 11.8), bold_column=True)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _face(styled: Any, name: str) -> None:
    """Set Latin and Chinese face alike; Word keeps them apart."""
    from docx.oxml.ns import qn

    styled.font.name = name
    styled.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _word_table(
    document: Any, rows: Sequence[Sequence[str]], widths: Sequence[float], *, bold_column: bool
) -> None:
    """Add a table; its first column, or else its first row, is bold. Widths are in centimetres."""
    from docx.shared import Cm, Pt

    table = document.add_table(rows=0, cols=len(widths))
    table.style = "Table Grid"
    table.autofit = False
    # Word follows the cells, LibreOffice and WPS the columns: both are told.
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for number, row in enumerate(rows):
        cells = table.add_row().cells
        for place, (cell, text, width) in enumerate(zip(cells, row, widths, strict=True)):
            cell.width = Cm(width)
            cell.text = text
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(4)
            for run in paragraph.runs:
                run.bold = place == 0 if bold_column else number == 0
