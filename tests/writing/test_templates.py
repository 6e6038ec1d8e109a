"""What an organ may write into its templates, and what is refused with its line."""

import pytest

from xiaohao.writing.services import templates
from xiaohao.writing.templating import TemplateFault, render


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        ("好\n好\n{% for 题 in 问题 %}", 3, "写法有误"),
        ("好\n{{ 没有的 }}", 2, "没有这个名称"),
        ("{% for a in (1..100000) %}{% for b in (1..100000) %}x{% endfor %}{% endfor %}", 1, "循环太多"),
        ("{% include 'x' %}", 1, ""),
        ("字" * 200_001, 0, "模板太长"),
    ],
)
def test_what_is_wrong_with_a_template_is_told_with_its_line(source, line, said) -> None:
    with pytest.raises(TemplateFault) as fault:
        render(source, {"问题": []})
    assert (fault.value.line, said in str(fault.value)) == (line, True)


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
    late = client.post(address, {"number": 0, "source": "晚了"})
    assert "刚才有人改过" in late.content.decode()
    client.post(address, {"number": 1, "source": "", "reset": "1"})
    assert templates.template_of(office.clerk.organ, "summary") == templates.shipped("summary")
