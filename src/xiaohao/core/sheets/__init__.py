"""Tables for Excel as offices hang and fill them in: one look, written while the rows are read.

``write_sheets`` makes the file of what ``Sheet`` and ``Column`` declare; memory does not grow with the rows.
"""

from xiaohao.core.sheets.declared import Block, Column, Sheet
from xiaohao.core.sheets.texts import cell_text, same_in_cell
from xiaohao.core.sheets.writing import write_sheets

__all__ = ["Block", "Column", "Sheet", "cell_text", "same_in_cell", "write_sheets"]
