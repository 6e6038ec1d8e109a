"""Vouchers from the accounts, and the check of the two leaders."""

import datetime as dt
import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from xiaohao.core.models import AuditEntry, Role
from xiaohao.ledger.models import ColumnNames, RegisterImport
from xiaohao.ledger.register import add, store
from xiaohao.ledger.services import decisions, register_import
from xiaohao.registers.vouchers.decisions import SIGNING
from xiaohao.registers.vouchers.models import CheckSheet, VoucherLine
from xiaohao.registers.vouchers.register import CHECK_SHEETS, SAMPLED, VOUCHERS
from xiaohao.registers.vouchers.sampling import draw

HEADER = "凭证行号,记账日期,支出项目,摘要,收款方,金额,支付方式\n"


def csv_file(lines: list[str], header: str = HEADER, encoding: str = "utf-8") -> SimpleUploadedFile:
    return SimpleUploadedFile("凭证.csv", (header + "\n".join(lines)).encode(encoding))


def line(number: int, method: str = "公务卡", amount: str = "680.00", day: str = "2026-03-05") -> str:
    return f"记-{number:05d},{day},差旅费,报销住宿费,云岭宾馆,{amount},{method}"


@pytest.fixture
def leaders(organ, make_account):
    return (
        make_account(organ, "方静怡", Role.LEADER),
        make_account(organ, "韩松竹", Role.DISCIPLINE_REVIEWER, Role.LEADER),
    )


def keep(keeper, file) -> RegisterImport:
    return register_import.keep(register=VOUCHERS, organ=keeper.organ, file=file, by=keeper)


def test_what_the_accounts_export_comes_in_whole(keeper) -> None:
    draft = keep(keeper, csv_file([line(number) for number in range(2500)], encoding="gb18030"))
    assert (draft.row_count, draft.new_count, draft.faults) == (2500, 2500, [])
    register_import.write(register=VOUCHERS, draft=draft, by=keeper)
    assert VoucherLine.objects.filter(sum=68_000, booked_day__gt=700_000).count() == 2500
    entries = AuditEntry.objects.filter(action="voucher_line.imported")
    assert sum(entry.changes["rows"][1] for entry in entries) == 2500
    assert all(entry.changes["digest"][1].startswith("sm3:") for entry in entries)


def test_the_same_file_again_changes_nothing(keeper) -> None:
    lines = [line(number) for number in range(10)]
    register_import.write(register=VOUCHERS, draft=keep(keeper, csv_file(lines)), by=keeper)
    draft = keep(keeper, csv_file(lines))
    assert (draft.new_count, draft.changed_count, draft.same_count) == (0, 0, 10)


def test_thirty_bad_cells_are_named_each_and_nothing_is_written(keeper, client) -> None:
    lines = [line(number) for number in range(100)]
    for number in range(30):
        lines[number] = line(number, amount="六百八")
    client.force_login(keeper)
    answer = client.post("/vouchers/import/", {"file": csv_file(lines)})
    draft = RegisterImport.objects.get()
    assert (draft.fault_count, draft.new_count) == (30, 70)
    assert draft.faults[0] == {
        "cell": "F2",
        "field": "sum",
        "text": "“六百八”不是金额，请写数字，例如 1234.50。",
    }
    client.post(answer["Location"], {"do": "write"})
    assert not VoucherLine.objects.exists()
    faulty = b"".join(client.get(f"{answer['Location']}faulty/"))
    rows = list(load_workbook(io.BytesIO(faulty)).worksheets[0].iter_rows(values_only=True))
    assert (len(rows), rows[1][-2]) == (31, 2)
    client.post(answer["Location"], {"do": "skip"})
    assert VoucherLine.objects.count() == 70


def test_columns_of_other_names_are_asked_for_once_and_remembered(keeper, client) -> None:
    header = "凭证号,制单日期,科目,说明,对方单位,借方金额,结算方式\n"
    client.force_login(keeper)
    address = client.post("/vouchers/import/", {"file": csv_file([line(1)], header)})["Location"]
    assert "没有认出这些列" in client.get(address).content.decode()
    columns = ("key", "booked_on", "kind", "summary", "payee", "sum", "method")
    given = {f"column-{name}": place for place, name in enumerate(columns)}
    client.post(address, {**given, "do": "columns"})
    assert RegisterImport.objects.get().new_count == 1
    assert ColumnNames.objects.get().names["借方金额"] == "sum"
    assert keep(keeper, csv_file([line(2)], header)).new_count == 1


def test_a_line_that_comes_twice_in_a_file_is_named(keeper) -> None:
    draft = keep(keeper, csv_file([line(1), line(2), line(1)]))
    assert draft.faults == [{"cell": "A4", "field": "key", "text": "与第 2 行重复。"}]


@pytest.fixture
def sheet(keeper, leaders):
    """A check of ten lines out of forty."""
    draft = keep(keeper, csv_file([line(number) for number in range(40)]))
    register_import.write(register=VOUCHERS, draft=draft, by=keeper)
    values = {
        "title": "一季度抽查",
        "first_day": dt.date(2026, 1, 1),
        "last_day": dt.date(2026, 3, 31),
        "size": 10,
        "due_on": dt.date(2026, 4, 15),
        "finance": leaders[0].person,
        "discipline": leaders[1].person,
    }
    return add(CHECK_SHEETS, CheckSheet(organ=keeper.organ), values, keeper)


def test_the_sample_can_be_drawn_again(sheet, keeper) -> None:
    drawn = sorted(sheet.lines.values_list("line", flat=True))
    assert (len(drawn), sorted(draw(sheet))) == (10, drawn)
    later = keep(keeper, csv_file([line(99, day="2026-04-02")]))
    register_import.write(register=VOUCHERS, draft=later, by=keeper)
    assert sorted(draw(sheet)) == drawn


def test_both_leaders_sign_when_every_line_is_looked_at(sheet, keeper, leaders) -> None:
    with pytest.raises(ValidationError, match="10 笔"):
        decisions.ask(SIGNING, about=sheet, reason="未发现问题", by=keeper)
    for number, sampled in enumerate(sheet.lines.all()):
        wrong = number == 0
        values = {"result": "wrong" if wrong else "right", "remark": "住宿超标" if wrong else ""}
        store(SAMPLED, sampled, values, leaders[0], sampled.version)
    asked = decisions.ask(SIGNING, about=sheet, reason="1笔住宿超标，已退回", by=keeper)
    decisions.agree(decision=asked, opinion="同意", by=leaders[0])
    decisions.agree(decision=asked, opinion="同意", by=leaders[1])
    sheet.refresh_from_db()
    assert (sheet.state, sheet.conclusion) == ("signed", "1笔住宿超标，已退回")


def test_only_the_two_leaders_write_what_they_found(sheet, keeper, leaders) -> None:
    sampled = sheet.lines.first()
    assert SAMPLED.open_to(leaders[1], sampled)
    assert not SAMPLED.open_to(keeper, sampled)


def test_one_person_is_not_both_leaders(sheet, keeper, leaders) -> None:
    with pytest.raises(ValidationError, match="两位"):
        store(CHECK_SHEETS, sheet, {"discipline": leaders[0].person}, keeper, sheet.version)


def test_a_wrong_line_says_what_is_wrong(sheet, leaders) -> None:
    sampled = sheet.lines.first()
    with pytest.raises(ValidationError, match="有什么问题"):
        store(SAMPLED, sampled, {"result": "wrong"}, leaders[0], sampled.version)
