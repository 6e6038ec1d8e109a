"""The register of delegations: each person hands over his own signature."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from xiaohao.core.models import Account
from xiaohao.ledger.access import DELEGATE, VIEW_DELEGATIONS
from xiaohao.ledger.forms import DelegationForm
from xiaohao.ledger.models import Delegation
from xiaohao.ledger.register import Register, create_plainly, declare


def create_own(record: Any, values: Mapping[str, Any], by: Account) -> Any:
    """Delegate one's own signature, nobody else's."""
    return create_plainly(record, {**values, "person": by.person}, by)


DELEGATIONS = declare(
    Register(
        key="delegations",
        example={
            "person": "沈秋",
            "deputy": "罗远",
            "starts_on": "2026-03-05",
            "ends_on": "2026-03-09",
            "reason": "出差",
        },
        on_shelf=False,
        model=Delegation,
        title=_("委托代签"),
        add_label=_("委托他人代签"),
        empty=_("没有委托。出差、休假时，可以委托别人代为签批。"),
        form=DelegationForm,
        columns=("person", "deputy", "starts_on", "ends_on", "reason"),
        facts=("person", "deputy", "starts_on", "ends_on", "reason"),
        view=VIEW_DELEGATIONS,
        change=DELEGATE,
        position=95,
        related=("person", "deputy"),
        create=create_own,
        may_change=lambda account, record: record.person_id == account.person_id,
    )
)
