"""Who keeps the register of proposals."""

from django.utils.translation import gettext_lazy as _

from xiaohao.core.models import Role
from xiaohao.ledger.register import actions_of

TITLE = _("提案")
VIEW, CHANGE = actions_of("proposals", TITLE, Role.CLERK, Role.DEPARTMENT_HEAD, Role.OWNER)
