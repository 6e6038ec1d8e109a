"""What a telephone dials of the words that stand where a number is asked for."""

import pytest

from xiaohao.lib.telephones import pieces


@pytest.mark.parametrize(
    ("said", "dialled"),
    [
        ("2230016", ["2230016"]),
        ("0763-2230016", ["07632230016"]),
        ("（0763）2230016", ["07632230016"]),
        ("(0763) 2230016", ["07632230016"]),
        ("2230016、2230017", ["2230016", "2230017"]),
        ("0763-2230016转8001", ["07632230016"]),
        ("2230016（工作日9:00-17:00）", ["2230016"]),
        ("12345", ["12345"]),
        ("+86-763-2230016", ["+867632230016"]),
        ("办公室", []),
        ("", []),
    ],
)
def test_numbers_are_found_among_words_and_nothing_is_lost(said, dialled) -> None:
    found = pieces(said)
    assert [number for _words, number in found if number] == dialled
    assert "".join(words for words, _number in found) == said
