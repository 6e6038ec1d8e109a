"""``xiaohao check``: run every control for every organ."""

import argparse
from typing import Any

from xiaohao.cli import framework


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("check", help="运行全部检查规则")
    parser.set_defaults(run=run)


def run(_parsed: argparse.Namespace) -> int:
    """Print one line per organ with open hits."""
    framework.start()
    from django.db.models import Count
    from django.utils import timezone

    from xiaohao.core.models import Organ
    from xiaohao.ledger.models import ControlHit
    from xiaohao.ledger.services import controls

    opened = controls.run_all(timezone.localdate())
    hits = ControlHit.objects.filter(state=ControlHit.State.OPEN).order_by()
    counts = dict(hits.values_list("organ").annotate(Count("pk")))
    for organ in Organ.objects.filter(pk__in=counts):
        print(f"{organ.name}：未处理 {counts[organ.pk]} 条")
    print(f"新发现 {opened} 条")
    return 0
