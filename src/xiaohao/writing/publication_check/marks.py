"""Words that must not stand in a public text whatever is around them: of secrecy, informants, addresses."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from xiaohao.writing.publication_check.hit import Hit

REMOVE = _("请删去这一内容，或者写明可以公开的理由。")
BLANK = r"[^\S\n]{0,4}"
LEVEL = rf"(?:绝{BLANK}密|机{BLANK}密|秘{BLANK}密)"
UNTIL = rf"{BLANK}[★☆*＊]{BLANK}(?:[\d一二三四五六七八九十]{{1,3}}{BLANK}(?:年|个?月|[天日])|长期)?"
# 内部资料管理办法 governs such papers and is none.
GOVERNED = r"(?!的?(?:管理|归档|流转|登记|保管|整理|审[批核签]|制度|规定|办法))"
# 秘密 alone is a mark only where it is set apart: 保守国家秘密 is none.
SECRET = (
    rf"{LEVEL}{UNTIL}",
    rf"[【〔\[［（(<《]{BLANK}(?:工作)?{LEVEL}{BLANK}级?{BLANK}[】〕\]］）)>》]",
    rf"密{BLANK}级{BLANK}[:：]{BLANK}(?:{LEVEL})?|保密期限{BLANK}[:：]|份号{BLANK}[:：]?{BLANK}\d{{1,6}}",
    rf"(?:绝密|机密|秘密)级|绝{BLANK}密|机[^\S\n]{{1,4}}密|秘[^\S\n]{{1,4}}密",
    r"(?<!国家)(?<!商业)(?<!保守)(?<!泄露)机密",
    rf"^{BLANK}(?:工作)?秘密(?={BLANK}$)",
    rf"★(?:{BLANK}[\d一二三四五六七八九十]{{1,3}}{BLANK}(?:年|个?月|[天日])|{BLANK}长期)",
    rf"(?<!★)(?<!★\s)★(?!{BLANK}★)",  # several are a grade: 五星级★★★★★
    # What is only for those inside.
    rf"仅[供限]{BLANK}内{BLANK}部(?:{BLANK}(?:使用|参考|传阅|掌握))?",
    rf"内{BLANK}部{BLANK}(?:文{BLANK}件|资{BLANK}料|材{BLANK}料|刊物|参考|传阅|掌握|发行|明电|电报){GOVERNED}",
    rf"(?:不得|请勿|严禁|禁止|切勿|不准|不许){BLANK}外{BLANK}[传泄]|[此本]件不[宜得予]?公开|[阅会]后{BLANK}(?:收回|销毁)",
)
MARKS = (
    ("secret", re.compile("|".join(SECRET), re.MULTILINE), _("密级或内部标记")),
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
