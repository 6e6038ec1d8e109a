"""Plain tables to Excel: one row after the other, in the house's look."""

from collections.abc import Iterable, Sequence
from typing import IO, Any

from xiaohao.core.sheets import Column, Sheet, write_sheets


def write_workbook(
    sheet_name: str, header: Sequence[tuple[str, int]], rows: Iterable[Sequence[Any]]
) -> IO[bytes]:
    """Return an xlsx file: ``header`` gives title and width of each column; dates stay dates, fractions
    are money in yuan."""
    columns = [Column(str(title), width) for title, width in header]
    return write_sheets((Sheet(str(sheet_name), columns, frozen=2), ([row] for row in rows)))
