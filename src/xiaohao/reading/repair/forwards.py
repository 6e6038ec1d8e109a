"""Fitting wording to a run of text read one byte off, by damaging the wording again."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from xiaohao.reading.repair.damages import gbk, pair
from xiaohao.reading.repair.phrases import PHRASES, PUNCTUATION, WORDS
from xiaohao.reading.repair.traditional import to_simplified, traditional_forms

_HALF_WIDTH = str.maketrans("，：；？！（）", ",:;?!()")
# Fewer signs than this fit some stock wording by chance.
_FEWEST_SIGNS = 3
# More than two answers say no more than two: the wording is not the only one.
_TWO = 2


@dataclass(frozen=True)
class State:
    """``at`` signs of the run are explained; ``pending`` is a byte waiting for its pair, None at the end."""

    at: int
    pending: int | None


@dataclass(frozen=True)
class Run:
    """Text read one byte off, and the sound text that follows, without readings."""

    signs: str
    following: str

    def step(self, state: State, character: str) -> tuple[State, ...]:
        """Damage one more character of the wording; give the states in which the file's text agrees."""
        code = gbk(character)
        if len(code) != 2 or state.pending is None:
            return ()
        at = state.at
        sign = pair(state.pending, code[0])
        if sign:
            if self.signs[at : at + 1] != sign:
                return ()
            at += 1
        if code[1] < 0x80:  # an ASCII byte stands for itself and brings the reading in step
            return (State(at + 1, None),) if self.signs[at:] == chr(code[1]) else ()
        states = [State(at, code[1])]
        # The byte was lost and the text is in step behind it.
        # 、 and 。 differ in that byte only, and a heading ends in 。
        if self.signs[at:] == "?" and character != "、":
            states.append(State(at + 1, None))
        return tuple(states)

    def steps(self, state: State, wording: str) -> list[tuple[State, int]]:
        """Damage a wording; give the states reached and how many of its characters the run took up.

        Where the run ends within the wording, the rest of the wording must stand behind the run.
        """
        reached = [state]
        results: list[tuple[State, int]] = []
        for taken, character in enumerate(wording, start=1):
            after = [new for old in reached for new in self.step(old, character)]
            ended = [new for new in after if new.pending is None]
            if ended and (taken == len(wording) or self._follows(wording[taken:])):
                results.append((ended[0], taken))
            reached = [new for new in after if new.pending is not None]
        return results + [(new, len(wording)) for new in reached]

    def _follows(self, rest: str) -> bool:
        return _plain(self.following).startswith(_plain(rest))


def _plain(text: str) -> str:
    return to_simplified(text).translate(_HALF_WIDTH)


def restore(run: Run, start: State) -> str | None:
    """Return the only stock wording that gives the run when damaged; None where there is none or several."""
    if len(run.signs) - start.at < _FEWEST_SIGNS:
        return None
    for stock, lossy in ((_by_lead(PHRASES), True), (_by_lead(PHRASES + WORDS), False)):
        found = _Search(run, stock, lossy=lossy).wordings(start)
        if found:
            return found[0] if len(found) == 1 else None
    return None


@cache
def _by_lead(stock: tuple[str, ...]) -> dict[int, tuple[str, ...]]:
    groups: dict[int, list[str]] = {}
    for wording in stock + PUNCTUATION:
        for form in dict.fromkeys((wording, *traditional_forms(wording))):
            code = gbk(form[0])
            if code:
                groups.setdefault(code[0], []).append(form)
    return {lead: tuple(forms) for lead, forms in groups.items()}


class _Search:
    """Looks for sequences of stock wording; each state is looked into once, so the cost is bounded."""

    def __init__(self, run: Run, stock: dict[int, tuple[str, ...]], *, lossy: bool) -> None:
        self._run = run
        self._stock = stock
        self._lossy = lossy
        self._known: dict[tuple[State, bool], tuple[str, ...]] = {}

    def wordings(self, state: State, *, begun: bool = False) -> tuple[str, ...]:
        """Return up to two wordings, different when simplified, that explain the run from ``state``.

        ``begun`` tells that a word stands before, so that a punctuation mark may follow.
        """
        if state.pending is None:
            return ("",) if state.at == len(self._run.signs) else ()
        if (state, begun) not in self._known:
            self._known[state, begun] = ()  # a wording that leaves no trace must not be repeated for ever
            self._known[state, begun] = self._explore(state, begun)
        return self._known[state, begun]

    def _explore(self, state: State, begun: bool) -> tuple[str, ...]:  # noqa: FBT001 - private, passed on
        found: dict[str, str] = {}
        for wording in self._candidates(state):
            pause = wording in PUNCTUATION
            if pause and not begun:
                continue
            for reached, taken in self._run.steps(state, wording):
                if reached.at == state.at and not (self._lossy or pause):
                    continue
                for rest in self.wordings(reached, begun=not pause):
                    whole = wording[:taken] + rest
                    found.setdefault(to_simplified(whole), whole)
            if len(found) >= _TWO:
                break
        return tuple(found.values())[:_TWO]

    def _candidates(self, state: State) -> Iterable[str]:
        assert state.pending is not None  # noqa: S101 - said by wordings(), for the type checker
        sign = self._run.signs[state.at : state.at + 1]
        for lead, forms in self._stock.items():
            if pair(state.pending, lead) in ("", sign):
                yield from forms
