"""Deadlines, limits and rhythms of the rectification. What carries no source is our own proposal."""

from django.utils.translation import gettext_lazy as _

from xiaohao.core.dated_settings import LONG_AGO, Shipped, declare

declare("progress.rhythm_days", _("责任人报告进展的间隔"), _("天"), Shipped(7, LONG_AGO))
declare("progress.stalled_reports", _("连续几次无进展要提示"), _("次"), Shipped(3, LONG_AGO))
declare("summary.rhythm_days", _("小结的周期（7 周，15 半月，30 月）"), _("天"), Shipped(7, LONG_AGO))
declare("extension.most_times", _("一项措施最多延期几次"), _("次"), Shipped(2, LONG_AGO))
declare("extension.most_days", _("一次最多延期多少天"), _("天"), Shipped(90, LONG_AGO))
declare("closing.supervisor_confirms", _("问题销号须经上级确认（1 是，0 否）"), "", Shipped(0, LONG_AGO))
declare("follow_up.default_days", _("长期坚持的措施多久跟踪一次"), _("天"), Shipped(90, LONG_AGO))
declare("look_back.after_days", _("销号多久以后应当回头看"), _("天"), Shipped(180, LONG_AGO))
declare("orders.behind_percent", _("进度落后时间多少算滞后（发黄色督办）"), "%", Shipped(30, LONG_AGO))
declare("orders.letter_from", _("第几次黄色督办改发督办函"), _("次"), Shipped(2, LONG_AGO))
declare("orders.again_days", _("两次黄色督办至少相隔"), _("天"), Shipped(14, LONG_AGO))
