"""What strangers send stays words, is bounded, and is told in a sentence."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from PIL import Image
from tests.public.conftest import receipt_on

from xiaohao.lib.plain_text import one_line, plain_lines
from xiaohao.public.middleware import BoundedPosts
from xiaohao.public.models import Comment

OVERRIDE = "\u202e"


def test_hostile_words_stay_words_wherever_they_are_shown(client, say, office) -> None:
    words = "<script>alert(1)</script><img src=x onerror=alert(2)>{{ 7|add:1 }}"
    receipt = receipt_on(say(words, name="<b>王五</b>", contact="'\"><i>"))
    pages = [client.post("/public/answer/", {"receipt": receipt})]
    client.force_login(office.clerk)
    number = Comment.objects.get().pk
    pages += [client.get(f"/comments/{number}/{part}") for part in ("", "answer/", "finding/", "measure/")]
    pages.append(client.get("/comments/"))
    for page in pages:
        text = page.content.decode()
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "<b>王五" not in text
        assert "<i>" not in text
    assert "&lt;script&gt;" in pages[0].content.decode()


def test_controls_and_marks_of_direction_are_left_out(say) -> None:
    say(f"甲\x00乙\x07丙{OVERRIDE}丁\r\n戊", name=f"王\n五{OVERRIDE}")
    comment = Comment.objects.get()
    assert (comment.text, comment.name) == ("甲乙丙丁\n戊", "王 五")


def test_words_are_cleaned_the_same_everywhere() -> None:
    assert plain_lines("一\r\n二\r三\t四\u2028\x85\ud800") == "一\n二\n三\t四"
    assert one_line("  a\u202etxt.exe \n b\x00 ") == "atxt.exe b"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\现场\\照片.txt", "照片.txt"),
        ("<img src=x>.txt", "<img src=x>.txt"),
        (f"照片{OVERRIDE}gpj.txt", "照片gpj.txt"),
        ("长" * 300 + ".txt", "长" * 96 + ".txt"),
    ],
)
def test_a_name_of_a_file_is_words_and_no_path(client, say, office, settings, name, kept) -> None:
    say("见附件。", file=SimpleUploadedFile(name, "现场情况说明".encode()))
    comment = Comment.objects.get()
    assert comment.file_name == kept
    (path,) = [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert path.parent == settings.MEDIA_ROOT / "comments" / str(comment.organ_id)
    client.force_login(office.clerk)
    assert "<img src=x>" not in client.get(f"/comments/{comment.pk}/").content.decode()
    answer = client.get(f"/comments/{comment.pk}/file/")
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%E6%84%8F%E8%A7%811.txt"
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        "application/octet-stream",
        "nosniff",
    )


def polyglot() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (8, 8)).save(stream, "JPEG")
    return stream.getvalue() + b"<script>alert(1)</script>"


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * 300_000_000)
    return stream.getvalue()


def huge_picture() -> bytes:
    stream = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(stream, "PNG")
    return stream.getvalue()


def test_a_picture_that_is_also_a_page_is_given_as_a_file_to_save(client, say, office) -> None:
    say("见照片。", file=SimpleUploadedFile("照片.html", polyglot(), "text/html"))
    client.force_login(office.clerk)
    answer = client.get(f"/comments/{Comment.objects.get().pk}/file/")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].endswith(".jpg")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("网页.html", b"<html><script>alert(1)</script></html>", "不是可以作佐证的文件"),
        ("程序.docx", b"MZ\x90\x00" + b"\0" * 200, "“程序.docx”"),
        ("材料.docx", bomb(), "解压后异常庞大"),
        ("照片.png", huge_picture(), "打不开或者太大"),
        ("压缩.docx", b"PK\x03\x04" + b"\0" * 50, "“压缩.docx”"),
        ("空.txt", b"", "空"),
        ("大.txt", b"0" * (5 * 1024 * 1024 + 1), "超过 5 MB 的上限"),
    ],
    ids=["page", "program", "bomb", "huge picture", "broken", "empty", "large"],
)
def test_what_is_no_harmless_document_is_refused_in_words(say, settings, name, data, said) -> None:
    page = say("写了很久的意见", file=SimpleUploadedFile(name, data)).content.decode()
    assert said in page
    assert "写了很久的意见" in page
    assert not Comment.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


@pytest.mark.parametrize("page", ["comment", "compare"])
def test_fifty_megabytes_are_turned_away_before_they_are_kept(client, published, page) -> None:
    address = f"/public/{published.organ.code}/{published.number}/{page}/"
    answer = client.post(address, {"text": "a" * 50 * 1024 * 1024})
    assert answer.status_code == 413
    assert "文字最多5000字，附件最大5 MB" in answer.content.decode()
    assert "default-src" in answer["Content-Security-Policy"]


def test_a_large_file_never_lies_on_the_disk_as_it_came(say, limit, settings, tmp_path) -> None:
    limit(**{"comments.most_megabytes": 12})
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "nowhere"  # writing there fails
    words = "现场情况说明。" * 500_000
    assert "回执号" in say("见附件。", file=SimpleUploadedFile("说明.txt", words.encode())).content.decode()
    assert Comment.objects.get().file_size > 10_000_000


def test_a_length_that_is_no_number_is_none(db) -> None:
    request = RequestFactory().post("/public/x/1/comment/", {"text": "字"})
    request.META["CONTENT_LENGTH"] = "many"
    assert BoundedPosts(lambda _request: "passed on")(request) == "passed on"


def test_a_large_file_is_turned_away_for_an_unknown_organ_too(client, db) -> None:
    answer = client.post("/public/nobody/1/comment/", {"text": "a" * 5 * 1024 * 1024})
    assert answer.status_code == 413


def test_pages_of_the_office_are_not_bounded_here() -> None:
    request = RequestFactory().post("/import/", {"text": "字" * 5 * 1024 * 1024})
    assert BoundedPosts(lambda _request: "passed on")(request) == "passed on"
