"""``xiaohao import FILE --organ CODE``: a notice or a ledger into an organ's ledger."""

import argparse
import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xiaohao.cli import framework

if TYPE_CHECKING:
    from xiaohao.core.models import Organ
    from xiaohao.rectification.services.importing import ImportContent


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("import", help="把通报或台账导入一个单位")
    parser.add_argument("file", metavar="文件")
    parser.add_argument("--organ", required=True, help="单位代码")
    parser.add_argument("--create-missing", action="store_true", help="新建名册里还没有的委室和人员")
    parser.add_argument("--update", action="store_true", help="同一份文件或同一次巡察已导入过时，按序号更新")
    parser.add_argument("--dry-run", action="store_true", help="只显示将导入什么，不写入")
    parser.set_defaults(run=run)


def run(parsed: argparse.Namespace) -> int:
    """Read, show, write; return 1 with a sentence when something is in the way."""
    framework.start()
    from django.core.exceptions import ValidationError

    from xiaohao.core.models import Organ
    from xiaohao.reading import read
    from xiaohao.reading.files import Unreadable
    from xiaohao.rectification.services.importing import content_of

    organ = Organ.objects.filter(code=parsed.organ).first()
    if organ is None:
        return _refuse(f"没有代码为“{parsed.organ}”的单位。")
    try:
        data = Path(parsed.file).read_bytes()
        content = content_of(read(data, Path(parsed.file).name))
        _show(content)
        return _write(parsed, organ, content, data)
    except OSError as error:
        return _refuse(f"打不开文件“{parsed.file}”：{error.strerror}")
    except Unreadable as unreadable:
        return _refuse(str(unreadable))
    except ValidationError as refused:
        return _refuse("\n".join(refused.messages))


def _show(content: "ImportContent") -> None:
    measures = sum(len(finding.measures) for finding in content.findings)
    print(f"{content.title}：{len(content.findings)} 个问题，{measures} 条措施，修复 {content.repairs} 处。")
    for doubt in content.doubts:
        print(f"存疑 {doubt['field']}：{doubt['why']}")


def _write(parsed: argparse.Namespace, organ: "Organ", content: "ImportContent", data: bytes) -> int:
    from xiaohao.rectification.services import importing

    source_hash = hashlib.sha256(data).hexdigest()
    unknown = importing.unknown_names(content, importing.Names.of(organ))
    if unknown and not parsed.create_missing:
        missing = "、".join([*unknown.departments, *unknown.people])
        return _refuse(f"名册里没有：{missing}。加 --create-missing 可以新建。")
    existing = importing.existing_inspection(organ, content, source_hash)
    if existing and not parsed.update:
        return _refuse(f"这份文件对应已有的“{existing.title}”（{existing.code}）。加 --update 按序号更新。")
    if parsed.dry_run:
        return 0
    if existing:
        done = importing.update(
            inspection=existing, content=content, by=None, create_missing=parsed.create_missing
        )
    else:
        done = importing.confirm(
            content=content,
            organ=organ,
            by=None,
            create_missing=parsed.create_missing,
            source_name=Path(parsed.file).name,
            source_hash=source_hash,
        )
    print(f"已导入“{done.title}”（{done.code}）。")
    return 0


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1
