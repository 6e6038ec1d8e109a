"""``xiaohao import FILE --organ CODE``: a notice or a ledger into an organ's ledger."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xiaohao.cli import framework

if TYPE_CHECKING:
    from xiaohao.core.progress import Report
    from xiaohao.rectification.models import ImportDraft


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("import", help="把通报或台账导入一个单位")
    parser.add_argument("file", metavar="文件")
    parser.add_argument("--organ", required=True, help="单位代码")
    parser.add_argument("--create-missing", action="store_true", help="新建名册里还没有的委室和人员")
    parser.add_argument("--update", action="store_true", help="同一份文件或同一次巡察已导入过时，按序号更新")
    parser.add_argument("--dry-run", action="store_true", help="只显示将导入什么，不写入")
    parser.set_defaults(run=run)


def run(parsed: argparse.Namespace) -> int:
    """Read, show, write; return 1 with a sentence when something is in the way, and leave nothing then."""
    framework.start()
    from django.core.exceptions import ValidationError

    from xiaohao.core.models import Organ
    from xiaohao.reading.files import Unreadable
    from xiaohao.rectification.services import importing

    organ = Organ.objects.filter(code=parsed.organ).first()
    if organ is None:
        return _refuse(f"没有代码为“{parsed.organ}”的单位。")
    path = Path(parsed.file)
    try:
        with path.open("rb") as file:
            draft = importing.keep(organ=organ, file=file, name=path.name, by=None, report=_say("已读取"))
    except OSError as error:
        return _refuse(f"打不开文件“{parsed.file}”：{error.strerror}")
    except Unreadable as unreadable:
        return _refuse(str(unreadable))
    try:
        answer = _write(parsed, draft)
    except ValidationError as refused:
        answer = _refuse("\n".join(refused.messages))
    if answer or parsed.dry_run:
        importing.discard(draft=draft, by=None)
    return answer


def _say(what: str) -> "Report":
    """Return a report that keeps one line on the terminal up to date; silent into a file."""

    def report(done: int, total: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{what} {done}/{total}", end="\n" if done >= total else "", file=sys.stderr)

    return report


def _write(parsed: argparse.Namespace, draft: "ImportDraft") -> int:
    from xiaohao.rectification.services import importing

    content = importing.content_of_draft(draft)
    print(
        f"{content.title}：{draft.finding_count} 个问题，{draft.measure_count} 条措施，"
        f"修复 {content.repairs} 处。"
    )
    for doubt in content.doubts:
        print(f"存疑 {doubt['field']}：{doubt['why']}")
    unknown = importing.unknown_names(content, importing.Names.of(draft.organ))
    if unknown and not parsed.create_missing:
        missing = "、".join([*unknown.departments, *unknown.people])
        return _refuse(f"名册里没有：{missing}。加 --create-missing 可以新建。")
    existing = importing.existing_inspection(draft.organ, content, draft.file_hash)
    if existing and not parsed.update:
        return _refuse(f"这份文件对应已有的“{existing.title}”（{existing.code}）。加 --update 按序号更新。")
    if parsed.dry_run:
        return 0
    done = importing.write(
        draft=draft, by=None, into=existing, create_missing=parsed.create_missing, report=_say("已写入")
    )
    print(f"已导入“{done.title}”（{done.code}）。")
    return 0


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1
