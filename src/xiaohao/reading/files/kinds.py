"""What kind a file is, by its first bytes and the members of its archive."""

import re

from xiaohao.reading.files.limits import open_archive
from xiaohao.reading.problems import Unreadable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names in an OLE directory are UTF-16.
ENCRYPTED, WORD, WORKBOOK, BOOK = (
    name.encode("utf-16-le") for name in ("EncryptedPackage", "WordDocument", "Workbook", "Book")
)
MACROS = tuple(name.encode("utf-16-le") for name in ("_VBA_PROJECT", "VBA_PROJECT_CUR"))
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
# RTF, and the XML in which Word and Excel 2003 saved: text by their bytes, but not to be read as text.
MARKED_UP = (b"{\\rtf", b"<?xml")
HTML = re.compile(rb"<\s*(!doctype\s+html|html|head|body|table|div|p)\b", re.IGNORECASE)


def kind_of(data: bytes, name: str) -> str:
    """Return txt, html, docx, xlsx, xls, pdf or doc. Raises ``Unreadable`` for anything else."""
    if data.startswith(b"PK"):
        return _kind_of_archive(data)
    if data.startswith(OLE):
        return _kind_of_ole(data)
    if data[:1024].lstrip().startswith(b"%PDF"):
        return "pdf"
    if data.startswith(PICTURES):
        raise Unreadable(
            "unknown-kind", "“%(name)s”是一张图片，读不出文字。请用 Word、Excel 或文本文件。", name=name
        )
    if _is_html(data):
        return "html"
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(MARKED_UP):
        raise Unreadable("unknown-kind", "认不出这是什么文件。请另存为 docx 或 xlsx 后再试。")
    if _is_text(data):
        return "txt"
    raise Unreadable(
        "unknown-kind",
        "认不出“%(name)s”是什么文件。可以导入 Word、Excel、PDF、网页和文本文件。",
        name=name,
    )


def _kind_of_archive(data: bytes) -> str:
    with open_archive(data) as archive:
        members = set(archive.namelist())
    if any(member.lower().endswith("vbaproject.bin") for member in members):
        raise Unreadable("macro", "文件里有宏，为安全起见没有读取。请另存为不带宏的文件后再试。")
    if any(re.fullmatch(r"word/document\d*\.xml", member) for member in members):
        return "docx"
    if "xl/workbook.xml" in members:
        return "xlsx"
    if "OFD.xml" in members:
        raise Unreadable("unknown-kind", "OFD 版式文件暂不能读取。请导入 Word 或 PDF 文件。")
    raise Unreadable("unknown-kind", "这是一个压缩包，不是文书。请解压后导入里面的 Word 或 Excel 文件。")


def _kind_of_ole(data: bytes) -> str:
    if ENCRYPTED in data:
        raise Unreadable("encrypted", "文件有密码保护。请用原来的软件去掉密码后再试。")
    if any(macro in data for macro in MACROS):
        raise Unreadable("macro", "文件里有宏，为安全起见没有读取。请另存为不带宏的文件后再试。")
    if WORD in data:
        return "doc"
    if WORKBOOK in data or BOOK in data:
        return "xls"
    raise Unreadable("unknown-kind", "认不出这是什么文件。请另存为 docx 或 xlsx 后再试。")


def _is_html(data: bytes) -> bool:
    start = data[:4096].replace(b"\x00", b"")
    return start.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<") and bool(HTML.search(start))


def _is_text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    sample = data[:65536]
    odd = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    return odd <= len(sample) // 200 and b"\x00" not in sample
