"""What the actions of the audit log are called. Every part of the house names its own."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiaohao.core.models import Record

if TYPE_CHECKING:
    from django.db.models import Field

ACTIONS: dict[str, str | Promise] = {
    "organ.created": _("建立单位"),
    "organ.region_set": _("设定单位所在地区"),
    "department.created": _("增加委室"),
    "department.changed": _("修改委室"),
    "person.created": _("增加人员"),
    "person.changed": _("修改人员"),
    "role.given": _("给予角色"),
    "role.taken": _("收回角色"),
    "account.created": _("开通账号"),
    "account.password_set": _("设置密码"),
    "account.enabled": _("启用账号"),
    "account.disabled": _("停用账号"),
    "api_key.made": _("启用接口密钥"),
    "api_key.revoked": _("作废接口密钥"),
    "leading_group_member.created": _("列入领导小组"),
    "leading_group_member.changed": _("修改领导小组成员"),
    "leading_group_member.removed": _("移出领导小组"),
    "evidence.created": _("上传佐证材料"),
    "evidence.replaced": _("更新佐证材料"),
    "evidence.removed": _("移走佐证材料"),
    "setting.changed": _("修改设置"),
    "calendar.day_set": _("设定工作日历"),
    "calendar.day_removed": _("删除工作日历中的一天"),
    "calendar.year_completed": _("录完一年的放假安排"),
    "calendar.year_reopened": _("撤销一年的录完标记"),
}


def name_actions(labels: Mapping[str, str | Promise]) -> None:
    """Declare what further actions are called. Raises ``ValueError`` for one that has a name already."""
    taken = ACTIONS.keys() & labels.keys()
    if taken:
        raise ValueError(sorted(taken))
    ACTIONS.update(labels)


def action_label(action: str) -> str | Promise:
    """Return what an action is called; its key where nobody named it."""
    return ACTIONS.get(action, action)


def field_labels(subject_kind: str) -> dict[str, str]:
    """Return the names of the fields of a kind of record, for the user."""
    return {field.name: str(field.verbose_name) for field in _fields_of(subject_kind)}


def choice_words(subject_kind: str) -> dict[str, dict[str, str]]:
    """Return for each field with choices what its stored values are called."""
    return {
        field.name: {str(key): str(label) for key, label in field.flatchoices}
        for field in _fields_of(subject_kind)
        if field.choices
    }


def _fields_of(subject_kind: str) -> "Sequence[Field[Any, Any]]":
    for model in apps.get_models():
        if issubclass(model, Record) and model.subject_kind == subject_kind:
            return model._meta.concrete_fields
    return ()
