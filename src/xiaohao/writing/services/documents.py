"""Saving, comparing, submitting and freezing documents."""

from collections.abc import Mapping
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from xiaohao.core.models import Account
from xiaohao.core.services import records
from xiaohao.ledger.indicators import Period
from xiaohao.ledger.workflow import Step, Workflow, declare, move
from xiaohao.lib.plain_text import plain_lines
from xiaohao.writing import figures, tables
from xiaohao.writing.body import LONGEST_BODY, SIGNED_ON, Table, blocks, lists_named
from xiaohao.writing.figures import Figures
from xiaohao.writing.material.spoken import day
from xiaohao.writing.models import Document, DocumentKind, DocumentVersion
from xiaohao.writing.official.text import OfficialText, official_text
from xiaohao.writing.record_lists import known_lists, lines_of, lists_of

State = Document.State
MOST_COLUMNS = 27  # in more, no character fits between the lines of a table on A4


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
            Step("discard", lazy("放弃"), (State.DRAFT,), State.DISCARDED, lazy("整改办")),
            Step("take_up", lazy("重新拿起"), (State.DISCARDED,), State.DRAFT, lazy("整改办")),
        ),
        final=frozenset({State.APPROVED}),
    )
)


@transaction.atomic
def change_text(
    *, document: Document, values: Mapping[str, Any], by: Account, expected_version: int, keep: bool = True
) -> Document:
    """Save what somebody typed; ``keep`` also keeps it as a version to come back to.

    A list the text names for the first time is taken from the records; others stay as they were kept.
    What the same account saved in the same words already is saved: its answer was lost, and it asks again.
    Raises ``Conflict``, and ``ValidationError`` for a text that is too long, has a table too wide for paper,
    or is no draft any more.
    """
    refuse_unless_draft(document)
    body = checked(str(values.get("body", document.body)))
    typed = {**values, "body": body}
    try:
        saved = _written(document, typed, by, expected_version)
    except records.Conflict as conflict:
        saved = cast("Document", conflict.record)
        if saved.changed_by_id != by.pk or any(getattr(saved, name) != typed[name] for name in typed):
            raise
    if keep:
        keep_version(saved, by)
    return saved


@transaction.atomic
def _written(document: Document, typed: Mapping[str, Any], by: Account, expected_version: int) -> Document:
    """Write what was typed with what follows from it; nothing of it stays after a ``Conflict``."""
    given = {"lists": _kept_lists(document, typed["body"]), **typed}
    if (given.get("title", document.title), given["body"]) != (document.title, document.body):
        if document.written_by_id != by.pk:
            keep_version(document, document.written_by)  # what another wrote is not lost under it
        given["written_by"] = by
    return records.change(
        document, given, by=by, action="document.changed", expected_version=expected_version
    )


@transaction.atomic
def restore(*, document: Document, version: DocumentVersion, by: Account, expected_version: int) -> Document:
    """Bring an earlier version back; what stood there stays among the versions. Raises as ``change_text``."""
    keep_version(document, document.written_by)
    values = {"title": version.title, "body": version.body}
    return change_text(document=document, values=values, by=by, expected_version=expected_version)


def _kept_lists(document: Document, body: str) -> dict[str, list[str]]:
    """Return the lists a body names: as they were kept, new ones from the records."""
    known = known_lists()
    named = [title for title in dict.fromkeys(lists_named(body)) if title in known]
    return {title: document.lists.get(title) or lines_of(document, title) for title in named}


def checked(text: str) -> str:
    """Return a body as it is kept. Raises ``ValidationError`` for one too long, or wider than paper."""
    body = plain_lines(text)
    if len(body) > LONGEST_BODY:
        raise ValidationError(
            _("正文有%(length)s字，最多%(most)s字。请检查是否粘贴了别的内容。")
            % {"length": len(body), "most": LONGEST_BODY}
        )
    reason = too_wide(body)
    if reason:
        raise ValidationError(reason)
    return body


def too_wide(body: str) -> str:
    """Return in a sentence that a table has more columns than paper; empty where none has."""
    found = (one for one in blocks(body) if isinstance(one, Table)) if tables.BAR in body else ()
    widest = max((len(one.widths) for one in found), default=0)
    if widest <= MOST_COLUMNS:
        return ""
    told = {"columns": widest, "most": MOST_COLUMNS}
    return _("有一个表格是%(columns)s栏，纸面上最多排%(most)s栏。请拆成几个表格。") % told


def refuse_unless_draft(document: Document) -> None:
    if not document.is_draft:
        raise ValidationError(_("文稿已经送签，不能修改。需要修改时请签批人退回。"))


def keep_version(document: Document, by: Account | None) -> None:
    """Keep the text as it is, unless it is what was kept last."""
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


def figures_of(document: Document) -> Figures:
    """Return the figures of the document as they are now."""
    return Figures(document.organ_id, Period(document.first, document.last), document.inspection_id)


def official(document: Document) -> OfficialText:
    """Return the document ready to be set as Word or PDF."""
    organ = document.organ
    return official_text(
        document.title,
        document.body,
        document.lists,
        sealed=document.sealed,
        names=(organ.name, organ.label),
    )


def take_over_figures(*, document: Document, by: Account, expected_version: int) -> Document:
    """Put the present numbers and lists into the text. Raises as ``change_text``."""
    body = figures.taken_over(document.body, figures_of(document))
    values = {"body": body, "lists": lists_of(document, body), "counted_on": timezone.localdate()}
    return change_text(document=document, values=values, by=by, expected_version=expected_version)


def is_behind(document: Document) -> bool:
    """Tell whether a draft was counted up to the day it was made, now past; a summary is of its span."""
    made, today = timezone.localdate(document.created_at), timezone.localdate()
    return document.is_draft and document.kind != DocumentKind.SUMMARY and made <= document.last < today


def count_to_today(*, document: Document, by: Account, expected_version: int) -> Document:
    """Have a draft counted up to today, and say so in its text. Raises as ``change_text``."""
    today = timezone.localdate()
    body = document.body.replace(f"截至{day(document.last)}", f"截至{day(today)}")
    values = {"body": body, "last": today}
    return change_text(document=document, values=values, by=by, expected_version=expected_version)


def justify(*, document: Document, key: str, reason: str, by: Account, expected_version: int) -> Document:
    """Give a reason for leaving in what the check before publication found."""
    refuse_unless_draft(document)
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
    """Lock the text for the head. Called when its decision was asked for: its figures are present ones."""
    values = {"counted_on": timezone.localdate()}
    return move(WORKFLOW, document, "submit", by=by, action="document.submitted", values=values)


def approve(document: Document, by: Account) -> Document:
    """Freeze the text with its figures and lists, dated the day it was signed."""
    today = timezone.localdate()
    values = {"approved_on": today, "body": document.body.replace(SIGNED_ON, day(today))}
    return move(WORKFLOW, document, "approve", by=by, action="document.approved", values=values)


def send_back(document: Document, by: Account) -> Document:
    """Return it to the clerk."""
    return move(WORKFLOW, document, "send_back", by=by, action="document.sent_back")


def discard(*, document: Document, by: Account, expected_version: int) -> Document:
    """Put a draft aside; it leaves the list and can be taken up again. Raises ``Conflict``."""
    return move(
        WORKFLOW,
        document,
        "discard",
        by=by,
        action="document.discarded",
        expected_version=expected_version,
    )


def take_up(*, document: Document, by: Account, expected_version: int) -> Document:
    """Go on with a draft that was put aside. Raises ``Conflict``."""
    return move(
        WORKFLOW,
        document,
        "take_up",
        by=by,
        action="document.taken_up",
        expected_version=expected_version,
    )
