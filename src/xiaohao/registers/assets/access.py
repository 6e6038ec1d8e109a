"""Who keeps assets, counts them, and matches them with the books."""

from django.utils.translation import gettext_lazy as _

from xiaohao.core.models import Role
from xiaohao.ledger.register import actions_of

TITLE, STOCKTAKES, MATCHES = _("固定资产"), _("资产盘点"), _("账卡物核对")
VIEW, CHANGE = actions_of("assets", TITLE, Role.CLERK, Role.DEPARTMENT_HEAD)
VIEW_STOCKTAKES, CHANGE_STOCKTAKES = actions_of(
    "stocktakes", STOCKTAKES, Role.CLERK, Role.DEPARTMENT_HEAD, Role.OWNER
)
VIEW_MATCHES, CHANGE_MATCHES = actions_of("asset-matches", MATCHES, Role.CLERK, Role.OWNER)
