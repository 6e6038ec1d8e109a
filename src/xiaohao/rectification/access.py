"""What people may do in the rectification."""

from django.utils.translation import gettext_lazy as _

from xiaohao.core.access import BUSINESS, READERS, declare
from xiaohao.core.models import Account, Role
from xiaohao.rectification.models import Measure

VIEW_FINDINGS = declare("rectification.findings.view", _("查看问题和措施"), *READERS)
EXPORT_FINDINGS = declare("rectification.findings.export", _("导出台账"), *READERS)
CHANGE_FINDINGS = declare("rectification.findings.change", _("修改问题和措施"), Role.CLERK)
REPORT_PROGRESS = declare(
    "rectification.measures.report", _("报告进展"), Role.CLERK, Role.OWNER, Role.DEPARTMENT_HEAD
)
IMPORT = declare("rectification.import", _("导入通报和台账"), Role.CLERK)
VIEW_MY_DUTIES = declare("rectification.my_duties.view", _("查看我的任务"), *BUSINESS)
VIEW_WALL_CHART = declare("rectification.wall_chart.view", _("查看挂图"), *READERS)


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
