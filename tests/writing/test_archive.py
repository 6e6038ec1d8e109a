"""The organ's file for the archive is whole, or it says what is not."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from xiaohao.cli.main import main
from xiaohao.core.models import AuditEntry
from xiaohao.core.services import evidence
from xiaohao.lib.file_archive import LOG, MANIFEST, NotAnArchive, verify


@pytest.fixture
def archive(office, strike_off, work, client, tmp_path) -> Path:
    """The archive of an inspection with a closed finding, as the clerk downloads it."""
    finding = strike_off(work("修订提案办理办法"))
    client.force_login(office.clerk)
    answer = client.post(f"/inspections/{finding.inspection_id}/archive/")
    path = tmp_path / "归档.zip"
    path.write_bytes(b"".join(answer))
    return path


def altered(path: Path, change) -> Path:
    """Write the archive anew with each member as ``change(name, data)`` gives it; None leaves it out."""
    with zipfile.ZipFile(path) as old:
        members = [(name, old.read(name)) for name in old.namelist()]
    target = path.with_name("改过.zip")
    with zipfile.ZipFile(target, "w") as new:
        for name, data in members:
            changed = change(name, data)
            if changed is not None:
                new.writestr(name, changed)
    return target


def test_it_holds_lists_evidence_signatures_and_the_log_and_is_whole(archive, capsys) -> None:
    names = zipfile.ZipFile(archive).namelist()
    for part in ("03 清单/问题清单.xlsx", "05 签批记录.xlsx", "00 目录.xlsx", LOG, MANIFEST):
        assert part in names
    assert any(name.startswith("佐证材料/1-1") for name in names)
    assert main(["archive", "verify", str(archive)]) == 0
    digest, wrong = verify(archive)
    assert wrong == []
    assert digest in capsys.readouterr().out
    entry = AuditEntry.objects.get(action="inspection.archived")
    assert entry.changes["manifest"] == [None, f"sm3:{digest}"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda name, data: data + b"x" if name.endswith("问题清单.xlsx") else data, "内容与清单不符"),
        (lambda name, data: None if name.startswith("05") else data, "清单里有、文件里没有"),
        (lambda name, data: data.replace(b"xlsx", b"xlsy", 1) if name == MANIFEST else data, "没有"),
        (lambda name, data: None if name == MANIFEST else data, "不是归档文件"),
    ],
)
def test_what_was_altered_is_named(archive, change, said, capsys) -> None:
    assert main(["archive", "verify", str(altered(archive, change))]) == 1
    assert said in capsys.readouterr().out


def test_a_log_rewritten_together_with_the_manifest_is_still_found(archive) -> None:
    """Who alters an entry and sums up anew cannot make the chain fit without doing all later ones too."""
    import hashlib

    with zipfile.ZipFile(archive) as opened:
        lines = opened.read(LOG).decode().splitlines()
    entry = json.loads(lines[2])
    entry["payload"] = entry["payload"].replace("1", "2", 1)
    lines[2] = json.dumps(entry, ensure_ascii=False)
    log = ("\n".join(lines) + "\n").encode()

    def change(name: str, data: bytes) -> bytes:
        if name == LOG:
            return log
        if name != MANIFEST:
            return data
        rows = data.decode().splitlines()
        summed = f"{hashlib.new('sm3', log).hexdigest()} {len(log)} {LOG}"
        return "\n".join(summed if row.endswith(LOG) else row for row in rows).encode()

    _digest, wrong = verify(altered(archive, change))
    assert wrong == [f"{LOG}第3行起不可信。"]


def test_what_is_no_archive_is_told_so(tmp_path, capsys) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(b"not a zip")
    assert main(["archive", "verify", str(path)]) == 1
    assert main(["archive", "verify", str(tmp_path / "没有.zip")]) == 1
    assert "打不开" in capsys.readouterr().out


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(place=10615, byte=16)  # a name in the contents of the zip that is no UTF-8 any more
@example(place=1343, byte=64)  # a version no zip ever had
@given(place=st.integers(0, 10**6), byte=st.integers(1, 255))
def test_any_byte_that_is_changed_in_a_file_is_noticed(tmp_path, place, byte) -> None:
    from xiaohao.lib.file_archive import Writer

    stream = io.BytesIO()
    writer = Writer(stream)
    writer.add("甲.txt", [b"one", b"two"], (2026, 1, 1, 0, 0, 0))
    writer.add("乙.bin", [bytes(range(256)) * 4], (2026, 1, 1, 0, 0, 0))
    digest = writer.close((2026, 1, 1, 0, 0, 0))
    data = bytearray(stream.getvalue())
    data[place % len(data)] ^= byte
    path = tmp_path / "a.zip"
    path.write_bytes(bytes(data))
    try:
        found, wrong = verify(path)
    except NotAnArchive:
        return
    with zipfile.ZipFile(path) as opened:
        contents = {name: opened.read(name) for name in opened.namelist()} if not wrong else {}
    # Either it is told, or nothing of the contents changed (a date, an attribute of the zip itself).
    assert wrong or (found == digest and contents["甲.txt"] == b"onetwo")


def test_evidence_in_the_archive_is_the_evidence_that_was_kept(archive) -> None:
    kept = evidence.Evidence.objects.select_related("stored").first()
    with zipfile.ZipFile(archive) as opened:
        manifest = opened.read(MANIFEST).decode()
    assert kept.stored.digest in manifest
