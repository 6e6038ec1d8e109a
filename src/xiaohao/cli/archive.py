"""``xiaohao archive verify FILE``: check an archive; needs neither database nor set-up."""

import argparse
from pathlib import Path
from typing import Any

from xiaohao.lib.archive_check import NotAnArchive, end_of_log, shown, verify


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("archive", help="归档文件")
    actions = parser.add_subparsers(dest="action", required=True, metavar="动作")
    checking = actions.add_parser("verify", help="核验归档文件：每个文件的摘要和审计日志的链")
    checking.add_argument("file", type=Path, help="归档的 zip 文件")
    checking.add_argument("--log", action="store_true", help="还与本机数据库里的审计日志核对")
    checking.set_defaults(run=run)


def run(parsed: argparse.Namespace) -> int:
    """Print what is wrong, a line each; return 1 when anything is."""
    name = shown(str(parsed.file))
    try:
        digest, wrong = verify(parsed.file)
    except FileNotFoundError:
        return _refuse(f"{name}：没有这个文件。")
    except OSError:
        return _refuse(f"{name}：文件读不出来。请看它是不是文件夹，有没有读取的权限。")
    except NotAnArchive:
        return _refuse(f"{name}：打不开，不是归档文件，或者已经损坏。")
    if parsed.log and not wrong:
        wrong = _against_log(parsed.file, digest)
    for sentence in wrong:
        print(sentence)
    print(f"{shown(parsed.file.name)}：{'有问题' if wrong else '完好'}，校验清单摘要（SM3）{digest or '—'}")
    return int(bool(wrong))


def _refuse(sentence: str) -> int:
    print(sentence)
    return 1


def _against_log(path: Path, digest: str) -> list[str]:
    """Return where the archive differs from the log of this installation."""
    from xiaohao.cli import framework

    framework.start()
    from xiaohao.core.models import AuditEntry

    wrong = []
    made = AuditEntry.objects.filter(action="inspection.archived", changes__manifest__1=f"sm3:{digest}")
    if not made.exists():
        wrong.append("本机的审计日志里没有生成过这份归档文件。")
    if not AuditEntry.objects.filter(hash=end_of_log(path)).exists():
        wrong.append("归档文件里的审计日志与本机的不是同一条链。")
    return wrong
