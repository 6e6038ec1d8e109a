"""``xiaohao audit verify``: check that nobody changed the log."""

import argparse
from typing import Any

from xiaohao.cli import framework

WHY = {"missing": "缺少这一条", "changed": "内容被改动", "cut off": "链尾被截断"}


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("audit", help="审计日志")
    actions = parser.add_subparsers(dest="action", required=True, metavar="动作")
    actions.add_parser("verify", help="核验日志链，指出第一条被改动的记录").set_defaults(run=verify)


def verify(_parsed: argparse.Namespace) -> int:
    """Print one line per organ; return 1 when a chain is broken."""
    framework.start()
    from xiaohao.core.models import AuditHead, Organ
    from xiaohao.core.services import audit

    names = dict(Organ.objects.values_list("pk", "name"))
    breaks = {broken.organ_number: broken for broken in audit.verify()}
    heads = {head.organ_number: head for head in AuditHead.objects.all()}
    for number in sorted(heads.keys() | breaks.keys()):
        name = names.get(number, f"单位{number}")
        broken = breaks.get(number)
        if broken:
            print(f"{name}：第 {broken.sequence} 条起不可信（{WHY[broken.why]}）")
        else:
            print(f"{name}：完好，共 {heads[number].sequence} 条，链尾 {heads[number].hash}")
    return int(bool(breaks))
