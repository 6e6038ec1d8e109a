"""``xiaohao serve``: the web server, for one machine without any other program."""

import argparse
from typing import Any


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("serve", help="启动网站")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址（默认 127.0.0.1）")
    parser.add_argument("--port", type=int, default=8000, help="端口（默认 8000）")
    parser.set_defaults(run=run)


def run(parsed: argparse.Namespace) -> int:
    serve(parsed.host, parsed.port)
    return 0


def serve(host: str, port: int) -> None:
    """Serve until interrupted."""
    from granian.constants import Interfaces
    from granian.server import Server

    Server(
        "xiaohao.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        log_enabled=False,
    ).serve()
