"""The register of proposals and of joint opinions."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiaohao.core.audit_words import name_actions
from xiaohao.ledger.register import Ask, Charge, Due, Part, Register, declare
from xiaohao.registers.proposals.access import CHANGE, TITLE, VIEW
from xiaohao.registers.proposals.decisions import EXTENSION, OPEN, ExtensionForm
from xiaohao.registers.proposals.models import JointOpinion, Proposal
from xiaohao.registers.proposals.workflow import WORKFLOW

PROPOSALS = declare(
    Register(
        key="proposals",
        model=Proposal,
        title=TITLE,
        add_label=_("登记提案"),
        empty=_("还没有提案。可以逐件登记，也可以下载模板一次导入。"),
        purpose=_("从提交、立案、交办到答复、满意，每件都有期限，超期之前提醒。"),
        basis=_("政协提案工作条例；省级提案办理办法"),
        columns=("number", "title", "proposers", "state", "lead_unit", "due_on", "satisfaction"),
        fields=(
            "number",
            "title",
            "source",
            "proposers",
            "submitted_on",
            "text",
            "department",
            "handler",
            "is_key",
            "led_by",
            "supervised_on",
        ),
        facts=(
            "source",
            "proposers",
            "submitted_on",
            "department",
            "handler",
            "lead_unit",
            "joint_units",
            "handed_over_on",
            "supervision_office_on",
            "due_on",
            "original_due_on",
            "extended_on",
            "met_on",
            "answered_on",
            "answer_number",
            "answer_class",
            "satisfaction",
            "concluded_on",
            "is_key",
            "led_by",
            "supervised_on",
            "not_filed_reason",
            "returned_on",
            "return_reason",
            "text",
        ),
        filters=("state", "source", "satisfaction", "is_key", "department", "handed_over_on"),
        search=("number", "title", "proposers", "lead_unit"),
        identity=("number",),
        example={
            "number": "202600",
            "title": "关于加快老旧小区加装电梯的建议",
            "source": "委员个人",
            "proposers": "温如玉",
            "submitted_on": "2026-01-12",
            "department": "提案委员会",
            "handler": "曹云帆",
        },
        view=VIEW,
        change=CHANGE,
        related=("department", "handler", "led_by"),
        workflow=WORKFLOW,
        asks=(Ask(EXTENSION, ExtensionForm),),
        dues=(
            Due("answer", _("催办提案答复"), Q(state__in=OPEN), "handler", "due_on", hears="led_by"),
            Due(
                "rate",
                _("征询提案人的满意度"),
                Q(state=Proposal.State.ANSWERED, satisfaction=""),
                "handler",
            ),
        ),
        parts=(Part("joint-opinions", "proposal"),),
        charge=Charge("handler", Q(state__in=OPEN)),
        responsible=lambda proposal: [proposal.handler] if proposal.handler else [],
    )
)
JOINT_OPINIONS = declare(
    Register(
        key="joint-opinions",
        model=JointOpinion,
        title=_("会办意见"),
        add_label=_("登记会办单位"),
        empty=_("没有会办单位。"),
        on_shelf=False,
        columns=("unit", "proposal", "due_on", "given_on"),
        fields=("proposal", "unit", "due_on", "given_on", "text"),
        search=("unit",),
        identity=("proposal", "unit"),
        example={"proposal": "202600", "unit": "区住建局", "due_on": "2026-03-01"},
        view=VIEW,
        change=CHANGE,
        related=("proposal",),
        changed=lambda opinion: (opinion, opinion.proposal),
    )
)
name_actions({"proposal.extended": _("提案延期")})
