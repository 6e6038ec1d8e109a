"""Values an organ sets for itself, with dates; the shipped values stand in ``core.dated_settings``."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiaohao.core.models.organs import Organ


class SettingValue(models.Model):
    """One organ's value of a dated setting from a day on."""

    organ = models.ForeignKey(Organ, models.CASCADE, related_name="settings")
    key = models.CharField(max_length=60)
    value = models.JSONField(_("取值"))
    valid_from = models.DateField(_("生效日期"))
    source = models.CharField(_("依据"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("设置")
        ordering: ClassVar = ["organ", "key", "valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organ", "key", "valid_from"], name="setting_once_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.valid_from}"


class CalendarDay(models.Model):
    """A day the State Council's notice makes a working day or a rest day; wins over the library's table."""

    day = models.DateField(_("日期"), primary_key=True)
    working = models.BooleanField(_("上班"))
    name = models.CharField(_("节日"), max_length=40, blank=True)
    source = models.CharField(_("依据"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("工作日历")
        ordering: ClassVar = ["day"]

    def __str__(self) -> str:
        return str(self.day)


class CalendarYear(models.Model):
    """A year whose notice has been entered in full: its other days follow the week."""

    year = models.PositiveSmallIntegerField(_("年份"), primary_key=True)
    source = models.CharField(_("依据"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("日历年份")
        ordering: ClassVar = ["year"]

    def __str__(self) -> str:
        return str(self.year)
