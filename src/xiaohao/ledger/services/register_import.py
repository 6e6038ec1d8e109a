"""Importing a table into a register: looked at, confirmed, written in one transaction or not at all."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import new as new_hash
from itertools import islice
from pathlib import Path, PurePath
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xiaohao.core.fields import EncryptedField
from xiaohao.core.models import Account, Organ, Record
from xiaohao.core.progress import Report, silent
from xiaohao.core.services import records
from xiaohao.ledger.cells import Line, Related, read_lines
from xiaohao.ledger.models import ColumnNames, RegisterImport
from xiaohao.ledger.register import Register, create_plainly
from xiaohao.ledger.services import controls
from xiaohao.reading.files.lines import first_lines, open_lines
from xiaohao.reading.files.spreadsheet import column_name

State = RegisterImport.State
BATCH = 1000
HEADER_WITHIN = 20  # lines
MOST_FAULTS = 200
MASK = "*"
LOOKED = ("row_count", "new_count", "changed_count", "same_count", "fault_count", "faults")


# --- the file and its columns


def keep(
    *,
    register: Register,
    organ: Organ,
    file: Any,
    by: Account,
    report: Report = silent,
    belongs_to: Mapping[str, int] | None = None,
) -> RegisterImport:
    """Keep a file, find its columns, look at all its rows. Raises ``Unreadable`` and leaves nothing then.

    The look at a large file takes minutes and holds nobody up: only its result is written.
    """
    digest = new_hash("sm3")
    for chunk in file.chunks():
        digest.update(chunk)
    draft = RegisterImport(
        organ=organ,
        register=register.key,
        file_name=PurePath(str(file.name)).name[-200:],
        file_hash=digest.hexdigest(),
        belongs_to=dict(belongs_to or {}),
    )
    draft.file.save(f"{digest.hexdigest()}{PurePath(str(file.name)).suffix[:8]}", file, save=False)
    try:
        known = _known_titles(register, organ)
        draft.header_line, draft.headers = _header(known, path_of(draft))
        draft.columns = _columns(register, known, draft.headers)
        _look(register, draft, report)
    except BaseException:
        draft.file.delete(save=False)
        raise
    return records.create(draft, by=by, action="register_import.read")


def path_of(draft: RegisterImport) -> Path:
    return Path(draft.file.path)


def _known_titles(register: Register, organ: Organ) -> dict[str, str]:
    """Return the titles columns may have: what fields are called, and what the organ said before."""
    remembered = ColumnNames.objects.filter(organ=organ, register=register.key).first()
    labels = {_plain(register.label(name)): name for name in register.imported}
    return {**labels, **(remembered.names if remembered else {})}


def _plain(title: str) -> str:
    """Return a title without what people put around it: units, stars, spaces."""
    return title.replace("（元）", "").replace("(元)", "").replace("*", "").replace(" ", "").strip()


def _header(known: Mapping[str, str], path: Path) -> tuple[int, list[str]]:
    """Return the line that names the most columns, and its titles; the first with text as a last resort."""
    lines = [(number, cells) for number, cells in first_lines(path, HEADER_WITHIN) if any(cells)]
    if not lines:
        raise ValidationError(_("表格里没有内容。"))
    number, cells = max(lines, key=lambda line: sum(_plain(cell) in known for cell in line[1]))
    return number, cells[:200]


def _columns(register: Register, known: Mapping[str, str], headers: Sequence[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for place, title in enumerate(headers):
        name = known.get(_plain(title))
        if name in register.imported and name not in columns:
            columns[name] = place
    return columns


def missing_columns(register: Register, draft: RegisterImport) -> list[str]:
    """Return the fields a file must have and does not: those it is known by, and those never empty."""
    fields = {one.name: one for one in register.model._meta.concrete_fields}
    needed = [
        name
        for name in register.imported
        if name in register.identity
        or (name in fields and not fields[name].blank and not fields[name].has_default())
    ]
    return [name for name in needed if name not in draft.columns and name not in draft.belongs_to]


def map_columns(
    *,
    register: Register,
    draft: RegisterImport,
    columns: Mapping[str, int],
    by: Account,
    report: Report = silent,
) -> RegisterImport:
    """Say which column holds which field, remember it for the next file, and look at the rows again."""
    draft.columns = dict(columns)
    _look(register, draft, report)
    values = {name: getattr(draft, name) for name in ("columns", *LOOKED)}
    with transaction.atomic():
        _remember(register, draft, by)
        fresh = RegisterImport.objects.get(pk=draft.pk)
        return records.change(fresh, values, by=by, action="register_import.mapped")


def _remember(register: Register, draft: RegisterImport, by: Account) -> None:
    labels = {name: _plain(register.label(name)) for name in register.imported}
    own = {
        _plain(draft.headers[place]): name
        for name, place in draft.columns.items()
        if _plain(draft.headers[place]) not in ("", labels[name])
    }
    if not own:
        return
    known = ColumnNames.objects.filter(organ=draft.organ, register=register.key).first()
    if known is None:
        names = ColumnNames(organ=draft.organ, register=register.key, names=own)
        records.create(names, by=by, action="column_names.created")
    elif {**known.names, **own} != known.names:
        records.change(known, {"names": {**known.names, **own}}, by=by, action="column_names.changed")


# --- the rows


@dataclass
class Checked:
    """A line of the file and what it would do: a new row, a change, nothing, or faults."""

    line: Line
    record: Record | None = None  # the new row, or the one that is there
    is_new: bool = False
    changes: dict[str, Any] = field(default_factory=dict)


class _Seen:
    """Tells whether a row came before in the same file; kept on disk, so that memory does not grow."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("")
        self._base.execute("CREATE TABLE seen (row TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID")

    def first(self, identity: tuple[Any, ...], number: int) -> int:
        """Return the number of the line where it came first."""
        row = repr(identity)
        self._base.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (row, number))
        found: int = self._base.execute("SELECT number FROM seen WHERE row = ?", (row,)).fetchone()[0]
        return found

    def close(self) -> None:
        self._base.close()


def checked_rows(register: Register, draft: RegisterImport) -> Iterator[list[Checked]]:
    """Yield what the lines of the file would do, in batches; memory does not grow with the file."""
    related, seen, owner = Related(draft.organ), _Seen(), _owner(register, draft)
    try:
        with open_lines(path_of(draft)) as lines:
            texts = (
                (number, _texts(draft.columns, cells))
                for number, cells in lines
                if number > draft.header_line and any(cells)
            )
            while batch := list(islice(texts, BATCH)):
                read = read_lines(register.model, related, batch)
                for line in read:
                    line.values |= owner
                yield _check_batch(register, draft, read, seen)
    finally:
        seen.close()


def _owner(register: Register, draft: RegisterImport) -> dict[str, Record]:
    """Return the record all rows belong to, by field; of the own organ alone."""
    found = {}
    for name, number in draft.belongs_to.items():
        model = cast("type[Record]", register.model._meta.get_field(name).related_model)
        found[name] = model._default_manager.get(pk=number, organ=draft.organ)
    return found


def _texts(columns: Mapping[str, int], cells: Sequence[str]) -> dict[str, str]:
    return {name: cells[place].strip() if place < len(cells) else "" for name, place in columns.items()}


def _check_batch(register: Register, draft: RegisterImport, lines: list[Line], seen: _Seen) -> list[Checked]:
    existing = _existing(register, draft, lines)
    found = []
    for line in lines:
        identity = _identity(register, line.values)
        if not line.faults:
            first = seen.first(identity, line.number)
            if first != line.number:
                line.faults.append((register.identity[0], _("与第 %(line)s 行重复。") % {"line": first}))
        found.append(_check(register, draft.organ, line, existing.get(identity)))
    return found


def _identity(register: Register, values: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(
        value.pk if isinstance(value, Record) else value
        for value in (values.get(name) for name in register.identity)
    )


def _existing(
    register: Register, draft: RegisterImport, lines: Sequence[Line]
) -> dict[tuple[Any, ...], Record]:
    """Return the rows that are there already, by what identifies them; one query."""
    first = register.identity[0]
    wanted = {line.values[first] for line in lines if first in line.values and not line.faults}
    within = {**draft.belongs_to, f"{first}__in": wanted}
    rows = register.model._default_manager.filter(organ=draft.organ, **within)
    rows = rows.select_related(*register.related).prefetch_related(*_many_names(register))
    attnames = [register.model._meta.get_field(name).attname for name in register.identity]  # type: ignore[union-attr]
    return {tuple(getattr(row, name) for name in attnames): row for row in rows}


def _many_names(register: Register) -> list[str]:
    return [one.name for one in register.model._meta.many_to_many]


def _check(register: Register, organ: Organ, line: Line, existing: Record | None) -> Checked:
    checked = Checked(line, record=existing, is_new=existing is None)
    if line.faults:
        return checked
    many = _many_names(register)
    plain = {name: value for name, value in line.values.items() if name not in many}
    _unmask(register, line, plain, existing)
    if existing is None:
        checked.record = register.model(organ=organ, **plain)
        line.faults += _faults(register, checked.record, line)
    else:
        checked.changes = _changes(register, existing, plain, line, many)
        if checked.changes:
            line.faults += _faults(register, _with(existing, checked.changes, many), line)
    return checked


def _unmask(register: Register, line: Line, plain: dict[str, Any], existing: Record | None) -> None:
    """Take a masked value for the one that is there; a new row needs the whole value."""
    for name in list(plain):
        column = register.model._meta.get_field(name)
        if not isinstance(column, EncryptedField) or MASK not in str(plain[name]):
            continue
        if existing is not None and column.masked(getattr(existing, name)) == plain[name]:
            del plain[name]
        else:
            line.faults.append((name, _("号码被遮盖了，请填写完整的号码。")))


def _changes(
    register: Register, existing: Record, plain: Mapping[str, Any], line: Line, many: Sequence[str]
) -> dict[str, Any]:
    changes = {name: value for name, value in plain.items() if getattr(existing, name) != value}
    if register.workflow and "state" in changes:
        del changes["state"]
        line.faults.append(("state", _("状态由办理流程改变，不能用导入修改。")))
    for name in many:
        if name in line.values:
            before = {row.pk for row in getattr(existing, name).all()}
            if before != {row.pk for row in line.values[name]}:
                changes[name] = line.values[name]
    return changes


def _with(existing: Record, changes: Mapping[str, Any], many: Sequence[str]) -> Record:
    """Return a copy of a row with the changes, to be validated; the row itself stays as it is."""
    copy = type(existing)(
        **{one.attname: getattr(existing, one.attname) for one in existing._meta.concrete_fields}
    )
    for name, value in changes.items():
        if name not in many:
            setattr(copy, name, value)
    return copy


def _faults(register: Register, record: Record, line: Line) -> list[tuple[str, str]]:
    """Return what the model says against a row, by field."""
    foreign = {one.name for one in record._meta.concrete_fields if isinstance(one, models.ForeignKey)}
    faults: list[tuple[str, str]] = []
    checks: tuple[Callable[[], object], ...] = (partial(record.clean_fields, exclude=foreign), record.clean)
    for check in checks:
        try:
            check()
        except ValidationError as error:
            told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
            faults += [(name, text) for name, texts in told.items() for text in texts]
    for name in foreign & set(register.imported):
        column = record._meta.get_field(name)
        empty = getattr(record, column.attname) is None  # type: ignore[union-attr]
        if empty and not column.null and name in line.values:
            faults.append((name, _("请填写“%(field)s”。") % {"field": register.label(name)}))
    return faults


def _look(register: Register, draft: RegisterImport, report: Report) -> None:
    """Count what the file would do, and keep its first faults with the address of their cell."""
    draft.row_count = draft.new_count = draft.changed_count = draft.same_count = draft.fault_count = 0
    draft.faults = []
    if missing_columns(register, draft):
        return
    for batch in checked_rows(register, draft):
        for checked in batch:
            _count(draft, checked)
        report(draft.row_count, 0)


def _count(draft: RegisterImport, checked: Checked) -> None:
    draft.row_count += 1
    if checked.line.faults:
        draft.fault_count += 1
        if len(draft.faults) < MOST_FAULTS:
            draft.faults += [
                {"cell": cell_address(draft, checked.line, name), "field": name, "text": text}
                for name, text in checked.line.faults
            ]
    elif checked.is_new:
        draft.new_count += 1
    elif checked.changes:
        draft.changed_count += 1
    else:
        draft.same_count += 1


def cell_address(draft: RegisterImport, line: Line, name: str) -> str:
    """Return the cell a fault is about, as the spreadsheet calls it; the line where it is about no cell."""
    place = draft.columns.get(name)
    return f"{column_name(place)}{line.number}" if place is not None else str(line.number)


# --- writing


@transaction.atomic
def write(
    *,
    register: Register,
    draft: RegisterImport,
    by: Account,
    skip_faulty: bool = False,
    report: Report = silent,
) -> RegisterImport:
    """Write the rows. Raises ``ValidationError`` where rows are faulty, unless these are to be left out."""
    current = RegisterImport.objects.select_for_update().select_related("organ").get(pk=draft.pk)
    if current.state != State.WAITING:
        raise ValidationError(_("这份文件已经处理过了。"))
    missing = missing_columns(register, current)
    if missing:
        names = "、".join(register.label(name) for name in missing)
        raise ValidationError(_("还没有说明哪一列是：%(names)s。") % {"names": names})
    total = Counts()
    for batch in checked_rows(register, current):
        faulty = [checked for checked in batch if checked.line.faults]
        if faulty and not skip_faulty:
            raise ValidationError(_("第 %(line)s 行还有问题，没有写入。") % {"line": faulty[0].line.number})
        total.faulty += len(faulty)
        _write_batch(register, current, [one for one in batch if not one.line.faults], by, total)
        report(total.rows, current.row_count)
    values = {
        "state": State.DONE,
        "new_count": total.new,
        "changed_count": total.changed,
        "same_count": total.same,
        "fault_count": total.faulty,
    }
    done = records.change(
        current, values, by=by, action="register_import.confirmed", note=str(register.title)
    )
    controls.run_model(current.organ, register.model, timezone.localdate())
    return done


@dataclass
class Counts:
    new: int = 0
    changed: int = 0
    same: int = 0
    faulty: int = 0

    @property
    def rows(self) -> int:
        return self.new + self.changed + self.same + self.faulty


def _write_batch(
    register: Register, draft: RegisterImport, batch: Sequence[Checked], by: Account, total: Counts
) -> None:
    new = [one for one in batch if one.is_new]
    changed = [one for one in batch if not one.is_new and one.changes]
    try:
        with transaction.atomic():
            _create(register, draft, new, by)
    except IntegrityError as error:
        lines = f"{batch[0].line.number}—{batch[-1].line.number}"
        raise ValidationError(_("第 %(lines)s 行与已有的记录冲突，没有写入。") % {"lines": lines}) from error
    for one in changed:
        assert one.record is not None  # noqa: S101 - a changed row is there
        register.save(one.record, one.changes, by, one.record.version)
    total.new += len(new)
    total.changed += len(changed)
    total.same += len(batch) - len(new) - len(changed)


def _create(register: Register, draft: RegisterImport, new: Sequence[Checked], by: Account) -> None:
    """Create rows: together where nothing else hangs on them, one by one else."""
    rows = [one.record for one in new if one.record is not None]
    action = f"{register.model.subject_kind}.imported"
    if not rows:
        return
    if register.by_lines:
        label = f"{draft.file_name} {new[0].line.number}—{new[-1].line.number}"
        records.create_lines(rows, by=by, action=action, label=label)
    elif register.create is create_plainly and not _many_names(register):
        records.create_many(register.model, rows, by=by, action=action, note=draft.file_name)
    else:
        for one in new:
            register.create(register.model(organ=draft.organ), one.line.values, by)


@transaction.atomic
def discard(*, draft: RegisterImport, by: Account) -> None:
    """Give the import up; the file goes."""
    if draft.state != State.WAITING:
        return
    records.change(draft, {"state": State.DISCARDED}, by=by, action="register_import.discarded")
    transaction.on_commit(lambda: draft.file.delete(save=False))
