"""Periods and limits of disclosure. What carries no source is our own proposal."""

from django.utils.translation import gettext_lazy as _

from xiaohao.core.dated_settings import LONG_AGO, Shipped, declare

declare("disclosure.open_days", _("通报公开多少天（首尾都算）"), _("天"), Shipped(31, LONG_AGO))
declare("comments.answer_days", _("公众意见多少天内答复"), _("天"), Shipped(15, LONG_AGO))
declare(
    "comments.per_hour_and_source",
    _("同一来源一小时几条意见以内直接受理，超过的先甄别"),
    _("条"),
    Shipped(5, LONG_AGO),
)
declare(
    "comments.per_hour", _("本单位一小时几条意见以内直接受理，超过的先甄别"), _("条"), Shipped(60, LONG_AGO)
)
declare("comments.sift_days", _("大量涌入的意见多少天内甄别"), _("天"), Shipped(3, LONG_AGO))
declare("comments.most_megabytes", _("意见附件最大"), "MB", Shipped(5, LONG_AGO))
declare("comments.storage_megabytes", _("意见附件总共最多占用"), "MB", Shipped(2000, LONG_AGO))
declare("comments.text_megabytes", _("意见文字总共最多占用"), "MB", Shipped(200, LONG_AGO))
declare(
    "comments.held_share",
    _("大量涌入的意见，同一来源一天最多占剩余空间的千分之几"),
    "‰",
    Shipped(1, LONG_AGO),
)
declare(
    "comments.personal_days",
    _("答复多少天以后删去意见的称呼、联系方式和附件"),
    _("天"),
    Shipped(180, LONG_AGO),
)
