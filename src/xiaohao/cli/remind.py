"""``xiaohao remind``: mark what is late, issue orders, write down and send the reminders. For a timer."""

import argparse
from typing import Any

from xiaohao.cli import framework


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("remind", help="标记逾期、发督办单、提醒到期事项（由定时任务每小时运行）")
    parser.set_defaults(run=run)


def run(_parsed: argparse.Namespace) -> int:
    """Run once; it may run again at any time and on several machines. Return 1 when something was refused."""
    framework.start()
    from django.utils import timezone

    from xiaohao.core.models import Organ
    from xiaohao.ledger.services import controls, reminders
    from xiaohao.public.services import intake, publications, retention
    from xiaohao.rectification.services import orders

    now = timezone.now()
    today = timezone.localdate(now)
    controls.run_all(today)
    publications.archive_ended(today)
    intake.write_down_all(now)
    retention.forget_all(today)
    issued = sum(orders.issue(organ, today) for organ in Organ.objects.order_by("pk"))
    written = reminders.remind_all(now)
    sent, refused = reminders.deliver(now)
    print(f"督办单 {issued} 份，提醒 {written} 条，发送 {sent} 条，失败 {refused} 条")
    return int(refused > 0)
