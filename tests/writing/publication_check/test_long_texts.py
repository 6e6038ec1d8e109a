"""No text takes long to check: whatever repeats in a pattern is bounded or never given back."""

import re
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import pytest

from xiaohao.lib import personal_numbers
from xiaohao.writing import publication_check

LENGTH = 20_000  # characters; what a notice may have
MODULES = [
    personal_numbers,
    *(
        import_module(f"{publication_check.__name__}.{one.name}")
        for one in iter_modules(publication_check.__path__)
    ),
]


def patterns(module: ModuleType) -> Iterator[re.Pattern[str]]:
    for value in vars(module).values():
        for one in value if isinstance(value, tuple) else (value,):
            parts = one if isinstance(one, tuple) else (one,)
            yield from (part for part in parts if isinstance(part, re.Pattern))


def given_back(tree) -> Iterator[object]:
    """Yield the repetitions without a bound that a match may give back bit by bit."""
    for operation, argument in tree:
        if str(operation) in {"MAX_REPEAT", "MIN_REPEAT"} and argument[1] == re._constants.MAXREPEAT:
            yield argument
        for part in argument if isinstance(argument, tuple | list) else [argument]:
            for inner in part if isinstance(part, list) else [part]:
                if isinstance(inner, re._parser.SubPattern):
                    yield from given_back(inner)


def test_a_repetition_that_is_given_back_would_be_seen() -> None:
    assert list(given_back(re._parser.parse(r"(?:a|(b*)c)")))
    assert not list(given_back(re._parser.parse(r"(?:a|(b*+)c{0,5})")))


def test_nothing_that_repeats_without_end_is_given_back() -> None:
    known = [(module.__name__, one) for module in MODULES for one in patterns(module)]
    assert len(known) > 20
    for name, one in known:
        assert not list(given_back(re._parser.parse(one.pattern, one.flags))), (name, one.pattern)


@pytest.mark.parametrize(
    "bit",
    [
        *(
            "1",
            "1 ",
            "1     ",
            "13800138000",
            "1380 ",
            "+86",
            "(",
            "(138)",
            "身份证",
            "身份证1",
            "一",
            "①",
            "-",
            "元",
        ),
        *(
            "王",
            "王小",
            "王小明、",
            "张　",
            "　",
            "·",
            "买·",
            "处分",
            "给予",
            "其给予。",
            "给予处分：",
            "给予处分：\n",
            "（",
            "《",
        ),
        *(
            "｜",
            "｜处分\n",
            "撤销",
            "经，",
            "处分；",
            "绝 ",
            "★",
            "内 部",
            "处分王小明和",
            "对于任",
            "名单\n",
            "责令",
            "王小明\n",
            "经处分，给予\n",
            "金华、温州和",
        ),
    ],
)
def test_a_text_made_to_take_long_is_gone_through(bit) -> None:
    text = (bit * LENGTH)[:LENGTH]
    hits = publication_check.check(text, ["贺长河"], {})
    assert publication_check.check(f"对贺长河给予处分。\n{text}", ["贺长河"], {}) != hits
