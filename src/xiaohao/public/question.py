"""A question in words that needs neither a script nor HTTPS, which proof-of-work scripts do.

The question carries its answer along, sealed with the installation's key, so that nothing is kept of the
many that are asked and never answered.
"""

import secrets
from dataclasses import dataclass

from django.core import signing
from django.utils.translation import gettext as _

from xiaohao.core import encryption
from xiaohao.lib.chinese_numerals import chinese

ANSWERABLE = 3600  # seconds
SALT = "xiaohao.public.question"


@dataclass(frozen=True)
class Question:
    """What is asked, and the token by which the answer is checked."""

    numbers: str
    token: str

    @property
    def text(self) -> str:
        return _("%(numbers)s，这三个数里最大的是哪个？请用阿拉伯数字填写。") % {"numbers": self.numbers}


@dataclass(frozen=True)
class Answer:
    """``once`` names the question when it was answered right; ``ours`` tells whether we asked it lately."""

    once: str = ""
    ours: bool = False


def ask() -> Question:
    """Return a new question: which of three numbers, written in words, is the largest."""
    numbers = secrets.SystemRandom().sample(range(2, 60), 3)
    said = "、".join(chinese(number) for number in numbers)
    once = secrets.token_hex(8)
    return Question(said, signing.dumps([once, _sealed(once, max(numbers)), said], salt=SALT))


def ask_again(token: str) -> Question:
    """Return the question of a token that was answered right already, so that nobody answers it twice."""
    return Question(signing.loads(token, salt=SALT)[2], token)


def _sealed(once: str, number: int) -> str:
    return encryption.digest(f"{once}|{number}")[:32]


def check(token: str, answer: str) -> Answer:
    """Tell whether the answer is right and the question ours and younger than an hour."""
    try:
        once, sealed, _said = signing.loads(token, salt=SALT, max_age=ANSWERABLE)
    except (signing.BadSignature, ValueError):
        return Answer()
    digits = answer.strip()
    plain = digits.isdecimal() and len(digits) < 4
    right = plain and sealed == _sealed(once, int(digits))
    return Answer(once if right else "", ours=True)
