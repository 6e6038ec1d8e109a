"""What people may do in the rectification."""

from django.utils.translation import gettext_lazy as _

from xiaohao.core.access import BUSINESS, READERS, declare
from xiaohao.core.models import Account, Role
from xiaohao.rectification.models import Finding, Measure

VIEW_FINDINGS = declare("rectification.findings.view", _("查看问题和措施"), *READERS)
EXPORT_FINDINGS = declare("rectification.findings.export", _("导出台账"), *READERS)
CHANGE_FINDINGS = declare("rectification.findings.change", _("修改问题和措施"), Role.CLERK)
REPORT_PROGRESS = declare(
    "rectification.measures.report", _("报告进展"), Role.CLERK, Role.OWNER, Role.DEPARTMENT_HEAD
)
CLAIM = declare("rectification.measures.claim", _("认领任务"), Role.DEPARTMENT_HEAD)
ASSIGN = declare("rectification.measures.assign", _("指定责任人"), Role.CLERK)
TAKE_ON = declare("rectification.findings.take_on", _("领办问题"), Role.LEADER, Role.HEAD)
ANALYSE = declare(
    "rectification.findings.analyse",
    _("填写原因分析和建章立制"),
    Role.CLERK,
    Role.OWNER,
    Role.DEPARTMENT_HEAD,
)
ASK_EXTENSION = declare(
    "rectification.extension.ask", _("申请延期"), Role.CLERK, Role.OWNER, Role.DEPARTMENT_HEAD
)
ASK_CHANGE = declare("rectification.change.ask", _("申请变更责任人"), Role.CLERK, Role.DEPARTMENT_HEAD)
ASK_CLOSING = declare(
    "rectification.closing.ask", _("申请销号"), Role.CLERK, Role.OWNER, Role.DEPARTMENT_HEAD
)
DOWNLOAD_EVIDENCE = declare("rectification.evidence.download", _("打包下载佐证材料"), *READERS)
IMPORT = declare("rectification.import", _("导入通报和台账"), Role.CLERK)
VIEW_MY_DUTIES = declare("rectification.my_duties.view", _("查看我的任务"), *BUSINESS)
VIEW_WALL_CHART = declare("rectification.wall_chart.view", _("查看挂图"), *READERS)
VIEW_PLANS = declare("rectification.plans.view", _("查看整改方案和三个清单"), *READERS)
CHANGE_PLANS = declare("rectification.plans.change", _("起草、提交、报送整改方案"), Role.CLERK)
VIEW_RULES = declare("rectification.rules.view", _("查看制度"), *READERS)
CHANGE_RULES = declare(
    "rectification.rules.change", _("登记制度"), Role.CLERK, Role.OWNER, Role.DEPARTMENT_HEAD
)
VIEW_MEETINGS = declare("rectification.meetings.view", _("查看整改会议"), *READERS)
CHANGE_MEETINGS = declare("rectification.meetings.change", _("登记整改会议"), Role.CLERK)
ASK_SIMILAR = declare("rectification.similar.ask", _("布置举一反三排查"), Role.CLERK, Role.LEADER, Role.HEAD)
ANSWER_SIMILAR = declare(
    "rectification.similar.answer", _("填报排查结果"), Role.CLERK, Role.OWNER, Role.DEPARTMENT_HEAD
)
VIEW_LOOK_BACK = declare("rectification.look_back.view", _("查看回头看"), *READERS)
PLAN_LOOK_BACK = declare(
    "rectification.look_back.plan", _("安排回头看"), Role.CLERK, Role.DISCIPLINE_REVIEWER, Role.HEAD
)
CHECK_LOOK_BACK = declare("rectification.look_back.check", _("填写回头看结果"), *BUSINESS)
TIE_PROOF = declare(
    "rectification.proofs.tie", _("为问题挂检查规则"), Role.CLERK, Role.OWNER, Role.DEPARTMENT_HEAD
)
REOPEN = declare(
    "rectification.findings.reopen",
    _("认定反弹，重新整改"),
    Role.LEADER,
    Role.HEAD,
    Role.DISCIPLINE_REVIEWER,
)
VIEW_SUMMARY = declare("rectification.summary.view", _("查看周小结"), *READERS)
VIEW_ORGANS = declare("rectification.organs.view", _("查看下级单位整改情况"), Role.SUPERVISOR)


def may_report(account: Account, measure: Measure) -> bool:
    """An owner reports on his own measures, a department head on his department's, the clerk on all."""
    if measure.organ_id != account.organ.pk:
        return False
    if account.holds(Role.CLERK):
        return True
    if account.holds(Role.OWNER) and measure.owner_id == account.person_id:
        return True
    department = account.person.department_id
    return (
        account.holds(Role.DEPARTMENT_HEAD)
        and department is not None
        and (measure.lead_department_id == department)
    )


def may_analyse(account: Account, finding: Finding) -> bool:
    """The clerk, whoever owns one of its measures, and the head of its lead department."""
    if finding.organ_id != account.organ.pk:
        return False
    if account.holds(Role.CLERK):
        return True
    department = account.person.department_id
    heads = account.holds(Role.DEPARTMENT_HEAD) and department is not None
    if heads and finding.lead_department_id == department:
        return True
    return account.holds(Role.OWNER) and any(
        measure.owner_id == account.person_id for measure in finding.measures.all()
    )
