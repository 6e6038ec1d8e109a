"""The ledger as Excel: what is shown is what comes out, and it can be imported again."""

import datetime as dt
import io
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from xiaohao.core.services import organs
from xiaohao.reading import as_json, read
from xiaohao.rectification.models import Kind, State


@pytest.fixture
def ledger(organ, make_finding, make_measure) -> None:
    office = organs.add_department(organ=organ, name="办公室", by=None)
    late = make_finding(1, "提案办理超期", detail="三件提案超期未答复。", goal="按期答复")
    make_measure(late, 1, "修订提案办理办法", deadline=dt.date(2026, 3, 31), lead_department=office)
    make_measure(late, 2, "逐件销账", kind=Kind.AT_ONCE, progress="已答复两件。", state=State.IN_PROGRESS)
    make_measure(make_finding(2, "公务接待超标"), 1, "=SUM(A1:A3)")


@pytest.fixture
def exported(client, clerk, ledger):
    """Give what the list exports for a query as bytes."""
    client.force_login(clerk)

    def export(query: str = "") -> bytes:
        answer = client.get(f"/findings/export/{query}")
        return b"".join(answer.streaming_content)

    return export


def cells(data: bytes) -> list[object]:
    """Return what stands in the cells of the first sheet."""
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    return [cell for row in sheet.to_python() for cell in row]


def test_the_export_reads_back_as_the_same_ledger(exported) -> None:
    form = as_json(read(exported(), "整改台账.xlsx"))
    assert [(finding["number"], finding["title"]) for finding in form["findings"]] == [
        (1, "提案办理超期"),
        (2, "公务接待超标"),
    ]
    assert form["findings"][0]["measures"] == ["修订提案办理办法", "逐件销账"]
    assert form["doubts"] == []


def test_text_never_becomes_a_formula(exported) -> None:
    data = exported()
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert "=SUM(A1:A3)" in cells(data)


def test_dates_stay_dates(exported) -> None:
    assert dt.date(2026, 3, 31) in cells(exported())


def test_only_what_is_shown_is_exported(exported) -> None:
    form = as_json(read(exported("?q=接待"), "整改台账.xlsx"))
    assert [finding["title"] for finding in form["findings"]] == ["公务接待超标"]
