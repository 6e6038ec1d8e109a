"""What each line of a body is, and its tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaohao.writing import tables
from xiaohao.writing.body import Level, Mark, Paragraph, Table, blocks, gaps, lists_named, paragraphs


def levels(body: str) -> list[Level]:
    return [one.level for one in paragraphs(body)]


def test_the_levels_follow_from_numbering_and_place() -> None:
    body = "领导小组：\n一、甲\n（一）乙。丙\n1.丁。\n（1）戊\n2025.5万元\n办公室\n2025年1月2日"
    assert levels(body) == [
        *(Level.ADDRESSEE, Level.SECTION, Level.PART, Level.ITEM),
        *(Level.POINT, Level.TEXT, Level.SIGNED, Level.DATED),
    ]


def test_attachments_are_listed_before_the_sign_off_and_follow_after_it() -> None:
    body = (
        "正文。\n附件：1.问题清单\n2.任务清单\n3.责任清单\n办公室\n2025年1月2日\n（联系人：林清越）\n"
        "附件1\n问题清单\n〔附表：问题清单〕\n附件2\n任务清单\n一、说明"
    )
    assert levels(body) == [
        *(Level.TEXT, Level.ATTACHMENT, Level.ATTACHMENT, Level.ATTACHMENT, Level.SIGNED, Level.DATED),
        *(Level.NOTE, Level.ANNEX, Level.ANNEX_TITLE, Level.LIST, Level.ANNEX, Level.ANNEX_TITLE),
        Level.SECTION,
    ]
    assert lists_named(body) == ["问题清单"]


def test_a_heading_ends_where_its_sentence_ends() -> None:
    (part,) = paragraphs("（一）提高认识。学习[[5|findings.all]]次。")
    heading, rest = part.halves
    assert "".join(run.text for run in heading) == "（一）提高认识。"
    assert [(run.text, run.mark) for run in rest] == [
        ("学习", Mark.PLAIN),
        ("5", Mark.FIGURE),
        ("次。", Mark.PLAIN),
    ]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("共 5 个问题", ["5 个"]),
        ("今年5个", ["5个"]),
        ("2025年12项", ["12项"]),
        ("开展学习三十余次", ["三十余次"]),
        ("完成百分之九十五", ["百分之九十五"]),
        ("资金1,234.56万元", ["1,234.56万元"]),
        ("占28.57%", ["28.57%"]),
        ("2025年12月31日，青政协〔2025〕12号", []),
        ("第3次会议、第 3 次、第十三次", []),
        ("落实两个维护、一项要求，千家万户", []),
        ("[[5|findings.all]]个", []),
        ("[[999|made.up]]个", ["999"]),
    ],
)
def test_a_number_typed_by_hand_is_marked(text, typed) -> None:
    (paragraph,) = paragraphs(text)
    assert [run.text for run in paragraph.runs if run.mark == Mark.TYPED] == typed


COUNTED = (
    *(
        "3笔支出",
        "12张凭证",
        "5本账",
        "2册档案",
        "36页材料",
        "4幅图",
        "6块牌子",
        "8间办公室",
        "2栋楼",
        "3座桥",
    ),
    *(
        "3所学校",
        "12卷档案",
        "9封信",
        "2宗土地",
        "10桩实事",
        "3轮巡察",
        "举办3届",
        "12笔",
        "十二笔支出",
        "20余册",
    ),
)


@pytest.mark.parametrize("text", COUNTED)
def test_things_of_every_sort_are_counted_by_hand(text) -> None:
    (paragraph,) = paragraphs(f"共{text}。")
    assert [run.mark for run in paragraph.runs].count(Mark.TYPED) == 1


NOT_COUNTED = (
    *(
        "第三届委员会",
        "第15届委员会",
        "十四届三次会议",
        "二十届三中全会",
        "20届三中全会",
        "14届市委第5轮巡察",
    ),
    *("第3页", "第 12 页", "第3、4页", "第3至5页", "第12—15条", "第十二卷", "附件3所列问题", "附表2所示"),
    *(
        "研究所",
        "第705所",
        "2025本级预算",
        "12座谈",
        "首轮巡察",
        "新一轮",
        "12轮训",
        "三间房",
        "第2轮",
        "3间接支出",
    ),
)


@pytest.mark.parametrize("text", NOT_COUNTED)
def test_a_place_in_a_row_is_no_count(text) -> None:
    (paragraph,) = paragraphs(f"见{text}。")
    assert [run.text for run in paragraph.runs if run.mark == Mark.TYPED] == []


LONG_RUNS = [
    "1" * 200_000,
    "1," * 100_000,
    "1,111" * 40_000,
    "十" * 200_000,
    "1 " * 100_000,
    "第1、" * 70_000,
]


@pytest.mark.parametrize("text", LONG_RUNS, ids=range(6))
def test_a_long_run_of_digits_is_read_at_once(text) -> None:
    (paragraph,) = paragraphs(text)
    assert paragraph.text == text.strip()


def said(table: Table) -> tuple[list[str], list[list[str]]]:
    def text(cell) -> str:
        return "".join(run.text for run in cell)

    return [text(cell) for cell in table.head], [[text(cell) for cell in row] for row in table.rows]


def test_rows_between_bars_are_a_table_with_its_head_above_the_dashes() -> None:
    body = "前\n｜编号｜措施｜\n｜--｜------｜\n｜1｜共[[5|measures.all]]条↵已完成｜\n｜2｜\n后"
    before, table, after = blocks(body)
    assert (before.text, after.text) == ("前", "后")
    assert table.widths == (2, 6)
    assert said(table) == (["编号", "措施"], [["1", "共5条\n已完成"], ["2", ""]])
    assert table.rows[0][1][1].key == "measures.all"


def test_dashes_without_a_row_above_make_a_form_and_the_next_dashes_the_next_table() -> None:
    form, table = blocks("｜--｜----｜\n｜编号｜1-3｜\n｜措施｜情况｜\n｜--｜--｜\n｜学习｜完成｜")
    assert said(form) == ([], [["编号", "1-3"]])
    assert said(table) == (["措施", "情况"], [["学习", "完成"]])


def test_a_list_of_the_records_stands_where_the_body_names_it() -> None:
    lists = {"问题清单": tables.table((1, 2), ("编号", "问题"), [("1-1", "办理超期")])}
    (table,) = blocks("〔附表：问题清单〕", lists)
    assert (table.title, said(table)) == ("问题清单", (["编号", "问题"], [["1-1", "办理超期"]]))
    (lacking,) = blocks("〔附表：别的清单〕", lists)
    assert isinstance(lacking, Paragraph)
    assert lacking.level == Level.LIST


def test_text_in_a_cell_cannot_break_the_table() -> None:
    lines = tables.table((1, 1), ("甲", "乙"), [("a｜b\n\n c", "｜---｜")])
    (table,) = blocks("\n".join(lines))
    assert said(table)[1] == [["a／b\nc", "／---／"]]


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)


@given(st.lists(st.lists(words, min_size=3, max_size=3), max_size=5))
def test_what_is_written_into_a_table_is_read_from_it(rows) -> None:
    (table,) = tables.read(tables.table((1, 2, 3), ("甲", "乙", "丙"), rows))
    assert [list(row) for row in table.rows] == [[tables.cell(one) for one in row] for row in rows]


@given(st.text("｜-↵一、（）1.。\n附件：年月日2025〔表〕", max_size=120))
def test_any_text_is_laid_out_and_nothing_is_lost(body) -> None:
    shown = "".join(one.text for one in paragraphs(body))
    assert shown == "".join(line.strip() for line in body.splitlines())
    assert all(isinstance(block, Paragraph | Table) for block in blocks(body))


def test_a_gap_that_is_not_closed_is_none_and_hides_no_other() -> None:
    assert gaps("〔待补：日期，〔待补：电话〕〔待补：" + "〔待补：" * 1000) == ["〔待补：电话〕"]
