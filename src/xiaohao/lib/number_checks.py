"""Whether digits are an ID, mobile or bank card number, by their own check digits."""

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
REGIONS = range(11, 83)  # first two digits (GB/T 2260)
MOBILE_DIGITS = 11


def is_id_number(text: str) -> bool:
    """Tell whether 18 characters are an ID number, or 15 digits one of the first generation."""
    if len(text) == 15:
        return text.isdigit() and int(text[:2]) in REGIONS and _is_day(text[8:10], text[10:12])
    if len(text) != 18 or not text[:17].isdigit() or int(text[:2]) not in REGIONS:
        return False
    if not _is_day(text[10:12], text[12:14]):
        return False
    rest = sum(int(digit) * weight for digit, weight in zip(text, WEIGHTS, strict=False)) % 11
    return "10X98765432"[rest] == text[17].upper()


def _is_day(month: str, day: str) -> bool:
    return 1 <= int(month) <= 12 and 1 <= int(day) <= 31


def has_the_length_of_an_id_number(text: str) -> bool:
    """Tell whether digits are as many as an ID number has: behind the word ID a wrong one is meant as one."""
    return len(text) in {15, 18}


def is_mobile_number(digits: str) -> bool:
    """Tell whether digits are a mobile number of the mainland, with or without 86 before it."""
    number = digits.removeprefix("00").removeprefix("86") if len(digits) > MOBILE_DIGITS else digits
    proper = len(number) == MOBILE_DIGITS and number.isdigit()
    return proper and number[0] == "1" and number[1] in "3456789"


def is_card_number(digits: str) -> bool:
    """Tell whether digits are a bank card number by their check digit (Luhn)."""
    if not 16 <= len(digits) <= 19 or not digits.isdigit():
        return False
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0
