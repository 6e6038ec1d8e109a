"""The organ's file for the archive says when a notice was open, and nothing of who wrote about it."""

import io
import json
import zipfile

from openpyxl import load_workbook

from xiaohao.lib.file_archive import LOG
from xiaohao.public.models import Comment
from xiaohao.public.services import comments

SHEET = "06 通报公开情况.xlsx"


def _archive(client, office, inspection) -> zipfile.ZipFile:
    client.force_login(office.clerk)
    answer = client.post(f"/inspections/{inspection.pk}/archive/")
    return zipfile.ZipFile(io.BytesIO(b"".join(answer)))


def test_it_records_the_period_and_how_many_wrote(client, office, inspection, published, take) -> None:
    take("请公布抽查结果。", name="王小明", contact="13800138000")
    take("什么时候完成？")
    first = Comment.objects.order_by("pk").first()
    comments.answer(comment=first, text="六月底前公布。", by=office.clerk, expected_version=first.version)
    archive = _archive(client, office, inspection)
    rows = list(load_workbook(io.BytesIO(archive.read(SHEET))).active.values)
    number, title, since, until, *_standing, received, answered, digest = rows[-1]
    assert (number, title, received, answered) == (1, published.title, 2, 1)
    assert (since.date(), until.date()) == (published.open_from, published.open_to)
    assert digest == published.digest
    for name in archive.namelist():
        assert "王小明".encode() not in archive.read(name)
    assert b"13800138000" not in archive.read(LOG)


def test_that_a_notice_was_open_stands_in_the_log_extract(client, office, inspection, published) -> None:
    entries = map(json.loads, _archive(client, office, inspection).read(LOG).decode().splitlines())
    assert any(published.title in json.dumps(entry, ensure_ascii=False) for entry in entries)


def test_where_nothing_was_open_there_is_no_such_sheet(client, office, inspection, make_finding) -> None:
    make_finding(1)
    assert SHEET not in _archive(client, office, inspection).namelist()
