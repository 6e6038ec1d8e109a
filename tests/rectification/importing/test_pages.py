"""The pages of the import."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.rectification.importing.test_importing import ROWS, ledger

from xiaohao.core.models import Role
from xiaohao.core.progress import reporter
from xiaohao.rectification.models import Finding, ImportDraft, Inspection


@pytest.fixture
def upload(client, clerk, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(clerk)

    def send(data: bytes, name: str = "台账.xlsx"):
        return client.post("/import/", {"file": SimpleUploadedFile(name, data)}, follow=True)

    return send


def test_upload_preview_correct_confirm(upload, client) -> None:
    answer = upload(ledger(*ROWS))
    assert "提案办理超期" in answer.content.decode()
    draft = ImportDraft.objects.get()

    row = draft.findings.first()
    client.post(f"/import/{draft.pk}/", {"do": "save", f"finding-{row.pk}-title": "提案办理多次超期"})
    assert Finding.objects.count() == 0
    client.post(f"/import/{draft.pk}/", {"do": "confirm", "create_missing": "1"})

    assert [finding.title for finding in Finding.objects.order_by("number")] == [
        "提案办理多次超期",
        "公务卡使用不规范",
    ]


def test_findings_and_measures_are_added_and_removed_in_the_preview(upload, client) -> None:
    upload(ledger(*ROWS))
    draft = ImportDraft.objects.get()
    first, second = draft.findings.values_list("pk", flat=True)
    for command in ("add-finding", f"remove-finding-{second}", f"remove-measure-{first}-1"):
        client.post(f"/import/{draft.pk}/", {"do": command})
    draft.refresh_from_db()
    kept = [(row.content["number"], len(row.content["measures"])) for row in draft.findings.all()]
    assert kept == [(1, 1), (3, 1)]
    assert (draft.finding_count, draft.measure_count) == (2, 2)


def test_a_correction_in_a_second_window_is_told_and_overwrites_nothing(upload, client) -> None:
    upload(ledger(*ROWS))
    draft = ImportDraft.objects.get()
    row = draft.findings.first()
    for title in ("先改的", "后改的"):
        form = {"do": "save", f"finding-{row.pk}-title": title, "version": draft.version}
        answer = client.post(f"/import/{draft.pk}/", form)
    assert "您的修改没有保存" in answer.content.decode()
    row.refresh_from_db()
    assert row.content["title"] == "先改的"


def test_a_long_ledger_is_corrected_page_by_page(upload, client) -> None:
    rows = [[str(number), f"问题{number}", "改", "", "", "", "", ""] for number in range(1, 121)]
    page = upload(ledger(*rows)).content.decode()
    draft = ImportDraft.objects.get()
    assert "第 1 页，共 3 页" in page
    assert "问题51" not in page
    to_third = client.post(f"/import/{draft.pk}/", {"do": "page-3"})
    assert to_third["Location"] == f"/import/{draft.pk}/?page=3"
    last = draft.findings.last()
    form = {"do": "confirm", f"finding-{last.pk}-title": "最后一个"}
    client.post(f"/import/{draft.pk}/?page=3", form)
    assert Finding.objects.get(number=120).title == "最后一个"
    assert Finding.objects.count() == 120


def test_a_discarded_draft_leaves_no_rows_and_no_file(
    upload, client, tmp_path, django_capture_on_commit_callbacks
) -> None:
    upload(ledger(*ROWS))
    draft = ImportDraft.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/import/{draft.pk}/", {"do": "discard"})
    assert not draft.findings.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_progress_is_told_by_the_key_of_the_page_to_its_own_account(upload, client, clerk) -> None:
    reporter(clerk.pk, "abc")(3, 9)
    assert "已处理 3 / 9" in client.get("/progress/?progress=abc").content.decode()
    assert "正在处理" in client.get("/progress/?progress=other").content.decode()


def test_an_unreadable_file_is_explained_and_leaves_no_draft(upload) -> None:
    assert "是一张图片" in upload(b"\x89PNG\r\n\x1a\n" + b"0" * 99, "照片.docx").content.decode()
    assert not ImportDraft.objects.exists()


def test_the_source_text_is_shown_as_text_and_never_as_markup(upload) -> None:
    page = upload("一、整改情况\n(一)甲方面\n1.<script>alert(1)</script>问题。一是改。".encode(), "a.txt")
    assert "<script>alert" not in page.content.decode()


def test_a_draft_of_another_organ_does_not_exist(upload, client, make_organ, make_account) -> None:
    upload(ledger(*ROWS))
    stranger = make_account(make_organ("other", "红河区政协机关"), "周行", Role.CLERK)
    client.force_login(stranger)
    assert client.get(f"/import/{ImportDraft.objects.get().pk}/").status_code == 404


def test_a_corrected_file_updates_the_inspection_the_clerk_names(upload, client) -> None:
    upload(ledger(*ROWS))
    client.post(f"/import/{ImportDraft.objects.get().pk}/", {"do": "confirm", "create_missing": "1"})
    first = Inspection.objects.get()
    upload(ledger(*ROWS, ["3", "合同手续不全", "制定范本", "", "", "", "", ""]))
    second = ImportDraft.objects.latest("pk")

    client.post(f"/import/{second.pk}/", {"do": "confirm", "target": str(first.pk)})

    assert Inspection.objects.count() == 1
    assert Finding.objects.count() == 3


def test_a_second_confirmation_of_the_same_draft_writes_nothing(upload, client) -> None:
    upload(ledger(*ROWS))
    for _click in range(2):
        client.post(f"/import/{ImportDraft.objects.get().pk}/", {"do": "confirm"})
    assert Inspection.objects.count() == 1


def test_an_impossible_date_is_told_and_leaves_nothing(upload, client) -> None:
    upload(ledger(*ROWS))
    facts = {"fact-feedback_on": "2025-02-30", "fact-inspecting_body": "第三巡察组"}
    answer = client.post(f"/import/{ImportDraft.objects.get().pk}/", {"do": "confirm", **facts})
    assert "“2025-02-30”不是日期" in answer.content.decode()
    assert not Inspection.objects.exists()


def test_an_owner_may_not_import(client, organ, make_account) -> None:
    client.force_login(make_account(organ, "唐溪", Role.OWNER))
    assert client.get("/import/").status_code == 403
