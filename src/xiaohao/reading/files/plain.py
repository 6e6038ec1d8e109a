"""Plain text in the encodings Chinese offices use."""

import codecs

from xiaohao.reading.files.document import Document
from xiaohao.reading.problems import Unreadable


def load(data: bytes, name: str) -> Document:
    return Document("txt", name, tidy(decode(data)))


def decode(data: bytes, declared: str = "") -> str:
    """Return the text: by byte order mark, as declared, as UTF-8, else as GB 18030. Raises ``Unreadable``."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    # A page that declares GB 2312 in truth uses the larger GB 18030.
    wanted = "gb18030" if declared.lower() in {"gb2312", "gbk", "gb18030"} else declared
    for encoding in (wanted, "utf-8", "gb18030"):
        try:
            if encoding:
                return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise Unreadable("unknown-kind", "文件的文字编码认不出来。请另存为 UTF-8 编码的文本后再试。")


def tidy(text: str) -> str:
    """Return the text with one kind of line break and no characters that cannot be shown."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").replace("\ufeff", "")
