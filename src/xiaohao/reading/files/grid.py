"""Tables of cells that span columns and rows, laid out as a spreadsheet gives its merged cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xiaohao.reading.files.document import Cell, Row, Table
from xiaohao.reading.files.limits import MAXIMUM_COLUMNS, check_table


@dataclass(frozen=True)
class Spanning:
    """A cell as its file gives it. ``rows`` 0 reaches to the end of the part of the table."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Line:
    """A row of such cells. No cell reaches from one ``part`` (head, body, foot) into the next."""

    cells: Sequence[Spanning]
    part: int = 0


@dataclass(frozen=True)
class _Slot:
    text: str
    merged: bool
    begins: bool = True


def grid_table(name: str, lines: Sequence[Line]) -> Table:
    """Return the table, its rows made while they are read. Raises ``Unreadable`` for one over the limits."""
    check_table(name, len(lines), max((len(line.cells) for line in lines), default=0))
    width = 0
    for slots in _slots(lines, MAXIMUM_COLUMNS):
        width = max(width, _last_start(slots))
        check_table(name, len(lines), width)
    return Table(name, _rows(name, lines, width), len(lines))


def _rows(name: str, lines: Sequence[Line], width: int) -> Iterator[Row]:
    for number, slots in enumerate(_slots(lines, width), start=1):
        cells = [
            Cell(f"{name}第{number}行第{column}列", slot.text, merged=slot.merged)
            for column, slot in enumerate(slots, start=1)
        ]
        yield Row(number, cells)


def _last_start(slots: Sequence[_Slot]) -> int:
    """Return the last column in which a cell begins; a span may claim more than the table has."""
    return max((column for column, slot in enumerate(slots, start=1) if slot.begins), default=0)


def _slots(lines: Sequence[Line], width: int) -> Iterator[list[_Slot]]:
    hanging: dict[int, tuple[_Slot, int]] = {}  # column → what hangs down, and how many rows still
    part = 0
    for line in lines:
        if line.part != part:
            hanging, part = {}, line.part
        row = _Placing(hanging, width)
        for position, cell in enumerate(line.cells):
            row.place(cell, rest=len(line.cells) - position - 1)
        yield row.finish()
        hanging = row.below


class _Placing:
    """Puts the cells of one row where no cell from above hangs down."""

    def __init__(self, hanging: dict[int, tuple[_Slot, int]], width: int) -> None:
        self._hanging = hanging
        self._width = width
        self._slots: list[_Slot] = []
        self.below: dict[int, tuple[_Slot, int]] = {}

    def place(self, cell: Spanning, *, rest: int) -> None:
        """Put a cell in the next free column; ``rest`` cells after it need a column each."""
        while len(self._slots) in self._hanging:
            self._take_hanging()
        merged = _Slot(cell.text, merged=True, begins=False)
        room = max(1, min(cell.columns, self._width - len(self._slots) - rest))
        for covered in range(room):
            column = len(self._slots)
            if covered and column in self._hanging:
                break
            if cell.rows != 1:
                self.below[column] = (merged, cell.rows - 1)
            self._slots.append(merged if covered else _Slot(cell.text, merged=False))

    def finish(self) -> list[_Slot]:
        """Return the slots of the row, what hangs down right of its last cell included."""
        last = max(self._hanging, default=-1)
        while len(self._slots) <= last:
            if len(self._slots) in self._hanging:
                self._take_hanging()
            else:
                self._slots.append(_Slot("", merged=False, begins=False))
        return self._slots

    def _take_hanging(self) -> None:
        column = len(self._slots)
        slot, rows = self._hanging[column]
        if rows != 1:
            self.below[column] = (slot, rows - 1)
        self._slots.append(slot)
