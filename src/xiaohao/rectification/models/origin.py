"""Where a finding or a measure came from that no inspection named."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FromElsewhere(models.Model):
    """Its origin in words, and the record behind it where there is one, by kind and number.

    The words hold nothing personal: everybody who sees the ledger reads them.
    """

    origin = models.CharField(_("来源"), max_length=200, blank=True)
    origin_kind = models.CharField(max_length=40, blank=True, editable=False)
    origin_number = models.BigIntegerField(null=True, editable=False)

    class Meta:
        abstract = True
