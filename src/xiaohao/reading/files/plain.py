"""Plain text in the encodings Chinese offices use."""

import codecs

from xiaohao.reading.files.document import Document
from xiaohao.reading.problems import Unreadable

# A page that declares GB 2312 in truth uses the larger GB 18030. Other names are not believed.
DECLARED = {
    **dict.fromkeys(("gb2312", "gb_2312-80", "gbk", "gb18030", "x-gbk"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs"), "big5hkscs"),
}
TOLERATED = 100  # one broken character in so many is a slip and no other encoding
FIRST_CHINESE = "\u0800"  # UTF-8 writes every Chinese character in three bytes or more


def load(data: bytes, name: str) -> Document:
    return Document("txt", name, tidy(decode(data)))


def decode(data: bytes, declared: str = "") -> str:
    """Return the text: by byte order mark, as UTF-8, as declared, else as GB 18030. Raises ``Unreadable``."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    encodings = [DECLARED.get(declared.lower(), "gb18030"), "gb18030"]
    if _is_utf_8(data):
        encodings.insert(0, "utf-8")
    for encoding in (*encodings, "utf-8"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return _decode_with_slips(data)


def _is_utf_8(data: bytes) -> bool:
    """Tell UTF-8 from a few characters of GBK that happen to be valid UTF-8 of another script."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return text.isascii() or max(text) >= FIRST_CHINESE


def _decode_with_slips(data: bytes) -> str:
    tried = [data.decode(encoding, errors="replace") for encoding in ("utf-8", "gb18030")]
    text = min(tried, key=lambda one: one.count("\ufffd"))
    if text.count("\ufffd") * TOLERATED > len(text):
        raise Unreadable("unknown-kind", "文件的文字编码认不出来。请另存为 UTF-8 编码的文本后再试。")
    return text


def tidy(text: str) -> str:
    """Return the text with one kind of line break and no characters that cannot be shown."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").replace("\ufeff", "")
