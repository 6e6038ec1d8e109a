from datetime import date

import pytest

from xiaohao.reading.repair import date_readings


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("2024717日", [date(2024, 7, 17)]),
        ("2025324日", [date(2025, 3, 24)]),
        ("20241112日", [date(2024, 11, 12)]),
        ("2024111日", [date(2024, 1, 11), date(2024, 11, 1)]),
        ("2025230日", []),
        ("2025年56日", [date(2025, 5, 6)]),
        ("2025年4月2日", []),
        ("整改", []),
    ],
)
def test_lost_characters_of_a_date(text: str, readings: list[date]) -> None:
    assert date_readings(text) == readings
