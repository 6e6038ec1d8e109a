"""The damages undone one after the other, with the way back from every offset kept."""

from xiaohao.reading.repair.model import Repair, Repaired, UnreadableSpan
from xiaohao.reading.repair.offsets import Edit, OffsetMap, apply
from xiaohao.reading.repair.pinyin import find_readings
from xiaohao.reading.repair.shifted import find_shifted
from xiaohao.reading.repair.slips import find_slips
from xiaohao.reading.repair.traditional import find_traditional


def repair(text: str) -> Repaired:
    """Undo the damage that can be undone for certain; a text without damage comes back unchanged."""
    shifted = find_shifted(text)
    stages: list[list[Edit]] = [shifted.edits]
    current = apply(text, shifted.edits)
    for find in (find_slips, find_readings, find_traditional):
        edits = find(current)
        current = apply(current, edits)
        stages.append(edits)
    maps = tuple(OffsetMap([e for e in edits if len(e.before) != len(e.after)]) for edits in stages)
    repairs = [_report(edit, 1, stage, maps) for stage, edits in enumerate(stages[:-1]) for edit in edits]
    repairs += _summary(stages[-1], maps)
    return Repaired(
        text,
        current,
        tuple(sorted(repairs, key=lambda each: each.start)),
        tuple(UnreadableSpan(start, end, text[start:end]) for start, end in shifted.unreadable),
        maps,
    )


def _report(edit: Edit, count: int, stage: int, maps: tuple[OffsetMap, ...]) -> Repair:
    """Give an edit of one stage by its place in the source and in the finished text."""
    start, end = edit.start, edit.end
    for earlier in reversed(maps[:stage]):
        start, end = earlier.span_before(start, end)
    at, until = edit.start, edit.end
    for later in maps[stage:]:
        at, until = later.span_after(at, until)
    return Repair(edit.kind, start, end, edit.before, edit.after, at, count)


def _summary(edits: list[Edit], maps: tuple[OffsetMap, ...]) -> list[Repair]:
    """Report converted characters once for the whole text; thousands of single ones tell nobody more."""
    if not edits:
        return []
    first = _report(edits[0], 1, len(maps) - 1, maps)
    last = _report(edits[-1], 1, len(maps) - 1, maps)
    count = sum(len(edit.before) for edit in edits)
    return [Repair(first.kind, first.start, last.end, first.before, first.after, first.at, count)]
