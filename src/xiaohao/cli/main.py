"""The ``xiaohao`` command. Django is loaded only by the subcommands that need a database."""

import argparse
import sys
from importlib import import_module

# Each module offers ``add_parser(subparsers)`` and sets ``run`` on its parser.
COMMANDS = (
    "read",
    "importing",
    "audit",
    "archive",
    "notice",
    "check",
    "remind",
    "setup",
    "demo",
    "serve",
    "manage",
)


def main(arguments: list[str] | None = None) -> int:
    """Run a subcommand and return the exit code."""
    parser = argparse.ArgumentParser(
        prog="xiaohao", description="销号：把反馈问题改到位、凭证据销号、长期管住"
    )
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="命令")
    for name in COMMANDS:
        import_module(f"xiaohao.cli.{name}").add_parser(subparsers)
    parsed = parser.parse_args(arguments)
    return int(parsed.run(parsed))


if __name__ == "__main__":
    sys.exit(main())
