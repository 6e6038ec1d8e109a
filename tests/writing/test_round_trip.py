"""What is written as a notice from the records reads back as the same structure: text, Word, web page."""

import datetime as dt
import re

import pytest
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xiaohao.core.services import records
from xiaohao.ledger.indicators import Period
from xiaohao.lib.chinese_numerals import chinese
from xiaohao.public.article import article
from xiaohao.public.models import Publication
from xiaohao.reading import read
from xiaohao.rectification.models import Area, Finding, Inspection, Measure
from xiaohao.writing import figures
from xiaohao.writing.body import SIGNED_ON
from xiaohao.writing.official.text import official_text
from xiaohao.writing.official.word import as_word
from xiaohao.writing.scope import Scope
from xiaohao.writing.services.templates import shipped, written

TITLE = "青山区政协机关关于巡察整改进展情况的通报"
PROBLEMS = (
    *("提案办理超期", "公务卡结算不规范", "固定资产账、卡、物不符", "理论学习不扎实", "会议记录不完整"),
    *("合同验收手续不全", "采购程序不严", "因私出国（境）证件管理有漏洞", "联系群众不够", "调查研究不深入"),
    *("“第一议题”制度落实不严", "2024年以来“三会一课”不规范", "民主集中制执行不到位", "述职报告雷同"),
)
DEEDS = (
    *("修订《提案办理办法》，写明时限", "建立工作台账", "组织专题学习", "开展全面清查"),
    *("明确3名责任人", "按月抽查凭证", "对2024年以来的合同逐份核对", "制定“一张表”，按季通报"),
)
SAID = ("已经印发", "已开展4次", "全部核对完毕，账实相符", "正在征求意见", "")
AREAS = ("落实决策部署方面", "资金和财务管理方面", "基层党组织建设方面", "作风建设方面")
STEPS = ("持续加强理论武装", "持续压实整改责任", "持续巩固整改成果", "持续深化从严治党")
DAYS = (dt.date(2025, 3, 1), dt.date(2025, 5, 20), dt.date(2025, 7, 2))
LAST = dt.date(2025, 12, 31)


@st.composite
def ledgers(draw):
    """An invented ledger: areas with findings, each with two to four measures, one, or a text of its own."""
    titles = iter(draw(st.permutations(PROBLEMS)))
    areas = []
    for name in AREAS[: draw(st.integers(1, 4))]:
        findings = []
        for _each in range(draw(st.integers(1, 3))):
            deeds = draw(st.lists(st.sampled_from(DEEDS), min_size=0, max_size=4, unique=True))
            said = [draw(st.sampled_from(SAID)) for _deed in deeds]
            text = draw(st.sampled_from(("已列入年度计划", "正在推进，年底前完成"))) if not deeds else ""
            findings.append((next(titles), text, tuple(zip(deeds, said, strict=True))))
        areas.append((name, tuple(findings)))
    steps = draw(st.lists(st.sampled_from(STEPS), min_size=1, max_size=4, unique=True))
    return tuple(areas), tuple(steps)


@pytest.fixture
def notice_of(office):
    """Write the notice of an invented ledger from records that are gone again afterwards."""

    def write(ledger) -> str:
        areas, steps = ledger
        with transaction.atomic():
            inspection = _inspection(office.clerk, steps)
            _findings(inspection, areas, office.clerk)
            scope = Scope(inspection, Period(DAYS[2], LAST), LAST)
            body = figures.plain(written("notice", shipped("notice"), scope))
            transaction.set_rollback(True)
        return re.sub("〔待补：[^〕]*〕", "", body).replace(SIGNED_ON, "2025年12月31日")

    return write


def _inspection(by, steps) -> Inspection:
    inspection = Inspection(
        organ=by.organ,
        number=7,
        title="2025年市委第三巡察组巡察",
        inspecting_body="市委第三巡察组",
        inspected_unit="青山区政协机关",
        inspected_from=DAYS[0],
        inspected_to=DAYS[1],
        feedback_on=DAYS[2],
        open_from=LAST,
        open_to=dt.date(2026, 1, 30),
        contact_phone="2230016",
        signed_by="政协云岭市青山区委员会办公室",
        next_steps=[f"{step}。每季度通报一次。" for step in steps],
    )
    return records.create(inspection, by=by, action="inspection.created")


def _findings(inspection: Inspection, areas, by) -> None:
    organ, number, measures = inspection.organ, 0, []
    for place, (name, findings) in enumerate(areas, start=1):
        area = Area(organ=organ, inspection=inspection, number=place, title=name)
        records.create(area, by=by, action="area.created")
        for title, text, deeds in findings:
            number += 1
            finding = Finding(
                organ=organ,
                inspection=inspection,
                area=area,
                number=number,
                code=f"7-{number}",
                title=title,
                text=text,
            )
            records.create(finding, by=by, action="finding.created")
            measures += [
                Measure(
                    organ=organ,
                    finding=finding,
                    number=order,
                    code=f"7-{number}-{order}",
                    text=deed,
                    progress=said,
                    state="closed",
                )
                for order, (deed, said) in enumerate(deeds, start=1)
            ]
    records.create_many(Measure, measures, by=by, action="measure.created")


def as_page(organ, title: str, body: str) -> bytes:
    """Return the page anybody reads, with its banner, telephone and address around the notice."""
    shown = {
        "organ": organ,
        "publication": Publication(
            organ=organ,
            number=1,
            title=title,
            text=body,
            open_from=LAST,
            open_to=dt.date(2026, 1, 30),
            created_at=timezone.now(),
            changed_at=timezone.now(),
        ),
        "elements": article(body),
        "left": 30,
        "address": "http://10.0.0.8/public/qingshan/1/",
    }
    return render_to_string("public/notice.html", shown).encode()


def structure(areas):
    """Return what has to come back: areas, numbered findings, and the measures where there are several."""
    number, found = 0, []
    for name, findings in areas:
        rows = []
        for title, _text, deeds in findings:
            number += 1
            listed = [f"{deed}，{said or '已经完成'}" for deed, said in deeds] if len(deeds) > 1 else []
            rows.append((number, title, listed))
        found.append((name, rows))
    return found


def read_back(notice):
    of = {finding.number: finding for finding in notice.findings}
    return [
        (
            area.title,
            [
                (number, of[number].title, [one.text.rstrip("。") for one in of[number].measures])
                for number in area.findings
            ],
        )
        for area in notice.areas
    ]


FACTS = {
    "inspecting_body": "市委第三巡察组",
    "inspected_unit": "青山区政协机关",
    "inspected_from": DAYS[0],
    "inspected_to": DAYS[1],
    "feedback_on": DAYS[2],
    "open_from": LAST,
    "open_to": dt.date(2026, 1, 30),
    "contact_phone": "2230016",
    "signed_by": "政协云岭市青山区委员会办公室",
    "signed_on": LAST,
}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ledger=ledgers())
def test_a_notice_reads_back_as_its_records(office, notice_of, ledger) -> None:
    areas, steps = ledger
    body = notice_of(ledger)
    for data, name in (
        (f"{TITLE}\n{body}\n".encode(), "通报.txt"),
        (as_word(official_text(TITLE, body)), "通报.docx"),
        (as_page(office.clerk.organ, TITLE, body), "通报.html"),
    ):
        notice = read(data, name).notice
        assert read_back(notice) == structure(areas), name
        assert {key: getattr(notice, key).value for key in FACTS} == FACTS, name
        assert [step.split("。")[0] for step in notice.next_steps] == list(steps), name
        assert notice.sections == (
            *("履行巡察整改主体责任情况", "巡察整改任务落实情况", "下一步工作打算"),
        ), name
        told = {finding.title: finding.text for finding in notice.findings}
        for title, text, deeds in (one for _name, findings in areas for one in findings):
            for words in [text, *(part for deed in deeds for part in deed)]:
                assert words in told[title], name


def test_measures_are_numbered_as_they_were(notice_of) -> None:
    deeds = tuple((deed, "已经完成") for deed in DEEDS[:4])
    body = notice_of(((("作风建设方面", (("联系群众不够", "", deeds),)),), ("持续压实整改责任",)))
    line = next(line for line in body.splitlines() if line.startswith("1.联系群众不够"))
    for place, (deed, _said) in enumerate(deeds, start=1):
        assert f"{chinese(place)}是{deed}" in line
