"""An archive is whole, or what is wrong with it is told in a sentence, whoever made it and for what."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.lib.archives import REGULAR, as_lines, entries, manifest_of, with_fields, written, zipped

from xiaohao.cli.main import main
from xiaohao.lib import archive_check
from xiaohao.lib.archive_check import NotAnArchive, end_of_log, verify
from xiaohao.lib.file_archive import LOG, Writer, member

FILES = {"甲.txt": b"onetwo", "乙.bin": bytes(range(256)) * 4}
WHOLE = {**FILES, LOG: REGULAR}
LAID_OUT = "压缩包的开头、末尾或者文件之间有别的内容，或者文件的说明前后不一"
DRESSED = "有1个文件的日期、属性改过，不是归档文件的写法，如：甲.txt"


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "归档.zip"


def test_one_as_the_program_writes_it_is_whole(path) -> None:
    assert verify(written(path, FILES))[1] == []
    assert end_of_log(path) == entries("登记问题", None, "提交销号")[-1]["hash"]


# What may befall a file


def told(path: Path, data: bytes) -> bool:
    """Tell whether the command notices what was done to an archive."""
    path.write_bytes(data)
    return main(["archive", "verify", str(path)]) == 1


PLACE_FREE = {"suppress_health_check": [HealthCheck.function_scoped_fixture], "deadline": None}


@settings(max_examples=400, **PLACE_FREE)
@example(place=-1, byte=255)
@given(place=st.integers(0, 10**5), byte=st.integers(1, 255))
def test_any_byte_that_is_changed_is_noticed(path, place, byte) -> None:
    data = bytearray(written(path, FILES).read_bytes())
    data[place % len(data)] ^= byte
    assert told(path, bytes(data))


@settings(max_examples=100, **PLACE_FREE)
@given(length=st.integers(0, 10**5))
def test_a_file_that_was_cut_off_is_noticed(path, length) -> None:
    data = written(path, FILES).read_bytes()
    assert told(path, data[: length % len(data)])


@settings(max_examples=200, **PLACE_FREE)
@given(data=st.binary(min_size=1, max_size=400), place=st.integers(0, 10**5))
def test_whatever_is_written_into_it_is_noticed(path, data, place) -> None:
    """Headers with other sizes and places, half a contents, none."""
    before = written(path, FILES).read_bytes()
    at = place % len(before)
    over, between = before[:at] + data + before[at + len(data) :], before[:at] + data + before[at:]
    assert told(path, over) or over == before
    assert told(path, between)


def test_a_version_no_zip_ever_had_and_a_name_that_is_no_utf8_are_told(path) -> None:
    data = written(path, FILES).read_bytes()
    contents = data.index(b"PK\x01\x02")
    for place, value in ((contents + 6, 255), (contents + 46, 255)):
        changed = bytearray(data)
        changed[place] = value
        path.write_bytes(bytes(changed))
        with pytest.raises(NotAnArchive):
            verify(path)


# What somebody may make on purpose


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_is_packed_is_not_unpacked(path, packing, monkeypatch) -> None:
    """A few kilobytes would become gigabytes."""
    zipped(path, {**WHOLE, "丙.txt": b"\0" * 10**6}, packing=packing)
    monkeypatch.setattr(zipfile.ZipFile, "open", None)  # nothing is read
    digest, (sentence,) = verify(path)
    assert digest == ""
    assert "压缩或者加密过" in sentence


def test_damaged_packing_is_told_like_any(path, capsys) -> None:
    zipped(path, WHOLE, packing=zipfile.ZIP_LZMA)
    data = bytearray(path.read_bytes())
    data[50:80] = b"\xff" * 30
    assert told(path, bytes(data))
    assert "压缩或者加密过" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        ({"flag_bits": 0x801}, "压缩或者加密过"),
        ({"file_size": 5}, "压缩或者加密过"),
        ({"file_size": 10**9, "compress_size": 10**9}, "比压缩包还大"),
        ({"header_offset": 2**62}, LAID_OUT),
        ({"header_offset": 2**64 - 1}, LAID_OUT),
        ({"header_offset": 1}, LAID_OUT),
        ({"CRC": 1}, LAID_OUT),
        ({"date_time": (2026, 1, 1, 0, 0, 0)}, DRESSED),
        ({"external_attr": 0o120777 << 16}, DRESSED),  # a link to what it contains
        ({"external_attr": 0o104755 << 16}, DRESSED),
        ({"internal_attr": 1}, DRESSED),
        ({"create_system": 0}, DRESSED),
        ({"comment": "见附件".encode()}, DRESSED),
        ({"extra": b"\x99\x99\x01\x00x"}, DRESSED),
    ],
)
def test_a_member_that_is_not_what_the_contents_say_is_told(path, capsys, attributes, said) -> None:
    with_fields(path, WHOLE, "甲.txt", **attributes)
    assert main(["archive", "verify", str(path)]) == 1
    assert said in capsys.readouterr().out


def test_two_members_of_one_name_are_told(path) -> None:
    """Another program would take out the other one."""
    with zipfile.ZipFile(zipped(path, WHOLE), "a") as target, pytest.warns(UserWarning, match="Duplicate"):
        target.writestr(member("甲.txt"), b"three")
    assert verify(path) == ("", ["文件重复：甲.txt"])


def laid_out(path: Path, before: bytes = b"", between: bytes = b"", behind: bytes = b"") -> Path:
    """Write an archive whose headers know of the bytes in it that belong to no member."""
    with path.open("wb") as stream:
        stream.write(before)
        writer = Writer(stream)
        for name, data in WHOLE.items():
            writer.add(name, [data])
            stream.write(between)
            writer._zip.start_dir = stream.tell()
        writer._zip.comment = behind
        writer.close()
    return path


@pytest.mark.parametrize("place", ["before", "between", "behind"])
def test_bytes_that_belong_to_no_member_are_told(path, place) -> None:
    """A program before the first member is run by who opens the file; other readers read what is between."""
    assert verify(laid_out(path))[1] == []
    digest, (sentence,) = verify(laid_out(path, **{place: b"MZ\x90\x00"}))
    assert digest == ""
    assert LAID_OUT in sentence


@pytest.mark.parametrize("said", [b"#!/bin/sh\n", b"PK\x03\x04" * 10])
def test_a_program_before_the_archive_and_bytes_behind_it_are_told(path, said) -> None:
    whole = written(path, FILES).read_bytes()
    for data in (said + whole, whole + said):
        path.write_bytes(data)
        (sentence,) = verify(path)[1]
        assert LAID_OUT in sentence


@pytest.mark.parametrize("field", ["version", "flags", "time", "date", "sum", "size", "name", "extra"])
def test_a_header_that_says_something_else_than_the_contents_is_told(path, field) -> None:
    """Who unpacks while he reads sees the headers, not the contents at the end."""
    place = {"version": 4, "flags": 6, "time": 10, "date": 12, "sum": 14, "size": 18, "name": 30, "extra": 40}
    data = bytearray(written(path, FILES).read_bytes())
    data[place[field]] ^= 1
    path.write_bytes(bytes(data))
    (sentence,) = verify(path)[1]
    assert LAID_OUT in sentence


def test_many_members_are_compared_in_no_time(path) -> None:
    files = {str(number): b"" for number in range(20_000)}
    digest, wrong = verify(zipped(path, files, manifest=manifest_of(WHOLE)))
    assert digest
    assert len(wrong) == len(files) + len(WHOLE)


def test_a_name_cannot_write_on_the_screen(path, capsys) -> None:
    name = "甲\n归档.zip：完好\x1b[2J\u202e.txt"
    zipped(path, {**WHOLE, name: b"x"}, manifest=manifest_of(WHOLE))
    assert main(["archive", "verify", str(path)]) == 1
    assert "清单里没有的文件：甲�归档.zip：完好�[2J�.txt\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        (b"", "校验清单.txt是空的，或者不完整。"),
        (b"\n", "校验清单.txt第1行格式不对，或者与前面的重复。"),
        (manifest_of(WHOLE)[:-1], "校验清单.txt是空的，或者不完整。"),
        (manifest_of(WHOLE) * 2, "校验清单.txt第4行格式不对，或者与前面的重复。"),
        (manifest_of(WHOLE) + b"abc 3 x\n", "校验清单.txt第4行格式不对，或者与前面的重复。"),
        (
            manifest_of(WHOLE).replace(b" 6 ", " ６ ".encode()),
            "校验清单.txt第1行格式不对，或者与前面的重复。",
        ),
        (manifest_of(WHOLE).replace("甲".encode(), b"\xff"), "清单里有、文件里没有：�.txt"),
        (manifest_of(FILES), f"缺少{LOG}。"),
    ],
)
def test_a_manifest_no_program_wrote_is_refused(path, manifest, said) -> None:
    assert said in verify(zipped(path, WHOLE, manifest))[1]


def test_a_manifest_larger_than_any_is_not_read(path, monkeypatch) -> None:
    monkeypatch.setattr(archive_check, "LARGEST_MANIFEST", 100)
    assert verify(zipped(path, WHOLE)) == ("", ["校验清单.txt太大。"])


def first_changed(**values: Any) -> bytes:
    first, *others = entries("登记问题", None, "提交销号")
    return as_lines([{**first, **values}, *others])


@pytest.mark.parametrize(
    ("log", "said"),
    [
        (None, f"缺少{LOG}。"),
        (b"", f"{LOG}里没有可以核对的内容。"),
        (as_lines(entries(None, None)), f"{LOG}里没有可以核对的内容。"),
        (as_lines(entries("登记问题", "销号")[1:]), f"{LOG}第1行起不可信。"),
        (as_lines(entries("甲", "乙", "丙")[::2]), f"{LOG}第2行起不可信。"),
        (first_changed(sequence=77), f"{LOG}第1行起不可信。"),
        (first_changed(hash="deadbeef"), f"{LOG}第1行起不可信。"),
        (first_changed(payload="没有登记"), f"{LOG}第1行起不可信。"),
        (first_changed(payload=None), f"{LOG}第1行起不可信。"),
        (REGULAR.replace("登记问题".encode(), rb"\ud800"), f"{LOG}读不出来。"),
        (first_changed(hash=1), f"{LOG}读不出来。"),
        (REGULAR[:-1], f"{LOG}第3行起不可信。"),
        (REGULAR + b"\n", f"{LOG}读不出来。"),
        (b"[]\n", f"{LOG}读不出来。"),
        (b"{}\n", f"{LOG}读不出来。"),
        (b"\xff\n", f"{LOG}读不出来。"),
        (b"[" * 10**5 + b"\n", f"{LOG}读不出来。"),
        (b"9" * 10**5 + b"\n", f"{LOG}读不出来。"),
    ],
)
def test_a_log_that_proves_nothing_is_refused(path, log, said) -> None:
    assert verify(written(path, FILES, log))[1] == [said]


def test_a_line_longer_than_any_is_not_taken_into_memory(path, monkeypatch) -> None:
    monkeypatch.setattr(archive_check, "LONGEST_LINE", 100)
    assert verify(written(path, FILES))[1] == [f"{LOG}读不出来。"]


def test_a_file_that_is_not_there_is_not_called_a_bad_archive(path, capsys) -> None:
    assert main(["archive", "verify", str(path)]) == 1
    assert "没有这个文件" in capsys.readouterr().out
    assert main(["archive", "verify", str(path.parent)]) == 1
    assert "读不出来" in capsys.readouterr().out
    path.write_bytes(b"not a zip")
    assert main(["archive", "verify", str(path)]) == 1
    assert "不是归档文件" in capsys.readouterr().out
