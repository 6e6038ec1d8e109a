"""A flood on the form for comments, with twenty real ones among it: speed, growth, what became of those.

Three floods: ``mix`` of everything, short; ``one`` source and ``many`` (a thousand) that answer every
question and send the longest texts that are taken, each another. Every post goes through the whole
application, one after the other, as a server hands it over. Prints posts per second by kind and as a ratio to
bare inserts, what the database and the folder of files grew by, how many rows there are, whether each real
comment from elsewhere can be read by its receipt, and what twenty are told from where the flood comes from.
Usage: ``python bench/flood.py [mix|one|many] [--posts 30000]``.
"""

import argparse
import os
import random
import re
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

os.environ["XIAOHAO_HOME"] = tempfile.mkdtemp()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiaohao.config.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django first
from django.core.management import call_command  # noqa: E402 - Django first
from django.db import connection, transaction  # noqa: E402 - Django first
from django.utils import timezone  # noqa: E402 - Django first

from scene import fill, person  # noqa: E402 - beside this file
from site_called import Site  # noqa: E402 - beside this file
from xiaohao.core.dated_settings import value  # noqa: E402 - Django first
from xiaohao.core.models import AuditEntry, Organ, Role  # noqa: E402 - Django first
from xiaohao.ledger.indicators import Period  # noqa: E402 - Django first
from xiaohao.lib.chinese_numerals import chinese  # noqa: E402 - Django first
from xiaohao.public import question  # noqa: E402 - Django first
from xiaohao.public.models import Attempts, Comment, HeldText, Intake, Receipt  # noqa: E402 - Django first
from xiaohao.public.services import publications  # noqa: E402 - Django first
from xiaohao.writing.models import Document  # noqa: E402 - Django first
from xiaohao.writing.scope import Scope  # noqa: E402 - Django first
from xiaohao.writing.services import drafting  # noqa: E402 - Django first

POSTS, REAL, BARE, SOURCES = 30_000, 20, 2000, 1000
LONGEST = 5000  # characters that are taken of one comment
REAL_LENGTHS = (40, 400, 2000)
FLOODER = "10.0.0.66"
# Of a hundred posts so many of each kind.
MIX = {
    "without a question": 20,
    "a question sent again": 10,
    "a wrong answer": 10,
    "solved, one source": 20,
    "solved, many sources": 20,
    "solved, the same words": 20,
}
NUMBERS = {chinese(number): number for number in range(60)}
HAN = [chr(code) for code in range(0x4E00, 0x9FA6)]  # any of them: nothing that is sent can be packed well
chance = random.Random(20260118)  # noqa: S311 - no secret
SUPPLY = "".join(chance.choices(HAN, k=400_000))


def words(length: int = 60) -> str:
    start = chance.randrange(len(SUPPLY) - length)
    return SUPPLY[start : start + length]


def source(number: int) -> str:
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def solved() -> dict[str, str]:
    """Return a question with its answer, as somebody gives it who asked for the form."""
    asked = question.ask()
    return {
        "token": asked.token,
        "answer": str(max(NUMBERS[said] for said in asked.numbers.split("、"))),
    }


Post = tuple[str, dict[str, str], str]


def mix(posts: int) -> Iterator[Post]:
    """Yield the posts in a random order: kind, what is sent, from where."""
    kinds = [kind for kind, share in MIX.items() for _post in range(posts * share // 100)]
    chance.shuffle(kinds)
    spent = solved()
    for number, kind in enumerate(kinds):
        if kind == "without a question":
            yield kind, {"text": words()}, FLOODER
        elif kind == "a question sent again":
            yield kind, {"text": words(), **spent}, FLOODER
        elif kind == "a wrong answer":
            yield kind, {"text": words(), **solved(), "answer": "99"}, FLOODER
        elif kind == "solved, one source":
            yield kind, {"text": words(), **solved()}, FLOODER
        elif kind == "solved, many sources":
            yield kind, {"text": words(), **solved()}, source(number)
        else:
            yield kind, {"text": "立即停止，立即停止！" * 10, **solved()}, source(number)


def one(posts: int) -> Iterator[Post]:
    for _post in range(posts):
        yield "solved, the longest", {"text": words(LONGEST), **solved()}, FLOODER


def many(posts: int) -> Iterator[Post]:
    for _post in range(posts):
        yield "solved, the longest", {"text": words(LONGEST), **solved()}, source(chance.randrange(SOURCES))


FLOODS = {"mix": mix, "one": one, "many": many}


def sizes() -> tuple[int, int]:
    """Return the bytes of the database and of the folder of files."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            database = cursor.fetchone()[0]
    else:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        name = str(connection.settings_dict["NAME"])
        database = sum(Path(name + end).stat().st_size for end in ("", "-wal") if Path(name + end).exists())
    files = sum(path.stat().st_size for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())
    return database, files


def bare(published: object) -> float:
    """Return how many bare rows with a sealed text are inserted in a second, each in its transaction."""
    now, day = timezone.now(), timezone.localdate()
    started = time.perf_counter()
    for number in range(BARE):
        with transaction.atomic():
            HeldText.objects.create(
                organ_id=published.organ_id,
                publication=published,
                digest=f"bare {number}",
                text=words(),
                received_on=day,
                created_at=now,
                changed_at=now,
            )
    took = time.perf_counter() - started
    HeldText.objects.filter(digest__startswith="bare").delete()
    return BARE / took


def publish() -> object:
    call_command("migrate", verbosity=0)
    organ = Organ.objects.create(code="bench", name="测量机关", path="/b/")
    clerk, owner = person(organ, "林清越", Role.CLERK), person(organ, "唐溪", Role.OWNER)
    inspection = fill(organ, clerk, owner, 3, 1)
    today = timezone.localdate()
    scope = Scope(inspection, Period(today, today), today)
    document = drafting.draft(kind="notice", scope=scope, by=clerk)
    Document.objects.update(state=Document.State.APPROVED, approved_on=today)
    document.refresh_from_db()
    return publications.publish(
        document=document, open_from=today, open_to=today, contact_phone="1", by=clerk
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("flood", nargs="?", choices=FLOODS, default="mix")
    parser.add_argument("--posts", type=int, default=POSTS)
    asked = parser.parse_args()
    published = publish()
    path = f"/public/bench/{published.number}/comment/"
    site, before, entries = Site(), sizes(), AuditEntry.objects.count()
    took: dict[str, float] = defaultdict(float)
    counts: Counter[str] = Counter()
    statuses: Counter[str] = Counter()
    real: list[tuple[str, str]] = []
    told: Counter[str] = Counter()
    every = max(1, asked.posts // REAL)
    for number, (kind, given, address) in enumerate(FLOODS[asked.flood](asked.posts)):
        if number % every == every // 2 and len(real) < REAL:
            text = words(REAL_LENGTHS[len(real) % len(REAL_LENGTHS)])
            _status, page = site.post(path, {"text": text, **solved()}, f"172.16.0.{len(real)}")
            real.append((text, receipt_on(page)))
            status, page = site.post(path, {"text": words(), **solved()}, address)
            told["a receipt" if receipt_on(page) else f"to write later or to call ({status})"] += 1
        started = time.perf_counter()
        status, _page = site.post(path, given, address)
        took[kind] += time.perf_counter() - started
        counts[kind] += 1
        statuses[status] += 1
    report(counts, took, statuses, before)
    print(f"entries in the log: {AuditEntry.objects.count() - entries}")
    read = [
        text in site.post("/public/answer/", {"receipt": receipt}, "172.16.9.9")[1] for text, receipt in real
    ]
    print(f"real comments that can be read by their receipt: {sum(read)} of {len(real)}")
    print(f"of {told.total()} short ones from where the flood comes from were given: {dict(told)}")
    assert all(read)
    taken = [kind for kind in counts if kind.startswith("solved")]
    kept, rate = sum(counts[kind] for kind in taken) / sum(took[kind] for kind in taken), bare(published)
    print(f"bare inserts: {rate:.0f}/s; a post with a right answer costs {rate / kept:.1f} of them")


def receipt_on(page: str) -> str:
    found = re.search(r'id="receipt">([\d ]+)<', page)
    return found.group(1) if found else ""


def report(
    counts: Counter[str],
    took: dict[str, float],
    statuses: Counter[str],
    before: tuple[int, int],
) -> None:
    for kind, count in counts.items():
        print(f"{kind}: {count} posts, {count / took[kind]:.0f}/s")
    total = counts.total() / sum(took.values())
    print(f"all: {counts.total()} posts, {total:.0f}/s; statuses {dict(statuses)}")
    database, files = (after - earlier for after, earlier in zip(sizes(), before, strict=True))
    print(f"database +{database / 2**20:.1f} MB, files +{files / 2**20:.1f} MB")
    rows = {model.__name__: model.objects.count() for model in (Comment, HeldText, Receipt, Attempts)}
    intake = Intake.objects.get()
    print(f"rows {rows}; waiting {intake.waiting}, counted {intake.text_bytes / 2**20:.1f} MB")
    most = int(value(intake.organ, "comments.text_megabytes", timezone.localdate()))
    print(f"the organ gives texts {most} MB")
    assert database + files < most * 2**20


if __name__ == "__main__":
    main()
