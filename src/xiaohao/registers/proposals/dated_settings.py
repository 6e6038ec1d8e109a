"""Limits of the handling of proposals; they differ by place."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from xiaohao.core.dated_settings import LONG_AGO, Shipped, declare

declare(
    "proposals.answer_months",
    _("提案：交办后答复的期限"),
    _("个月"),
    Shipped(3, LONG_AGO, "省级政协提案办理办法第八条（地方规定）", "Q"),
    Shipped(2, dt.date(2007, 1, 1), "上海市提案办理规定（2007年）", "q", region="上海市"),
)
declare(
    "proposals.longest_months",
    _("提案：说明情况后最长的答复期限"),
    _("个月"),
    Shipped(6, LONG_AGO, "省级政协提案办理办法第八条（地方规定）", "Q"),
    Shipped(3, dt.date(2007, 1, 1), "上海市提案办理规定（2007年）", "q", region="上海市"),
)
declare(
    "proposals.return_days",
    _("提案：不属本单位职责时退回的期限"),
    _("天"),
    Shipped(7, LONG_AGO, "全国政协办公厅1997年规定第六条", "Q"),
)
declare(
    "proposals.joint_months",
    _("提案：会办意见反馈的期限"),
    _("个月"),
    Shipped(1, LONG_AGO, "地方提案办理通知", "Q"),
)
declare("proposals.rehandle_months", _("提案：不满意后重新办理的期限"), _("个月"), Shipped(1, LONG_AGO))
declare(
    "proposals.classes",
    _("提案：答复类别，用逗号隔开（第一类为已解决）"),
    "",
    Shipped("A,B,C,D", LONG_AGO, "各地分类不同：A已解决，B正在解决，C以后解决，D留作参考", "Q"),
)
declare("proposals.supervise_days", _("提案：重点提案督办的间隔"), _("天"), Shipped(60, LONG_AGO))
