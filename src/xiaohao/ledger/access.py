"""What people may do with decisions and registers."""

from django.utils.translation import gettext_lazy as _

from xiaohao.core.access import BUSINESS, READERS, declare
from xiaohao.core.models import Role

VIEW_DECISIONS = declare("ledger.decisions.view", _("查看审批"), *READERS)
ASK_DECISION = declare("ledger.decisions.ask", _("提出申请、撤回、重新提交"), *BUSINESS)
SIGN_DECISION = declare(
    "ledger.decisions.sign",
    _("签批"),
    Role.CLERK,
    Role.DEPARTMENT_HEAD,
    Role.LEADER,
    Role.HEAD,
    Role.DISCIPLINE_REVIEWER,
    Role.OWNER,  # as somebody's deputy
    Role.SUPERVISOR,
)
VIEW_DELEGATIONS = declare("ledger.delegations.view", _("查看委托"), *READERS)
DELEGATE = declare("ledger.delegations.change", _("委托他人代签"), *BUSINESS)
VIEW_INSTRUCTIONS = declare("ledger.instructions.view", _("查看督办和批示"), *READERS)
INSTRUCT = declare(
    "ledger.instructions.give",
    _("批示、督办"),
    Role.LEADER,
    Role.HEAD,
    Role.DISCIPLINE_REVIEWER,
    Role.SUPERVISOR,
)
ANSWER = declare("ledger.instructions.answer", _("回复批示和督办"), *BUSINESS)
VIEW_OUTBOX = declare("ledger.outbox.view", _("查看提醒发送情况"), Role.CLERK, Role.SYSTEM_ADMINISTRATOR)
SUBSCRIBE = declare("ledger.calendar.subscribe", _("订阅自己的任务日历"), *BUSINESS)
READ_CALENDAR = declare("ledger.calendar.read", _("凭私密地址读取任务日历"), everyone=True)
VIEW_CONTROLS = declare("ledger.controls.view", _("查看检查规则和发现"), *READERS)
EXPLAIN_HIT = declare("ledger.controls.explain", _("说明检查发现"), *BUSINESS)
USE_API = declare("ledger.api", _("查看接口说明"), *READERS)
VIEW_REGISTERS = declare("ledger.registers.view", _("查看台账和指标"), *READERS)
RUN_CONTROLS = declare("ledger.controls.run", _("立即检查"), Role.CLERK, Role.DISCIPLINE_REVIEWER)
