"""Changing a dated setting of an organ."""

import datetime as dt
from typing import Any

from django.db import transaction

from xiaohao.core import dated_settings
from xiaohao.core.models import Account, SettingValue
from xiaohao.core.services import audit


@transaction.atomic
def set_value(*, key: str, value: Any, valid_from: dt.date, source: str, by: Account) -> SettingValue:
    """Set the organ's value from a day on; what held before that day stays. Raises ``KeyError``."""
    declared = dated_settings.SETTINGS[key]
    organ = by.organ
    before = dated_settings.value(organ, key, valid_from)
    stored, _new = SettingValue.objects.update_or_create(
        organ=organ, key=key, valid_from=valid_from, defaults={"value": value, "source": source}
    )
    changes = {key: [before, value]}
    label = f"{declared.label} {valid_from}"
    audit.write(organ, [audit.Event("setting.changed", "setting", stored.pk, label, changes, source)], by=by)
    return stored
