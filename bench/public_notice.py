"""A notice over 300 findings: drafting it, and serving it as kept against rendering it each time.

Prints seconds and queries of drafting, requests per second of both ways in one process, and their ratio.
"""

import datetime as dt
import os
import tempfile
import time

os.environ["XIAOHAO_HOME"] = tempfile.mkdtemp()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiaohao.config.settings")

import django

django.setup()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402 - Django first
from django.core.management import call_command  # noqa: E402 - Django first
from django.db import connection  # noqa: E402 - Django first
from django.test import RequestFactory, override_settings  # noqa: E402 - Django first
from django.test.utils import CaptureQueriesContext  # noqa: E402 - Django first
from django.utils import timezone  # noqa: E402 - Django first

from scene import fill, person  # noqa: E402 - beside this file
from xiaohao.config import settings as shipped  # noqa: E402 - Django first
from xiaohao.core.models import Organ, Role  # noqa: E402 - Django first
from xiaohao.ledger.indicators import Period  # noqa: E402 - Django first
from xiaohao.public.services import publications  # noqa: E402 - Django first
from xiaohao.writing.models import Document  # noqa: E402 - Django first
from xiaohao.writing.scope import Scope  # noqa: E402 - Django first
from xiaohao.writing.services import drafting  # noqa: E402 - Django first

FINDINGS, MEASURES, SECONDS = 300, 3, 3
KEPT = "xiaohao.public.middleware.PublishedPages"


def per_second(path: str) -> float:
    """Return how many requests the application answers one after the other in a second, without a server."""
    answer = WSGIHandler()
    environ = RequestFactory().get(path).environ
    end, count = time.perf_counter() + SECONDS, 0
    while time.perf_counter() < end:
        statuses: list[str] = []
        response = answer(dict(environ), lambda status, _headers, said=statuses: said.append(status))
        b"".join(response)
        response.close()
        assert statuses == ["200 OK"]
        count += 1
    return count / SECONDS


def main() -> None:
    call_command("migrate", verbosity=0)
    organ = Organ.objects.create(code="bench", name="测量机关", path="/b/")
    clerk, owner = person(organ, "林清越", Role.CLERK), person(organ, "唐溪", Role.OWNER)
    inspection = fill(organ, clerk, owner, FINDINGS, MEASURES)
    today = timezone.localdate()
    period = Period(today - dt.timedelta(days=100), today)
    with CaptureQueriesContext(connection) as queries:
        started = time.perf_counter()
        document = drafting.draft(kind="notice", scope=Scope(inspection, period, today), by=clerk)
        took = time.perf_counter() - started
    asked, length = len(queries), len(document.body)
    print(f"draft over {FINDINGS} findings: {took:.2f} s, {asked} queries, {length} characters")
    Document.objects.update(state=Document.State.APPROVED, approved_on=today)
    document.refresh_from_db()
    published = publications.publish(
        document=document, open_from=today, open_to=today, contact_phone="1", by=clerk
    )
    path = f"/public/{organ.code}/{published.number}/"
    kept = per_second(path)
    with override_settings(MIDDLEWARE=[name for name in shipped.MIDDLEWARE if name != KEPT]):
        rendered = per_second(path)
    print(f"page kept: {kept:.0f}/s, rendered each time: {rendered:.0f}/s, ratio {kept / rendered:.0f}")


if __name__ == "__main__":
    main()
