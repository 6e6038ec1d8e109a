"""What the actions of this layer are called in the log."""

from django.utils.translation import gettext_lazy as _

from xiaohao.core.audit_words import name_actions

name_actions(
    {
        "decision.asked": _("提出申请"),
        "decision.signed": _("签批同意"),
        "decision.approved": _("最后签批同意"),
        "decision.refused": _("签批不同意"),
        "decision.returned": _("签批退回"),
        "decision.resubmitted": _("重新提交申请"),
        "decision.withdrawn": _("撤回申请"),
        "instruction.created": _("批示督办"),
        "instruction.answered": _("回复批示督办"),
        "instruction.settled": _("办结批示督办"),
        "calendar_feed.made": _("启用任务日历"),
        "calendar_feed.revoked": _("作废任务日历"),
        "control_hit.created": _("检查发现问题"),
        "control_hit.reopened": _("检查再次发现问题"),
        "control_hit.closed": _("检查发现的问题已消除"),
        "control_hit.explained": _("说明检查发现"),
        "proof.created": _("挂上检查规则作凭据"),
        "proof.removed": _("取下检查规则"),
        "delegation.created": _("委托代签"),
        "delegation.changed": _("修改委托"),
        "register_import.read": _("读取待导入的表格"),
        "register_import.mapped": _("说明表格各列的内容"),
        "register_import.confirmed": _("确认导入台账"),
        "register_import.discarded": _("放弃导入台账"),
        "column_names.created": _("记住列名的对应"),
        "column_names.changed": _("修改列名的对应"),
    }
)
