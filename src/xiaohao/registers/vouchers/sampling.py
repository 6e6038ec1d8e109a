"""Drawing a sample anybody can draw again: from the seed, the period and the size."""

import secrets
from collections.abc import Mapping
from hashlib import sha256
from heapq import nsmallest
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from xiaohao.core.models import Account
from xiaohao.core.services import records
from xiaohao.ledger.register import create_plainly
from xiaohao.registers.vouchers.models import CheckSheet, SampledLine, VoucherLine

MOST = 1000  # lines of a sample


def draw(sheet: CheckSheet) -> list[int]:
    """Return the numbers of the lines the sheet's seed draws.

    Every line gets its place from the digest of seed and key; the first ones are taken. Adding lines of other
    days changes nothing, and memory does not grow with the ledger.
    """
    lines = VoucherLine.objects.filter(
        organ=sheet.organ, booked_on__gte=sheet.first_day, booked_on__lte=sheet.last_day
    )
    pairs = lines.order_by().values_list("key", "pk").iterator(chunk_size=5000)
    places = ((sha256(f"{sheet.seed} {key}".encode()).digest(), number) for key, number in pairs)
    return [number for _place, number in nsmallest(sheet.size, places)]


def create_sheet(sheet: CheckSheet, values: Mapping[str, Any], by: Account) -> Any:
    """Make a sheet and draw its sample. Raises ``ValidationError`` where there is nothing to draw from."""
    if not 1 <= values["size"] <= MOST:
        raise ValidationError({"size": _("抽查笔数是 1 到 %(most)s。") % {"most": MOST}})
    sheet.seed = secrets.token_hex(8)
    made: Any = create_plainly(sheet, values, by)
    numbers = draw(made)
    if not numbers:
        raise ValidationError(_("这段时间没有凭证可以抽查。"))
    rows = [SampledLine(organ=made.organ, sheet=made, line_id=number) for number in sorted(numbers)]
    records.create_many(SampledLine, rows, by=by, action="sampled_line.created", note=str(made))
    return made
