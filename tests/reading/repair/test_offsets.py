import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaohao.reading.repair.offsets import Edit, OffsetMap, apply


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text and edits in order: each piece is kept, or replaced by something of another length."""
    pieces = draw(
        st.lists(st.tuples(st.text("整改责任", max_size=4), st.none() | st.text("账销", max_size=3)))
    )
    text, edits = "", []
    for piece, after in pieces:
        if after is not None and piece:
            edits.append(Edit("pinyin", len(text), piece, after))
        text += piece
    return text, edits


@given(edited())
def test_every_untouched_character_leads_back_to_itself(given_text: tuple[str, list[Edit]]) -> None:
    text, edits = given_text
    later, offsets = apply(text, edits), OffsetMap(edits)
    touched = {at for edit in edits for at in range(edit.start, edit.end)}
    for at in set(range(len(text))) - touched:
        start, end = offsets.span_after(at, at + 1)
        assert later[start:end] == text[at]
        assert offsets.span_before(start, end) == (at, at + 1)


@given(edited())
def test_a_replaced_character_leads_back_to_the_whole_edit(given_text: tuple[str, list[Edit]]) -> None:
    text, edits = given_text
    offsets = OffsetMap(edits)
    for edit in edits:
        start, end = offsets.span_after(edit.start, edit.end)
        assert apply(text, edits)[start:end] == edit.after
        if edit.after:
            assert offsets.span_before(start, start + 1) == (edit.start, edit.end)


def test_edits_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="fit"):
        apply("整改", [Edit("pinyin", 0, "责", "")])
    with pytest.raises(ValueError, match="overlap"):
        apply("整改", [Edit("pinyin", 0, "整改", ""), Edit("pinyin", 1, "改", "")])
