"""Who may do what with documents."""

from django.utils.translation import gettext_lazy as _

from xiaohao.core.access import READERS, declare
from xiaohao.core.models import Role

VIEW_DOCUMENTS = declare("writing.documents.view", _("查看、下载文稿"), *READERS)
VIEW_DRAFTS = declare(
    "writing.drafts.view",
    _("查看还没有签发的文稿"),
    Role.CLERK,
    Role.LEADER,
    Role.HEAD,
    Role.DISCIPLINE_REVIEWER,
)
CHANGE_DOCUMENTS = declare("writing.documents.change", _("起草、修改、送签文稿"), Role.CLERK)
MAKE_ARCHIVE = declare("writing.archive", _("生成归档文件"), Role.CLERK, Role.HEAD)
CHANGE_TEMPLATES = declare("writing.templates.change", _("修改文稿模板"), Role.CLERK)
