"""Numbers of persons, with what to do about them."""

import re
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
# What files, contracts and projects are numbered with; 卡编号, 账户编号 are none of these.
FILED = re.compile(
    r"(?:(?:项目|合同|文件|档案)号|(?<![卡户账行号款])编号|文号)(?:[码为是：:（(A-Za-z\-－—]|[^\S\n]){0,10}\Z"
)
LONGEST_BEFORE = 16


def numbers(text: str) -> Iterator[Hit]:
    """Find the numbers of persons."""
    for number in personal_numbers(text):
        before = text[max(0, number.start - LONGEST_BEFORE) : number.start]
        if number.kind is NumberKind.CARD and FILED.search(before):
            continue
        what, advice = NUMBERS[number.kind]
        yield Hit(number.kind.value, what, number.said, number.start, advice, number.masked)
