"""Numbers in Chinese words."""

DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """Return 1 to 999 as 一 to 九百九十九; other numbers as digits."""
    if not 0 < number < 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (DIGITS[ones] if ones else "")
