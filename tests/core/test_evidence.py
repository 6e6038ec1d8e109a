"""Evidence: what is taken, kept once, shown safely and never lost."""

import datetime as dt
import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from xiaohao.core.models import AuditEntry, Evidence, Role, StoredFile
from xiaohao.core.services import evidence
from xiaohao.rectification.models import Rule
from xiaohao.rectification.services import analysis


def text(name: str = "说明.txt", content: str = "会议纪要") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode())


def add(measure, by, *files, **values):
    return evidence.add(about=measure, uploads=files, proves="已经办结", by=by, **values)


@pytest.fixture
def measure(work):
    return work().measures.select_related("finding__inspection", "organ").get()


def test_a_file_used_twice_is_stored_once(measure, work, office) -> None:
    add(measure, office.owner, text("甲.txt"))
    add(measure, office.clerk, text("乙.txt"))
    assert [one.name for one in Evidence.objects.all()] == ["甲.txt", "乙.txt"]
    stored = StoredFile.objects.get()
    assert (stored.uses.count(), stored.kind, len(stored.digest)) == (2, "txt", 64)
    with stored.file.open() as stream:
        assert stream.read().decode() == "会议纪要"


def test_its_own_date_and_where_it_comes_from_are_kept_apart_from_the_upload(measure, office) -> None:
    (one,) = add(measure, office.owner, text(), dated=dt.date(2025, 5, 1), source="财务室")
    assert (one.dated, one.source, one.created_at.date()) == (
        dt.date(2025, 5, 1),
        "财务室",
        timezone.now().date(),
    )
    entry = AuditEntry.objects.get(action="evidence.created")
    assert entry.changes["proves"] == [None, "已经办结"]


def test_the_kind_follows_from_the_content_never_from_the_name(measure, office) -> None:
    with pytest.raises(ValidationError, match="不是可以作佐证的文件"):
        add(measure, office.owner, text("照片.jpg", "<html><script>alert(1)</script></html>"))
    assert not Evidence.objects.exists()
    assert not StoredFile.objects.exists()


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 60_000_000)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "是空的"),
        (b"PK\x03\x04rubbish", "打不开"),
        (b"\xff\xd8\xff\xe0 no picture", "打不开或者太大"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "认不出"),
        (bomb(), "异常庞大"),
    ],
    ids=["empty", "damaged archive", "damaged picture", "program", "bomb"],
)
def test_what_is_refused_is_told_with_the_name_of_the_file(measure, office, content: bytes, why: str) -> None:
    with pytest.raises(ValidationError, match=why) as refused:
        add(measure, office.owner, text("好的.txt"), SimpleUploadedFile("坏的.docx", content))
    assert "坏的.docx" in str(refused.value)
    assert not Evidence.objects.exists()  # the good one neither: all or none


def test_a_file_over_the_limit_is_refused(measure, office, organ) -> None:
    from xiaohao.core.services.settings import set_value

    day = timezone.localdate()
    set_value(key="evidence.most_megabytes", value=1, valid_from=day, source="", by=office.clerk)
    with pytest.raises(ValidationError, match="超过 1 MB"):
        add(measure, office.owner, text(content="字" * 400_000))


def test_a_date_to_come_is_refused(measure, office) -> None:
    with pytest.raises(ValidationError, match="在今天之后"):
        add(measure, office.owner, text(), dated=timezone.localdate() + dt.timedelta(days=1))


def test_only_who_works_on_the_measure_adds_to_it(measure, office) -> None:
    with pytest.raises(ValidationError, match="不能为它上传"):
        add(measure, office.leader, text())


def test_a_newer_version_stands_in_its_place_and_the_old_one_stays(measure, office) -> None:
    (old,) = add(measure, office.owner, text(content="初稿"))
    new = evidence.replace(evidence=old, file=text(content="定稿"), proves="", by=office.owner)
    assert evidence.evidence_of([measure])[measure.pk] == [new]
    assert (new.replaces, new.proves) == (old, "已经办结")
    with pytest.raises(ValidationError, match="已经有新版本"):
        evidence.replace(evidence=old, file=text(content="又一稿"), proves="", by=office.owner)
    with pytest.raises(ValidationError, match="新版本以它为根据"):
        evidence.remove(evidence=Evidence.objects.get(pk=old.pk), by=office.owner)


def test_nothing_is_taken_away_while_something_rests_on_it(work, office, strike_off) -> None:
    finding = strike_off(work())
    proof = Evidence.objects.get()
    with pytest.raises(ValidationError):
        evidence.remove(evidence=proof, by=office.clerk)
    assert finding.closed_on
    assert proof.stored.file.storage.exists(proof.stored.file.name)


def test_what_nothing_rests_on_can_be_taken_away(measure, office) -> None:
    (one,) = add(measure, office.owner, text())
    evidence.remove(evidence=one, by=office.owner)
    assert not Evidence.objects.exists()
    assert AuditEntry.objects.filter(action="evidence.removed").exists()


def test_a_file_is_saved_and_never_opened_by_the_browser(client, measure, office) -> None:
    (one,) = add(measure, office.owner, text("纪要.txt"))
    client.force_login(office.leader)
    answer = client.get(f"/evidence/{one.pk}/file/")
    assert b"".join(answer).decode() == "会议纪要"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    page = client.get(f"/evidence/{one.pk}/").content.decode()
    assert "会议纪要" in page
    assert "已经办结" in page


def test_a_picture_is_shown_without_the_place_it_was_taken_at(client, measure, office) -> None:
    stream = io.BytesIO()
    details = Image.Exif()
    details[0x010E] = "secret place"
    Image.new("RGB", (80, 60), "white").save(stream, "JPEG", exif=details)
    assert b"secret place" in stream.getvalue()
    (one,) = add(measure, office.owner, SimpleUploadedFile("现场.jpg", stream.getvalue()))
    client.force_login(office.leader)
    shown = client.get(f"/evidence/{one.pk}/picture/1/")
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    assert b"secret place" not in shown.content
    assert client.get(f"/evidence/{one.pk}/picture/2/").status_code == 404


def test_the_evidence_of_another_organ_does_not_exist(
    client, measure, office, make_organ, make_account
) -> None:
    (one,) = add(measure, office.owner, text())
    client.force_login(make_account(make_organ("neighbour", "红河区政协机关"), "周行", Role.CLERK))
    for part in ("", "file/", "picture/1/"):
        assert client.get(f"/evidence/{one.pk}/{part}").status_code == 404
    assert client.get(f"/evidence/add/measure/{measure.pk}/").status_code == 404


def test_files_are_uploaded_in_a_page(client, measure, office, photograph) -> None:
    client.force_login(office.owner)
    form = {"uploads": [photograph, text("纪要.txt")], "proves": "会议开过", "source": "办公室"}
    assert client.post(f"/evidence/add/measure/{measure.pk}/", form).status_code == 302
    assert [one.stored.kind for one in Evidence.objects.all()] == ["jpg", "txt"]
    client.force_login(office.leader)
    assert client.get(f"/evidence/add/measure/{measure.pk}/").status_code == 403


def test_what_is_too_large_is_refused_before_it_is_read(measure, office) -> None:
    class Endless(SimpleUploadedFile):
        def read(self, *_arguments: object) -> bytes:
            raise AssertionError("it was read")

    huge = Endless("录像.mp4", b"x")
    huge.size = 3_000_000_000
    with pytest.raises(ValidationError, match="超过 50 MB"):
        add(measure, office.owner, huge)


def test_the_evidence_of_two_organs_is_looked_up_together(measure, office, make_organ, make_account) -> None:
    """A supervisor downloads the evidence of all organs below in one archive."""
    (own,) = add(measure, office.owner, text())
    clerk = make_account(make_organ("below", "红河区政协机关"), "周行", Role.CLERK)
    rule = analysis.create_rule(Rule(organ=clerk.organ), {"name": "办法", "change": "made"}, clerk)
    (other,) = add(rule, clerk, text())
    again = analysis.create_rule(
        Rule(organ=office.clerk.organ), {"name": "办法", "change": "made"}, office.clerk
    )
    (third,) = add(again, office.clerk, text("丙.txt"))
    assert evidence.evidence_of([rule, again]) == {rule.pk: [other], again.pk: [third]}
    assert evidence.evidence_of([measure]) == {measure.pk: [own]}
