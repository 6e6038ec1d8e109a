"""Changes to a text, and the way back from an offset in the changed text to one in the text before."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Edit:
    """``before`` at ``start`` of a text becomes ``after``; ``kind`` names the damage undone."""

    kind: str
    start: int
    before: str
    after: str

    @property
    def end(self) -> int:
        return self.start + len(self.before)


class OffsetMap:
    """Maps offsets across the edits of one stage; an edit is left as a whole, other characters one by one."""

    def __init__(self, edits: Iterable[Edit] = ()) -> None:
        before, after = _Side(), _Side()
        shift = 0
        for edit in edits:
            before.add(edit.start, edit.end)
            after.add(edit.start + shift, edit.end + shift + len(edit.after) - len(edit.before))
            shift += len(edit.after) - len(edit.before)
        self._before, self._after = before, after

    def span_before(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the earlier text that gave the span in the later one."""
        return _carry(self._after, self._before, start, end)

    def span_after(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the later text that a span in the earlier one has become."""
        return _carry(self._before, self._after, start, end)


class _Side:
    """Where the edits of a stage stand in one of its two texts."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []

    def add(self, start: int, end: int) -> None:
        self.starts.append(start)
        self.ends.append(end)


def _carry(from_: _Side, to: _Side, start: int, end: int) -> tuple[int, int]:
    """Carry a span across; where it cuts into an edit it grows to hold the whole edit."""
    last = bisect_right(from_.starts, start) - 1
    if last < 0:
        new_start = start
    elif start < from_.ends[last]:
        new_start = to.starts[last]
    else:
        new_start = to.ends[last] + start - from_.ends[last]
    if end <= start:
        return new_start, new_start
    last = bisect_right(from_.starts, end - 1) - 1
    if last < 0:
        new_end = end
    elif end <= from_.ends[last]:
        new_end = to.ends[last]
    else:
        new_end = to.ends[last] + end - from_.ends[last]
    return new_start, max(new_start, new_end)


def apply(text: str, edits: list[Edit]) -> str:
    """Return ``text`` with the edits made; they must be in order and apart.

    Raises ``ValueError`` where an edit does not fit the text or overlaps the one before.
    """
    if any(later.start < earlier.end for earlier, later in pairwise(edits)):
        raise ValueError("edits overlap")
    parts: list[str] = []
    at = 0
    for edit in edits:
        if text[edit.start : edit.end] != edit.before:
            raise ValueError("edit does not fit the text")
        parts += (text[at : edit.start], edit.after)
        at = edit.end
    parts.append(text[at:])
    return "".join(parts)
