"""The notice of the demo organ: drafted by one click, signed, open; comments in every state."""

import datetime as dt
import secrets

from xiaohao.core.models import Account, Organ
from xiaohao.core.services import records
from xiaohao.ledger.indicators import Period
from xiaohao.ledger.services import decisions
from xiaohao.public.models import Comment, Publication, Receipt
from xiaohao.public.services import comments, publications, receiving
from xiaohao.public.services.posts import Came, Said
from xiaohao.public.services.receipts import receipt_of
from xiaohao.public.services.taking_up import take_up
from xiaohao.rectification.models import Finding, Inspection
from xiaohao.rectification.services import adding
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
    decision = decisions.ask(DOCUMENT, about=filled, reason="请签发。", by=clerk)
    decisions.agree(decision=decision, opinion="同意公开。", by=head)
    filled.refresh_from_db()
    publication = publications.publish(
        document=filled, open_from=today, open_to=last, contact_phone=inspection.contact_phone, by=clerk
    )
    _comments(publication, clerk, today)


def _comments(publication: Publication, clerk: Account, today: dt.date) -> None:
    """Let the public write: one is answered, one taken up as a measure, one waits, a few came in a flood."""
    answered = _comment(publication, Said("建议把每季度的提案办理进度也在网上公布。", name="一位市民"))
    text = "感谢您的建议。从下个季度起，提案办理进度将在机关公告栏和网站同时公布。"
    comments.answer(comment=answered, text=text, by=clerk, expected_version=answered.version)
    taken_up = _comment(publication, Said("固定资产的账、卡、物对上了没有？建议公布清查情况。"))
    finding = Finding.objects.get(organ=clerk.organ, code="1-5")
    values = {
        "text": "公布固定资产清查情况",
        "deadline": today + dt.timedelta(days=25),
        "lead_department": finding.lead_department,
    }
    take_up(
        comment=taken_up,
        make=lambda origin: adding.add_measure(finding=finding, values=values, by=clerk, origin=origin),
        by=clerk,
    )
    _comment(publication, Said("会议室的旧设备处置了没有？希望说明去向。", contact="2231234"))
    for said in ("与通报无关的广告。", "与通报无关的广告。", "机关食堂的招标结果在哪里看？"):
        _post(publication, Said(said), flood=True)


def _comment(publication: Publication, said: Said) -> Comment:
    comment = _post(publication, said, flood=False).comment
    assert comment is not None  # noqa: S101 - no flood
    return comment


def _post(publication: Publication, said: Said, *, flood: bool) -> Receipt:
    """Let somebody write; nobody knows the receipt."""
    came = Came(receipt_of(secrets.token_hex(8)), "demo", flood=flood)
    return receiving.receive(publication=publication, said=said, came=came).receipt
