"""The three administrators, each with his own page, and everybody's password."""

import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from xiaohao.core.dated_settings import value
from xiaohao.core.models import Account, AuditEntry, CalendarDay, Role
from xiaohao.core.services import organs
from xiaohao.core.services.calendar import known_until, working_days
from xiaohao.core.views.settings import contrast_with_white

PASSWORD = "qingxi-2026-zhenggai"


@pytest.fixture
def log_in_as(client, organ, make_account):
    def log_in(role: Role):
        client.force_login(make_account(organ, "管理员", role))
        return client

    return log_in


def test_the_security_administrator_opens_an_account_with_roles(log_in_as, organ) -> None:
    client = log_in_as(Role.SECURITY_ADMINISTRATOR)
    person = organs.add_person(organ=organ, name="方晓", by=None)
    form = {"username": "fangxiao", "password": PASSWORD, "is_active": "on", "roles": ["owner"]}
    assert client.post(f"/accounts/{person.pk}/", form).status_code == 302
    account = Account.objects.get(username="fangxiao")
    assert (account.check_password(PASSWORD), account.roles) == (True, {Role.OWNER})
    entries = AuditEntry.objects.filter(subject_label="方晓").values_list("action", flat=True)
    assert list(entries) == ["person.created", "role.given", "account.created"]
    assert PASSWORD not in str(list(AuditEntry.objects.values()))


def test_roles_are_given_whole_or_not_at_all(log_in_as, organ) -> None:
    client = log_in_as(Role.SECURITY_ADMINISTRATOR)
    person = organs.add_person(organ=organ, name="方晓", by=None)
    both = {"roles": ["system_administrator", "audit_administrator"]}
    answer = client.post(f"/accounts/{person.pk}/", both)
    assert "一人至多担任系统、安全、审计管理员中的一种。" in answer.content.decode()
    assert not person.roles.exists()


def test_nobody_gives_himself_a_role(log_in_as) -> None:
    client = log_in_as(Role.SECURITY_ADMINISTRATOR)
    own = Account.objects.get().person
    answer = client.post(f"/accounts/{own.pk}/", {"is_active": "on", "roles": ["clerk"]})
    assert "自己的角色要由另一位安全管理员修改。" in answer.content.decode()
    assert [holding.role for holding in own.roles.all()] == ["security_administrator"]


def test_a_closed_account_is_out_at_its_next_click(log_in_as, organ, make_account, client) -> None:
    account = make_account(organ, "方晓", Role.CLERK)
    client.force_login(account)
    assert client.get("/findings/").status_code == 200
    organs.set_active(account=account, active=False, by=account)
    assert client.get("/findings/").status_code == 302


def test_one_changes_ones_own_password(client, clerk) -> None:
    clerk.set_password(PASSWORD)
    clerk.save()
    client.force_login(clerk)
    new = {"old_password": PASSWORD, "new_password1": "lianghe-8807", "new_password2": "lianghe-8807"}
    assert client.post("/password/", new).status_code == 302
    clerk.refresh_from_db()
    assert clerk.check_password("lianghe-8807")
    assert client.get("/findings/").status_code == 200  # still logged in


def test_the_system_administrator_enters_a_run_of_rest_days(log_in_as) -> None:
    client = log_in_as(Role.SYSTEM_ADMINISTRATOR)
    form = {
        "first": "2027-02-05",
        "last": "2027-02-11",
        "working": "0",
        "name": "春节",
        "source": "国办发明电",
    }
    assert client.post("/calendar/", form).status_code == 302
    assert CalendarDay.objects.count() == 7
    kind = working_days().kind(dt.date(2027, 2, 9))
    assert (kind.working, kind.certain) == (False, True)


def test_a_year_is_certain_once_it_was_entered_in_full(log_in_as) -> None:
    client = log_in_as(Role.SYSTEM_ADMINISTRATOR)
    year = known_until() + 1
    answer = client.post("/calendar/years/", {"year": str(year)}, follow=True)
    assert f"{year}年还没有录入任何一天" in answer.content.decode()
    assert known_until() == year - 1
    client.post("/calendar/", {"first": f"{year}-10-01", "working": "0", "source": "国办发明电"})
    client.post("/calendar/years/", {"year": str(year), "source": "国办发明电"})
    assert known_until() == year
    assert working_days().kind(dt.date(year, 3, 1)).certain
    client.post("/calendar/years/", {"year": str(year), "reopen": "1"})
    assert not working_days().kind(dt.date(year, 3, 1)).certain


def test_days_the_wrong_way_round_are_refused(log_in_as) -> None:
    form = {"first": "2027-02-11", "last": "2027-02-05", "working": "0", "source": "国办发明电"}
    answer = log_in_as(Role.SYSTEM_ADMINISTRATOR).post("/calendar/", form)
    assert "“到”要在“从”之后" in answer.content.decode()
    assert not CalendarDay.objects.exists()


def test_the_audit_administrator_sees_who_did_what_but_not_the_content(log_in_as, make_finding) -> None:
    make_finding(detail="机密的细节")
    client = log_in_as(Role.AUDIT_ADMINISTRATOR)
    page = client.get("/audit/?name=林清越").content.decode()
    assert "建立问题" in page
    assert "具体表现" in page
    assert "机密的细节" not in page
    assert "日志链完好" in client.get("/audit/?verify=1").content.decode()


def test_the_log_is_searched_and_exported_without_its_content(log_in_as, make_finding) -> None:
    make_finding(1, "提案办理超期", detail="机密的细节")
    make_finding(2, "公务接待超标")
    client = log_in_as(Role.AUDIT_ADMINISTRATOR)
    page = client.get("/audit/", {"about": "接待", "action": "finding.created"})
    assert [line.entry.subject_label for line in page.context["lines"]] == ["1-2 公务接待超标"]
    content = b"".join(client.get("/audit/export/", {"about": "提案"}))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [row[4] for row in rows] == ["对象", "1-1 提案办理超期"]
    assert "机密的细节" not in str(rows)


def test_a_setting_holds_from_its_day_on(client, organ, clerk) -> None:
    client.force_login(clerk)
    form = {"value": "10", "valid_from": "2026-06-01", "source": "区委巡察办2026年第3次例会"}
    assert client.post("/settings/lights.near_days/", form).status_code == 302
    assert value(organ, "lights.near_days", dt.date(2026, 5, 31)) == 7
    assert value(organ, "lights.near_days", dt.date(2026, 6, 1)) == 10
    assert "第3次例会" in client.get("/settings/").content.decode()


@pytest.mark.parametrize(
    ("colour", "said"), [("red;}", "颜色请写成"), ("#ffff00", "在白底上看不清"), ("#12345", "颜色请写成")]
)
def test_a_colour_that_is_none_or_cannot_be_seen_is_refused(client, organ, clerk, colour, said) -> None:
    client.force_login(clerk)
    before = value(organ, "lights.colours", dt.date(2026, 6, 1))
    form = before | {"green": colour, "valid_from": "2026-06-01"}
    assert said in client.post("/settings/lights.colours/", form).content.decode()
    assert value(organ, "lights.colours", dt.date(2026, 6, 1)) == before


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast_with_white("#ffffff") == pytest.approx(1)
    assert contrast_with_white("#000000") == pytest.approx(21)
    assert contrast_with_white("#767676") == pytest.approx(4.54, abs=0.01)


def test_a_session_lives_on_while_somebody_works_and_is_written_once_a_minute(
    client, clerk, monkeypatch
) -> None:
    monkeypatch.setattr("xiaohao.core.middleware.time.time", lambda: 1000.0)
    client.force_login(clerk)
    client.get("/organisation/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/organisation/")
    assert not [query for query in captured if "UPDATE" in query["sql"]]
    monkeypatch.setattr("xiaohao.core.middleware.time.time", lambda: 1061.0)
    client.get("/organisation/")
    assert client.session["refreshed"] == 1061
