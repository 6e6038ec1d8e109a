"""``xiaohao notice digest FILE``: the sum of a text, to be compared with the one a notice prints."""

import argparse
import sys
from pathlib import Path
from typing import Any


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("notice", help="核对转载的通报")
    commands = parser.add_subparsers(dest="what", required=True, metavar="命令")
    digest = commands.add_parser("digest", help="算出一份文字的摘要（SM3），与通报页脚印的比较")
    digest.add_argument("file", metavar="文件", help="文本、网页、Word 或 PDF 文件，标题和正文")
    digest.set_defaults(run=run)


def run(parsed: argparse.Namespace) -> int:
    """Print the sum; 1 with the reason on standard error when the file cannot be read."""
    from xiaohao.lib.notice_text import digest
    from xiaohao.reading import Unreadable
    from xiaohao.reading.files import load

    path = Path(parsed.file)
    try:
        text = load(path.read_bytes(), path.name).text
    except OSError as error:
        print(f"打不开文件“{parsed.file}”：{error.strerror}", file=sys.stderr)
        return 1
    except Unreadable as error:
        print(error, file=sys.stderr)
        return 1
    print(digest(text))
    return 0
