"""Words that must not stand in a public text whatever is around them: of secrecy, informants, addresses."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from xiaohao.writing.publication_check.hit import Hit

REMOVE = _("请删去这一内容，或者写明可以公开的理由。")
MARKS = (
    (
        "secret",
        re.compile(r"绝密|机密|秘密[★☆]|[（(]?(?:秘密|机密)级[）)]?|内部资料|不得外传"),
        _("密级或内部标记"),
    ),
    (
        "informant",
        re.compile(r"(?:问题)?线索(?:编号|来源|内容)?|举报人|检举人|控告人|信访人|举报信|实名举报"),
        _("线索、举报人信息"),
    ),
    ("address", re.compile(r"家庭住址|家庭地址|现住址|户籍地址|住址[:：]"), _("住址")),
)


def marks(text: str) -> Iterator[Hit]:
    """Find such words."""
    for rule, pattern, what in MARKS:
        for one in pattern.finditer(text):
            yield Hit(rule, what, one.group(0), one.start(), REMOVE)
