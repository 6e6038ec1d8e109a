"""Reminders: in time, once, escalated, retried, never for what is done."""

import datetime as dt
import http.server
import json
import threading

import pytest
from django.core import mail
from django.utils import timezone

from xiaohao.core.services import records
from xiaohao.core.services.settings import set_value
from xiaohao.ledger import calendar_feed
from xiaohao.ledger.models import Message, Reminder
from xiaohao.ledger.services import decisions, reminders
from xiaohao.rectification.decisions import MEASURE_CLOSING
from xiaohao.rectification.models import Measure

WORKDAY = dt.date(2025, 6, 10)  # a Tuesday without holidays


def at(day: dt.date, hour: int = 9) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, hour, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def measure(work) -> Measure:
    finding = work(deadline=WORKDAY + dt.timedelta(days=7))
    Measure.objects.update(last_reported_on=WORKDAY)  # so that only the deadline speaks
    return finding.measures.select_related("organ", "finding").get()


def told(person, day: dt.date) -> list[str]:
    return [
        line
        for message in Message.objects.filter(person=person, day=day, channel="page")
        for line in message.text.splitlines()
    ]


def remind(measure, day: dt.date, hour: int = 9) -> int:
    return reminders.remind(measure.organ, at(day, hour))


def test_thirty_fifteen_seven_three_one_and_the_day_itself(measure, office) -> None:
    deadline = measure.deadline
    spoken = []
    for before in range(31, -1, -1):
        day = deadline - dt.timedelta(days=before)
        Measure.objects.update(last_reported_on=day)
        remind(measure, day)
        if any("完成整改措施" in line for line in told(office.owner.person, day)):
            spoken.append(before)
    # 30 and 3 days before are a Sunday and a Saturday: nothing is sent on rest days.
    assert spoken == [15, 7, 1, 0] or set(spoken) <= {30, 15, 7, 3, 1, 0}
    assert {7, 0} <= set(spoken)


def test_a_second_run_the_same_day_tells_nothing_twice(measure, office) -> None:
    assert remind(measure, WORKDAY) >= 1
    first = list(Reminder.objects.values_list("person", "duty", "day", "channel"))
    assert remind(measure, WORKDAY, 15) == 0
    assert list(Reminder.objects.values_list("person", "duty", "day", "channel")) == first


def test_the_database_itself_refuses_the_same_reminder_twice(measure) -> None:
    from django.db import IntegrityError, transaction

    remind(measure, WORKDAY)
    one = Reminder.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(
            message=one.message, person=one.person, duty=one.duty, day=one.day, channel=one.channel
        )


def test_several_duties_come_as_one_message(work, office) -> None:
    finding = work("一", "二", "三", deadline=WORKDAY)
    Measure.objects.update(last_reported_on=WORKDAY)
    reminders.remind(finding.organ, at(WORKDAY))
    message = Message.objects.get(person=office.owner.person)
    assert len(message.text.splitlines()) == 3


def test_when_it_is_late_head_of_department_and_leader_hear_of_it(measure, office) -> None:
    late = measure.deadline + dt.timedelta(days=6)  # every third day; the leader after five
    while reminders.working_days().kind(late).working is False:
        late += dt.timedelta(days=3)
    Measure.objects.update(last_reported_on=late)
    remind(measure, late)
    for account in (office.department_head, office.leader):
        assert any("下属逾期" in line for line in told(account.person, late))
    assert any("已逾期" in line for line in told(office.owner.person, late))


def test_nothing_is_sent_for_what_is_done_or_handed_over(measure, office) -> None:
    records.change(
        measure, {"owner": office.department_head.person}, by=office.clerk, action="measure.changed"
    )
    remind(measure, WORKDAY)
    assert told(office.owner.person, WORKDAY) == []
    assert any("完成整改措施" in line for line in told(office.department_head.person, WORKDAY))


def test_nothing_is_sent_on_rest_days_unless_it_is_wanted(measure, office) -> None:
    sunday = dt.date(2025, 6, 15)
    Measure.objects.update(deadline=sunday)
    assert remind(measure, sunday) == 0
    set_value(key="notices.rest_days", value=1, valid_from=sunday, source="", by=office.clerk)
    assert remind(measure, sunday) >= 1


def test_in_the_night_messages_wait_for_the_morning(measure, office) -> None:
    set_value(key="notices.mail", value=1, valid_from=WORKDAY, source="", by=office.clerk)
    office.owner.person.__class__.objects.update(email="tang@example.test")
    remind(measure, WORKDAY, hour=23)
    assert reminders.deliver(at(WORKDAY, 23)) == (0, 0)
    sent, refused = reminders.deliver(at(WORKDAY + dt.timedelta(days=1), 9))
    assert (sent >= 1, refused) == (True, 0)
    assert any("完成整改措施" in one.body for one in mail.outbox)


def test_what_waits_for_a_signature_is_asked_about_again(work, complete, office) -> None:
    done = complete(work().measures.select_related("organ", "finding__inspection").get())
    decisions.ask(MEASURE_CLOSING, about=done, reason="办完了。", by=office.owner)
    day = timezone.localdate()
    while not reminders.working_days().kind(day).working or (day - timezone.localdate()).days % 3:
        day += dt.timedelta(days=1)
    reminders.remind(done.organ, at(day))
    assert any(line.startswith("签批") for line in told(office.clerk.person, day))


class Robot(http.server.BaseHTTPRequestHandler):
    """A group robot that keeps what it is told and answers as it is told to."""

    heard: list[dict] = []
    answer = (200, b'{"errcode": 0}')

    def do_POST(self) -> None:
        self.heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.answer[0])
        self.end_headers()
        self.wfile.write(self.answer[1])

    def log_message(self, *_arguments: object) -> None:
        pass


@pytest.fixture
def robot(office):
    server = http.server.HTTPServer(("127.0.0.1", 0), Robot)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    Robot.heard, Robot.answer = [], (200, b'{"errcode": 0}')
    address = f"http://127.0.0.1:{server.server_port}/robot"
    set_value(key="notices.webhook", value=address, valid_from=WORKDAY, source="", by=office.clerk)
    yield Robot
    server.shutdown()
    server.server_close()


def test_the_group_robot_hears_it_once(measure, robot, office) -> None:
    remind(measure, WORKDAY)
    reminders.deliver(at(WORKDAY, 10))
    reminders.deliver(at(WORKDAY, 11))
    mine = [one for one in robot.heard if one["text"]["content"].startswith("唐溪")]
    assert len(mine) == 1
    assert mine[0]["msgtype"] == "text"
    assert "1-1-1" in mine[0]["text"]["content"]


@pytest.mark.parametrize("answer", [(500, b""), (200, b'{"errcode": 93000, "errmsg": "invalid"}')])
def test_what_was_refused_is_tried_again_and_then_given_up(measure, robot, answer) -> None:
    robot.answer = answer
    remind(measure, WORKDAY)
    moment = at(WORKDAY, 10)
    states = []
    for _attempt in range(6):
        reminders.deliver(moment)
        states.append(Message.objects.filter(channel="webhook").first().state)
        moment += dt.timedelta(hours=12)
    assert states == ["failed"] * 4 + ["given_up"] * 2
    message = Message.objects.filter(channel="webhook").first()
    assert (message.attempts, bool(message.problem)) == (5, True)


def test_what_was_cut_off_while_it_was_sent_is_never_sent_again(measure, robot) -> None:
    remind(measure, WORKDAY)
    Message.objects.filter(channel="webhook").update(state="sending")
    assert reminders.deliver(at(WORKDAY, 10)) == (0, 0)
    assert robot.heard == []


def test_the_calendar_opens_by_its_secret_until_it_is_taken_back(client, measure, office) -> None:
    client.force_login(office.owner)
    client.post("/my-calendar/new/")
    page = client.get("/my-calendar/")
    address = page.context["address"]
    assert "calendar-feed" in address
    assert client.get("/my-calendar/").context["address"] == ""  # shown once
    client.logout()
    answer = client.get(address)
    assert answer["Content-Type"].startswith("text/calendar")
    text = answer.content.decode().replace("\r\n ", "")
    assert "完成整改措施：1-1-1" in text
    assert f"DTSTART;VALUE=DATE:{measure.deadline:%Y%m%d}" in text
    calendar_feed.revoke(office.owner)
    assert client.get(address).status_code == 404


def test_the_secret_itself_is_kept_nowhere(office) -> None:
    from xiaohao.ledger.models import CalendarFeed

    secret = calendar_feed.make(office.owner)
    assert secret not in str(CalendarFeed.objects.values().get())


def test_the_outbox_shows_states_but_no_words(client, measure, office, make_account, organ) -> None:
    from xiaohao.core.models import Role

    remind(measure, WORKDAY)
    client.force_login(make_account(organ, "叶管", Role.SYSTEM_ADMINISTRATOR))
    page = client.get("/outbox/").content.decode()
    assert "唐溪" in page
    assert "提案" not in page
