"""The pages of the import."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.rectification.importing.test_importing import ROWS, ledger

from xiaohao.core.models import Role
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

    client.post(f"/import/{draft.pk}/", {"do": "save", "finding-0-title": "提案办理多次超期"})
    assert Finding.objects.count() == 0
    client.post(f"/import/{draft.pk}/", {"do": "confirm", "create_missing": "1"})

    assert [finding.title for finding in Finding.objects.order_by("number")] == [
        "提案办理多次超期",
        "公务卡使用不规范",
    ]


def test_findings_and_measures_are_added_and_removed_in_the_preview(upload, client) -> None:
    upload(ledger(*ROWS))
    draft = ImportDraft.objects.get()
    for command in ("add-finding", "remove-finding-1", "remove-measure-0-1", "add-measure-1"):
        client.post(f"/import/{draft.pk}/", {"do": command})
    draft.refresh_from_db()
    kept = [(one["number"], len(one["measures"])) for one in draft.content["findings"]]
    assert kept == [(1, 1), (3, 2)]


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
