"""Write the documents that follow from declarations, or check them: ``make generated``."""

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "generated"


def access() -> str:
    """Return the table role × action."""
    from xiaohao.core.access import ACTIONS
    from xiaohao.core.models import Role

    lines = [
        "# 角色与权限（Role × action）",
        "",
        "由 `make generated` 根据代码中的声明生成，请勿手改。没有打勾的就是不允许；记录本身还可以再收窄。",
        "",
        "| 动作 | " + " | ".join(str(role.label) for role in Role) + " | 其他 |",
        "|---|" + "---|" * (len(Role) + 1),
    ]
    for action in sorted(ACTIONS.values(), key=lambda one: one.key):
        marks = ["✓" if role in action.roles or action.any_account else "" for role in Role]
        others = "不登录也可以" if action.everyone else "任何账号" if action.any_account else ""
        lines.append(f"| {action.label} `{action.key}` | " + " | ".join(marks) + f" | {others} |")
    return "\n".join(lines) + "\n"


def workflows() -> str:
    """Return every workflow as a diagram."""
    from xiaohao.ledger.workflow import WORKFLOWS, diagram

    parts = ["# 流程（Workflows）", "", "由 `make generated` 根据代码中的流程表生成，请勿手改。", ""]
    for workflow in sorted(WORKFLOWS.values(), key=lambda one: one.key):
        parts += [f"## {workflow.label} `{workflow.key}`", "", "```mermaid", diagram(workflow), "```", ""]
    return "\n".join(parts)


def settings() -> str:
    """Return the dated settings with what is shipped."""
    from xiaohao.core.dated_settings import SETTINGS

    lines = [
        "# 设置（Dated settings）",
        "",
        "由 `make generated` 生成，请勿手改。没有依据的是程序自己的建议值。",
        "",
        "| 设置 | 键 | 自带的值 | 自 | 依据 |",
        "|---|---|---|---|---|",
    ]
    for one in sorted(SETTINGS.values(), key=lambda setting: setting.key):
        for shipped in one.shipped:
            value = "、".join(map(str, shipped.value)) if isinstance(shipped.value, list) else shipped.value
            source = f"{shipped.source} {shipped.confidence}".strip()
            where = f" {shipped.region}" if shipped.region else ""
            row = f"{one.label} | `{one.key}` | {value} {one.unit}{where} | {shipped.valid_from} | {source}"
            lines.append(f"| {row} |")
    return "\n".join(lines) + "\n"


def registers() -> dict[str, str]:
    """Return a page for every register: what is entered, how it goes, what is checked and counted."""
    from xiaohao.ledger.register import REGISTERS

    return {f"registers/{key}.md": register_page(register) for key, register in REGISTERS.items()}


def register_page(register: Any) -> str:
    from xiaohao.ledger.guide import guide
    from xiaohao.ledger.workflow import diagram

    told = guide(register)
    lines = [f"# {register.title} `{register.key}`", "", "由 `make generated` 生成，请勿手改。", ""]
    lines += [
        f"{text}\n" for text in (str(register.purpose), f"依据：{register.basis}") if text.strip("依据：")
    ]
    lines += ["| 列 | 键 | 必填 | 怎么填 | 例子 |", "|---|---|---|---|---|"]
    for column in told.columns:
        needed = "是" if column.needed else ""
        example = column.example.replace("\n", " ")
        lines.append(f"| {column.label} | `{column.name}` | {needed} | {column.how} | {example} |")
    if register.identity:
        known = "、".join(register.label(name) for name in register.identity)
        lines += ["", f"导入时按“{known}”认出已有的行。"]
    lines += ["", f"谁能看：`{register.view.key}`；谁登记：`{register.change.key}`。"]
    if register.workflow:
        lines += ["", "## 流程", "", "```mermaid", diagram(register.workflow), "```"]
    if told.controls:
        lines += ["", "## 检查规则", "", "| 规则 | 键 | 程度 | 依据 |", "|---|---|---|---|"]
        lines += [
            f"| {one.title} | `{one.key}` | {one.severity.label} | {one.basis} |" for one in told.controls
        ]
    if told.indicators:
        lines += ["", "## 指标", "", "| 指标 | 键 | 怎么算 |", "|---|---|---|"]
        lines += [f"| {one.title} | `{one.key}` | {one.counted} |" for one in told.indicators]
    if told.parts:
        lines += ["", "附属：" + "、".join(f"[{one.title}]({one.key}.md)" for one in told.parts)]
    return "\n".join(lines) + "\n"


def openapi() -> str:
    """Return the description of the API."""
    from xiaohao.ledger.api.router import make_api

    text = json.dumps(make_api().get_openapi_schema(path_prefix="/api/"), ensure_ascii=False, indent=1)
    return f"{text}\n"


DOCUMENTS = {
    "access.md": access,
    "workflows.md": workflows,
    "settings.md": settings,
    "openapi.json": openapi,
}


def main(what: str) -> int:
    """Write the documents, or print the names of those that are out of date and return 1."""
    with tempfile.TemporaryDirectory() as home:
        os.environ.setdefault("XIAOHAO_HOME", home)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiaohao.config.settings")
        import django

        django.setup()
        from django.urls import get_resolver
        from django.utils.translation import override

        _everything_declared = get_resolver().url_patterns
        with override("zh-hans"):
            texts = {name: make() for name, make in DOCUMENTS.items()} | registers()
    (FOLDER / "registers").mkdir(parents=True, exist_ok=True)
    stale = [
        name
        for name, text in texts.items()
        if not (FOLDER / name).exists() or (FOLDER / name).read_text(encoding="utf-8") != text
    ]
    if what == "check":
        for name in stale:
            print(f"docs/generated/{name} is out of date: make generated")
        return int(bool(stale))
    for name, text in texts.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
