"""The empty ledger to download and fill in."""

from typing import IO

import xlsxwriter

from xiaohao.reading.tables.columns import LEDGER_COLUMNS

STATUSES = ["未启动", "整改中", "阶段性完成", "已完成", "已销号", "长期坚持"]
WIDTHS = {"number": 6, "finding": 30, "detail": 36, "measure": 40, "goal": 24, "progress": 30}
EXAMPLE = {
    "number": "1",
    "area": "资金和财务管理方面",
    "finding": "公务卡结算不规范（示例，请删去本行）",
    "detail": "部分强制结算目录内的支出用现金报销。",
    "goal": "目录内支出全部用公务卡结算",
    "measure": "公布强制结算目录，现金报销须附说明",
    "accountable_leader": "张三",
    "lead_department": "财务室",
    "owner": "李四",
    "supporting_departments": "办公室、机关党支部",
    "deadline": "2026-06-30",
    "progress": "目录已公布",
    "status": "整改中",
    "evidence": "目录文本、通知",
}
NOTES = (
    "一行写一条措施；同一问题有几条措施时，问题写在第一行，下面各行留空或合并单元格。",
    "整改时限写日期，如 2026-06-30；也可以写“立行立改”或“长期坚持”。",
    "序号不要重复。列的先后可以调整，表头的名称请不要改动。",
)


def write_template(stream: IO[bytes]) -> None:
    """Write the template as xlsx."""
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("整改台账")
    header = book.add_format(
        {"bold": True, "border": 1, "text_wrap": True, "bg_color": "#EFE3D0", "valign": "vcenter"}
    )
    body = book.add_format({"border": 1, "text_wrap": True, "valign": "top", "num_format": "@"})
    for column, (name, label) in enumerate(LEDGER_COLUMNS):
        sheet.set_column(column, column, WIDTHS.get(name, 13), None)
        sheet.write_string(0, column, label, header)
        sheet.write_string(1, column, EXAMPLE.get(name, ""), body)
        if name == "status":
            sheet.data_validation(1, column, 5000, column, {"validate": "list", "source": STATUSES})
    sheet.freeze_panes(1, 3)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.repeat_rows(0)
    notes = book.add_worksheet("填写说明")
    notes.set_column(0, 0, 90)
    for row, text in enumerate(NOTES):
        notes.write_string(row, 0, f"{row + 1}. {text}")
    book.close()
