"""The columns of a ledger and the words offices put above them."""

import re
from collections.abc import Mapping, Sequence

from xiaohao.reading.files.document import Row

# ruff: noqa: E501 - a table is read by lines
# Field, the header we write ourselves, other headers met.
COLUMNS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("number", "序号", ("编号", "问题序号", "问题编号")),
    ("area", "方面", ("类别", "问题类别", "问题类型", "所属方面", "板块", "分类")),
    (
        "finding",
        "反馈问题",
        ("问题", "存在问题", "问题清单", "问题描述", "巡察反馈问题", "巡视反馈问题", "反馈的问题", "主要问题"),
    ),
    ("detail", "具体表现", ("问题具体表现", "具体问题", "主要表现", "表现")),
    ("goal", "整改目标", ("目标", "目标要求", "预期目标")),
    # Ours, for a ledger that comes back: which measure a row is, and how it is due.
    ("code", "措施编号", ()),
    ("measure", "整改措施", ("措施", "整改任务", "任务", "任务清单", "具体措施", "整改举措")),
    ("accountable_leader", "责任领导", ("分管领导", "牵头领导", "包抓领导")),
    (
        "lead_department",
        "牵头单位",
        ("牵头部门", "牵头科室", "牵头委室", "主办单位", "牵头(责任)单位", "牵头/责任单位"),
    ),
    ("owner", "责任人", ("具体责任人", "直接责任人", "经办人", "承办人", "联系人")),
    ("supporting_departments", "配合单位", ("配合部门", "配合科室", "协助单位", "协办单位", "参与单位")),
    ("kind", "整改类型", ("时限类型",)),
    ("deadline", "整改时限", ("完成时限", "时限", "整改期限", "完成时间", "期限", "办结时限", "时间节点")),
    ("progress", "进展情况", ("整改进展", "整改情况", "进展", "工作进展", "整改落实情况", "整改进展情况")),
    ("status", "完成情况", ("整改状态", "状态", "是否完成", "完成状态", "销号情况", "整改结果")),
    ("evidence", "佐证材料", ("佐证", "印证材料", "证明材料", "支撑材料")),
    ("remark", "备注", ("说明",)),
    # Where both stand, the lead department leads and those responsible beside it support.
    ("responsible_departments", "责任单位", ("责任部门", "责任科室", "责任委室", "责任股室", "整改责任单位")),
    ("organ", "单位", ("被巡察单位", "单位名称", "被巡察党组织", "整改单位")),
)  # fmt: skip
LEDGER_COLUMNS: tuple[tuple[str, str], ...] = tuple((field, header) for field, header, _other in COLUMNS[:-3])
_NAMES = {name: field for field, header, others in COLUMNS for name in (header, *others)}
_NOISE = re.compile(r"[\s*＊:：（(].*$|[\s*＊:：]")
ESSENTIAL = ("finding", "measure")


def field_of(header: str) -> str | None:
    """Return the field a header names, or None."""
    folded = re.sub(r"\s", "", header).replace("（", "(").replace("）", ")")
    return _NAMES.get(folded) or _NAMES.get(_NOISE.sub("", folded))


def mapping_of(rows: Sequence[Row]) -> dict[str, int]:
    """Return field → column index for one header of one or two rows (the lower row is more exact)."""
    found: dict[str, int] = {}
    for row in reversed(rows):
        taken = set(found.values())
        for index, cell in enumerate(row.cells):
            field = field_of(cell.text)
            if field and field not in found and index not in taken:
                found[field] = index
    return found


def is_header(mapping: Mapping[str, int]) -> bool:
    """Tell whether a row names enough columns to be the header of a ledger."""
    return len(mapping) >= 3 and ("finding" in mapping or "measure" in mapping)
