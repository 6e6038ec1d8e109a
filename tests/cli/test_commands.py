"""The command as an operator uses it."""

import json
from pathlib import Path

import pytest

from xiaohao.cli.main import main
from xiaohao.core.services.records import change
from xiaohao.rectification.models import Finding

NOTICE = Path(__file__).parent.parent / "samples/notices/layout-1-classic.txt"


def test_read_says_what_it_found_and_doubted(capsys) -> None:
    assert main(["read", str(NOTICE)]) == 0
    said = capsys.readouterr().out
    assert "反馈日期：" in said
    assert "疑问：" in said


def test_read_gives_json(capsys) -> None:
    assert main(["read", "--json", str(NOTICE)]) == 0
    assert json.loads(capsys.readouterr().out)["findings"][0]["number"] == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("空.txt", b"", "文件是空的"),
        ("图.docx", b"\x89PNG\r\n\x1a\n" + b"0" * 99, "是一张图片"),
        (None, b"", "没有"),
    ],
)
def test_a_file_that_does_not_open_is_one_clear_line(tmp_path, capsys, name, content, said) -> None:
    path = tmp_path / (name or "没有.txt")
    if name:
        path.write_bytes(content)
    assert main(["read", str(path)]) == 1
    answer = capsys.readouterr()
    assert answer.out == ""
    assert said in answer.err
    assert "Traceback" not in answer.err


def test_import_writes_once_and_does_not_double(organ, capsys) -> None:
    assert main(["import", str(NOTICE), "--organ", organ.code]) == 0
    count = Finding.objects.count()
    assert count > 0
    assert main(["import", str(NOTICE), "--organ", organ.code]) != 0
    assert Finding.objects.count() == count


def test_import_for_an_unknown_organ_writes_nothing(organ, capsys) -> None:
    assert main(["import", str(NOTICE), "--organ", "nobody"]) != 0
    assert "nobody" in capsys.readouterr().err
    assert not Finding.objects.exists()


def test_audit_verify_names_the_organ_and_the_end_of_its_chain(organ, clerk, make_finding, capsys) -> None:
    change(make_finding(), {"title": "另一个标题"}, by=clerk, action="finding.changed")
    assert main(["audit", "verify"]) == 0
    assert f"{organ.name}：完好，共 " in capsys.readouterr().out


def test_remind_says_what_it_did_and_does_it_once(capsys, work, office) -> None:
    from django.utils import timezone

    from xiaohao.core.services.settings import set_value

    today = timezone.localdate()
    work(deadline=today)
    set_value(key="notices.rest_days", value=1, valid_from=today, source="", by=office.clerk)
    assert main(["remind"]) == 0
    first = capsys.readouterr().out
    assert first.startswith("督办单 1 份，提醒 ")
    assert main(["remind"]) == 0
    assert capsys.readouterr().out == "督办单 0 份，提醒 0 条，发送 0 条，失败 0 条\n"


def test_notice_digest_gives_the_sum_that_a_notice_prints(tmp_path, capsys) -> None:
    path = tmp_path / "转载.txt"
    path.write_bytes("通\r\n　　报 ".encode("gb18030"))
    assert main(["notice", "digest", str(path)]) == 0
    assert capsys.readouterr().out == "de22ff0ae0c5afd65e089f84cee3b002b678a823ba9b3670eef6ee274aa34c4f\n"
    assert main(["notice", "digest", str(tmp_path / "没有.txt")]) == 1
    assert "打不开文件" in capsys.readouterr().err
