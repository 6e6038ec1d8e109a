"""Whatever is wrong with a template is told with its line, in Chinese, with what to do."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaohao.writing.templating import TemplateFault, bounds, render

VALUES = {
    "单位": "青山区政协",
    "问题": [{"题目": "提案超期"}, {"题目": "学习不够"}],
    "号": 3,
    "无": None,
    "六十": list(range(60)),
    "十三": list(range(13)),
}
TAGS = "assign、break、capture、case、comment、continue、cycle、for、if、unless"
FILTERS = "append、default、first、join、last、map、minus、plus、replace、size、strip、where、汉字、格"
UNFINISHED = "写得不完整或者多了字，请对照原来的模板改。"
LACKING = "没有写完，缺少条件、名称或内容，请补上。"
NAMED = "请从“可以用的名称”里选。"
BRACES = "括号没有写完，或者里面是空的。请写成 {{ 名称 }} 或 {% if 名称 %}。"
NO_RANGE = "没有 (1..9) 这种写法，只能逐条列出记录。"
TANGLED = "括号或空白连着太多，请删去。"
COMPARED = "可以用 ==、!=、>、<、>=、<=、contains。"
HALF_WIDTH = "引号、竖线、逗号、冒号要用英文的（半角）。"
TOO_DEEP = "一层套一层，套得太深，请减少层数。"
TOO_LONG = "写出来的文字太长，已停止。请检查循环里重复加上的文字。"
TOO_LARGE = "数太大了，请改小。"
FOR = "请写成 {% for 题 in 问题 %}；后面只能再写 limit、offset 或 reversed。"
A_NAME = "这里要写一个名称，不带点、问号和引号。"
WHOLE = "写法如 {{ forloop.index | 汉字 }}。"
MAP = '写法如 {{ 问题 | map: "题目" | join: "、" }}。'
LOOPS = "循环太多，已停止。请减少循环里的循环。"


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        # what belongs together
        ("好\n{% for 题 in 问题 %}\n好\n好", 2, "没有写结束的 {% endfor %}，请补上。"),
        ("{% if 问题 %}\n{% for 题 in 问题 %}\n{% endif %}", 2, "没有写结束的 {% endfor %}，请补上。"),
        ("{% if 问题 %}{% endif %}\n{% unless 问题 %}\n好", 2, "没有写结束的 {% endunless %}，请补上。"),
        ("{% if 问题 %}\n{% comment %}{% for %}{% endcomment %}", 1, "没有写结束的 {% endif %}，请补上。"),
        ("好\n{% comment %}\n好", 2, "没有写结束的 {% endcomment %}，请补上。"),
        (
            "好\n{% if 问题 %}\n{% endfor %}{% endif %}",
            3,
            "{% endfor %} 没有对应的开头，请补上开头或者删去。",
        ),
        ("好\n{% else %}", 2, "{% else %} 没有对应的开头，请补上开头或者删去。"),
        ("{% if 号 %}\n{% when 1 %}\n{% endif %}", 2, "{% when %} 没有对应的开头，请补上开头或者删去。"),
        (
            "{% case 号 %}\n{% if 号 %}{% endif %}{% when 1 %}{% endcase %}",
            2,
            "{% case %} 后面要先写 {% when %}，请把 {% if %} 移到它后面。",
        ),
        ("好\n{% break %}\n好", 2, "{% break %} 只能写在 {% for %} 里面。"),
        # what there is not
        ("好\n{{ 没有的 }}", 2, f"没有这个名称：没有的。{NAMED}"),
        ("{{ 单位 }}\n{{ 问题[0].没有 }}", 2, f"没有这个名称：问题.没有。{NAMED}"),
        ("{{ 单位 }}\n{{ 没有 | 汉字 }}", 2, f"没有这个名称：没有。{NAMED}"),
        ("{{ 单位 }}\n{{ 问题[9].题目 }}", 2, "“问题”没有这么多项。"),
        ("{% include 'x' %}", 1, f"没有 {{% include %}} 这种写法，可以用的有：{TAGS}。"),
        ("好\n{% doc %}{% enddoc %}", 2, f"没有 {{% doc %}} 这种写法，可以用的有：{TAGS}。"),
        ("{{ 问题 | 乱写 }}", 1, f"竖线后面没有“乱写”这种用法，可以用的有：{FILTERS}。"),
        (
            "好\n{% if false %}\n{{ 号 | divided_by: 0 }}{% endif %}",
            3,
            f"竖线后面没有“divided_by”这种用法，可以用的有：{FILTERS}。",
        ),
        ("好\n{% for 个 in (1..9) %}{% endfor %}", 2, NO_RANGE),
        ("{% if 问题 %}\n{{ (1..9) | first }}{% endif %}", 2, NO_RANGE),
        ("{% if (1..999999999) contains 'x' %}{% endif %}", 1, NO_RANGE),
        ("{{ 单位 }}\n{{ 单位 | append: (1..2) }}", 2, NO_RANGE),
        # expressions
        ("{% if %}好{% endif %}", 1, LACKING),
        ("好\n{% if 单位 == %}\n好{% endif %}\n好", 2, LACKING),
        ("好\n{{ 单位 | }}\n好\n好", 2, LACKING),
        ("好\n{% for 题 in 问题 %}\n{% assign 甲 = %}{% endfor %}\n好", 3, LACKING),
        ("好\n{% cycle %}", 2, LACKING),
        ("{{ }}\n好", 1, LACKING),
        ("{{ 问题\n好", 1, BRACES),
        ("好\n{% if 问题\n好", 2, BRACES),
        ("好\n{% %}\n好", 2, BRACES),
        ("好\n{% if 号 = 1 %}好{% endif %}", 2, f"没有“=”这种比较，{COMPARED}"),
        ("好\n{% if 号 => 1 %}好{% endif %}", 2, f"没有“=>”这种比较，{COMPARED}"),
        ("好\n{{ 单位 ｜ 格 }}", 2, f"这里不能用 ｜。{HALF_WIDTH}"),
        ("好\n{{ '单位 }}", 2, "引号不成对，请补上另一半。"),
        ("好\n{% if not 单位 %}好{% endif %}", 2, "条件里不能用 not，请改用 {% unless %}。"),
        ("好\n{% if (单位) %}好{% endif %}", 2, "条件里不能用圆括号，请分成几个 {% if %}。"),
        ("好\n{{ 单位 if 号 else 号 }}", 2, "花括号里不能写 if，请改用 {% if %}……{% endif %}。"),
        ("好\n{% # 说明\n没有井号 %}", 2, "{% # %} 里的说明，每一行都要以 # 开头。"),
        ("好\n{% for 题 问题 %}{% endfor %}", 2, FOR),
        ("好\n{% for 题 in 问题 倒序 %}{% endfor %}", 2, FOR),
        ("好\n{% for 题.甲 in 问题 %}{% endfor %}", 2, A_NAME),
        ("好\n{% assign 甲? = 1 %}", 2, A_NAME),
        ("好\n{{ 单位 单位 }}", 2, UNFINISHED),
        ("好\n{{ 单位 | append: 1 2 }}", 2, UNFINISHED),
        # what a filter is given
        ("好\n{{ 单位 | 汉字 }}", 2, f"竖线前面要是整数，这里是“青山区政协”。{WHOLE}"),
        ("好\n{{ 1.5 | 汉字 }}", 2, f"竖线前面要是整数，这里是“1.5”。{WHOLE}"),
        ("好\n{{ 无 | 汉字 }}", 2, f"竖线前面要是整数，这里是“空”。{WHOLE}"),
        ("{% if 号 %}\n{{ 问题 | 汉字 }}{% endif %}", 2, f"竖线前面要是整数，这里是“一组内容”。{WHOLE}"),
        (
            "{% for 题 in 问题 %}\n{{ 号 | map: '题目' }}{% endfor %}",
            2,
            f"竖线前面要是一组记录，这里是“3”。{MAP}",
        ),
        ("好\n{{ 号 | join }}", 2, '竖线前面要是一组内容，这里是“3”。写法如 {{ 委室 | join: "、" }}。'),
        ("好\n{{ 问题 | map }}", 2, f"“map”后面的内容少了或者多了，{MAP}"),
        ("好\n{{ 问题 | map: '题目', 1 }}", 2, f"“map”后面的内容少了或者多了，{MAP}"),
        ("好\n{{ 问题 | map: key: '题目' }}", 2, f"“map”后面的内容少了或者多了，{MAP}"),
        ("好\n{{ 号 | plus: '1e999' }}", 2, TOO_LARGE),
        ("好\n{{ " + "9" * 5000 + " }}", 2, TOO_LARGE),
        # what is compared, and how far a loop goes
        ("好\n{% if 单位 > 1 %}好{% endif %}", 2, "只有数和数、文字和文字可以比大小，请检查两边。"),
        ("好\n{% if 号 contains 1 %}好{% endif %}", 2, "contains 前面要是文字或者一组内容。"),
        ("好\n{% for 题 in 问题 limit:单位 %}{% endfor %}", 2, "limit、offset 后面要写不小于 0 的整数。"),
        ("好\n{% for 题 in 问题 limit:-1 %}{% endfor %}", 2, "limit、offset 后面要写不小于 0 的整数。"),
        # limits
        ("好\n" * 10_000 + "好", 10_001, "模板太长，最多 20000 字，请从这里起删减。"),
        ("好\n" + "{" * 9_000, 2, TANGLED),
        ("{{" + " " * 9_000 + "}}", 1, TANGLED),
        ("好\n" + "{% if 号 %}" * 40 + "{% endif %}" * 40, 2, TOO_DEEP),
        ("{% if 号 %}\n" + "{% for 字 in 单位 %}" * 25 + "{% endfor %}" * 25 + "{% endif %}", 2, TOO_DEEP),
        ("好\n{{ 号" + "[号" * 3_000 + "]" * 3_000 + " }}", 2, TOO_DEEP),
        ("好\n{% if " + "号 and " * 2_000 + "号 %}{% endif %}", 2, TOO_DEEP),
        ("好\n{% if " + "1<" * 3_000 + "1 %}{% endif %}", 2, TOO_DEEP),
        (
            "{% if 号 %}\n{% for a in 六十 %}{% for b in 六十 %}\n{% for c in 六十 %}"
            "x{% endfor %}{% endfor %}{% endfor %}{% endif %}",
            3,
            LOOPS,
        ),
        (
            '{% assign s = "字字字字" %}\n{% for i in 六十 %}\n{% assign s = s | append: s %}{% endfor %}',
            3,
            TOO_LONG,
        ),
        (
            "{% assign s = 'a' %}{% for i in 六十 %}\n{% assign s = s | replace: 'a', 'aaaa' %}{% endfor %}",
            2,
            TOO_LONG,
        ),
        (
            '{% assign s = "aaaaaaaaaa" %}{% for i in 十三 %}{% assign s = s | append: s %}{% endfor %}\n'
            "{{ s | replace: 'a', s }}",
            2,
            TOO_LONG,
        ),
        ("{% for a in 六十 %}{% for b in 六十 %}\n{{ 长 }}{% endfor %}{% endfor %}", 2, TOO_LONG),
        ("好\n{% assign s = 多 | join: '、' %}", 2, LOOPS),
    ],
)
def test_what_is_wrong_with_a_template_is_told_with_its_line(source, line, said) -> None:
    values = {**VALUES, "长": "长" * 1_000, "多": range(100_001)}
    with pytest.raises(TemplateFault) as fault:
        render(source, values)
    assert str(fault.value) == f"模板第 {line} 行：{said}"


def test_a_template_that_takes_too_long_is_stopped(monkeypatch) -> None:
    monkeypatch.setattr(bounds, "LONGEST_TIME", -1)
    with pytest.raises(TemplateFault) as fault:
        render("好\n{{ 单位 }}", VALUES)
    assert str(fault.value) == "模板第 2 行：很久还没有写完，已停止。请减少循环。"


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        ("写在前面{{ 没有 }}写在后面", "{{ 没有 }}"),
        ("{{ 单位 }}{% if 单位 > 1 %}好{% endif %}", "{% if 单位 > 1 %}"),
        ("好\n好{{ 单位\n好", "{{ 单位"),
        ("{{ 单位 }}\n　好\n" + "好" * 20_000, "好" * 200),
    ],
)
def test_the_piece_that_is_wrong_is_shown_however_long_its_line(source, piece) -> None:
    with pytest.raises(TemplateFault) as fault:
        render(source, VALUES)
    assert fault.value.piece == piece


PIECES = (
    *(
        "{{",
        "}}",
        "{%",
        "%}",
        "|",
        ":",
        ",",
        "..",
        "[",
        "]",
        "(",
        ")",
        "'",
        '"',
        "-1",
        "1.5",
        "==",
        ">",
        "\n",
    ),
    *(
        "单位",
        "问题",
        "号",
        "无",
        "没有",
        "if",
        "endif",
        "else",
        "for",
        "endfor",
        "in",
        "assign",
        "=",
        "case",
    ),
    *("when", "endcase", "cycle", "capture", "endcapture", "comment", "break", "contains", "and", "limit"),
    *("map", "where", "join", "append", "plus", "size", "汉字", "格", "forloop", "raw", "#", "nil", "empty"),
)
OWN_WORDS = re.compile(
    f"写法如 .*|可以用的有：.*|{re.escape(COMPARED)}|{re.escape(FOR)}|limit、offset|contains|if|not"
)
ENGLISH = re.compile("[A-Za-z]{2,}")


def faults_of(source: str) -> list[TemplateFault]:
    try:
        render(source, VALUES)
    except TemplateFault as fault:
        return [fault]
    return []


@given(st.lists(st.sampled_from(PIECES), max_size=20).map(" ".join))
def test_whatever_is_written_gives_a_text_or_a_fault_without_a_foreign_word(source) -> None:
    for fault in faults_of(source):
        assert 1 <= fault.line <= source.count("\n") + 1
        foreign = ENGLISH.findall(OWN_WORDS.sub("", str(fault)))
        assert [word for word in foreign if word.removeprefix("end") not in source] == []
