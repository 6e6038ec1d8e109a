"""What a repair gives: the text as it can be read, what was undone to get it, and what cannot be read."""

from dataclasses import dataclass, field

from xiaohao.reading.repair.offsets import OffsetMap


@dataclass(frozen=True)
class Repair:
    """A damage undone: ``before`` at ``start``–``end`` of the source stands as ``after`` at ``at``.

    Kinds: ``pinyin`` (a reading printed behind a character), ``shifted-gbk`` (bytes read one step off),
    ``shifted-gbk-restored`` (the same with bytes lost for good: the only stock wording that gives exactly the
    file's text when damaged again), ``traditional`` (characters converted; one repair for the whole text,
    from the first changed character to the last, ``count`` of them, the first shown as sample).
    """

    kind: str
    start: int
    end: int
    before: str
    after: str
    at: int
    count: int = 1


@dataclass(frozen=True)
class UnreadableSpan:
    """A stretch of the source, ``start``–``end``, whose characters are lost; ``text`` stands in the file."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Repaired:
    """The ``source`` as given, the repaired ``text``, and how one came from the other."""

    source: str
    text: str
    repairs: tuple[Repair, ...] = ()
    unreadable: tuple[UnreadableSpan, ...] = ()
    maps: tuple[OffsetMap, ...] = field(default=(), repr=False, compare=False)

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the source that a span of ``text`` was read from."""
        for stage in reversed(self.maps):
            start, end = stage.span_before(start, end)
        return start, end
