"""A ledger that went out as Excel comes back edited, filled in, or through the pages of a browser."""

import datetime as dt
import io
from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook
from tests.rectification.importing.test_round_trip import brought_back, everything, written

from xiaohao.core.models import AuditEntry, Person
from xiaohao.core.services import organs, records
from xiaohao.rectification.lists import LISTS
from xiaohao.rectification.models import Area, Finding, ImportDraft, Inspection, Kind, Measure, State
from xiaohao.rectification.services import importing
from xiaohao.rectification.sheets import list_file

FIRST_ROW = 5  # below title, unit and date, and a header of two rows


@pytest.fixture
def ledger(organ, inspection, make_finding, make_measure) -> None:
    """Three findings: one with two measures, one with an extended measure, one nobody has answered yet."""
    office, proposals = (
        organs.add_department(organ=organ, name=name, by=None) for name in ("办公室", "提案委")
    )
    lead, owner = (organs.add_person(organ=organ, name=name, by=None) for name in ("罗远", "唐溪"))
    for name in ("沈秋", "顾安"):
        organs.add_person(organ=organ, name=name, by=None)
    late = make_finding(
        1, "提案办理超期", detail="三件提案超期。", accountable_leader=lead, lead_department=office
    )
    first = make_measure(
        late, 1, "1.修订提案办理办法", owner=owner, deadline=dt.date(2026, 3, 31), goal="按期答复"
    )
    first.supporting_departments.set([proposals])
    make_measure(
        late, 2, "逐件销账\n按月通报", kind=Kind.AT_ONCE, progress="已答复两件。", state=State.IN_PROGRESS
    )
    extended = {"deadline": dt.date(2026, 9, 30), "original_deadline": dt.date(2026, 6, 30)}
    make_measure(
        make_finding(2, "公务接待超标"),
        1,
        "修订接待办法",
        accountable_leader=lead,
        lead_department=proposals,
        **extended,
    )
    make_finding(3, "会议记录不全")


def edited(data: bytes, *changes: tuple[int, str, object]) -> bytes:
    """Return a ledger with cells changed: row below the header from 1, title of the column, new content."""
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    titles = {cell.value: cell.column for row in sheet.iter_rows(3, 4) for cell in row if cell.value}
    for row, title, content in changes:
        sheet.cell(FIRST_ROW + row - 1, titles[title]).value = content
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def changes(told) -> list[tuple[str, str, str]]:
    return [
        (one.subject, one.label, str(one.new))
        for difference in told.differences.values()
        for one in difference.changes
    ]


@pytest.mark.parametrize(
    ("row", "title", "content", "expected"),
    [
        (1, "方面", "基层党组织建设方面", [("1-1", "方面", "基层党组织建设方面")]),
        (1, "反馈问题", "提案办理普遍超期", [("1-1", "反馈问题", "提案办理普遍超期")]),
        (1, "具体表现", "五件提案超期。", [("1-1", "具体表现", "五件提案超期。")]),
        (1, "整改目标", "件件按期", [("1-1-1", "整改目标", "件件按期")]),
        (2, "整改目标", "不再超期", [("1-1-2", "整改目标", "不再超期")]),
        (1, "整改措施", "修订办法", [("1-1-1", "整改措施", "修订办法")]),
        (2, "整改措施", "1.逐件销账\n2.按月通报", [("1-1-2", "整改措施", "1.逐件销账\n2.按月通报")]),
        (1, "责任领导", "沈秋", [("1-1", "责任领导", "沈秋")]),
        (3, "责任领导", "沈秋", [("1-2-1", "责任领导", "沈秋")]),
        (1, "牵头单位", "提案委", [("1-1", "牵头单位", "提案委")]),
        (2, "责任人", "顾安", [("1-1-2", "责任人", "顾安")]),
        (2, "配合单位", "提案委", [("1-1-2", "配合单位", "提案委")]),
        (1, "整改类型", "立行立改", [("1-1-1", "类型", "立行立改")]),
        (1, "整改时限", dt.date(2026, 5, 31), [("1-1-1", "整改时限", "2026-05-31")]),
        (2, "整改时限", "2026年7月底前", [("1-1-2", "整改时限", "2026-07-31")]),
        (2, "佐证材料", "通报文本", [("1-1-2", "佐证材料", "通报文本")]),
        (4, "责任领导", "顾安", [("1-3", "责任领导", "顾安")]),
        (1, "具体表现", None, []),
        (3, "备注", "请核对", []),
        (2, "完成情况", "已销号", []),
        (2, "进展情况", "已答复三件。", []),
    ],
)
def test_an_edited_cell_changes_just_that(
    organ, inspection, clerk, ledger, row, title, content, expected
) -> None:
    before = everything(organ)
    told = brought_back(edited(written(inspection), (row, title, content)), organ, clerk)
    assert (told.doubts, changes(told)) == ([], expected)
    after = brought_back(written(inspection), organ, clerk)
    assert after.differences == {}
    log = AuditEntry.objects.filter(action__in=["finding.reimported", "measure.reimported"])
    assert [sorted(entry.changes) for entry in log] == [[FIELDS[label]] for _code, label, _new in expected]
    if not expected:
        assert everything(organ) == before


FIELDS = {
    "方面": "area",
    "反馈问题": "title",
    "具体表现": "detail",
    "整改目标": "goal",
    "整改措施": "text",
    "责任领导": "accountable_leader",
    "牵头单位": "lead_department",
    "责任人": "owner",
    "配合单位": "supporting_departments",
    "类型": "kind",
    "整改时限": "deadline",
    "佐证材料": "evidence",
}


def test_progress_and_status_are_taken_when_they_are_asked_for(organ, inspection, clerk, ledger) -> None:
    cells = ((1, "完成情况", "阶段性完成"), (2, "进展情况", "已答复三件。"))
    brought_back(edited(written(inspection), *cells), organ, clerk, take_progress=True)
    rows = Measure.objects.filter(finding__number=1).order_by("number").values_list("state", "progress")
    assert list(rows) == [(State.PHASED, ""), (State.IN_PROGRESS, "已答复三件。")]


def test_rows_filled_in_below_are_new_and_the_others_stay(organ, inspection, clerk, ledger) -> None:
    filled_in = (
        *((5, "整改措施", "补齐会议记录"), (5, "责任人", "顾安"), (5, "整改时限", "立行立改")),
        *(
            (6, "序号", 4),
            (6, "方面", "资金和财务管理方面"),
            (6, "反馈问题", "合同手续不全"),
            (6, "整改措施", "制定范本"),
        ),
        *((6, "整改类型", "限期整改"), (6, "整改时限", dt.date(2026, 12, 31)), (6, "牵头单位", "办公室")),
        *((7, "整改措施", "补签=1+1"), (7, "整改类型", "长期坚持"), (7, "配合单位", "提案委、办公室")),
    )
    before = {row["code"]: row for row in Measure.objects.values()}
    told = brought_back(edited(written(inspection), *filled_in), organ, clerk)
    assert (told.doubts, changes(told)) == ([], [])
    assert {number: (one.new, one.new_measures) for number, one in told.differences.items()} == {
        3: (False, 1),
        4: (True, 0),
    }
    rows = {row["code"]: row for row in Measure.objects.values()}
    assert {code: rows[code] for code in before} == before
    new = Measure.objects.exclude(code__in=before).order_by("code")
    assert [(one.code, one.text, one.kind, one.deadline, str(one.lead_department)) for one in new] == [
        ("1-3-1", "补齐会议记录", Kind.AT_ONCE, None, "None"),
        ("1-4-1", "制定范本", Kind.BY_DATE, dt.date(2026, 12, 31), "办公室"),
        ("1-4-2", "补签=1+1", Kind.STANDING, None, "办公室"),
    ]
    assert Finding.objects.get(number=4).area.title == "资金和财务管理方面"
    assert Area.objects.count() == 2
    assert brought_back(written(inspection), organ, clerk).differences == {}


def test_a_row_put_between_two_of_ours_is_a_new_measure(organ, inspection, clerk, ledger) -> None:
    codes = ((2, "措施编号", None), (2, "整改措施", "新加的一条"))
    told = brought_back(edited(written(inspection), *codes), organ, clerk)
    assert [(one.changes, one.new_measures) for one in told.differences.values()] == [([], 1)]
    texts = Measure.objects.filter(finding__number=1).order_by("number").values_list("text", flat=True)
    assert list(texts) == ["1.修订提案办理办法", "逐件销账\n按月通报", "新加的一条"]


def test_two_measures_with_the_same_words_stay_two(
    organ, inspection, clerk, make_finding, make_measure
) -> None:
    finding = make_finding(1)
    for number, owner in ((1, "甲"), (2, "乙")):
        person = organs.add_person(organ=organ, name=owner, by=None)
        make_measure(finding, number, "逐件核对", owner=person)
    codes = ((1, "措施编号", None), (2, "措施编号", None))
    brought_back(edited(written(inspection), *codes), organ, clerk)
    rows = Measure.objects.order_by("number").values_list("text", "owner__name")
    assert list(rows) == [("逐件核对", "甲"), ("逐件核对", "乙")]


def test_an_edit_of_a_text_that_did_not_fit_is_not_taken_for_the_whole(
    organ, inspection, clerk, make_finding, make_measure
) -> None:
    whole = "长" * 40_000
    make_measure(make_finding(1), 1, whole)
    data = written(inspection)
    cell = load_workbook(io.BytesIO(data)).worksheets[0].cell(FIRST_ROW, 7).value
    assert cell.endswith("……（内容过长，这里没有写全，全文见系统）")
    brought_back(edited(data, (1, "整改措施", "改" + cell)), organ, clerk)
    assert Measure.objects.get().text == whole


@pytest.mark.parametrize("chosen", LISTS.values(), ids=lambda chosen: chosen.key)
def test_each_of_the_three_lists_comes_back_unchanged(organ, inspection, clerk, ledger, chosen) -> None:
    before = everything(organ)
    with list_file(chosen, Finding.objects.all(), Measure.objects.all(), organ) as stream:
        told = brought_back(stream.read(), organ, clerk, take_progress=True)
    assert (told.doubts, told.differences) == ([], {})
    assert everything(organ) == before


def another(inspection: Inspection, organ, number: int) -> Inspection:
    """Return a second inspection with the same title."""
    second = Inspection(organ=organ, number=number, title=inspection.title)
    return records.create(second, by=None, action="inspection.created")


def belongs_to(data: bytes, organ, by) -> Inspection | None:
    draft = importing.keep(organ=organ, file=io.BytesIO(data), name="整改台账.xlsx", by=by)
    return importing.existing_inspection(organ, importing.content_of_draft(draft), draft.file_hash)


def test_a_ledger_of_another_organ_is_not_taken_for_ones_own(
    inspection, ledger, make_organ, make_account
) -> None:
    neighbour = make_organ("neighbour", "红河区政协机关")
    another(inspection, neighbour, 1)
    assert belongs_to(written(inspection), neighbour, make_account(neighbour, "周行")) is None


def test_of_two_inspections_with_one_title_the_codes_tell_which(organ, inspection, clerk, ledger) -> None:
    another(inspection, organ, 2)
    assert belongs_to(written(inspection), organ, clerk) == inspection


class Fields(HTMLParser):
    """The fields of the one form on a page that is sent as it stands, as a browser sends them."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, str] = {}
        self._select = self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "input" and (given.get("type") != "checkbox" or "checked" in given):
            self.sent[name] = given.get("value", "").replace("\r", "").replace("\n", "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and (self._select not in self.sent or "selected" in given):
            self.sent[self._select] = given["value"]
        elif tag == "textarea":
            self._textarea = name
            self.sent[name] = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.sent[self._textarea] += data.replace("\n", "\r\n")

    def handle_endtag(self, tag: str) -> None:
        self._textarea = "" if tag == "textarea" else self._textarea
        self._select = "" if tag == "select" else self._select


def test_in_the_browser_an_untouched_ledger_is_shown_and_confirmed_without_a_change(
    client, organ, inspection, clerk, ledger, make_finding, make_measure
) -> None:
    make_measure(make_finding(7, "标题里\n有换行"), 1, "  前面有空格")
    before = everything(organ)
    client.force_login(clerk)
    data = b"".join(client.get("/findings/export/"))
    page = client.post("/import/", {"file": SimpleUploadedFile("整改台账.xlsx", data)}, follow=True)
    shown = page.content.decode()
    assert (shown.count("无变化"), shown.count("有改动"), shown.count("处存疑")) == (4, 0, 0)
    fields = Fields()
    fields.feed(shown)
    assert fields.sent["target"] == str(inspection.pk)
    address = page.redirect_chain[-1][0]
    assert client.post(address, fields.sent | {"do": "confirm"}).status_code == 302
    assert ImportDraft.objects.get().state == ImportDraft.State.DONE
    assert everything(organ) == before
    assert not AuditEntry.objects.filter(action__contains="reimported").exists()


def test_names_that_are_shared_or_of_somebody_who_left_are_told_and_nobody_is_made(
    client, organ, inspection, clerk, make_finding, make_measure
) -> None:
    people = [organs.add_person(organ=organ, name=name, by=None) for name in ("同名", "同名", "走了")]
    Person.objects.filter(pk=people[2].pk).update(left_on=dt.date(2025, 1, 1))
    finding = make_finding(1, accountable_leader=people[0])
    make_measure(finding, 1, owner=people[2])
    client.force_login(clerk)
    file = SimpleUploadedFile("整改台账.xlsx", written(inspection))
    page = client.post("/import/", {"file": file}, follow=True).content.decode()
    assert "名册里有同名的人，或者已经离开：同名、走了。" in page
    assert "新建名册里还没有的" not in page
