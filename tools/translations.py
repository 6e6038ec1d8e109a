"""Compare the sentences in the sources with the English catalogue, or write the missing ones into it.

``check`` fails when a sentence has no English; ``update`` adds new sentences and drops unused ones. Message
ids are Chinese (docs/decisions/0002). Works without the GNU gettext programs.
"""

import ast
import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src/xiaohao"
CATALOGUE = SOURCES / "locale/en/LC_MESSAGES/django.po"

# Function name → which arguments are (context, message, plural); None where there is none.
PLAIN = (None, 0, None)
CALLS: dict[str, tuple[int | None, int, int | None]] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "noop", "Message"), PLAIN),
    "Unreadable": (None, 1, None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (None, 0, 1)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (0, 1, None)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (0, 1, 2)),
}

# Context, message, plural, place.
Found = tuple[str | None, str, str | None, tuple[str, int]]


def in_python(path: Path) -> Iterator[Found]:
    """Yield the sentences of a module; a call whose message is computed is nobody's to translate."""
    place = str(path.relative_to(ROOT))
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name not in CALLS:
            continue
        context, message, plural = (_literal(node, position) for position in CALLS[name])
        if message:
            yield context, message, plural, (place, node.lineno)


def _literal(call: ast.Call, position: int | None) -> str | None:
    """Return the text written at ``position`` in a call, if it is written there."""
    if position is None or position >= len(call.args):
        return None
    argument = call.args[position]
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None


def in_template(path: Path) -> Iterator[Found]:
    """Yield the sentences of a template's ``translate`` and ``blocktranslate`` tags."""
    place = str(path.relative_to(ROOT))
    stream = io.BytesIO(templatize(path.read_text(encoding="utf-8"), origin=place).encode())
    keywords = {"gettext": None, "_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
    for line, messages, _comments, context in extract(
        "python", stream, keywords, options={"encoding": "utf-8"}
    ):
        message, plural = messages if isinstance(messages, tuple) else (messages, None)
        yield context, message, plural, (place, line)


def sources() -> Catalog:
    """Return every sentence of the program with its places."""
    catalogue = Catalog(locale="en", project="xiaohao", charset="utf-8", fuzzy=False)
    for path in sorted(SOURCES.rglob("*")):
        if path.suffix == ".py":
            found = in_python(path)
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            found = in_template(path)
        else:
            continue
        for context, message, plural, place in found:
            # Places carry no line: the catalogue changes only when a sentence does.
            catalogue.add(
                (message, plural) if plural else message, locations=[(place[0], 0)], context=context
            )
    return catalogue


def stored() -> Catalog:
    """Return the English catalogue; an empty one where there is none yet."""
    if not CATALOGUE.exists():
        return Catalog(locale="en", project="xiaohao", charset="utf-8", fuzzy=False)
    with CATALOGUE.open("rb") as stream:
        return read_po(stream, locale="en")


def untranslated(catalogue: Catalog) -> list[str]:
    """Return ``place: sentence`` for everything without English or whose English lost a named value."""
    english = stored()
    problems = []
    for message in catalogue:
        if not message.id:
            continue
        key = message.id if isinstance(message.id, str) else message.id[0]
        known = english.get(key, message.context)
        strings = (
            [known.string] if known and isinstance(known.string, str) else list(known.string if known else [])
        )
        place = message.locations[0][0]
        if not strings or not all(strings) or (known is not None and known.fuzzy):
            problems.append(f"{place}: no English: {key}")
        elif any(named_values(text) - named_values(key) for text in strings):
            problems.append(f"{place}: the English names values the sentence has not: {key}")
        elif named_values(key) - set().union(*map(named_values, strings)):
            problems.append(f"{place}: the English lost a value: {key}")
    return problems


def named_values(text: str) -> set[str]:
    """Return the names of ``%(name)s`` in a sentence."""
    return set(re.findall(r"%\((\w+)\)", text))


def update() -> None:
    """Write new sentences into the catalogue, keep the English of the old, drop what is unused."""
    catalogue, english = sources(), stored()
    for message in catalogue:
        key = message.id if isinstance(message.id, str) else message.id[0]
        if message.id and (known := english.get(key, message.context)):
            message.string = known.string
    # A fixed date: the file changes only with its sentences.
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as stream:
        write_po(stream, catalogue, width=0, sort_output=True, omit_header=False, include_lineno=False)


def main(arguments: list[str]) -> int:
    """Run ``check`` or ``update``."""
    settings.configure(USE_I18N=True)
    if arguments == ["update"]:
        update()
        return 0
    if arguments != ["check"]:
        print(__doc__)
        return 2
    problems = untranslated(sources())
    print("\n".join(problems) if problems else "translations: every sentence has its English")
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
