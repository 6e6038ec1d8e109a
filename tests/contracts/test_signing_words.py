"""One word for each act of signing: 提交审批 and 签批 for a matter, 送签 and 签发 for a document."""

import re
from pathlib import Path

import xiaohao

SOURCE = Path(xiaohao.__file__).parent
OTHERS = re.compile("审签|(?<!通)报批|(?<!移)送审|呈签|呈批")  # not 通报批评, not 移送审查
INVENTED = SOURCE / "rectification" / "demo"  # what an organ wrote in its own words


def test_no_page_has_another_word_for_them() -> None:
    files = [file for kind in ("*.py", "*.html", "*.liquid") for file in SOURCE.rglob(kind)]
    told = {file: file.read_text(encoding="utf-8") for file in files if INVENTED not in file.parents}
    assert len(told) > 400
    assert [(file.name, found[0]) for file, text in told.items() for found in OTHERS.finditer(text)] == []
