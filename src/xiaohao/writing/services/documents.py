"""Drafting, saving, submitting and freezing documents."""

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import override

from xiaohao.core.models import Account, Organ
from xiaohao.core.services import records
from xiaohao.ledger.indicators import Period
from xiaohao.ledger.workflow import Step, Workflow, declare, move
from xiaohao.rectification.models import Inspection
from xiaohao.writing import figures
from xiaohao.writing.figures import Figures
from xiaohao.writing.material import material
from xiaohao.writing.models import Document, DocumentKind, DocumentVersion, TextTemplate
from xiaohao.writing.official.text import OfficialText, official_text
from xiaohao.writing.templating import render

State = Document.State
SHIPPED = Path(__file__).parent.parent / "texts"
LONGEST_BODY = 500_000  # characters


def by_decision(_document: Document, account: Account | None) -> str:
    return "" if account else _("由签批决定。")


WORKFLOW = declare(
    Workflow(
        key="document",
        label=lazy("文稿"),
        states=State,
        first=State.DRAFT,
        steps=(
            Step("submit", lazy("送签"), (State.DRAFT,), State.SUBMITTED, lazy("整改办")),
            Step(
                "send_back",
                lazy("退回修改"),
                (State.SUBMITTED,),
                State.DRAFT,
                lazy("主要负责人"),
                by_decision,
            ),
            Step(
                "approve", lazy("签发"), (State.SUBMITTED,), State.APPROVED, lazy("主要负责人"), by_decision
            ),
        ),
        final=frozenset({State.APPROVED}),
    )
)


# --- templates ---------------------------------------------------------------------------------------------


def shipped(kind: str) -> str:
    """Return the template that comes with Xiaohao."""
    return (SHIPPED / f"{DocumentKind(kind).value}.liquid").read_text(encoding="utf-8")


def template_of(organ: Organ, kind: str) -> str:
    """Return the template in use: the organ's newest, else the shipped one."""
    own = TextTemplate.objects.filter(organ=organ, kind=kind).first()
    return own.source if own is not None and own.source else shipped(kind)


@transaction.atomic
def change_template(*, kind: str, source: str, by: Account, expected_number: int) -> TextTemplate:
    """Keep a new version of a template; an empty one brings the shipped one back.

    Raises ``ValidationError`` where somebody else kept one since, given by the number of the version read.
    """
    newest = TextTemplate.objects.filter(organ=by.organ, kind=kind).aggregate(top=Max("number"))["top"] or 0
    if newest != expected_number:
        raise ValidationError(_("模板刚才有人改过，您的修改没有保存。请先看看新的模板。"))
    template = TextTemplate(organ=by.organ, kind=kind, number=newest + 1, source=source)
    return records.create(template, by=by, action="text_template.created")


def preview(inspection: Inspection, source: str, by: Account, period: Period) -> str:
    """Return the text a template gives, in Chinese whoever asks. Raises ``TemplateFault``."""
    with override("zh-hans"):
        return render(source, material(inspection, by, period))


# --- documents ---------------------------------------------------------------------------------------------


def title_of(kind: str, inspection: Inspection) -> str:
    """Return the title a new document gets."""
    titles = {
        DocumentKind.NOTICE: "关于巡察整改进展情况的通报",
        DocumentKind.PLAN: "巡察反馈意见整改方案",
        DocumentKind.SUMMARY: "整改工作小结",
        DocumentKind.PROGRESS_REPORT: "关于巡察整改进展情况的报告",
        DocumentKind.HEAD_REPORT: "主要负责人组织落实巡察整改情况的报告",
        DocumentKind.HAND_OVER: "整改工作交接清单",
    }
    return f"{inspection.organ.label}{titles[DocumentKind(kind)]}"


@transaction.atomic
def draft(*, kind: str, inspection: Inspection, period: Period, by: Account) -> Document:
    """Write a document from the records. Raises ``TemplateFault`` and ``ValidationError``."""
    document = Document(organ=by.organ, kind=kind, inspection=inspection)
    values = {
        "title": title_of(kind, inspection),
        "body": preview(inspection, template_of(by.organ, kind), by, period),
        "first": period.first,
        "last": period.last,
    }
    created = records.create(document, by=by, action="document.created", values=values)
    _keep_version(created, by)
    return created


@transaction.atomic
def change_text(
    *, document: Document, values: Mapping[str, Any], by: Account, expected_version: int, keep: bool = True
) -> Document:
    """Save what somebody typed; ``keep`` also keeps it as a version to come back to.

    Raises ``Conflict``, and ``ValidationError`` for a text that is too long or no draft any more.
    """
    _refuse_unless_draft(document)
    body = str(values.get("body", "")).replace("\r\n", "\n")
    if len(body) > LONGEST_BODY:
        raise ValidationError(
            _("正文有%(length)s字，最多%(most)s字。请检查是否粘贴了别的内容。")
            % {"length": len(body), "most": LONGEST_BODY}
        )
    saved = records.change(
        document,
        {**values, "body": body},
        by=by,
        action="document.changed",
        expected_version=expected_version,
    )
    if keep:
        _keep_version(saved, by)
    return saved


def _refuse_unless_draft(document: Document) -> None:
    if not document.is_draft:
        raise ValidationError(_("文稿已经送签，不能修改。需要修改时请签批人退回。"))


def _keep_version(document: Document, by: Account) -> None:
    newest = document.versions.first()
    if newest is not None and (newest.title, newest.body) == (document.title, document.body):
        return
    DocumentVersion.objects.create(
        document=document,
        number=newest.number + 1 if newest else 1,
        title=document.title,
        body=document.body,
        made_at=timezone.now(),
        made_by=by,
    )


def figures_of(document: Document, account: Account) -> Figures:
    """Return the figures of the document as they are now."""
    return Figures(account, Period(document.first, document.last), document.inspection_id)


def official(document: Document) -> OfficialText:
    """Return the document ready to be set as Word or PDF."""
    return official_text(document.title, document.body, names=(document.organ.name, document.organ.label))


def take_over_figures(*, document: Document, by: Account, expected_version: int) -> Document:
    """Put the present numbers into the text. Raises as ``change_text``."""
    body = figures.taken_over(document.body, figures_of(document, by))
    values = {"body": body}
    return change_text(document=document, values=values, by=by, expected_version=expected_version)


def compare(old: str, new: str) -> list[tuple[str, str]]:
    """Return the lines of both as ("same" | "old" | "new", text); long stretches without change left out."""
    lines = difflib.unified_diff(
        figures.plain(old).splitlines(), figures.plain(new).splitlines(), lineterm="", n=1
    )
    names = {"-": "old", "+": "new", " ": "same"}
    return [(names[line[0]], line[1:]) for line in list(lines)[2:] if line[0] in names]


def justify(*, document: Document, key: str, reason: str, by: Account, expected_version: int) -> Document:
    """Give a reason for leaving in what the check before publication found."""
    _refuse_unless_draft(document)
    if not reason.strip():
        raise ValidationError(_("请写明为什么可以公开。"))
    justified = {**document.justified, key: reason.strip()[:300]}
    return records.change(
        document,
        {"justified": justified},
        by=by,
        action="document.justified",
        expected_version=expected_version,
    )


def submit(document: Document, by: Account) -> Document:
    """Lock the text for the head. Called when its decision was asked for."""
    return move(WORKFLOW, document, "submit", by=by, action="document.submitted")


def approve(document: Document, by: Account) -> Document:
    """Freeze the text and its figures as of the last day of its period."""
    values = {"approved_on": timezone.localdate()}
    return move(WORKFLOW, document, "approve", by=by, action="document.approved", values=values)


def send_back(document: Document, by: Account) -> Document:
    """Return it to the clerk."""
    return move(WORKFLOW, document, "send_back", by=by, action="document.sent_back")
