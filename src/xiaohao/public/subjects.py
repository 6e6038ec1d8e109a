"""What may be attached to publications and comments: instructions, decisions; and their names in the log."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xiaohao.core.audit_words import name_actions
from xiaohao.core.subjects import Subject, declare
from xiaohao.public.access import VIEW_COMMENTS, VIEW_PUBLICATIONS, readable
from xiaohao.public.models import Comment, Publication

declare(
    Subject(
        model=Publication,
        address=lambda number: reverse("publication", args=[number]),
        view=VIEW_PUBLICATIONS,
    )
)
declare(
    Subject(
        model=Comment,
        address=lambda number: reverse("comment", args=[number]),
        responsible=lambda comment: [comment.handler] if comment.handler else [],
        view=VIEW_COMMENTS,
        readable=readable,
        related=("handler",),
    )
)
name_actions(
    {
        "publication.opened": _("公开通报"),
        "publication.withdrawn": _("撤回通报"),
        "publication.ended": _("通报公开期满归档"),
        "public_comment.received": _("收到公众意见"),
        "public_comment.answered": _("答复公众意见"),
        "public_comment.answer_corrected": _("修改公众意见的答复"),
        "public_comment.released": _("甄别后受理公众意见"),
        "public_comment.taken_up": _("公众意见转入整改"),
        "public_comment.forgotten": _("删去公众意见中的个人信息"),
        "held_text.received": _("收到集中收到的意见"),
        "held_text.set_aside": _("把集中收到的意见设为无效"),
        "held_text.restored": _("恢复设为无效的意见"),
        "held_text.forgotten": _("删去设为无效的意见的内容"),
        "held_text.senders_forgotten": _("删去再次收到的相同意见的个人信息"),
    }
)
