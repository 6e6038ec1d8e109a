"""From what stands in the cells of a file to the values of a row."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xiaohao.core.fields import FenField
from xiaohao.core.models import Organ, Record
from xiaohao.lib.money import fen_of

DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]00:00:00)?")
COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
YES, NO = frozenset({"是", "有", "√", "yes", "true", "1"}), frozenset({"否", "无", "×", "no", "false", "0"})
SEPARATORS = re.compile(r"[、，,;；\n]+")
MOST_CHOICES = 8


class Related:
    """The organ's rows that cells name, asked for once for many cells."""

    def __init__(self, organ: Organ) -> None:
        self.organ = organ
        self._known: dict[tuple[type[Record], str], Record | None] = {}

    def learn(self, model: type[Record], names: Iterable[str]) -> None:
        """Look names up together; a name that stands for several rows is remembered as nobody's."""
        wanted = {name for name in names if name and (model, name) not in self._known}
        if not wanted:
            return
        found: dict[str, Record | None] = dict.fromkeys(wanted)
        seen: set[str] = set()
        rows = model._default_manager.filter(organ=self.organ, **{f"{model.said_by}__in": wanted})
        for row in rows.order_by("pk"):
            name = str(getattr(row, model.said_by))
            found[name] = None if name in seen else row
            seen.add(name)
        self._known |= {(model, name): row for name, row in found.items()}

    def row(self, model: type[Record], name: str) -> Record:
        """Return the row a cell names. Raises ``ValidationError`` where there is none, or more than one."""
        self.learn(model, [name])
        found = self._known[model, name]
        if found is None:
            raise ValidationError(
                _("%(kind)s里没有“%(name)s”，或者不止一个。")
                % {"kind": model._meta.verbose_name, "name": name}
            )
        return found


def names_in(text: str) -> list[str]:
    """Return the names of a cell that holds several."""
    return [name for name in (part.strip() for part in SEPARATORS.split(text)) if name]


def read_cell(column: Any, text: str, related: Related) -> Any:
    """Return the value a cell gives a field. Raises ``ValidationError`` with a sentence for the clerk."""
    if isinstance(column, models.ManyToManyField):
        return [related.row(_model_of(column), name) for name in names_in(text)]
    if not text:
        return column.get_default() if not column.null else None
    if isinstance(column, models.ForeignKey):
        return related.row(_model_of(column), text)
    if column.choices:
        return _choice(column, text)
    for kind, read in READERS:
        if isinstance(column, kind):
            return read(text)
    return text


def _model_of(column: Any) -> type[Record]:
    return cast("type[Record]", column.related_model)


@lru_cache(maxsize=500)
def _words(column: Any, _language: str | None) -> dict[str, Any]:
    """Return what may stand for each choice, in the language of the page and as it is stored."""
    words = {str(key): key for key, _label in column.flatchoices}
    return words | {str(label): key for key, label in column.flatchoices}


def _choice(column: Any, text: str) -> Any:
    words = _words(column, get_language())
    if text in words:
        return words[text]
    known = "、".join(str(label) for _key, label in column.flatchoices[:MOST_CHOICES])
    raise ValidationError(_("“%(text)s”不在可选范围内，可以写：%(known)s。") % {"text": text, "known": known})


def read_date(text: str) -> dt.date:
    """Return a day written in one of the usual ways. Raises ``ValidationError``."""
    match = DATE.fullmatch(text) or COMPACT_DATE.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        return dt.date(*(int(part) for part in match.groups()))
    except ValueError as error:
        raise ValidationError(_("“%(text)s”不是日期，请写成 2026-03-05 的样子。") % {"text": text}) from error


def _whole_number(text: str) -> int:
    plain = text.replace(",", "").replace("，", "")
    if not re.fullmatch(r"-?\d{1,15}", plain):
        raise ValidationError(_("“%(text)s”不是整数。") % {"text": text})
    return int(plain)


def _yes_or_no(text: str) -> bool:
    if text.lower() in YES:
        return True
    if text.lower() in NO:
        return False
    raise ValidationError(_("“%(text)s”请写“是”或“否”。") % {"text": text})


def _fen(text: str) -> int:
    try:
        return fen_of(text)
    except ValueError as error:
        raise ValidationError(_("“%(text)s”不是金额，请写数字，例如 1234.50。") % {"text": text}) from error


READERS = (
    (FenField, _fen),
    (models.BooleanField, _yes_or_no),
    (models.DateField, read_date),
    (models.IntegerField, _whole_number),
)


@dataclass
class Line:
    """A row of a file: ``values`` as far as its cells could be read, ``faults`` as (field, sentence)."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)


def read_lines(
    model: type[Record],
    related: Related,
    rows: Sequence[tuple[int, Mapping[str, str]]],
) -> list[Line]:
    """Read rows of a file, given as number and text by field; related rows are asked for together."""
    columns = {name: model._meta.get_field(name) for name in (rows[0][1] if rows else ())}
    _learn(columns, related, rows)
    lines = []
    for number, texts in rows:
        line = Line(number)
        for name, text in texts.items():
            try:
                line.values[name] = read_cell(columns[name], text, related)
            except ValidationError as error:
                line.faults += [(name, sentence) for sentence in error.messages]
        lines.append(line)
    return lines


def _learn(
    columns: Mapping[str, Any], related: Related, rows: Sequence[tuple[int, Mapping[str, str]]]
) -> None:
    for name, column in columns.items():
        texts = (texts[name] for _number, texts in rows)
        if isinstance(column, models.ManyToManyField):
            related.learn(_model_of(column), (one for text in texts for one in names_in(text)))
        elif isinstance(column, models.ForeignKey):
            related.learn(_model_of(column), texts)
