"""Against floods, on plain HTTP and without scripts: counters by the hour, and a question in words.

No address is kept: a counter's place is part of a digest made with the installation's key and the day.
"""

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.core import signing
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from xiaohao.core import encryption
from xiaohao.lib.chinese_numerals import chinese
from xiaohao.public.models import Attempts

HOUR = 3600  # seconds
BUCKETS = 65_536
ANSWERABLE = 3600  # seconds a question may be answered in
SALT = "xiaohao.public.question"


def source_of(request: HttpRequest) -> str:
    """Return where a request comes from, as a digest that changes every day."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if ":" in address:
        address = ":".join(address.split(":")[:4])  # of IPv6 the network: one house has billions of addresses
    return encryption.digest(f"{timezone.localdate()}|{address}")


@transaction.atomic
def tried(what: str) -> int:
    """Count one more try of something in this hour and return how many there were."""
    hour = int(time.time()) // HOUR
    bucket = int(encryption.digest(what)[:4], 16) % BUCKETS
    place = Attempts.objects.filter(hour=hour, bucket=bucket)
    if not place.update(count=F("count") + 1):
        Attempts.objects.filter(hour__lt=hour - 1).delete()
        Attempts.objects.get_or_create(hour=hour, bucket=bucket)
        place.update(count=F("count") + 1)
    return place.values_list("count", flat=True).get()


@dataclass(frozen=True)
class Question:
    """A question a person answers at a glance, and the token by which the answer is checked."""

    text: str
    token: str


def ask() -> Question:
    """Return a new question: which of three numbers, written in words, is the largest."""
    numbers = secrets.SystemRandom().sample(range(2, 60), 3)
    said = "、".join(chinese(number) for number in numbers)
    text = _("%(numbers)s，这三个数里最大的是哪个？请用阿拉伯数字填写。") % {"numbers": said}
    once = secrets.token_hex(8)
    return Question(text, signing.dumps([once, _sealed(once, max(numbers))], salt=SALT))


def _sealed(once: str, number: int) -> str:
    return encryption.digest(f"{once}|{number}")


def answered(token: str, answer: str) -> bool:
    """Tell whether the answer is right; each question counts once and for an hour."""
    digits = answer.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) < 4):
        return False
    try:
        once, sealed = _parts(signing.loads(token, salt=SALT, max_age=ANSWERABLE))
    except (signing.BadSignature, ValueError):
        return False
    return sealed == _sealed(once, int(digits)) and tried(f"question|{once}") == 1


def _parts(loaded: Sequence[str]) -> tuple[str, str]:
    once, sealed = loaded
    return once, sealed
