"""Documents are edited by people, signed by the head, then frozen."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from xiaohao.core.models import AuditEntry, Role
from xiaohao.core.services.records import Conflict
from xiaohao.rectification.models import Rule
from xiaohao.rectification.services import analysis
from xiaohao.writing import readiness
from xiaohao.writing.models import Document
from xiaohao.writing.services import documents
from xiaohao.writing.tables import table


def test_two_people_never_overwrite_each_other_unseen(draft, saved, office, make_finding) -> None:
    make_finding(1)
    document = draft()
    saved(document, "第一种")
    with pytest.raises(Conflict):
        saved(document, "第二种")


def test_the_page_saves_by_itself_and_a_version_is_kept_when_asked(
    draft, office, make_finding, client
) -> None:
    make_finding(1)
    document = draft()
    client.force_login(office.clerk)
    address = f"/documents/{document.pk}/edit/"
    typed = {"version": document.version, "title": document.title, "body": "改到一半"}
    answer = client.post(address, typed, headers={"X-Autosave": "1"})
    assert answer.json()["version"] == document.version + 1
    assert document.versions.count() == 1
    late = client.post(address, {**typed, "body": "别的窗口"}, headers={"X-Autosave": "1"})
    assert late.status_code == 409
    client.post(address, {**typed, "version": document.version + 1, "body": "改完"})
    assert document.versions.first().body == "改完"
    compared = client.get(f"/documents/{document.pk}/versions/1/").content.decode()
    assert "<ins>改完</ins>" in compared


def test_a_save_sent_again_because_its_answer_was_lost_is_no_conflict(
    draft, office, make_finding, client
) -> None:
    make_finding(1)
    document = draft()
    client.force_login(office.clerk)
    typed = {"version": document.version, "title": document.title, "body": "甲\r\n乙\u202e  "}

    def send(**more: str) -> HttpResponse:
        return client.post(f"/documents/{document.pk}/edit/", {**typed, **more}, headers={"X-Autosave": "1"})

    answers = [send(), send()]
    assert [(one.status_code, one.json()["version"]) for one in answers] == [(200, document.version + 1)] * 2
    assert AuditEntry.objects.filter(action="document.changed").count() == 1
    document.refresh_from_db()
    assert document.body == "甲\n乙"
    client.post(f"/documents/{document.pk}/edit/", typed)
    assert document.versions.get(number=2).body == "甲\n乙"
    assert send(sealed="on").status_code == 409


def test_what_another_saved_in_the_same_words_is_still_his(
    draft, office, organ, make_account, make_finding, client
) -> None:
    make_finding(1)
    document = draft()
    typed = {"version": document.version, "title": document.title, "body": "同样的话。"}
    answers = []
    for account in (office.clerk, make_account(organ, "周行", Role.CLERK)):
        client.force_login(account)
        answers.append(
            client.post(f"/documents/{document.pk}/edit/", typed, headers={"X-Autosave": "1"}).status_code
        )
    assert answers == [200, 409]


def test_what_the_same_person_went_on_with_in_another_window_is_not_overwritten(
    draft, saved, make_finding, office
) -> None:
    make_finding(1)
    document = draft()
    further = saved(saved(document, "第一个窗口"), "第二个窗口")
    with pytest.raises(Conflict):
        saved(document, "第一个窗口")
    document.refresh_from_db()
    assert (document.body, document.version) == ("第二个窗口", further.version)
    assert document.versions.first().body == "第二个窗口"


def test_a_pasted_book_is_refused_with_its_length(draft, saved, office, make_finding, client) -> None:
    make_finding(1)
    document = draft()
    with pytest.raises(ValidationError, match="最多500000字"):
        saved(document, "字" * 600_000)
    client.force_login(office.clerk)
    typed = {"version": document.version, "title": "标题", "body": "字" * (4 * 1024 * 1024)}
    assert client.post(f"/documents/{document.pk}/edit/", typed).status_code == 400


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("甲\0乙\x1b丙", "甲乙丙"),
        ("报告\u202etxt.exe\u2066。\u200b", "报告txt.exe。"),
        ("<script>alert(1)</script></textarea>", "<script>alert(1)</script></textarea>"),
        ("（" * 100_000, "（" * 100_000),
        ("〔待补：" * 100_000, "〔待补：" * 100_000),
        ("[[" * 100_000, "[[" * 100_000),
    ],
)
def test_whatever_is_pasted_is_kept_without_what_is_not_seen_and_shown_as_text(
    draft, office, make_finding, client, pasted, kept
) -> None:
    make_finding(1)
    document = draft()
    client.force_login(office.clerk)
    typed = {"version": document.version, "title": f"标题{pasted[:50]}", "body": pasted}
    address = f"/documents/{document.pk}/edit/"
    assert client.post(address, typed, headers={"X-Autosave": "1"}).status_code == 200
    document.refresh_from_db()
    assert document.body == kept
    for page in ("", "edit/"):
        shown = client.get(f"/documents/{document.pk}/{page}")
        assert shown.status_code == 200
        assert "<script>alert(1)" not in shown.content.decode()


def test_halves_of_characters_do_not_reach_the_text(draft, office, make_finding, client) -> None:
    make_finding(1)
    document = draft()
    client.force_login(office.clerk)
    typed = f"version={document.version}&title=%E7%94%B2&body=%ED%A0%80%ED%BF%BF%FF%00%E4%B9%99"
    kind = "application/x-www-form-urlencoded"
    client.post(f"/documents/{document.pk}/edit/", typed, content_type=kind)
    document.refresh_from_db()
    assert document.body.strip("\ufffd") == "乙"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title": "\u200b"}, "这个字段是必填项。"),
        ({"title": "长" * 300}, "确保该变量包含不超过 200 字符 (目前字符数 300)。"),
        ({"version": ""}, "这个字段是必填项。"),
        ({"version": "x"}, "输入整数。"),
        ({"body": "字" * 600_000}, "正文有600000字，最多500000字。请检查是否粘贴了别的内容。"),
    ],
)
def test_why_the_page_did_not_save_by_itself_is_told(
    draft, office, make_finding, client, typed, said
) -> None:
    make_finding(1)
    document = draft()
    client.force_login(office.clerk)
    whole = {"version": document.version, "title": "标题", "body": "正文", **typed}
    answer = client.post(f"/documents/{document.pk}/edit/", whole, headers={"X-Autosave": "1"})
    assert (answer.status_code, answer.json()["said"]) == (400, said)
    document.refresh_from_db()
    assert document.version == whole["version"] or typed.keys() == {"version"}


def test_a_table_too_wide_for_paper_is_refused_with_its_columns(draft, saved, make_finding) -> None:
    make_finding(1)
    document = draft()
    with pytest.raises(ValidationError, match="100栏，纸面上最多排27栏"):
        saved(document, "\n".join(table([1] * 100, ["栏"] * 100, [["甲"] * 100])))
    saved(document, "\n".join(table([1] * 27, ["栏"] * 27, [["甲"] * 27])))


def test_lists_stay_as_they_were_kept_until_somebody_takes_the_present_ones_over(
    draft, office, make_finding, make_measure
) -> None:
    make_measure(make_finding(1, "提案办理超期"), owner=office.owner.person)
    plan = draft("plan")
    make_finding(2, "联系委员不够")
    assert any("附表“问题清单”的记录已经变化" in reason for reason in readiness.missing(plan))
    kept = list(plan.lists["问题清单"])
    typed = documents.change_text(
        document=plan, values={"title": "方案"}, by=office.clerk, expected_version=plan.version
    )
    assert typed.lists["问题清单"] == kept
    taken = documents.take_over_figures(document=typed, by=office.clerk, expected_version=typed.version)
    assert len(taken.lists["问题清单"]) == len(kept) + 1
    assert not any("附表" in reason for reason in readiness.missing(taken))


def test_a_list_there_is_not_is_told(draft, saved, make_finding) -> None:
    make_finding(1)
    document = saved(draft(), "正文。\n〔附表：别的清单〕")
    assert readiness.missing(document) == ["没有“别的清单”这个附表。"]


def test_any_two_versions_are_compared_and_an_earlier_one_comes_back(
    draft, office, saved, make_finding, client
) -> None:
    make_finding(1)
    document = draft()
    for body in ("第一段。\n第二段。", "第一段，改过。\n第二段。"):
        document = saved(document, body)
    client.force_login(office.clerk)
    page = client.get(f"/documents/{document.pk}/versions/2/", {"with": "3"}).content.decode()
    assert "第一段<ins>，改过</ins>。" in page
    client.post(f"/documents/{document.pk}/versions/2/restore/", {"version": document.version})
    document.refresh_from_db()
    assert document.body == "第一段。\n第二段。"
    assert document.versions.count() == 4


def test_what_was_saved_by_itself_is_not_lost_under_an_earlier_version(
    draft, office, make_finding, client
) -> None:
    make_finding(1)
    document = draft()
    client.force_login(office.clerk)
    typed = {"version": document.version, "title": document.title, "body": "写了两个小时。"}
    client.post(f"/documents/{document.pk}/edit/", typed, headers={"X-Autosave": "1"})
    client.post(f"/documents/{document.pk}/versions/1/restore/", {"version": document.version + 1})
    assert "写了两个小时。" in document.versions.values_list("body", flat=True)


def test_what_one_saved_by_itself_is_not_lost_under_what_another_saves(
    draft, office, organ, make_account, make_finding, client
) -> None:
    make_finding(1)
    document = draft()
    for number, account in enumerate((make_account(organ, "周行", Role.CLERK), office.clerk)):
        client.force_login(account)
        typed = {"version": document.version + number, "title": document.title, "body": f"第{number}人写的。"}
        client.post(f"/documents/{document.pk}/edit/", typed, headers={"X-Autosave": "1"})
    kept = document.versions.get(body="第0人写的。")
    assert kept.made_by.person.name == "周行"


def test_a_button_that_does_not_say_what_it_saw_changes_nothing(draft, office, make_finding, client) -> None:
    make_finding(1)
    document = draft()
    client.force_login(office.clerk)
    assert client.post(f"/documents/{document.pk}/discard/").status_code == 400
    client.post(f"/documents/{document.pk}/discard/", {"version": 0})
    assert Document.objects.get().is_draft


def test_what_the_check_found_is_masked_with_one_button(draft, office, saved, make_finding, client) -> None:
    make_finding(1)
    document = saved(draft(), "对唐溪给予诫勉，联系13800138000。唐溪已经改正。")
    client.force_login(office.clerk)
    address = f"/documents/{document.pk}/mask/"
    for hit in readiness.hits(document):
        document.refresh_from_db()
        client.post(address, {"version": document.version, "key": hit.key})
    document.refresh_from_db()
    assert document.body == "对唐某给予诫勉，联系138******00。唐某已经改正。"
    assert readiness.hits(document) == []
    answer = client.post(address, {"version": document.version, "key": "0" * 16}, follow=True)
    assert "文稿里已经没有这一处" in answer.content.decode()


def test_a_name_nobody_here_bears_is_masked_wherever_it_stands(
    draft, office, saved, make_finding, client
) -> None:
    make_finding(1)
    document = saved(draft(), "钱多多参加会议。\n原局长钱多多受到党内警告处分，电话(138)00138000。")
    client.force_login(office.clerk)
    for hit in readiness.hits(document):
        document.refresh_from_db()
        client.post(f"/documents/{document.pk}/mask/", {"version": document.version, "key": hit.key})
    document.refresh_from_db()
    assert document.body == "钱某某参加会议。\n原局长钱某某受到党内警告处分，电话138******00。"
    assert readiness.hits(document) == []


def test_what_stands_only_in_a_list_is_changed_in_the_record(
    draft, office, saved, make_finding, client
) -> None:
    make_finding(1, "对唐溪给予诫勉后没有回访")
    document = saved(draft(), "正文。\n附件1\n清单\n〔附表：问题清单〕")
    (hit,) = readiness.hits(document)
    assert (hit.text, hit.masked) == ("唐溪", "")
    client.force_login(office.clerk)
    page = client.get(f"/documents/{document.pk}/").content.decode()
    assert "请改记录，再把附表换成现在的" in page
    assert "改成“唐某”" not in page


def test_what_is_not_public_is_found_in_a_notice(draft, office, saved, make_finding, make_measure) -> None:
    finding = make_finding(1, "账外资金", disclosed=False)
    make_measure(finding, text="清退资金。\n追究责任")
    make_finding(2, "联系委员不够")
    document = saved(draft(), "一、账外资金\n清退资金；追究责任。")
    assert [hit.text for hit in readiness.hits(document)] == ["账外资金", "清退资金；追究责任"]


def test_every_word_told_of_what_is_not_public_is_found_in_a_notice(
    draft, office, saved, make_finding, make_measure
) -> None:
    hidden = make_finding(
        1,
        "账外资金",
        disclosed=False,
        detail="两个下属单位设立账外资金。经办人员多次提取现金用于接待。",
        root_cause="财务审批长期由一人说了算",
    )
    make_measure(hidden, progress="清退资金十二万元并上缴财政", evidence="上缴财政的收据和核查报告")
    public = make_finding(2, "联系委员不够", detail="经常性联系制度落实不到位。")
    make_measure(public, text="修订提案办理办法", progress="制度已经印发并且执行")
    for name, findings in (("账外资金管理办法", [hidden]), ("督办工作规则", [hidden, public])):
        rule = Rule(organ=hidden.organ, name=name, change="made", issued_on=dt.date(2025, 5, 1))
        analysis.create_rule(rule, {"findings": findings}, office.clerk)
    for said in (
        "经办人员多次提取现金用于接待",
        "财务审批长期由一人说了算",
        "清退资金十二万元，并上缴财政",
        "上缴财政的收据和核查报告",
        "《账外资金管理办法》",
    ):
        found = readiness.hits(saved(draft(), f"主要做法：{said}。"))
        assert said.strip("《》") in [hit.text for hit in found if hit.rule == "withheld"]
    whole = "两个下属单位设立账外资金；经办人员多次提取现金用于接待"
    assert [hit.text for hit in readiness.hits(saved(draft(), f"发现{whole}。"))] == [whole]
    for said in ("修订提案办理办法", "制度已经印发并且执行", "《督办工作规则》", "落实决策部署方面"):
        assert readiness.hits(saved(draft(), f"主要做法：{said}。")) == []


def test_what_counts_a_sentence_does_not_hide_it(draft, saved, make_finding) -> None:
    detail = "1.下属单位违规出租房屋\n2.一是长期未收租金；二是租金坐收坐支"
    make_finding(1, "账外资金", disclosed=False, detail=detail)
    found = readiness.hits(saved(draft(), "研究下属单位违规出租房屋，长期未收租金，租金坐收坐支的问题。"))
    assert [hit.text for hit in found] == ["下属单位违规出租房屋", "长期未收租金", "租金坐收坐支"]


def test_a_list_in_a_notice_has_what_is_public(draft, saved, make_finding, make_measure) -> None:
    make_measure(make_finding(1, "账外资金", disclosed=False), text="收回文件")
    make_measure(make_finding(2, "联系委员不够"), text="制定联系办法")
    notice = saved(draft(), "正文。\n附件1\n清单\n〔附表：责任清单〕")
    assert "收回文件" not in str(notice.lists)
    assert "制定联系办法" in str(notice.lists)
    assert "收回文件" in str(saved(draft("plan"), "正文。\n附件1\n清单\n〔附表：责任清单〕").lists)


def test_an_area_is_not_public_where_nothing_of_it_is(draft, saved, make_finding) -> None:
    make_finding(1, "账外资金", disclosed=False)
    (hit,) = readiness.hits(saved(draft(), "（一）落实决策部署方面"))
    assert hit.text == "落实决策部署方面"


def test_what_the_check_found_is_kept_with_a_reason(draft, office, saved, make_finding) -> None:
    make_finding(1)
    document = saved(draft(), "对贺长明给予诫勉。")
    (hit,) = readiness.hits(document)
    with pytest.raises(ValidationError, match="请写明"):
        documents.justify(
            document=document, key=hit.key, reason=" ", by=office.clerk, expected_version=document.version
        )
    kept = documents.justify(
        document=document,
        key=hit.key,
        reason="已经公开通报过",
        by=office.clerk,
        expected_version=document.version,
    )
    assert readiness.missing(kept) == []


def test_documents_of_another_organ_do_not_exist(
    draft, make_finding, make_organ, make_account, client
) -> None:
    make_finding(1)
    document = draft()
    client.force_login(make_account(make_organ("beside", "旁边的单位"), "周行", Role.CLERK))
    for page in ("", "edit/", "numbers/", "versions/1/", "file.docx", "submit/"):
        assert client.get(f"/documents/{document.pk}/{page}").status_code == 404
    for page in ("mask/", "figures/", "justify/", "versions/1/restore/"):
        assert client.post(f"/documents/{document.pk}/{page}", {"version": 1}).status_code == 404


def test_who_hands_over_reads_his_list(draft, office, make_finding, client) -> None:
    make_finding(1)
    document = draft("hand_over", person=office.owner.person, successor=office.department_head.person)
    for account, status in ((office.owner, 200), (office.department_head, 200)):
        client.force_login(account)
        assert client.get(f"/documents/{document.pk}/").status_code == status
        assert client.get(f"/documents/{document.pk}/file.docx").status_code == status


def test_a_draft_that_was_put_aside_can_be_taken_up_again(draft, office, make_finding, client) -> None:
    make_finding(1)
    document = draft()
    client.force_login(office.clerk)
    client.post(f"/documents/{document.pk}/discard/", {"version": document.version})
    assert document.title not in client.get("/documents/").content.decode()
    assert document.title in client.get("/documents/", {"state": "discarded"}).content.decode()
    assert client.post(f"/documents/{document.pk}/edit/", {"version": 2, "title": "x"}).status_code == 200
    client.post(f"/documents/{document.pk}/take-up/", {"version": document.version + 1})
    assert document.title in client.get("/documents/", {"kind": "notice"}).content.decode()


def test_the_page_asks_as_often_for_many_findings_as_for_one(
    draft, office, make_finding, make_measure, client
) -> None:
    client.force_login(office.clerk)
    counts = []
    for numbers in (range(1, 2), range(2, 12)):
        for number in numbers:
            make_measure(make_finding(number, f"问题{number}"))
        pages = [f"/documents/{draft(kind).pk}/" for kind in ("plan", "notice")]
        for page in pages:
            client.get(page)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            counts.append(len(queries))
    assert counts[:2] == counts[2:]


def test_what_was_justified_is_ticked_and_counted_by_itself(
    draft, office, saved, make_finding, client
) -> None:
    make_finding(1)
    document = saved(draft(), "对唐溪给予诫勉，联系13800138000。")
    client.force_login(office.clerk)
    page = f"/documents/{document.pk}/"
    assert "公开前检查（还有2处）" in client.get(page).content.decode()
    hit = readiness.hits(document)[0]
    kept = {"key": hit.key, "reason": "已经公开通报过", "version": document.version}
    client.post(f"{page}justify/", kept)
    said = client.get(page).content.decode()
    assert "公开前检查（还有1处，已说明1处）" in said
    assert '<li class="done">' in said
    assert str(hit.advice) not in said


def test_the_list_says_who_drafted_what_about_whom_in_the_same_number_of_queries(
    draft, office, make_finding, client
) -> None:
    client.force_login(office.clerk)
    finding = make_finding(1)
    counts = []
    for _time in range(2):
        draft("closing_form", finding=finding)
        draft("hand_over", person=office.owner.person, successor=office.department_head.person)
        client.get("/documents/")
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/documents/").content.decode()
        counts.append(len(queries))
    assert counts[0] == counts[1]
    for said in (finding, office.clerk.person, f"{office.owner.person} → {office.department_head.person}"):
        assert str(said) in page
