"""PDF files that hold text (not scans)."""

import re

import pypdfium2

from xiaohao.reading.files.document import Document
from xiaohao.reading.problems import Unreadable

MAXIMUM_PAGES = 1000
STARTS = re.compile(r"^\s*([一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、])")
PAGE_NUMBER = re.compile(r"^\s*[-—–]*\s*\d{1,4}\s*[-—–]*\s*$")


def load(data: bytes, name: str) -> Document:
    """Return the text with its lines joined to paragraphs. Raises ``Unreadable``."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable("encrypted", "文件有密码保护。请去掉密码后再试。") from error
        raise Unreadable("damaged", "PDF 文件已损坏，打不开。") from error
    try:
        if len(document) > MAXIMUM_PAGES:
            raise Unreadable(
                "too-large", "PDF 超过 %(limit)s 页，没有读取。请拆分后再试。", limit=MAXIMUM_PAGES
            )
        try:
            lines = [line for page in document for line in page.get_textpage().get_text_range().splitlines()]
        except pypdfium2.PdfiumError as error:
            raise Unreadable("damaged", "PDF 文件已损坏，打不开。") from error
    finally:
        document.close()
    if not any(line.strip() for line in lines):
        raise Unreadable(
            "no-text", "这份 PDF 里只有图片，没有文字（可能是扫描件）。请导入 Word 或可复制文字的 PDF。"
        )
    return Document("pdf", name, "\n".join(paragraphs(lines)))


def paragraphs(lines: list[str]) -> list[str]:
    """Join lines that were broken only by the width of the paper; leave out page numbers."""
    kept = [
        line.replace("\ufffe", "").rstrip() for line in lines if line.strip() and not PAGE_NUMBER.match(line)
    ]
    width = max((len(line) for line in kept), default=0)
    joined: list[str] = []
    previous_full = False
    for line in kept:
        begins_anew = STARTS.match(line) or line.startswith(("\u3000", "  "))
        if joined and previous_full and not begins_anew:
            joined[-1] += line.strip()
        else:
            joined.append(line.strip())
        previous_full = len(line) >= width - 3
    return joined
