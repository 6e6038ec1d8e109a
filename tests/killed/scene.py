"""Run in a process of its own: kill a closing, an import and a reminder run at every single statement.

For each statement the database is put back, a child process does the work and kills itself there, and the
parent looks at what is left: all of it or nothing.
"""

import os
import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

HOME = Path(tempfile.mkdtemp())
os.environ["XIAOHAO_HOME"] = str(HOME)
os.environ.pop("XIAOHAO_DATABASE_URL", None)
os.environ["DJANGO_SETTINGS_MODULE"] = "xiaohao.config.settings"

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

FILE = HOME / "xiaohao.sqlite3"
KEPT = HOME / "kept.sqlite3"
LEDGER = Path(__file__).parents[1] / "samples" / "notices" / "items-only.txt"


def restore() -> None:
    connection.close()
    for name in ("xiaohao.sqlite3-wal", "xiaohao.sqlite3-shm"):
        (HOME / name).unlink(missing_ok=True)
    shutil.copy(KEPT, FILE)


def keep() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    shutil.copy(FILE, KEPT)


def child(work, statement: int) -> bool:
    """Do the work in a child that dies at a statement; return whether it got to its end."""
    number = os.fork()
    if number == 0:
        seen = 0

        def die(execute, sql, params, many, context):
            nonlocal seen
            seen += 1
            if seen == statement:
                os._exit(9)
            return execute(sql, params, many, context)

        try:
            with connection.execute_wrapper(die):
                work()
        except BaseException as error:
            print(error, file=sys.stderr)
            os._exit(1)
        connection.close()
        os._exit(0)
    _number, status = os.waitpid(number, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, 9), code
    return code == 0


def picture(queries: tuple[str, ...]) -> tuple:
    """Return what the database holds, read past Django."""
    with closing(sqlite3.connect(FILE)) as database:
        return tuple(database.execute(query).fetchall() for query in queries)


def kill_everywhere(name: str, work, queries: tuple[str, ...]) -> None:
    """Check that after every kill there is what was before or what is afterwards, and nothing between."""
    from xiaohao.core.services import audit

    keep()
    before = picture(queries)
    assert child(work, 0)
    after = picture(queries)
    assert before != after, name
    statement, finished, nothing = 0, False, 0
    while not finished:
        restore()
        statement += 1
        finished = child(work, statement)
        left = picture(queries)
        assert left in (before, after), (name, statement, left)
        nothing += left == before
        assert list(audit.verify()) == [], (name, statement)
    restore()
    print(f"{name}: killed at {statement - 1} statements, {nothing} times nothing was left, else all")


def main() -> None:
    call_command("migrate", verbosity=0)
    from xiaohao.core.models import Account
    from xiaohao.ledger.models import Decision
    from xiaohao.ledger.services import decisions, reminders
    from xiaohao.reading import read
    from xiaohao.rectification import demo
    from xiaohao.rectification.services import importing

    demo.load()
    leader = Account.objects.get(username="secretary")

    def close() -> None:
        decision = Decision.objects.get(about_label__startswith="1-8-1", state="open")
        decisions.agree(decision=decision, opinion="同意", by=leader)

    log = "SELECT count(*) FROM core_auditentry"
    kill_everywhere(
        "closing",
        close,
        (
            "SELECT state FROM ledger_decision ORDER BY id",
            "SELECT state, done_on IS NULL FROM rectification_measure ORDER BY id",
            "SELECT count(*) FROM ledger_signature",
            log,
        ),
    )

    content = importing.content_of(read(LEDGER.read_bytes(), LEDGER.name))
    clerk = Account.objects.get(username="clerk")

    def take_in() -> None:
        importing.confirm(content=content, organ=clerk.organ, by=clerk, create_missing=True)

    kill_everywhere(
        "import",
        take_in,
        (
            "SELECT count(*) FROM rectification_inspection",
            "SELECT count(*) FROM rectification_finding",
            "SELECT count(*) FROM rectification_measure",
            log,
        ),
    )

    import_proposals(clerk)
    lend_passport(clerk)
    organ, now = clerk.organ, timezone.now()

    def remind() -> None:
        reminders.remind(organ, now)

    from xiaohao.core.services.settings import set_value

    set_value(key="notices.rest_days", value=1, valid_from=timezone.localdate(), source="", by=clerk)
    kill_everywhere(
        "reminders",
        remind,
        ("SELECT count(*) FROM ledger_reminder", "SELECT count(*) FROM ledger_message"),
    )
    sent_once(remind, now)
    shutil.rmtree(HOME)


def import_proposals(clerk) -> None:
    """Kill the writing of a table into a register that has one of its rows already."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from xiaohao.ledger.services import register_import
    from xiaohao.registers.proposals.register import PROPOSALS

    def keep_table(title: str, count: int):
        lines = [f"P{number},{title}{number},温如玉,2026-03-05" for number in range(count)]
        file = SimpleUploadedFile("t.csv", "\n".join(["案号,案由,提案人,提交日期", *lines]).encode())
        return register_import.keep(register=PROPOSALS, organ=clerk.organ, file=file, by=clerk)

    register_import.write(register=PROPOSALS, draft=keep_table("旧", 1), by=clerk)
    draft = keep_table("新", 4)

    def write() -> None:
        register_import.write(register=PROPOSALS, draft=draft, by=clerk)

    queries = (
        "SELECT number, title FROM registers_proposal ORDER BY number",
        "SELECT state FROM ledger_registerimport ORDER BY id",
        "SELECT count(*) FROM core_auditentry",
    )
    kill_everywhere("register import", write, queries)


def lend_passport(clerk) -> None:
    """Kill the lending of a document: trip, document and log change together."""
    from xiaohao.ledger.register import add, take
    from xiaohao.registers.passports import models
    from xiaohao.registers.passports.register import DOCUMENTS, PEOPLE, TRIPS

    today, organ = timezone.localdate(), clerk.organ
    year = timezone.timedelta(days=365)
    person = {"name": "周望之", "registered_on": today}
    holder = add(PEOPLE, models.RegisteredPerson(organ=organ), person, clerk)
    values = {"holder": holder, "number": "E1", "shelf_number": "1", "issued_on": today - year}
    document = models.TravelDocument(organ=organ)
    document = add(DOCUMENTS, document, {**values, "expires_on": today + year}, clerk)
    document = take(DOCUMENTS, document, "hand_in", {"handed_in_on": today}, clerk)
    values = {"number": "1", "document": document, "destination": "新加坡", "purpose": "探亲"}
    values |= {"leaves_on": today, "returns_on": today}
    trip = add(TRIPS, models.Trip(organ=organ), values, clerk)
    models.Trip.objects.filter(pk=trip.pk).update(state="approved")

    def lend() -> None:
        found = models.Trip.objects.select_related("organ", "document").get(pk=trip.pk)
        take(TRIPS, found, "lend", {"lent_on": today}, clerk)

    queries = (
        "SELECT state, due_on FROM registers_trip",
        "SELECT state FROM registers_traveldocument",
        "SELECT count(*) FROM core_auditentry",
    )
    kill_everywhere("lending", lend, queries)


def sent_once(remind, now) -> None:
    """Kill the sending at every statement and send again: no message leaves twice."""
    from xiaohao.core.models import Person
    from xiaohao.core.services.settings import set_value
    from xiaohao.ledger.services import reminders

    clerk = Person.objects.get(name="林小满").account
    for key, value in (("notices.mail", 1), ("notices.from_hour", 0), ("notices.to_hour", 24)):
        set_value(key=key, value=value, valid_from=timezone.localdate(), source="", by=clerk)
    Person.objects.update(email="somebody@example.test")
    remind()
    sent = HOME / "sent"

    def note(message) -> None:
        with sent.open("a") as file:
            file.write(f"{message.pk}\n")

    reminders.send = note  # type: ignore[assignment] # the transport, so that nothing leaves the machine
    later = now + timezone.timedelta(hours=1)
    keep()
    statement = 0
    while True:
        restore()
        sent.unlink(missing_ok=True)
        statement += 1
        finished = child(lambda: reminders.deliver(later), statement)
        child(lambda: reminders.deliver(later), 0)
        numbers = sent.read_text().split()
        assert len(numbers) == len(set(numbers)), (statement, numbers)
        if finished:
            break
    print(f"sending: killed at {statement - 1} statements, {len(numbers)} messages, none twice")


if __name__ == "__main__":
    main()
