"""A year of proposals: most answered in time, one overdue."""

from typing import Any

from xiaohao.ledger.register import add, take
from xiaohao.registers.demo_year import Scene
from xiaohao.registers.proposals.models import JointOpinion, Proposal
from xiaohao.registers.proposals.register import JOINT_OPINIONS, PROPOSALS

TITLES = (
    "关于加快老旧小区加装电梯的建议",
    "关于完善社区养老助餐服务的建议",
    "关于保护利用青溪古码头的建议",
    "关于整治农贸市场周边停车的建议",
    "关于推进中小学课后服务提质的建议",
    "关于加强山塘水库安全管护的建议",
    "关于发展林下中药材种植的建议",
    "关于增设新能源汽车充电桩的建议",
    "关于规范共享单车停放的建议",
    "关于改造城南片区雨污分流管网的建议",
    "关于支持本地茶企开拓市场的建议",
    "关于建设社区口袋公园的建议",
)
UNITS = ("区住建局", "区民政局", "区文旅局", "区城管局", "区教育局", "区水务局", "区农业农村局", "区发改局")
PROPOSERS = ("温如玉", "程晚舟", "民建青溪支部", "陆知秋", "农业界别", "梅若寒")
SOURCES = ("member", "joint", "party", "member", "sector", "member")
COUNT = 36


def tell(scene: Scene) -> None:
    """Hand over, answer and rate them in the course of the year."""
    for number in range(COUNT):
        _proposal(scene, number)


def _proposal(scene: Scene, number: int) -> None:
    handler, keeper = scene.people["唐若溪"], scene.clerk
    submitted = scene.ago(330 - 6 * number)
    key = number in (3, 25, 31)
    values: dict[str, Any] = {
        "number": f"{scene.ago(200).year}{number + 1:03d}",
        "title": TITLES[number % len(TITLES)],
        "source": SOURCES[number % len(SOURCES)],
        "proposers": PROPOSERS[number % len(PROPOSERS)],
        "submitted_on": submitted,
        "department": scene.departments["提案委员会"],
        "handler": handler,
        "is_key": key,
        "led_by": scene.people["罗明远"] if key else None,
        "supervised_on": scene.ago(20) if key else None,
        "text": "案由、现状分析和建议（演示文本）。",
    }
    proposal: Any = add(PROPOSALS, Proposal(organ=scene.organ), values, keeper)
    if number == COUNT - 1:
        return
    proposal = take(PROPOSALS, proposal, "file", {}, keeper)
    # The overdue one was handed over a little more than three months ago.
    handed = scene.ago(97) if number == 30 else max(submitted, scene.ago(320 - 8 * number))
    given = {
        "handed_over_on": handed,
        "lead_unit": UNITS[number % len(UNITS)],
        "joint_units": UNITS[(number + 3) % len(UNITS)] if number % 5 == 0 else "",
        "handler": handler,
        "supervision_office_on": handed,
    }
    proposal = take(PROPOSALS, proposal, "hand_over", given, keeper)
    if number % 5 == 0:
        _opinion(scene, proposal, number)
    if number == 30 or number > 31:
        return
    _answer(scene, proposal, number)


def _opinion(scene: Scene, proposal: Any, number: int) -> None:
    values = {
        "proposal": proposal,
        "unit": UNITS[(number + 3) % len(UNITS)],
        "due_on": proposal.handed_over_on,
        "given_on": proposal.handed_over_on,
        "text": "原则同意，建议由主办单位统筹。",
    }
    add(JOINT_OPINIONS, JointOpinion(organ=scene.organ), values, scene.clerk)


def _answer(scene: Scene, proposal: Any, number: int) -> None:
    keeper = scene.clerk
    answered = min(proposal.due_on, scene.ago(2))
    answered = max(answered, proposal.handed_over_on)
    given = {
        "answered_on": answered,
        "answer_number": f"青政函〔{answered.year}〕{number + 1}号",
        "answer_class": "A" if number % 3 == 0 else "B" if number % 7 else "C",
        "met_on": answered,
    }
    proposal = take(PROPOSALS, proposal, "answer", given, keeper)
    if number > 28:
        return
    rated = "satisfied" if number % 6 else "basically"
    proposal = take(PROPOSALS, proposal, "rate", {"satisfaction": rated}, keeper)
    if number < 24:
        take(PROPOSALS, proposal, "conclude", {}, keeper)
