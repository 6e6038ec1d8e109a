"""Documents are signed by the head of the organ."""

from collections.abc import Iterator

from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaohao.core.access import allowed
from xiaohao.core.audit_words import name_actions
from xiaohao.core.models import Account, Person, Role
from xiaohao.core.subjects import Subject
from xiaohao.core.subjects import declare as declare_subject
from xiaohao.ledger.decision_kinds import Content, DecisionKind, Drawn, Sheet, SignerPlan, declare
from xiaohao.ledger.models import Decision
from xiaohao.writing.access import CHANGE_DOCUMENTS, VIEW_DOCUMENTS, readable, reads_drafts
from xiaohao.writing.models import Document, DocumentKind
from xiaohao.writing.readiness import judged, missing
from xiaohao.writing.record_lists import changed_lists
from xiaohao.writing.services import documents
from xiaohao.writing.showing import Shown


def _may_ask(account: Account, document: Document) -> str:
    if allowed(account, CHANGE_DOCUMENTS) and document.organ_id == account.organ.pk:
        return ""
    return _("由整改办送签。")


def _returned(_decision: Decision, document: Document, by: Account) -> None:
    if document.state == Document.State.SUBMITTED:
        documents.send_back(document, by)


def _authors(document: Document) -> list[Person]:
    """Return who wrote it: the head does not sign what he wrote himself."""
    last = [document.created_by_id, document.written_by_id]
    wrote = Account.objects.filter(Q(pk__in=document.versions.values("made_by")) | Q(pk__in=last))
    return [account.person for account in wrote.select_related("person")]


def _signers(document: Document, _content: Content) -> list[SignerPlan]:
    """Return the head of the organ; what goes out to the public he signs himself."""
    if document.kind == DocumentKind.NOTICE:
        return [SignerPlan(_("主要负责人本人"), (Role.HEAD,), in_person=True)]
    return [SignerPlan(_("主要负责人"), (Role.HEAD,))]


def _draw(document: Document, account: Account) -> Drawn:
    shown = Shown(document, account)
    html = render_to_string("writing/sheet.html", {"document": document, "blocks": shown.blocks})
    return Drawn(html, [*_changed(document, shown), *_let_stand(document, account)])


def _changed(document: Document, shown: Shown) -> Iterator[tuple[str, str]]:
    """Tell the head what the records say otherwise since it was submitted."""
    if document.approved_on is not None:
        return
    said = [f"{one.figure.indicator.title}：{one.written} → {one.now}" for one in shown.changed_anywhere]
    said += [_("附表“%(title)s”") % {"title": title} for title in changed_lists(document)]
    if said:
        yield _("送签以后记录变了，文稿里还是原来的"), "\n".join(said)


def _let_stand(document: Document, account: Account) -> Iterator[tuple[str, str]]:
    """Tell those within a document what the check before publication found, and why it was let stand."""
    if not reads_drafts(account, document):
        return
    kept, open_hits = judged(document)
    if kept:
        said = "\n".join(f"{hit.what}“{hit.text}”：{document.justified[hit.key]}" for hit in kept)
        yield _("公开前检查发现、写明可以公开的"), said
    if open_hits:
        yield _("公开前检查发现、还没有处理的"), "\n".join(f"{hit.what}“{hit.text}”" for hit in open_hits)


DOCUMENT = declare(
    DecisionKind(
        key="document.approval",
        label=gettext_lazy("文稿签发"),
        may_ask=_may_ask,
        signers=_signers,
        concerned=_authors,
        missing=lambda document, _content: missing(document),
        approve=lambda _decision, document, by: documents.approve(document, by),
        asked=lambda _decision, document, by: documents.submit(document, by),
        refuse=_returned,
        send_back=_returned,
        lines=lambda document, _content: [(_("文种"), str(document.get_kind_display()))],
        substitutes=(),
        sheet=Sheet(_draw, "writing/document.css"),
    )
)
declare_subject(
    Subject(
        model=Document,
        address=lambda number: reverse("document", args=[number]),
        view=VIEW_DOCUMENTS,
        readable=readable,
        related=("inspection__organ",),
    )
)
name_actions(
    {
        "document.created": gettext_lazy("起草文稿"),
        "document.changed": gettext_lazy("修改文稿"),
        "document.justified": gettext_lazy("写明可以公开的理由"),
        "document.submitted": gettext_lazy("文稿送签"),
        "document.discarded": gettext_lazy("放弃文稿"),
        "document.taken_up": gettext_lazy("重新拿起文稿"),
        "document.approved": gettext_lazy("文稿签发"),
        "document.sent_back": gettext_lazy("文稿退回修改"),
        "inspection.archived": gettext_lazy("生成归档文件"),
        "text_template.created": gettext_lazy("修改文稿模板"),
    }
)
