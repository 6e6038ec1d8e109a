"""``xiaohao archive verify FILE``: check an archive; needs neither database nor set-up."""

import argparse
from pathlib import Path
from typing import Any

from xiaohao.lib.file_archive import NotAnArchive, verify


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("archive", help="归档文件")
    actions = parser.add_subparsers(dest="action", required=True, metavar="动作")
    checking = actions.add_parser("verify", help="核验归档文件：每个文件的摘要和审计日志的链")
    checking.add_argument("file", type=Path, help="归档的 zip 文件")
    checking.set_defaults(run=run)


def run(parsed: argparse.Namespace) -> int:
    """Print what is wrong, a line each; return 1 when anything is."""
    try:
        digest, wrong = verify(parsed.file)
    except NotAnArchive:
        print(f"{parsed.file}：打不开，不是归档文件。")
        return 1
    for sentence in wrong:
        print(sentence)
    print(f"{parsed.file.name}：{'有问题' if wrong else '完好'}，清单摘要（SM3）{digest or '—'}")
    return int(bool(wrong))
