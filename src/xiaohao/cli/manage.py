"""``xiaohao manage …``: Django's own commands, for operators and developers."""

import argparse
from typing import Any

from xiaohao.cli import framework


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("manage", help="运行 Django 管理命令", add_help=False)
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    parser.set_defaults(run=run)


def run(parsed: argparse.Namespace) -> int:
    framework.start()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["xiaohao manage", *parsed.arguments])
    return 0
