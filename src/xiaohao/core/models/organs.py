"""Organs, a tree."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganQuerySet(models.QuerySet["Organ"]):
    def below(self, organ: "Organ") -> "OrganQuerySet":
        """Return the organ itself and all organs below it."""
        return self.filter(path__startswith=organ.path)


class Organ(models.Model):
    """A public organ: the tenant. Organs form a tree; a supervisor's organ sees those below it."""

    code = models.SlugField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=120, unique=True)
    short_name = models.CharField(_("简称"), max_length=40, blank=True)
    region = models.CharField(
        _("所在地区"),
        max_length=60,
        blank=True,
        help_text=_("例如：上海市，或湖南省长沙市。有地方规定的设置按它取值。"),
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级单位")
    )
    # "/3/17/": the numbers of all organs above and of this one, so that "below" is one indexed comparison.
    path = models.CharField(max_length=200, unique=True, editable=False)

    objects = OrganQuerySet.as_manager()

    class Meta:
        verbose_name = _("单位")
        ordering: ClassVar = ["path"]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        return self.short_name or self.name
