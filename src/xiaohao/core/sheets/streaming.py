"""Merged cells and heights of a sheet that is written as a stream.

xlsxwriter keeps one row in memory and writes the others out, but what it remembers of each row's height and
of each merge grows with the sheet, and ``merge_range`` writes later rows first, which a stream cannot. Here
the rows are written in order, a merge is only noted, on disk, for the end of the sheet where the format wants
it, and a height is forgotten once its row is written. Only this file knows these inner lists of the library.
"""

import struct
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO, Any

RECORD = struct.Struct("<IIII")
READ_AT_ONCE = 4096  # merges


class Merges:
    """Stands in for the library's list of merges; kept in a file of its own, read once at the end."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._count = 0

    def append(self, merge: tuple[int, int, int, int]) -> None:
        self._file.write(RECORD.pack(*merge))
        self._count += 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        self._file.seek(0)
        while data := self._file.read(RECORD.size * READ_AT_ONCE):
            yield from RECORD.iter_unpack(data)


class Stream:
    """A sheet of a workbook in ``constant_memory`` mode, to be written row by row.

    ``files`` closes what the sheet keeps on disk, once the workbook is written.
    """

    def __init__(self, sheet: Any, files: ExitStack) -> None:
        self.sheet = sheet
        file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the workbook
        sheet.merge = Merges(files.enter_context(file))

    def merge(self, first_row: int, first_column: int, last_row: int, last_column: int) -> None:
        """Let cells stand as one. The first of them holds the text; all are written, for their borders."""
        if (first_row, first_column) != (last_row, last_column):
            self.sheet.merge.append((first_row, first_column, last_row, last_column))

    def height(self, row: int, points: float) -> None:
        """Set the height of the row that is written next."""
        self.sheet.set_row(row, round(points, 1))
        self.sheet.row_info.pop(row - 2, None)  # written when the first cell of row - 1 was
        self.sheet.row_sizes.pop(row - 2, None)
