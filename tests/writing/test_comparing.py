"""What changed between two texts is shown letter by letter."""

from hypothesis import given
from hypothesis import strategies as st

from xiaohao.writing.comparing import Piece, compare


def test_a_changed_paragraph_shows_what_was_taken_out_and_put_in() -> None:
    (one,) = compare("累计学习50次。", "累计学习55次。")
    assert one.kind == "changed"
    assert one.pieces == (
        *(Piece("same", "累计学习5"), Piece("old", "0"), Piece("new", "5"), Piece("same", "次。")),
    )


def test_unchanged_paragraphs_far_from_a_change_are_left_out() -> None:
    lines = [f"第{number}段，各说各的内容{number * 37}。" for number in range(20)]
    changed = [*lines[:3], "另外写的一段。", *lines[4:15], "还有一段新的话。", *lines[16:]]
    kinds = [one.kind for one in compare("\n".join(lines), "\n".join(changed))]
    assert kinds == ["same", "old", "new", "same", "gap", "same", "old", "new", "same"]


def test_nothing_changed_shows_nothing() -> None:
    assert compare("一\n二", "一\n二") == []


texts = st.lists(st.text("甲乙丙丁一二。", max_size=8), max_size=8).map("\n".join)


@given(texts, texts)
def test_both_texts_can_be_read_from_what_is_shown(old, new) -> None:
    shown = compare(old, new)
    for kind, other, text in (("old", "new", old), ("new", "old", new)):
        lines = [
            "".join(piece.text for piece in one.pieces if piece.kind != other)
            for one in shown
            if one.kind not in (other, "gap")
        ]
        left = iter(text.splitlines())
        assert all(line in left for line in lines)  # in order
        assert kind
