"""What happened in the demo organ: an approved plan, closings, an extension, a relapse, things left to do."""

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from xiaohao.core.services import evidence, records
from xiaohao.ledger.models import Instruction
from xiaohao.ledger.services import controls, decisions, instructions
from xiaohao.rectification.decisions import EXTENSION, FINDING_CLOSING, MEASURE_CLOSING
from xiaohao.rectification.demo.organ import DemoOrgan
from xiaohao.rectification.models import (
    Finding,
    Inspection,
    LookBackRound,
    Measure,
    Meeting,
    Plan,
    Rule,
    State,
)
from xiaohao.rectification.services import afterwards, analysis, orders, plans
from xiaohao.rectification.services.findings import all_done, refresh

WHY = {
    "1-1": ("会议议程由各委室分别报送，没有人统一核对。", "制度执行不严"),
    "1-7": ("报销审核只看票据，不看支付方式。", "监督检查缺位"),
    "1-9": ("审批单设计缺项，审核人没有退回。", "制度缺失"),
    "1-11": ("支部换届后分工没有明确，记录无人核对。", "人员变动衔接不畅"),
    "1-13": ("证件由个人自管，没有台账。", "制度缺失"),
}
RULES = (
    ("班子会议议事规则", "revised", "青政协党发〔2026〕3号", ("1-1",), "“第一议题”没有程序保证"),
    ("公务卡结算管理办法", "made", "青政协办发〔2026〕7号", ("1-7",), "现金报销没有说明"),
    ("公务接待审批管理规定", "revised", "青政协办发〔2026〕9号", ("1-9",), "审批单要素不全"),
    ("组织生活考勤办法（试行）", "repealed", "青政协机关党发〔2023〕2号", ("1-11",), "与新规定不一致"),
    ("因私出国（境）证件管理办法", "made", "青政协办发〔2026〕8号", ("1-13",), "证件自管、领用不登记"),
)


def tell(demo: DemoOrgan, inspection: Inspection, today: dt.date) -> None:
    """Let the rectification happen through the services of real life, as far as it is not long past."""
    _plan(demo, inspection, today)
    _meetings(demo, inspection, today)
    _why(demo, today)
    for code in WHY:
        _closed_earlier(demo, code, today - dt.timedelta(days=30))
    _under_way(demo, today)
    orders.issue(demo.organ, today)
    _proofs(demo, today)


def _finding(demo: DemoOrgan, code: str) -> Finding:
    return Finding.objects.select_related("organ", "accountable_leader").get(organ=demo.organ, code=code)


def _measure(demo: DemoOrgan, code: str) -> Measure:
    rows = Measure.objects.select_related("organ", "finding__inspection", "finding__accountable_leader")
    return rows.get(organ=demo.organ, code=code)


def _plan(demo: DemoOrgan, inspection: Inspection, today: dt.date) -> None:
    approved = (inspection.feedback_on or today) + dt.timedelta(days=20)
    plan = Plan(
        organ=demo.organ,
        inspection=inspection,
        state=Plan.State.REPORTED,
        aim="对照反馈意见，逐条明确目标、措施、时限和责任人，改一件、成一件、销一件。",
        safeguards="成立整改工作领导小组，主要负责人负总责；整改办每周调度、每月通报。",
        content=plans.snapshot(inspection),
        approved_on=approved,
        reported_on=approved + dt.timedelta(days=4),
        reported_to="市委第三巡察组、市委巡察办",
    )
    records.create(plan, by=demo.clerk, action="plan.created")


def _meetings(demo: DemoOrgan, inspection: Inspection, today: dt.date) -> None:
    head, people = demo.people["沈砚秋"], ("罗明远", "方静怡", "贺长河", "顾怀安")
    for days, kind, title, agenda in (
        (105, "leading_group", "领导小组第一次会议", "传达反馈意见；讨论整改方案；明确分工。"),
        (60, "study", "理论学习中心组专题学习", "学习巡视工作条例，对照问题查找差距。"),
        (9, "dispatch", "第五次调度会", "逐项调度临近期限的措施；研究资产盘点进度。"),
    ):
        meeting = Meeting(organ=demo.organ, inspection=inspection, kind=kind, title=title, chair=head)
        values = {
            "held_on": today - dt.timedelta(days=days),
            "agenda": agenda,
            "people": [demo.people[name] for name in people],
        }
        records.create(meeting, by=demo.clerk, action="rectification_meeting.created", values=values)


def _why(demo: DemoOrgan, today: dt.date) -> None:
    causes = {cause.name: cause for cause in analysis.causes_of(demo.organ, demo.clerk)}
    for code, (root_cause, cause) in WHY.items():
        values = {"root_cause": root_cause, "causes": [causes[cause]]}
        finding = _finding(demo, code)
        analysis.analyse(finding=finding, values=values, by=demo.clerk, expected_version=finding.version)
    for name, change, number, codes, closes in RULES:
        given: dict[str, Any] = {
            "name": name,
            "change": change,
            "document_number": number,
            "issued_on": today - dt.timedelta(days=35),
            "closes": closes,
            "findings": [_finding(demo, code) for code in codes],
            "text": f"{name}\n\n第一条　为落实整改要求，制定本规定。\n第二条　……（演示文本）",
        }
        analysis.create_rule(Rule(organ=demo.organ), given, demo.clerk)


def _closed_earlier(demo: DemoOrgan, code: str, on: dt.date) -> None:
    """Strike off what was signed on paper before; the log says that the clerk entered it."""
    finding = _finding(demo, code)
    if not all_done(finding.measures.values_list("state", flat=True)):
        return
    refresh(records.change(finding, {"closed_on": on}, by=demo.clerk, action="finding.closed"))


def _file(name: str, text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), "text/plain")


def _under_way(demo: DemoOrgan, today: dt.date) -> None:
    """Leave every kind of work for a visitor to find: to sign, to answer, to check."""
    people, owner, office = demo.accounts, demo.accounts["owner"], demo.accounts["office"]
    printed = _measure(demo, "1-8-1")
    evidence.add(
        about=printed,
        uploads=[_file("七份验收报告目录.txt", "一、办公设备验收报告……（演示文本）")],
        proves="7份验收报告已经补齐",
        dated=today - dt.timedelta(days=15),
        source="财务室",
        by=office,
    )
    asked = decisions.ask(MEASURE_CLOSING, about=printed, reason="7份验收报告全部补齐。", by=office)
    decisions.agree(decision=asked, opinion="材料齐全，同意。", by=people["discipline"])

    late = _measure(demo, "1-2-2")
    until = (late.deadline or today) + dt.timedelta(days=30)
    decisions.ask(
        EXTENSION,
        about=late,
        reason="提醒名单涉及三个承办单位，核对需要时间。",
        content={"deadline": until.isoformat()},
        by=owner,
    )
    instructions.give(
        about=_finding(demo, "1-5"),
        kind=Instruction.Kind.INSTRUCTION,
        text="资产盘点进度偏慢，请说明原因和完成日期。",
        to=demo.people["曹云帆"],
        due_on=today + dt.timedelta(days=3),
        by=people["head"],
    )
    hard = _finding(demo, "1-5")
    analysis.take_on(
        finding=hard, leader=demo.people["方静怡"], by=people["leader2"], expected_version=hard.version
    )
    afterwards.ask_similar(
        finding=_finding(demo, "1-7"),
        departments=[demo.departments["提案委员会"], demo.departments["财务室"]],
        due_on=today + dt.timedelta(days=12),
        by=demo.clerk,
    )
    _closing_by_signatures(demo)
    made = afterwards.plan_round(
        LookBackRound(organ=demo.organ),
        {
            "title": "第一轮回头看",
            "starts_on": today - dt.timedelta(days=5),
            "due_on": today + dt.timedelta(days=10),
            "share": 100,
            "checker": demo.people["韩松竹"],
        },
        demo.clerk,
    )
    relapsed = made.checks.filter(finding__code="1-11", checker=demo.people["韩松竹"]).first()
    if relapsed is not None:
        afterwards.check(
            found=relapsed,
            state="relapsed",
            result="第三季度党员大会又没有按时召开。",
            deadline=today + dt.timedelta(days=25),
            by=people["discipline"],
            expected_version=relapsed.version,
        )


def _proofs(demo: DemoOrgan, today: dt.date) -> None:
    """Tie closed findings to the controls of the registers that prove them."""
    for code, keys in (
        ("1-1", ["meetings.no_minutes", "standing.not_followed"]),
        ("1-7", ["vouchers.compulsory_in_cash", "vouchers.exempt_without_reason"]),
        ("1-9", ["closing.without_evidence", "rule.without_text"]),
        ("1-13", ["passports.overdue", "passports.not_handed_in"]),
    ):
        controls.tie(about=_finding(demo, code), controls=keys, by=demo.clerk)
    for code, shown in (
        ("1-1", ["meetings.first_topics"]),
        ("1-2", ["proposals.handed_over", "proposals.answered_on_time"]),
        ("1-7", ["vouchers.by_card"]),
        ("1-10", ["meetings.held"]),
        ("1-13", ["passports.kept"]),
    ):
        finding = _finding(demo, code)
        analysis.choose_indicators(
            finding=finding, keys=shown, by=demo.clerk, expected_version=finding.version
        )
    controls.run(demo.organ, today)


def _closing_by_signatures(demo: DemoOrgan) -> None:
    """Let one finding be asked for, so that the leaders find something to sign."""
    finding = _finding(demo, "1-10")
    for measure in finding.measures.filter(state=State.COMPLETED).select_related(
        "organ", "finding__inspection", "finding__accountable_leader"
    ):
        office = demo.accounts["office"]
        evidence.add(
            about=measure,
            uploads=[_file("新记录本样页.txt", "回避、发言顺序、表决（演示文本）")],
            proves="新记录本已经启用",
            by=office,
        )
        asked = decisions.ask(MEASURE_CLOSING, about=measure, reason="新记录本已启用。", by=office)
        decisions.agree(decision=asked, opinion="同意。", by=demo.clerk)
        decisions.agree(decision=asked, opinion="同意销号。", by=demo.accounts["head"])
    finding.refresh_from_db()
    values = {"root_cause": "议事规则没有写明发言顺序和回避。", "no_rule_reason": "已并入班子会议议事规则。"}
    finding = analysis.analyse(
        finding=finding, values=values, by=demo.clerk, expected_version=finding.version
    )
    asked = decisions.ask(
        FINDING_CLOSING, about=finding, reason="两项措施均已销号，制度已经落实。", by=demo.accounts["office"]
    )
    decisions.agree(decision=asked, opinion="材料齐全，同意。", by=demo.accounts["discipline"])
