"""Web pages as old and new government sites write them."""

# ruff: noqa: E501 - a page stands best in one piece

import time

import pytest

from xiaohao.reading.files import Table, Unreadable, load
from xiaohao.reading.tables import read_ledger


def text_of(page: str, encoding: str = "utf-8") -> str:
    return load(page.encode(encoding), "a.html").text


def tables_of(page: str) -> tuple[Table, ...]:
    return tuple(load(page.encode(), "a.html").tables)


def shown(table: Table) -> list[list[str]]:
    """Return the cells' texts; * stands before one taken over from a merge."""
    return [["*" * cell.merged + cell.text for cell in row.cells] for row in table.rows]


def test_spanned_cells_are_merged_cells() -> None:
    (table,) = tables_of(
        "<table><tr><th rowspan=2>反馈问题<th colspan='2'>责任<th rowspan=2>时限"
        "<tr><th>领导<th>科室"
        "<tr><td rowspan=2>账物不符<td>甲<td>乙<td>长期"
        "<tr><td>丙<td>丁<td>立即</table>"
    )
    assert shown(table) == [
        ["反馈问题", "责任", "*责任", "时限"],
        ["*反馈问题", "领导", "科室", "*时限"],
        ["账物不符", "甲", "乙", "长期"],
        ["*账物不符", "丙", "丁", "立即"],
    ]
    assert table.row_count == 4


def test_a_ledger_published_as_a_page_is_read() -> None:
    page = (
        "<table><tr><td>序号</td><td>反馈问题</td><td>整改措施</td><td>整改时限</td></tr>"
        "<tr><td colspan=4>一、财务管理方面</td></tr>"
        "<tr><td rowspan=2>1</td><td rowspan=2>账物不符</td><td>开展盘点</td><td>2025年6月30日</td></tr>"
        "<tr><td>修订办法</td><td>长期</td></tr>"
        "<tr><td>2</td><td>合同不全</td><td>1.补齐<br>2.制定范本</td><td>2025年6月30日</td></tr></table>"
    )
    rows = [
        (row.area, row.finding_number, row.finding, row.measure) for row in read_ledger(tables_of(page)).rows
    ]
    assert rows == [
        ("一、财务管理方面", 1, "账物不符", "开展盘点"),
        ("一、财务管理方面", 1, "账物不符", "修订办法"),
        ("一、财务管理方面", 2, "合同不全", "补齐"),
        ("一、财务管理方面", 2, "合同不全", "制定范本"),
    ]


@pytest.mark.parametrize("span", ["1000000000", "99999999999999999999", "100"])
def test_an_absurd_span_covers_only_what_is_there(span: str) -> None:
    (table,) = tables_of(
        f"<table><tr><td colspan={span}>标题<tr><td rowspan={span}>甲<td>乙<tr><td>丙</table>"
    )
    assert shown(table) == [["标题", "*标题"], ["甲", "乙"], ["*甲", "丙"]]


@pytest.mark.parametrize("span", ["-1", '""', "x", "two"])
def test_a_span_that_is_no_number_is_one(span: str) -> None:
    (table,) = tables_of(f"<table><tr><td colspan={span}>甲<td>乙<tr><td>丙<td>丁</table>")
    assert shown(table) == [["甲", "乙"], ["丙", "丁"]]


def test_a_span_of_zero_rows_reaches_to_the_end_of_its_part_and_no_further() -> None:
    (table,) = tables_of(
        "<table><tbody><tr><td rowspan=0>甲<td>1<tr><td>2<tbody><tr><td>乙<td>3<tr><td rowspan=9>丙<td>4</table>"
    )
    assert shown(table) == [["甲", "1"], ["*甲", "2"], ["乙", "3"], ["丙", "4"]]


def test_a_table_of_too_many_columns_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        tables_of("<table><tr>" + "<td>甲" * 201)
    assert refused.value.code == "too-large"


def test_a_table_of_tall_spans_is_read_in_time() -> None:
    begun = time.monotonic()
    (table,) = tables_of("<table><tr>" + "<td rowspan=65534>甲" * 50 + "<tr><td>乙" * 20_000)
    assert [len(row.cells) for row in table.rows] == [50] + [51] * 20_000
    assert time.monotonic() - begun < 10


def test_spans_that_push_each_other_out_of_the_page_are_refused_in_time() -> None:
    begun = time.monotonic()
    with pytest.raises(Unreadable, match="超过上限"):
        tables_of("<table>" + "<tr><td colspan=1000 rowspan=65534>甲" * 20_000)
    assert time.monotonic() - begun < 10


def test_text_behind_a_table_and_in_a_table_inside_is_not_the_outer_cells() -> None:
    outer, inner = tables_of(
        "<table><tr><td>版面<table><tr><td>内</td></tr></table>后</td></tr></table><p>落款"
    )
    assert (shown(outer), shown(inner)) == ([["版面\n后"]], [["内"]])


def test_cells_keep_their_lines_and_say_where_they_stand() -> None:
    (table,) = tables_of("<table><tr><td>1.甲<br>2.乙<p>3.丙</p><td>丁</table>")
    (row,) = table.rows
    assert [(cell.address, cell.text) for cell in row.cells] == [
        ("表1第1行第1列", "1.甲\n2.乙\n3.丙"),
        ("表1第1行第2列", "丁"),
    ]


def test_paragraphs_that_are_never_closed_are_no_nesting() -> None:
    page = "<html><body>" + "<p><font face=仿宋><span>（一）整改" * 1000
    assert text_of(page) == "\n".join(["（一）整改"] * 1000)


def test_list_items_rows_and_cells_that_are_never_closed_are_no_nesting() -> None:
    assert text_of("<ul>" + "<li><b>甲" * 1000).count("甲") == 1000
    assert text_of("<dl>" + "<dt>甲<dd>乙" * 1000).count("乙") == 1000
    assert text_of("<table>" + "<tr><td><p>甲<td><font>乙" * 1000).count("乙") == 1000


@pytest.mark.parametrize(
    "tag", ["<div>", "<table><tr><td>", "<blockquote>", "<ul><li>", "<nav>", "<p><table><tr><td>"]
)
def test_nesting_is_refused(tag: str) -> None:
    with pytest.raises(Unreadable) as refused:
        text_of("<html><body>" + tag * 300 + "甲")
    assert refused.value.code == "too-deep"


def test_line_breaks_and_blocks_begin_a_line_and_inline_marks_do_not() -> None:
    page = (
        "<html><body><div>标题</div><p>一、整<font>改</font><b>情</b>况<br/>（一）甲<br>乙</p>"
        "<center>丙</center>\n丁\n戊<hr>己<pre>庚\n辛</pre>"
    )
    assert text_of(page) == "标题\n一、整改情况\n（一）甲\n乙\n丙\n丁 戊\n己\n庚\n辛"


def test_what_a_browser_does_not_show_is_left_out() -> None:
    page = (
        "<html><head><title>网站</title><style>p{}</style></head><body><nav><ul><li>首页</ul></nav>"
        "<script>document.write('<p>广告</p>')</script><noscript>请开启</noscript>"
        "<div style='display: none'>分享<div>微信</div></div><span style=\"display:none\">隐<span>藏</span>了</span>"
        "<!-- 注<p>释 --><p>正文<select><option>选</select></p><iframe>框</iframe><footer>版权</footer></body></html>"
    )
    assert text_of(page) == "正文"


def test_an_open_hidden_part_ends_with_what_holds_it() -> None:
    assert text_of("<html><div><nav>首页</div><p>正文") == "正文"


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030", "utf-8", "iso-8859-1", "utf-16", "x-none"])
@pytest.mark.parametrize("written", ["gb18030", "utf-8"])
def test_a_wrong_charset_does_no_harm(declared: str, written: str) -> None:
    page = f'<html><head><meta http-equiv=Content-Type content="text/html; charset={declared}"><p>整改镕𠮷'
    assert text_of(page, written) == "整改镕𠮷"


def test_a_short_page_in_gbk_is_not_taken_for_utf_8() -> None:
    page = "<html><meta charset=gb2312><p>一"  # in UTF-8 the two bytes are a Cyrillic letter
    assert text_of(page, "gbk") == "一"


def test_a_page_in_big5_is_read_as_declared() -> None:
    assert text_of("<html><meta charset=big5><p>整改情況", "big5") == "整改情況"


def test_a_page_with_a_few_broken_characters_is_read() -> None:
    data = b"<html><meta charset=gbk>" + "整改情况".encode("gbk") * 200 + b"\xff<p>" + "完".encode("gbk")
    assert load(data, "a.html").text.endswith("\n完")


def test_entities_are_their_characters() -> None:
    assert text_of("<p>&ldquo;三重一大&rdquo;&nbsp;&#20108;&#x4E09;&lt;甲&gt;&") == "“三重一大” 二三<甲>&"
    assert text_of("<p>甲&#" + "9" * 5000 + ";乙").startswith("甲")


def test_marks_that_are_no_tags_are_text_and_quotes_hide_marks() -> None:
    assert (
        text_of("<p>1<2 且 3>2<a title='>' href=\"x>y\">甲</a></ >乙<?php?><![CDATA[x]]>丙")
        == "1<2 且 3>2甲乙丙"
    )


@pytest.mark.parametrize(
    "piece",
    [
        "<a",
        "<!--",
        "</a",
        "<a x='",
        "<a b=",
        '<a b="c',
        "<![",
        "&amp",
        "<script>",
        '<a b=">"',
        "<td>",
        "</x>",
    ],
)
def test_hostile_pieces_are_read_in_time(piece: str) -> None:
    begun = time.monotonic()
    page = "<html><p>" + piece * (1_000_000 // len(piece))
    try:
        text_of(page)
    except Unreadable as refused:
        assert str(refused)  # noqa: PT017 - either outcome is right, a long wait is not
    assert time.monotonic() - begun < 10
