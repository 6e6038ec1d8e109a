"""What an organ may write into its templates, and what is refused with its line."""

import contextlib

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from xiaohao.core.services import records
from xiaohao.rectification.models import Inspection
from xiaohao.writing import templating
from xiaohao.writing.models import DocumentKind
from xiaohao.writing.services import templates
from xiaohao.writing.templating import TemplateFault, render


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        ("好\n{% for 题 in 问题 %}\n好\n好", 2, "没有写结束的 {% endfor %}。"),
        ("{% if 问题 %}\n{% for 题 in 问题 %}\n{% endif %}", 2, "没有写结束的 {% endfor %}。"),
        ("{% if 问题 %}{% endif %}\n{% unless 问题 %}\n好", 2, "没有写结束的 {% endunless %}。"),
        ("{% if 问题 %}\n{% comment %}{% for %}{% endcomment %}", 1, "没有写结束的 {% endif %}。"),
        ("好\n{% if 问题 %}\n{% endfor %}{% endif %}", 3, "{% endfor %} 没有对应的开头。"),
        ("好\n{{ 没有的 }}", 2, "没有这个名称：没有的"),
        ("{{ 问题 | 乱写 }}", 1, "竖线后面没有“乱写”这种用法。"),
        ("{% if %}好{% endif %}", 1, "缺少条件或名称。"),
        ("{{ 问题", 1, "括号没有写完。"),
        ("{% include 'x' %}", 1, "没有 {% include %} 这种写法。"),
        ("字" * 20_001, 0, "模板太长，最多 20000 字。"),
        ("好\n" + "{" * 9_000, 2, "括号或空白连着太多。"),
        ("{{" + " " * 9_000 + "}}", 1, "括号或空白连着太多。"),
        ("好\n{% for 个 in (1..9) %}{% endfor %}", 2, "没有 (1..9) 这种写法，只能逐条列出记录。"),
        ("{% if 问题 %}\n{{ (1..9) | first }}{% endif %}", 2, "没有 (1..9) 这种写法，只能逐条列出记录。"),
        ("{% if (1..999999999) contains 'x' %}{% endif %}", 1, "没有 (1..9) 这种写法，只能逐条列出记录。"),
    ],
)
def test_what_is_wrong_with_a_template_is_told_with_its_line(source, line, said) -> None:
    with pytest.raises(TemplateFault) as fault:
        render(source, {"问题": []})
    assert str(fault.value) == f"模板第 {line} 行：{said}"


DOUBLED = '{% assign s = "字字字字" %}{% for i in 六十 %}{% assign s = s | append: s %}{% endfor %}'
TEN_TIMES = "{% for i in 六十 %}{% assign s = s | replace: 'a', 'aaaaaaaaaa' %}{% endfor %}"
LONG = '{% assign s = "aaaaaaaaaa" %}{% for i in 十三 %}{% assign s = s | append: s %}{% endfor %}'


@pytest.mark.parametrize(
    "source",
    [
        "{% for a in 六十 %}{% for b in 六十 %}{% for c in 六十 %}x{% endfor %}{% endfor %}{% endfor %}",
        DOUBLED,
        f"{{% assign s = 'a' %}}{TEN_TIMES}",
        f"{LONG}{{{{ s | replace: 'a', s }}}}",
    ],
)
def test_a_template_that_loops_or_grows_is_stopped(source) -> None:
    with pytest.raises(TemplateFault, match="循环太多或文字太长"):
        render(source, {"六十": list(range(60)), "十三": list(range(13))})


@pytest.mark.parametrize("number", ["1e400", "1e308 | plus: 1e308", "'x'"])
def test_a_number_no_text_can_say_is_told(number) -> None:
    with pytest.raises(TemplateFault):
        render(f"{{{{ {number} | 汉字 }}}}", {})


def test_a_template_that_takes_too_long_is_stopped(monkeypatch) -> None:
    monkeypatch.setattr(templating, "LONGEST_TIME", -1)
    with pytest.raises(TemplateFault, match="循环太多或文字太长"):
        render("{{ 单位 }}", {"单位": "青山区政协"})


@given(st.text("{}%| forinendf单位'\"().,12\n", max_size=60))
def test_whatever_is_written_gives_a_text_or_a_fault(source) -> None:
    with contextlib.suppress(TemplateFault):
        assert isinstance(render(source, {"单位": "青山区政协"}), str)


def test_a_template_reaches_nothing_but_what_it_is_given() -> None:
    class Hidden:
        secret = "x"

    with pytest.raises(TemplateFault):
        render("{{ 物.secret }}", {"物": Hidden()})


def test_an_organ_writes_its_own_template_and_goes_back_to_the_shipped_one(
    office, inspection, make_finding, client, draft
) -> None:
    make_finding(1)
    client.force_login(office.clerk)
    address = "/text-templates/summary/"
    shown = client.post(address, {"number": 0, "source": '共{{ 数["findings.all"] }}个', "preview": "1"})
    assert "共1个" in shown.content.decode()
    assert templates.template_of(office.clerk.organ, "summary") == templates.shipped("summary")
    client.post(address, {"number": 0, "source": '共{{ 数["findings.all"] }}个'})
    assert draft("summary").body == "共[[1|findings.all]]个"
    broken = client.post(address, {"number": 1, "source": "{% for %}"})
    assert "模板第 1 行" in broken.content.decode()
    assert "<code>{% for %}</code>" in broken.content.decode()
    assert "改好以后才能预览" in broken.content.decode()
    late = client.post(address, {"number": 0, "source": "晚了"})
    assert "刚才有人改过" in late.content.decode()
    client.post(address, {"number": 1, "source": "", "reset": "1"})
    assert templates.template_of(office.clerk.organ, "summary") == templates.shipped("summary")


@pytest.mark.parametrize("kind", DocumentKind.values)
def test_a_template_is_previewed_for_the_newest_inspection_that_has_findings(
    kind, office, inspection, make_finding, client
) -> None:
    client.force_login(office.clerk)
    address = f"/text-templates/{kind}/"
    assert "有了反馈问题以后" in client.get(address).content.decode()
    make_finding(1)
    later = Inspection(organ=inspection.organ, number=99, title="还没有反馈的巡察")
    records.create(later, by=office.clerk, action="inspection.created")
    page = client.get(address).content.decode()
    assert "模板第" not in page
    assert f"{timezone.localdate().year}年" in page.partition('class="template-preview"')[2]
