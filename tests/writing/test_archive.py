"""The organ's file for the archive is whole, or it says what is not."""

import datetime as dt
import io
import json
import zipfile
from pathlib import Path

import docx
import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from xiaohao.cli.main import main
from xiaohao.core.models import AuditEntry
from xiaohao.core.services import evidence, records
from xiaohao.ledger.models import Decision, Signature
from xiaohao.ledger.services import decisions
from xiaohao.lib.archive_check import verify
from xiaohao.lib.file_archive import LOG, MANIFEST, Writer, member
from xiaohao.lib.hash_chain import GENESIS, link
from xiaohao.rectification.models import Plan
from xiaohao.rectification.services import plans
from xiaohao.rectification.services.archive import safe
from xiaohao.registers.assets.models import AssetCard
from xiaohao.writing.decisions import DOCUMENT


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
                new.writestr(member(name), changed)
    return target


def test_it_holds_lists_evidence_signatures_and_the_log_and_is_whole(archive, capsys) -> None:
    names = zipfile.ZipFile(archive).namelist()
    for part in ("03 清单/问题清单.xlsx", "05 签批记录.xlsx", "00 目录.xlsx", LOG, MANIFEST):
        assert part in names
    assert any(name.startswith("07 佐证材料/1-1") for name in names)
    assert main(["archive", "verify", str(archive)]) == 0
    digest, wrong = verify(archive)
    assert wrong == []
    assert digest in capsys.readouterr().out
    entry = AuditEntry.objects.get(action="inspection.archived")
    assert entry.changes["manifest"] == [None, f"sm3:{digest}"]
    assert main(["archive", "verify", str(archive), "--log"]) == 0


def test_the_contents_say_what_an_archive_does_not_have(archive) -> None:
    with zipfile.ZipFile(archive) as opened:
        contents = CalamineWorkbook.from_filelike(io.BytesIO(opened.read("00 目录.xlsx")))
        parts = {name[:2] for name in opened.namelist()}
    rows = contents.get_sheet_by_index(0).to_python()
    missing = [path for _number, path, what, _kept_at in rows if what == "本次巡察没有"]
    assert "06 通报公开情况" in missing
    assert {path[:2] for path in missing} == {f"0{number}" for number in range(8)} - parts


def test_it_is_made_as_a_real_request_asks_for_it(no_transaction, office, inspection, client) -> None:
    client.force_login(office.clerk)
    answer = client.post(f"/inspections/{inspection.pk}/archive/")
    assert b"".join(answer).startswith(b"PK")
    assert AuditEntry.objects.filter(action="inspection.archived").exists()


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
    place = next(number for number, line in enumerate(lines) if "payload" in json.loads(line))
    entry = json.loads(lines[place])
    entry["payload"] = entry["payload"].replace("1", "2", 1)
    lines[place] = json.dumps(entry, ensure_ascii=False)
    log = ("\n".join(lines) + "\n").encode()

    def change(name: str, data: bytes) -> bytes:
        if name == LOG:
            return log
        if name != MANIFEST:
            return data
        rows = data.decode().splitlines()
        summed = f"{hashlib.new('sm3', log).hexdigest()} {len(log)} {LOG}"
        return "".join(f"{summed if row.endswith(LOG) else row}\n" for row in rows).encode()

    _digest, wrong = verify(altered(archive, change))
    assert wrong == [f"{LOG}第{place + 1}行起不可信。"]


def test_one_made_elsewhere_is_whole_but_not_ours(db, tmp_path, capsys) -> None:
    path = tmp_path / "别处.zip"
    entry = {"sequence": 1, "previous": GENESIS, "hash": link(GENESIS, "登记"), "payload": "登记"}
    with path.open("wb") as stream:
        writer = Writer(stream)
        writer.add(LOG, [f"{json.dumps(entry)}\n".encode()])
        writer.close()
    assert main(["archive", "verify", str(path)]) == 0
    assert main(["archive", "verify", str(path), "--log"]) == 1
    said = capsys.readouterr().out
    assert "没有生成过这份归档文件" in said
    assert "不是同一条链" in said


def test_evidence_in_the_archive_is_the_evidence_that_was_kept(archive) -> None:
    kept = evidence.Evidence.objects.select_related("stored").first()
    with zipfile.ZipFile(archive) as opened:
        manifest = opened.read(MANIFEST).decode()
    assert kept.stored.digest in manifest


def test_evidence_with_a_name_that_would_forge_a_line_neither_breaks_nor_forges_the_manifest(
    office, work, client, photograph, tmp_path
) -> None:
    finding = work("修订提案办理办法")
    photograph.name = f"照片\u2028{'0' * 64} 1 假的.jpg"
    evidence.add(about=finding, uploads=[photograph], proves="现场", by=office.clerk)
    client.force_login(office.clerk)
    path = tmp_path / "归档.zip"
    path.write_bytes(b"".join(client.post(f"/inspections/{finding.inspection_id}/archive/")))
    assert verify(path)[1] == []
    (name,) = [one for one in zipfile.ZipFile(path).namelist() if "照片" in one]
    assert Path(name).name.startswith("01 照片_000")


@pytest.mark.parametrize(
    "character", ["\x00", "\n", "\x0b", "\x7f", "\x85", "\u2028", "\u2029", "\u202e", "/", "\\", "\ud800"]
)
def test_a_name_keeps_no_character_that_ends_a_line_or_leads_elsewhere(character) -> None:
    assert safe(f"甲{character}乙") == "甲_乙"


def log_of(path: Path) -> list[dict]:
    with zipfile.ZipFile(path) as opened:
        return [json.loads(line) for line in opened.read(LOG).decode().splitlines()]


def test_of_the_log_it_tells_what_belongs_to_the_inspection_and_no_more(
    office, strike_off, work, client, tmp_path, archive
) -> None:
    """People, passports, other inspections: their entries hold their place in the chain, without words."""
    entries = log_of(archive)
    assert [one["sequence"] for one in entries] == list(range(1, len(entries) + 1))
    told = [json.loads(one["payload"]) for one in entries if "payload" in one]
    kinds = {payload[6] for payload in told}
    assert {"finding", "measure", "evidence", "decision", "inspection"} <= kinds
    assert "person" not in kinds
    assert len(told) < len(entries)


def test_signatures_on_other_matters_stay_out(office, inspection, archive, client, tmp_path) -> None:

    card = AssetCard(organ=office.clerk.organ, number="A1", name="计算机", category="A02", value=100)
    values = {"acquired_on": dt.date(2020, 1, 1)}
    records.create(card, by=office.clerk, action="asset_card.created", values=values)
    other = Decision(
        organ=office.clerk.organ,
        kind="assets.disposal",
        about_kind="asset_card",
        about_number=card.pk,
        about_label="别的事项",
        reason="报废",
        asked_by=office.clerk.person,
    )
    decision = records.create(other, by=office.clerk, action="decision.asked")
    Signature.objects.create(
        decision=decision,
        round=1,
        position=1,
        person=office.head.person,
        asked_by=office.clerk.person,
        outcome="agreed",
        signed_at=timezone.now(),
        proof="0" * 64,
    )
    client.force_login(office.clerk)
    again = tmp_path / "再一份.zip"
    again.write_bytes(b"".join(client.post(f"/inspections/{inspection.pk}/archive/")))
    with zipfile.ZipFile(again) as opened:
        book = CalamineWorkbook.from_filelike(io.BytesIO(opened.read("05 签批记录.xlsx")))
    matters = [row[1] for row in book.get_sheet_by_index(0).to_python()[1:]]
    assert matters
    assert "别的事项" not in matters


def test_plans_and_signed_documents_are_there_as_documents(
    office, inspection, draft, saved, make_finding, client, tmp_path
) -> None:
    make_finding(1)
    values = {"aim": "逐条整改。", "content": plans.snapshot(inspection)}
    plan = Plan(organ=office.clerk.organ, inspection=inspection)
    records.create(plan, by=office.clerk, action="plan.created", values=values)
    document = saved(draft("summary"), "本周情况。")
    decision = decisions.ask(DOCUMENT, about=document, reason="请签发。", by=office.clerk)
    decisions.agree(decision=decision, opinion="同意", by=office.head)
    client.force_login(office.clerk)
    path = tmp_path / "归档.zip"
    path.write_bytes(b"".join(client.post(f"/inspections/{inspection.pk}/archive/")))
    with zipfile.ZipFile(path) as opened:
        names = opened.namelist()
        (word,) = [name for name in names if name.startswith("02 整改方案/")]
        text = "\n".join(one.text for one in docx.Document(io.BytesIO(opened.read(word))).paragraphs)
    assert "逐条整改。" in text
    assert [Path(name).suffix for name in names if name.startswith("04 文稿/")] == [".docx", ".pdf"]
    assert verify(path)[1] == []
