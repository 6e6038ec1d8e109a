"""Limits around meetings; most of them an organ sets in its own rules of procedure."""

from django.utils.translation import gettext_lazy as _

from xiaohao.core.dated_settings import LONG_AGO, Shipped, declare

declare(
    "meetings.large_sum_yuan",
    _("大额资金：须经会议集体决定的金额（0 为没有规定）"),
    _("元"),
    Shipped(0, LONG_AGO, "由各单位在“三重一大”实施办法中规定", "B"),
)
declare("meetings.agenda_days", _("会议材料提前送达的天数"), _("天"), Shipped(1, LONG_AGO))
declare("meetings.minutes_days", _("会后印发纪要的期限"), _("天"), Shipped(7, LONG_AGO))
