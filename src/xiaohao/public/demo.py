"""The notice of the demo organ: drafted by one click, signed, open, with two comments."""

import datetime as dt
import secrets

from xiaohao.core.models import Account, Organ
from xiaohao.core.services import records
from xiaohao.ledger.indicators import Period
from xiaohao.ledger.services import decisions
from xiaohao.public.models import Comment, Publication
from xiaohao.public.services import comments, publications, receiving
from xiaohao.public.services.receipts import receipt_of
from xiaohao.public.services.receiving import Said
from xiaohao.rectification.models import Inspection
from xiaohao.writing.decisions import DOCUMENT
from xiaohao.writing.scope import Scope
from xiaohao.writing.services import documents, drafting

GAP = "〔待补：问题1-14的整改情况〕"
WHAT_IS_DONE = "已列入下一年度干部培训计划，正在拟定培养方案。"


def load(organ: Organ, today: dt.date) -> None:
    """Let the clerk draft and fill in the notice, the head sign it, and the public answer."""
    clerk = Account.objects.select_related("person__organ").get(username="clerk")
    head = Account.objects.select_related("person__organ").get(username="head")
    inspection = Inspection.objects.select_related("organ").get(organ=organ, number=1)
    last = today + dt.timedelta(days=30)
    values = {"open_from": today, "open_to": last}
    inspection = records.change(inspection, values, by=clerk, action="inspection.changed")
    first = inspection.feedback_on or today
    scope = Scope(inspection, Period(first, today), today)
    drafted = drafting.draft(kind="notice", scope=scope, by=clerk)
    filled = documents.change_text(
        document=drafted,
        values={"body": drafted.body.replace(GAP, WHAT_IS_DONE)},
        by=clerk,
        expected_version=drafted.version,
    )
    filled = documents.take_over_figures(document=filled, by=clerk, expected_version=filled.version)
    decision = decisions.ask(DOCUMENT, about=filled, reason="请审签。", by=clerk)
    decisions.agree(decision=decision, opinion="同意公开。", by=head)
    filled.refresh_from_db()
    publication = publications.publish(
        document=filled, open_from=today, open_to=last, contact_phone=inspection.contact_phone, by=clerk
    )
    answered = _comment(publication, Said("建议把每季度的提案办理进度也在网上公布。", name="一位市民"))
    text = "感谢您的建议。从下个季度起，提案办理进度将在机关公告栏和网站同时公布。"
    comments.answer(comment=answered, text=text, by=clerk, expected_version=answered.version)
    _comment(publication, Said("公务卡结算的规定执行得怎么样，能不能公布抽查结果？"))


def _comment(publication: Publication, said: Said) -> Comment:
    """Let somebody write; nobody knows the receipt."""
    receipt = receipt_of(secrets.token_hex(8))
    taken = receiving.receive(publication=publication, said=said, receipt=receipt, flood=False)
    assert taken.receipt.comment is not None  # noqa: S101 - no flood
    return taken.receipt.comment
