"""``xiaohao demo``: an invented organ, ready in the browser."""

import argparse
import os
from typing import Any

from xiaohao.cli import framework
from xiaohao.cli.serve import serve


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("demo", help="装入演示单位并启动网站")
    parser.add_argument("--port", type=int, default=8000, help="端口（默认 8000）")
    parser.add_argument("--no-serve", action="store_true", help="只装入数据，不启动网站")
    parser.set_defaults(run=run)


def run(parsed: argparse.Namespace) -> int:
    """Migrate, load the demo once, tell the accounts, serve."""
    os.environ.setdefault("XIAOHAO_HOME", os.path.join("data", "demo"))
    framework.start()
    from django.core.management import call_command
    from django.db import transaction
    from django.utils import timezone

    from xiaohao.public import demo as notice
    from xiaohao.rectification import demo
    from xiaohao.registers import demo_year

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        organ = demo.load()
        if organ is not None:
            demo_year.load(organ)
            notice.load(organ, timezone.localdate())
    print(f"\n销号演示：http://127.0.0.1:{parsed.port}\n")
    print(f"以下账号的密码都是 {demo.password()}")
    for username, name, post in demo.accounts():
        print(f"  {username:<12}{name}（{post}）")
    print("\n按 Ctrl+C 停止。", flush=True)
    if not parsed.no_serve:
        serve("127.0.0.1", parsed.port)
    return 0
