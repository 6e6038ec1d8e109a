"""Who sees documents for private travel: personal data, so few."""

from django.utils.translation import gettext_lazy as _

from xiaohao.core.models import Role
from xiaohao.ledger.register import actions_of

SEES = (Role.CLERK, Role.DISCIPLINE_REVIEWER, Role.LEADER, Role.HEAD)
KEEPS = (Role.CLERK,)
TITLE, PEOPLE, TRIPS, COUNTS = _("因私出国（境）证件"), _("备案人员"), _("因私出国（境）"), _("保险柜清点")
VIEW, CHANGE = actions_of("travel-documents", TITLE, *KEEPS, readers=SEES)
VIEW_PEOPLE, CHANGE_PEOPLE = actions_of("registered-people", PEOPLE, *KEEPS, readers=SEES)
VIEW_TRIPS, CHANGE_TRIPS = actions_of("trips", TRIPS, *KEEPS, readers=SEES)
VIEW_COUNTS, CHANGE_COUNTS = actions_of("safe-counts", COUNTS, *KEEPS, readers=SEES)
