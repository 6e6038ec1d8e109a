"""Documents are signed by the head of the organ."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaohao.core.access import allowed
from xiaohao.core.audit_words import name_actions
from xiaohao.core.models import Account, Role
from xiaohao.core.subjects import Subject
from xiaohao.core.subjects import declare as declare_subject
from xiaohao.ledger.decision_kinds import DecisionKind, SignerPlan, declare
from xiaohao.ledger.models import Decision
from xiaohao.writing import figures
from xiaohao.writing.access import CHANGE_DOCUMENTS, VIEW_DOCUMENTS
from xiaohao.writing.models import Document
from xiaohao.writing.readiness import missing
from xiaohao.writing.services import documents


def _may_ask(account: Account, document: Document) -> str:
    if allowed(account, CHANGE_DOCUMENTS) and document.organ_id == account.organ.pk:
        return ""
    return _("由整改办送签。")


def _returned(_decision: Decision, document: Document, by: Account) -> None:
    if document.state == Document.State.SUBMITTED:
        documents.send_back(document, by)


DOCUMENT = declare(
    DecisionKind(
        key="document.approval",
        label=gettext_lazy("文稿签发"),
        may_ask=_may_ask,
        signers=lambda _document, _content: [SignerPlan(_("主要负责人签发"), (Role.HEAD,))],
        concerned=lambda _document: [],
        missing=lambda document, _content: missing(document),
        approve=lambda _decision, document, by: documents.approve(document, by),
        asked=lambda _decision, document, by: documents.submit(document, by),
        refuse=_returned,
        send_back=_returned,
        lines=lambda document, _content: [
            (_("文种"), document.get_kind_display()),
            (_("正文"), figures.plain(document.body)),
        ],
    )
)
declare_subject(
    Subject(
        model=Document,
        address=lambda number: reverse("document", args=[number]),
        view=VIEW_DOCUMENTS,
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
