"""Documents are signed by the head, who has not written them and sees what he signs."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from xiaohao.core.models import Role, RoleHolding
from xiaohao.core.services import records
from xiaohao.ledger.duties import duties_of_account
from xiaohao.ledger.indicators import figure_of_organ
from xiaohao.ledger.models import Decision, Delegation
from xiaohao.ledger.services import decisions
from xiaohao.writing import figures, readiness, tables
from xiaohao.writing.decisions import DOCUMENT
from xiaohao.writing.material.spoken import day
from xiaohao.writing.models import Document
from xiaohao.writing.services import documents


@pytest.fixture
def submitted(draft, saved, office, make_finding):
    """Put a document to the head: ``submitted("正文。")``; give its decision."""

    def ask(body: str = "正文。") -> Decision:
        if not Document.objects.exists():
            make_finding(1)
        document = saved(draft(), body)
        return decisions.ask(DOCUMENT, about=document, reason="请签发。", by=office.clerk)

    return ask


def test_a_signed_document_stays_as_it_is_and_says_as_of_when(
    draft, saved, office, make_finding, make_measure, client
) -> None:
    make_measure(make_finding(1), progress="已经印发。")
    document = saved(draft(), "共有问题[[1|findings.all]]个。")
    decision = decisions.ask(DOCUMENT, about=document, reason="请签发。", by=office.clerk)
    with pytest.raises(ValidationError):
        saved(Document.objects.get(pk=document.pk), "改一改")
    decisions.agree(decision=decision, opinion="同意", by=office.head)
    make_finding(2, "联系委员不够")
    client.force_login(office.clerk)
    page = client.get(f"/documents/{document.pk}/").content.decode()
    assert f"数字按 {timezone.localdate()} 的记录统计，签发以后不变" in page
    assert "counted-now" not in page
    assert Document.objects.get(pk=document.pk).body == "共有问题[[1|findings.all]]个。"


def test_a_figure_nothing_stands_behind_is_not_put_to_the_head(draft, saved, office, make_finding) -> None:
    make_finding(1)
    document = saved(draft(), "共有[[999|made.up]]个问题。")
    with pytest.raises(ValidationError, match=r"没有“made\.up”这个数字"):
        decisions.ask(DOCUMENT, about=document, reason="请签发。", by=office.clerk)


def test_it_is_dated_the_day_it_was_signed(draft, saved, office, make_finding) -> None:
    make_finding(1)
    document = draft()
    assert document.body.endswith("〔签发日期〕")
    document = saved(document, "正文。\n青山区政协\n〔签发日期〕")
    decision = decisions.ask(DOCUMENT, about=document, reason="请签发。", by=office.clerk)
    decisions.agree(decision=decision, opinion="同意", by=office.head)
    assert Document.objects.get().body.endswith(f"青山区政协\n{day(timezone.localdate())}")


def test_a_table_wider_than_paper_is_not_put_to_the_head(draft, office, make_finding) -> None:
    make_finding(1)
    wide = "\n".join(tables.table([1] * 28, ["栏"] * 28, [["1"] * 28]))
    Document.objects.filter(pk=draft().pk).update(body=wide)
    assert "有一个表格是28栏，纸面上最多排27栏。请拆成几个表格。" in readiness.missing(Document.objects.get())


def test_withdrawn_or_sent_back_it_is_a_draft_again(draft, office, saved, make_finding) -> None:
    make_finding(1)
    document = saved(draft(), "正文。")
    decision = decisions.ask(DOCUMENT, about=document, reason="请签发。", by=office.clerk)
    decisions.withdraw(decision=decision, by=office.clerk)
    again = Document.objects.select_related("organ", "inspection").get()
    assert again.is_draft
    decision = decisions.ask(DOCUMENT, about=again, reason="请签发。", by=office.clerk)
    decisions.send_back(decision=decision, opinion="数字再核一遍", by=office.head)
    assert Document.objects.get().is_draft


def test_the_clerk_does_not_sign_his_own_document(draft, office, saved, make_finding) -> None:
    RoleHolding.objects.create(person=office.clerk.person, role=Role.HEAD)
    make_finding(1)
    document = saved(draft(), "正文。")
    decision = decisions.ask(DOCUMENT, about=document, reason="请签发。", by=office.clerk)
    with pytest.raises(ValidationError):
        decisions.agree(decision=decision, opinion="同意", by=office.clerk)


def test_a_draft_is_read_by_who_writes_and_signs_it_until_it_is_signed(
    draft, office, saved, make_finding, client
) -> None:
    make_finding(1)
    document = saved(draft(), "正文。")
    page = f"/documents/{document.pk}/"
    for account, status in ((office.head, 200), (office.leader, 200), (office.owner, 404)):
        client.force_login(account)
        assert client.get(page).status_code == status
    decision = decisions.ask(DOCUMENT, about=document, reason="请签发。", by=office.clerk)
    decisions.agree(decision=decision, opinion="同意", by=office.head)
    client.force_login(office.owner)
    assert client.get(page).status_code == 200
    assert document.title in client.get("/documents/").content.decode()


def test_nobody_reads_a_draft_through_its_decision(
    submitted, office, make_organ, make_account, client
) -> None:
    decision = submitted("还没有签发的正文。")
    above = make_account(make_organ("above", "市委巡察办"), "程言", Role.SUPERVISOR, Role.LEADER)
    office.clerk.organ.path = f"{above.organ.path}{office.clerk.organ.pk}/"
    office.clerk.organ.save(update_fields=["path"])
    for account in (office.owner, office.department_head, above):
        client.force_login(account)
        assert client.get(f"/documents/{decision.about_number}/").status_code == 404
        assert client.get(f"/decisions/{decision.pk}/").status_code == 404
        assert decision.about_label not in client.get("/decisions/").content.decode()
    for account in (office.head, office.clerk, office.leader):
        client.force_login(account)
        assert "还没有签发的正文。" in client.get(f"/decisions/{decision.pk}/").content.decode()


def test_a_head_who_wrote_it_does_not_sign_it(
    draft, saved, office, organ, make_account, make_finding
) -> None:
    RoleHolding.objects.create(person=office.head.person, role=Role.CLERK)
    make_finding(1)
    document = documents.change_text(
        document=draft(), values={"body": "主席自己写的。"}, by=office.head, expected_version=1
    )
    document = saved(document, "干事改过。")
    decision = decisions.ask(DOCUMENT, about=document, reason="请签发。", by=office.clerk)
    with pytest.raises(ValidationError, match="应当回避"):
        decisions.agree(decision=decision, opinion="同意", by=office.head)
    second = make_account(organ, "贺河", Role.HEAD)
    assert decisions.agree(decision=decision, opinion="同意", by=second).state == Decision.State.APPROVED


def test_nobody_else_signs_in_the_place_of_the_head(submitted, office, client) -> None:
    office.head.is_active = False
    office.head.save(update_fields=["is_active"])
    decision = submitted()
    with pytest.raises(ValidationError):
        decisions.agree(decision=decision, opinion="同意", by=office.leader)
    client.force_login(office.clerk)
    assert "没有人能签批" in client.get(f"/decisions/{decision.pk}/").content.decode()


def test_the_head_sees_what_changed_since_and_what_was_let_stand(
    draft, saved, office, make_finding, client
) -> None:
    make_finding(1)
    document = saved(
        draft(), "共有问题[[1|findings.all]]个。对贺长明给予诫勉。\n附件1\n清单\n〔附表：问题清单〕"
    )
    (hit,) = readiness.hits(document)
    kept = {"key": hit.key, "reason": "已经公开通报过"}
    document = documents.justify(
        document=document, by=office.clerk, expected_version=document.version, **kept
    )
    decision = decisions.ask(DOCUMENT, about=document, reason="请签发。", by=office.clerk)
    make_finding(2, "联系委员不够")
    client.force_login(office.head)
    page = client.get(f"/decisions/{decision.pk}/").content.decode()
    for said in (
        "反馈问题：1 → 2",
        "附表“问题清单”",
        "姓名与处分处理“贺长明”：已经公开通报过",
        "提案办理超期",
    ):
        assert said in page


def test_a_figure_is_counted_once_for_the_page_of_its_decision(
    submitted, office, client, monkeypatch
) -> None:
    decision = submitted("共有问题[[1|findings.all]]个，还有[[1|findings.open]]个正在整改。")
    client.force_login(office.head)
    counted = []
    monkeypatch.setattr(
        figures,
        "figure_of_organ",
        lambda indicator, *rest: counted.append(indicator.key) or figure_of_organ(indicator, *rest),
    )
    client.get(f"/decisions/{decision.pk}/")
    assert counted == ["findings.all", "findings.open"]


def test_what_was_sent_back_is_submitted_by_whoever_took_the_post(
    submitted, office, organ, make_account, client
) -> None:
    decision = submitted()
    decisions.send_back(decision=decision, opinion="数字再核一遍", by=office.head)
    after = make_account(organ, "周行", Role.CLERK)
    client.force_login(after)
    submit = f"/documents/{decision.about_number}/submit/"
    assert "由申请人修改后重新提交" in client.post(submit, {"reason": "已核对。"}).content.decode()
    RoleHolding.objects.filter(person=office.clerk.person).delete()
    client.post(submit, {"reason": "已核对。"})
    decision.refresh_from_db()
    assert (decision.state, decision.asked_by) == (Decision.State.OPEN, after.person)
    with pytest.raises(ValidationError):
        decisions.agree(decision=decision, opinion="同意", by=after)


def test_the_head_reads_the_document_itself_above_where_he_signs(submitted, office, client) -> None:
    decision = submitted("一、总体情况\n共有问题[[1|findings.all]]个。")
    client.force_login(office.head)
    answer = client.get(f"/decisions/{decision.pk}/")
    page = answer.content.decode()
    assert '<p class="document-section">一、总体情况' in page
    assert '<a class="counted" href="/findings/' in page
    assert 'href="#signing"' in page
    assert page.index("document-sheet") < page.index('id="signing"')


def test_what_was_sent_back_says_who_sent_it_back_and_why(submitted, office, client) -> None:
    decision = submitted()
    client.force_login(office.clerk)
    page, submit = f"/documents/{decision.about_number}/", f"/documents/{decision.about_number}/submit/"
    assert "退回修改" not in client.get("/documents/").content.decode()
    decisions.send_back(decision=decision, opinion="数字再核一遍", by=office.head)
    said = f"{office.head.person} {timezone.localdate()}退回：数字再核一遍"
    for address in (page, submit):
        assert said in client.get(address).content.decode()
    for address in (page, "/documents/"):
        assert "退回修改" in client.get(address).content.decode()
    client.post(submit, {"reason": "已核对。"})
    assert said not in client.get(page).content.decode()


def test_what_the_head_did_not_agree_to_says_so_as_well(submitted, office, client) -> None:
    decision = submitted()
    decisions.refuse(decision=decision, opinion="暂不公开", by=office.head)
    client.force_login(office.clerk)
    assert "不同意：暂不公开" in client.get(f"/documents/{decision.about_number}/").content.decode()


def test_the_pages_name_who_will_sign(draft, saved, office, make_finding, client) -> None:
    make_finding(1)
    document = saved(draft(), "正文。")
    client.force_login(office.clerk)
    submit = f"/documents/{document.pk}/submit/"
    assert f"由{office.head.person}签发。" in client.get(submit).content.decode()
    client.post(submit, {"reason": "请签发。"})
    page = client.get(f"/decisions/{Decision.objects.get().pk}/").content.decode()
    assert f"可以签批：{office.head.person}" in page


def test_what_was_taken_out_before_the_signature_stays_with_those_who_write(
    draft, saved, office, make_finding, client
) -> None:
    make_finding(1)
    document = saved(saved(draft(), "对沈秋给予诫勉，电话13800138000。"), "已经处理。")
    decision = decisions.ask(DOCUMENT, about=document, reason="请签发。", by=office.clerk)
    decisions.agree(decision=decision, opinion="同意", by=office.head)
    for account, status in ((office.head, 200), (office.owner, 404)):
        client.force_login(account)
        assert client.get(f"/documents/{document.pk}/versions/2/").status_code == status
        assert ("历次文稿" in client.get(f"/documents/{document.pk}/").content.decode()) == (status == 200)


def test_a_notice_is_signed_by_the_head_himself_other_documents_by_his_deputy_too(
    draft, saved, office, make_finding
) -> None:
    make_finding(1)
    today = timezone.localdate()
    delegation = Delegation(
        organ=office.head.organ,
        person=office.head.person,
        deputy=office.leader.person,
        starts_on=today,
        ends_on=today,
        reason="出差",
    )
    records.create(delegation, by=office.head, action="delegation.created")
    asked = {
        kind: decisions.ask(DOCUMENT, about=saved(draft(kind), "正文。"), reason="请签发。", by=office.clerk)
        for kind in ("notice", "summary")
    }
    due = [duty.address for duty in duties_of_account(office.leader, today)]
    assert due == [f"/decisions/{asked['summary'].pk}/"]
    with pytest.raises(ValidationError, match="现在轮到主要负责人本人签批"):
        decisions.agree(decision=asked["notice"], opinion="", by=office.leader)
    decisions.agree(decision=asked["summary"], opinion="", by=office.leader)
    decisions.agree(decision=asked["notice"], opinion="", by=office.head)


def test_what_was_let_stand_and_why_is_read_by_those_within(
    draft, saved, office, make_finding, make_organ, make_account, client
) -> None:
    above = make_account(make_organ("above", "市委巡察办"), "程言", Role.SUPERVISOR)
    office.clerk.organ.path = f"{above.organ.path}{office.clerk.organ.pk}/"
    office.clerk.organ.save(update_fields=["path"])
    finding = make_finding(1)
    document = saved(draft(), "对王小明给予诫勉。")
    (hit,) = readiness.hits(document)
    document = documents.justify(
        document=document,
        key=hit.key,
        reason="本人已经同意",
        by=office.clerk,
        expected_version=document.version,
    )
    decision = decisions.ask(DOCUMENT, about=document, reason="请签发。", by=office.clerk)
    client.force_login(office.head)
    address = f"/decisions/{decision.pk}/"
    assert "本人已经同意" in client.get(address).content.decode()
    type(finding).objects.update(title="对王小明给予诫勉", disclosed=False)
    page = client.get(address).content.decode()
    assert "公开前检查发现、还没有处理的" in page
    type(finding).objects.update(disclosed=True)
    decisions.agree(decision=decision, opinion="同意", by=office.head)
    for account in (above, office.owner):
        client.force_login(account)
        assert "本人已经同意" not in client.get(address).content.decode()
