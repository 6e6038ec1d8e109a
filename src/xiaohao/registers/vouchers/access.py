"""Who keeps vouchers, and who checks them."""

from django.utils.translation import gettext_lazy as _

from xiaohao.core.models import Role
from xiaohao.ledger.register import actions_of

TITLE, SHEETS = _("公务卡和凭证"), _("凭证抽查单")
VIEW, CHANGE = actions_of("vouchers", TITLE, Role.CLERK, Role.OWNER, Role.DEPARTMENT_HEAD)
VIEW_SHEETS, CHANGE_SHEETS = actions_of(
    "voucher-checks", SHEETS, Role.CLERK, Role.LEADER, Role.HEAD, Role.DISCIPLINE_REVIEWER
)
