"""``xiaohao setup``: a new installation with its first organ and account."""

import argparse
import getpass
from typing import Any

from xiaohao.cli import framework


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("setup", help="建立数据库、第一个单位和整改办账号")
    parser.add_argument("--organ", required=True, help="单位代码，如 qingxi")
    parser.add_argument("--name", required=True, help="单位全称")
    parser.add_argument("--username", required=True, help="用户名")
    parser.add_argument("--person", required=True, help="使用人姓名")
    parser.set_defaults(run=run)


def run(parsed: argparse.Namespace) -> int:
    """Migrate and create organ, person, role and account; the password is asked for."""
    framework.start()
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.core.management import call_command
    from django.db import transaction

    from xiaohao.core.models import Role
    from xiaohao.core.services import organs

    call_command("migrate", verbosity=0)
    password = getpass.getpass("密码：")
    try:
        validate_password(password)
        with transaction.atomic():
            organ = organs.create_organ(code=parsed.organ, name=parsed.name)
            person = organs.add_person(organ=organ, name=parsed.person, by=None)
            organs.give_role(person=person, role=Role.CLERK, by=None)
            organs.create_account(person=person, username=parsed.username, password=password, by=None)
    except (ValidationError, ValueError) as error:
        messages = error.messages if isinstance(error, ValidationError) else [str(error)]
        print("\n".join(messages))
        return 1
    print(f"已建立 {organ.name}，用户名 {parsed.username}。用 xiaohao serve 启动网站。")
    return 0
