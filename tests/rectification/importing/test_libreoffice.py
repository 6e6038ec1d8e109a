"""A ledger saved again by LibreOffice is still fit for the wall, and comes back unchanged."""

import datetime as dt
import io
import subprocess

import pytest
from openpyxl import load_workbook
from tests.rectification.importing.test_round_trip import brought_back, everything, written
from tests.writing.official.measuring import needs_libreoffice

from xiaohao.core.services import organs
from xiaohao.rectification.models import Kind, State

pytestmark = needs_libreoffice
# What a program that calculates would take for a formula, a number, a day, a truth or a command.
HOSTILE = (
    *("=1+1", "+86", "-2", "@x", "\t=1+1", "\r=1+1", '=HYPERLINK("http://a.b")', "=cmd|' /C calc'!A0"),
    *("0012", "1-3", "1/2", "2026-06-30", "TRUE", "#N/A", "1e5", "50%", "'甲", "{=1}"),
)
PEOPLE = [f"第{number}位同志" for number in range(60)]  # too long a list for the rule itself


@pytest.fixture
def resaved(tmp_path):
    """Return a file as LibreOffice saves it."""

    def save(data: bytes) -> bytes:
        (tmp_path / "ledger.xlsx").write_bytes(data)
        command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
        command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "out")]
        subprocess.run(
            [*command, str(tmp_path / "ledger.xlsx")], check=True, capture_output=True, timeout=180
        )
        return (tmp_path / "out" / "ledger.xlsx").read_bytes()

    return save


@pytest.fixture
def ledger(organ, make_finding, make_measure) -> None:
    """Findings and measures whose texts look like formulas, with days, people and a measure without a day."""
    office = organs.add_department(organ=organ, name="办公室", by=None)
    people = [organs.add_person(organ=organ, name=name, is_leader=True, by=None) for name in PEOPLE]
    for number, text in enumerate(HOSTILE, start=1):
        finding = make_finding(
            number, text, detail=text, goal=text, accountable_leader=people[number], lead_department=office
        )
        make_measure(finding, 1, text, progress=text, owner=people[0], deadline=dt.date(2026, 3, number))
        make_measure(finding, 2, f"{text}甲", evidence=text, kind=Kind.STANDING, state=State.IN_PROGRESS)


def test_a_ledger_saved_again_comes_back_and_changes_nothing(
    organ, inspection, clerk, ledger, resaved
) -> None:
    data = resaved(written(inspection))
    before = everything(organ)
    told = brought_back(data, organ, clerk, take_progress=True)
    assert told.numbers == list(range(1, len(HOSTILE) + 1))
    assert told.doubts == []
    assert told.differences == {}
    assert everything(organ) == before


def test_what_looks_like_a_formula_is_still_a_text(inspection, ledger, resaved) -> None:
    data = resaved(written(inspection))
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    cells = [cell for row in sheet.iter_rows(min_row=5) for cell in row if cell.value is not None]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    texts = {cell.value.strip() for cell in cells if cell.data_type == "s"}
    assert {text.strip() for text in HOSTILE} <= texts


def test_it_still_prints_on_a3_with_its_head_on_each_page_and_offers_its_choices(
    inspection, ledger, resaved
) -> None:
    book = load_workbook(io.BytesIO(resaved(written(inspection))))
    sheet = book.worksheets[0]
    setup = sheet.page_setup
    assert (setup.paperSize, setup.orientation) == (8, "landscape")
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, setup.fitToHeight) == (True, 0)
    assert sheet.print_title_rows == "$3:$4"
    # The frozen columns belong to the window, which there is none of here: see tests/core/sheets.
    rules = {rule.type: rule for rule in sheet.data_validations.dataValidation}
    assert {"list", "date"} <= set(rules)
    lists = [rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert '"办公室"' in lists
    assert any("选项" in formula for formula in lists)
    assert book["选项"].sheet_state == "hidden"
    assert {rule.errorStyle for rule in rules.values() if rule.type in {"list", "date"}} == {"warning"}
