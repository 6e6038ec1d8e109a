"""Controls over the rectification itself: what makes a fix last, and what only looks closed."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaohao.core.models import Evidence
from xiaohao.ledger.controls import Control, Parameters, Severity, declare
from xiaohao.rectification.models import Finding, LookBackCheck, Measure, Rule, State

GROUP = gettext_lazy("整改")
OWN_PLAN = gettext_lazy("整改方案：长期坚持、对账销号")


def not_followed(measures: "QuerySet[Measure]", parameters: Parameters) -> "QuerySet[Measure]":
    """Standing measures nobody looked after for longer than their interval."""
    usual = parameters.number("follow_up.default_days")
    standing = measures.filter(state=State.STANDING)
    own = standing.exclude(follow_up_days=None).order_by().values_list("follow_up_days", flat=True).distinct()
    late = Q(follow_up_days=None, last_reported_on__lt=parameters.days_ago(usual))
    for days in own:
        late |= Q(follow_up_days=days, last_reported_on__lt=parameters.days_ago(days or usual))
    return standing.filter(late)


def without_evidence(measures: "QuerySet[Measure]", _parameters: Parameters) -> "QuerySet[Measure]":
    """Closed measures without anything that proves them, as they come from old ledgers."""
    proof = Evidence.objects.filter(
        organ=OuterRef("organ"), about_kind=Measure.subject_kind, about_number=OuterRef("pk")
    )
    return measures.filter(~Exists(proof), state=State.CLOSED, evidence="")


def without_text(rules: "QuerySet[Rule]", _parameters: Parameters) -> "QuerySet[Rule]":
    """Rules said to be made or revised, of which there is neither text nor file."""
    proof = Evidence.objects.filter(
        organ=OuterRef("organ"), about_kind=Rule.subject_kind, about_number=OuterRef("pk")
    )
    return rules.filter(~Exists(proof), text="").exclude(change=Rule.Change.REPEALED)


def not_looked_back(findings: "QuerySet[Finding]", parameters: Parameters) -> "QuerySet[Finding]":
    """Findings closed long ago that nobody looked back on since."""
    before = parameters.days_ago(parameters.number("look_back.after_days"))
    looked = LookBackCheck.objects.filter(
        organ=OuterRef("organ"), finding=OuterRef("pk"), checked_at__date__gte=OuterRef("closed_on")
    )
    return findings.filter(~Exists(looked), closed_on__lt=before)


declare(
    Control(
        key="standing.not_followed",
        title=gettext_lazy("长期坚持的措施没有按时跟踪"),
        basis=OWN_PLAN,
        severity=Severity.WARNING,
        model=Measure,
        breaks=not_followed,
        sentence=lambda measure: (
            _("%(code)s 上次跟踪是 %(day)s，请责任人报告落实情况")
            % {"code": measure.code, "day": measure.last_reported_on}
        ),
        group=GROUP,
    )
)
declare(
    Control(
        key="closing.without_evidence",
        title=gettext_lazy("已销号的措施没有佐证材料"),
        basis=OWN_PLAN,
        severity=Severity.BREACH,
        model=Measure,
        breaks=without_evidence,
        sentence=lambda measure: _("%(code)s 已销号但没有佐证材料，请补充") % {"code": measure.code},
        group=GROUP,
    )
)
declare(
    Control(
        key="rule.without_text",
        title=gettext_lazy("登记的制度没有正文"),
        basis=gettext_lazy("制度立改废登记"),
        severity=Severity.HINT,
        model=Rule,
        breaks=without_text,
        sentence=lambda rule: _("《%(name)s》没有正文，请录入或上传文件") % {"name": rule.name},
        group=GROUP,
    )
)
declare(
    Control(
        key="finding.not_looked_back",
        title=gettext_lazy("销号以后没有回头看"),
        basis=OWN_PLAN,
        severity=Severity.HINT,
        model=Finding,
        breaks=not_looked_back,
        sentence=lambda finding: (
            _("%(code)s 于 %(day)s 销号，还没有回头看") % {"code": finding.code, "day": finding.closed_on}
        ),
        group=GROUP,
    )
)
