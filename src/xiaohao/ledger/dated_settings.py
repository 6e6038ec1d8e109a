"""When and how people are reminded. All of it is our own proposal, for the organ to change."""

from django.utils.translation import gettext_lazy as _

from xiaohao.core.dated_settings import LONG_AGO, Shipped, declare

declare("notices.days_before", _("到期前几天提醒（逗号分隔）"), _("天"), Shipped([30, 15, 7, 3, 1], LONG_AGO))
declare("notices.every_days_late", _("逾期后每隔几天提醒"), _("天"), Shipped(3, LONG_AGO))
declare("notices.nag_days", _("没有期限的事项几天没动静就提醒"), _("天"), Shipped(3, LONG_AGO))
declare("notices.head_hears_after", _("逾期几天后同时告诉委室负责人"), _("天"), Shipped(1, LONG_AGO))
declare("notices.leader_hears_after", _("逾期几天后同时告诉责任领导"), _("天"), Shipped(5, LONG_AGO))
declare("notices.rest_days", _("休息日也提醒（1 是，0 否）"), "", Shipped(0, LONG_AGO))
declare("notices.from_hour", _("几点以后才发"), _("点"), Shipped(8, LONG_AGO))
declare("notices.to_hour", _("几点以后不发"), _("点"), Shipped(20, LONG_AGO))
declare("notices.webhook", _("群机器人地址（空为不用）"), "", Shipped("", LONG_AGO))
declare("notices.mail", _("也发邮件（1 是，0 否）"), "", Shipped(0, LONG_AGO))
