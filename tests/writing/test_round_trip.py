"""What is written as a notice reads back as the same structure: as text, as Word, as a web page."""

import datetime as dt
import html

from hypothesis import given, settings
from hypothesis import strategies as st

from xiaohao.lib.chinese_numerals import chinese
from xiaohao.reading import read
from xiaohao.writing.official.text import official_text
from xiaohao.writing.official.word import as_word
from xiaohao.writing.services.templates import shipped
from xiaohao.writing.templating import render

WORDS = (
    *("提案办理超期", "公务卡结算不规范", "固定资产账实不符", "理论学习不扎实", "会议记录不完整"),
    *("合同验收手续不全", "采购程序不严", "证件管理有漏洞", "联系群众不够", "调查研究不深入"),
)
DEEDS = ("修订管理办法", "建立工作台账", "组织专题学习", "开展全面清查", "明确责任人员", "按月抽查凭证")
SAID = ("已经印发", "已开展四次", "全部核对完毕", "正在征求意见", "账实相符")
AREAS = ("落实决策部署方面", "资金和财务管理方面", "基层党组织建设方面")


class Tokens(dict):
    """Every figure is seven."""

    def __missing__(self, _key: str) -> int:
        return 7


@st.composite
def ledgers(draw):
    """An invented ledger: areas with findings, findings with measures and what was said of each."""
    titles = iter(draw(st.permutations(WORDS)))
    number, areas = 0, []
    for place, name in enumerate(AREAS[: draw(st.integers(1, 3))], start=1):
        findings = []
        for _each in range(draw(st.integers(1, 3))):
            number += 1
            deeds = draw(st.lists(st.sampled_from(DEEDS), min_size=2, max_size=4, unique=True))
            findings.append(
                {
                    "序号": number,
                    "题目": next(titles),
                    "编号": f"1-{number}",
                    "公开": True,
                    "情况": "",
                    "有情况": True,
                    "成效": ["按期办复率98.00%"] if draw(st.booleans()) else [],
                    "制度": [],
                    "措施": [
                        {
                            "次序": f"{chinese(order)}是",
                            "措施": deed,
                            "情况": draw(st.sampled_from(SAID)),
                            "完成": True,
                            "时限": "",
                        }
                        for order, deed in enumerate(deeds, start=1)
                    ],
                }
            )
        areas.append({"次序": chinese(place), "题目": name, "问题": findings})
    return areas


def written(areas) -> str:
    """Return the notice the shipped template writes of a ledger."""
    return render(
        shipped("notice"),
        {
            "巡察": {
                "巡察组": "市委第三巡察组",
                "单位": "青溪区政协机关",
                "开始": "2025年3月1日",
                "结束": "2025年5月20日",
                "反馈": "2025年7月2日",
                "公开开始": "2025年12月31日",
                "公开结束": "2026年1月30日",
                "电话": "2230016",
                "落款": "政协云岭市青溪区委员会办公室",
            },
            "方面": areas,
            "领导小组": [{"职务": "组长", "姓名": "沈砚秋", "分工": ""}],
            "委室": ["办公室"],
            "制度": [],
            "会议": [],
            "主要负责人": "沈砚秋",
            "方案": {"批准": "2025年7月30日"},
            "下一步": [
                {"题目": "持续加强理论武装", "内容": "每季度通报一次。"},
                {"题目": "持续压实整改责任", "内容": ""},
            ],
            "数": Tokens(),
            "值": Tokens(),
            "止": "2025年12月31日",
            "今天": "2025年12月31日",
        },
    )


def as_html(title: str, body: str) -> bytes:
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in body.splitlines())
    return (
        f"<html><head><meta charset='utf-8'></head><body><h1>{title}</h1>{paragraphs}</body></html>".encode()
    )


def structure(areas):
    return [
        (area["题目"], [(one["序号"], one["题目"], [m["措施"] for m in one["措施"]]) for one in area["问题"]])
        for area in areas
    ]


def read_back(data: bytes, name: str):
    notice = read(data, name).notice
    of = {finding.number: finding for finding in notice.findings}
    return notice, [
        (
            area.title,
            [
                (number, of[number].title, [measure.text.split("，")[0] for measure in of[number].measures])
                for number in area.findings
            ],
        )
        for area in notice.areas
    ]


@settings(max_examples=40, deadline=None)
@given(ledgers())
def test_a_notice_reads_back_as_it_was_written(areas) -> None:
    title, body = "青溪区政协机关关于巡察整改进展情况的通报", written(areas)
    for data, name in (
        (f"{title}\n{body}\n".encode(), "通报.txt"),
        (as_word(official_text(title, body)), "通报.docx"),
        (as_html(title, body), "通报.html"),
    ):
        notice, found = read_back(data, name)
        assert found == structure(areas), name
        facts = (notice.inspecting_body, notice.inspected_unit, notice.contact_phone, notice.signed_by)
        assert [fact.value for fact in facts] == [
            "市委第三巡察组",
            "青溪区政协机关",
            "2230016",
            "政协云岭市青溪区委员会办公室",
        ]
        days = (
            notice.inspected_from,
            notice.inspected_to,
            notice.feedback_on,
            notice.open_from,
            notice.open_to,
        )
        assert [fact.value for fact in days] == [
            dt.date(2025, 3, 1),
            dt.date(2025, 5, 20),
            dt.date(2025, 7, 2),
            dt.date(2025, 12, 31),
            dt.date(2026, 1, 30),
        ]
        assert [step.rstrip("。") for step in notice.next_steps] == [
            "持续加强理论武装",
            "持续压实整改责任",
        ]
