"""Who may do what with what is public."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from xiaohao.core.access import READERS, declare
from xiaohao.core.models import Account, Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from xiaohao.public.models import Comment

READ = declare("public.read", _("看公开的通报、提意见、凭回执查答复"), everyone=True)
VIEW_PUBLICATIONS = declare("public.publications.view", _("查看公开记录"), *READERS)
PUBLISH = declare("public.publish", _("公开已签发的通报，提前撤回"), Role.CLERK)
VIEW_COMMENTS = declare(
    "public.comments.view",
    _("查看公众意见"),
    Role.CLERK,
    Role.LEADER,
    Role.HEAD,
    Role.DISCIPLINE_REVIEWER,
)
ANSWER_COMMENTS = declare("public.comments.answer", _("答复公众意见"), Role.CLERK)
SIFT_COMMENTS = declare("public.comments.sift", _("甄别集中收到的公众意见"), Role.CLERK)
TAKE_UP = declare("public.comments.take_up", _("把公众意见转为问题或措施"), Role.CLERK)


def readable(account: Account, rows: "QuerySet[Comment]") -> "QuerySet[Comment]":
    """Return the comments an account may read: who wrote trusted this organ and none above it."""
    return rows.filter(organ=account.organ)
