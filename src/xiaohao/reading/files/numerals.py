"""Numbers as Word writes them in automatic lists."""

from xiaohao.lib.chinese_numerals import chinese

FORMAL = str.maketrans("一二三四五六七八九十百", "壹贰叁肆伍陆柒捌玖拾佰")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
CHINESE = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "ideographDigital",
    }
)
# Signs that follow each other in Unicode: (the first one, how many there are).
SIGNS = {
    "decimalEnclosedCircle": ("①", 20),
    "decimalEnclosedCircleChinese": ("①", 20),
    "decimalEnclosedParen": ("⑴", 20),
    "decimalEnclosedFullstop": ("⒈", 20),
    "ideographEnclosedCircle": ("㊀", 10),
    "upperLetter": ("A", 26),
    "lowerLetter": ("a", 26),
}
ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
STEMS = "甲乙丙丁戊己庚辛壬癸"


def written(number: int, form: str) -> str:  # noqa: PLR0911 - a table of forms
    """Return a number in a form of the Word standard; in digits where the form has no sign for it."""
    first, count = SIGNS.get(form, ("", 0))
    if 0 < number <= count:
        return chr(ord(first) + number - 1)
    if form in CHINESE:
        return chinese(number)
    if form == "chineseLegalSimplified":
        return formal(number)
    if form == "ideographTraditional" and 0 < number <= len(STEMS):
        return STEMS[number - 1]
    if form == "decimalZero":
        return f"{number:02}"
    if form == "decimalFullWidth":
        return str(number).translate(FULL_WIDTH)
    if form in {"upperRoman", "lowerRoman"} and 0 < number < 400:
        return roman(number) if form == "upperRoman" else roman(number).lower()
    return str(number)


def formal(number: int) -> str:
    """Return 1 to 999 in the characters of cheques, 壹拾贰 for 12; other numbers as digits."""
    text = chinese(number)
    return ("一" + text if text.startswith("十") else text).translate(FORMAL)


def roman(number: int) -> str:
    """Return 1 to 399 in Roman numerals."""
    text = ""
    for value, sign in ROMAN:
        count, number = divmod(number, value)
        text += sign * count
    return text
