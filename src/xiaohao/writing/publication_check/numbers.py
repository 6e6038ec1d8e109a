"""Numbers of persons, with what to do about them."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from xiaohao.lib.personal_numbers import NumberKind, personal_numbers
from xiaohao.writing.publication_check.hit import Hit

HIDE = _("请删去，或者遮去中间的数字。")
NUMBERS = {
    NumberKind.ID: (_("身份证号码"), HIDE),
    NumberKind.MOBILE: (_("手机号码"), _("请改用办公电话。")),
    NumberKind.CARD: (_("银行卡号"), HIDE),
}


def numbers(text: str) -> Iterator[Hit]:
    """Find the numbers of persons."""
    for number in personal_numbers(text):
        what, advice = NUMBERS[number.kind]
        yield Hit(number.kind.value, what, number.said, number.start, advice, number.masked)
