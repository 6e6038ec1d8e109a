from xiaohao.core.models.accounts import Account, ApiKey
from xiaohao.core.models.audit import AppendOnlyError, AuditEntry, AuditHead
from xiaohao.core.models.evidence import Evidence, StoredFile
from xiaohao.core.models.organs import Organ
from xiaohao.core.models.people import (
    ADMINISTRATORS,
    Department,
    LeadingGroupMember,
    Person,
    Post,
    Role,
    RoleHolding,
)
from xiaohao.core.models.records import Record, RecordQuerySet
from xiaohao.core.models.settings import CalendarDay, CalendarYear, SettingValue

__all__ = [
    "ADMINISTRATORS",
    "Account",
    "ApiKey",
    "AppendOnlyError",
    "AuditEntry",
    "AuditHead",
    "CalendarDay",
    "CalendarYear",
    "Department",
    "Evidence",
    "LeadingGroupMember",
    "Organ",
    "Person",
    "Post",
    "Record",
    "RecordQuerySet",
    "Role",
    "RoleHolding",
    "SettingValue",
    "StoredFile",
]
