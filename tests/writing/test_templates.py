"""What an organ may write into its templates."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from xiaohao.core.services import records
from xiaohao.rectification.models import Inspection
from xiaohao.writing.models import Document, DocumentKind, TextTemplate
from xiaohao.writing.services import templates
from xiaohao.writing.templating import TemplateFault, render


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


def test_what_is_not_seen_is_no_part_of_a_template(office, make_finding, client) -> None:
    make_finding(1)
    client.force_login(office.clerk)
    client.post("/text-templates/summary/", {"number": 0, "source": "甲\0乙\u202e\r\n<b>丙</b>"})
    assert templates.template_of(office.clerk.organ, "summary") == "甲乙\n<b>丙</b>"
    page = client.get("/text-templates/summary/").content.decode()
    assert "<b>丙</b>" not in page


@pytest.mark.parametrize("button", ["preview", "keep"])
def test_a_book_pasted_into_a_template_is_refused(office, make_finding, client, button) -> None:
    make_finding(1)
    client.force_login(office.clerk)
    address = "/text-templates/summary/"
    told = client.post(address, {"number": 0, "source": "字" * 1_000_000, button: "1"}).content.decode()
    assert "模板第 1 行：模板太长，最多 20000 字" in told
    answer = client.post(address, {"number": 0, "source": "字" * 4_000_000, button: "1"})
    assert answer.status_code == 400
    assert "一次提交的内容太多" in answer.content.decode()
    assert not TextTemplate.objects.exists()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            '{% assign s = "字字字字字字字字字字" %}'
            + "{% assign s = s | append: s %}" * 15
            + "{{ s }}{{ s }}",
            "最多500000字",
        ),
        ("｜" + "栏｜" * 100 + "\n｜" + "--｜" * 100, "请拆成几个表格"),
    ],
)
def test_a_template_whose_text_no_document_can_hold_drafts_none(
    office, make_finding, client, draft, source, said
) -> None:
    make_finding(1)
    client.force_login(office.clerk)
    client.post("/text-templates/summary/", {"number": 0, "source": source})
    with pytest.raises(ValidationError, match=said):
        draft("summary")
    assert not Document.objects.exists()
