"""Invented notices in every layout met in practice; the expected reading stands beside each."""

import json
from pathlib import Path

import pytest

from xiaohao.reading import Reading, as_json
from xiaohao.reading.notice import read_notice
from xiaohao.reading.repair import repair

SAMPLES = Path(__file__).parents[2] / "samples" / "notices"
REAL = Path(__file__).parents[4] / "shared" / "samples" / "real-notice-1.txt"


def read_text(text: str) -> Reading:
    repaired = repair(text)
    return Reading("通报.txt", "text", notice=read_notice(repaired), repaired=repaired)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_every_layout_is_read_exactly(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert as_json(read_text(path.read_text(encoding="utf-8"))) == expected


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_every_fact_stands_where_it_says(path: Path) -> None:
    text = repair(path.read_text(encoding="utf-8")).text
    notice = read_notice(repair(text))
    facts = [notice.inspected_unit, notice.inspecting_body, notice.inspected_from, notice.feedback_on]
    facts += [notice.open_from, notice.contact_phone, notice.signed_by, notice.signed_on]
    assert [text[fact.start : fact.end] for fact in facts if fact] == [fact.text for fact in facts if fact]
    for finding in notice.findings:
        assert text[finding.start : finding.end].count(finding.text) == 1
        for figure in finding.figures:
            assert text[figure.start : figure.end].endswith(figure.unit)


@pytest.mark.skipif(not REAL.exists(), reason="the published notice is not part of the repository")
def test_a_published_notice_is_read_exactly() -> None:
    truth = json.loads(REAL.with_name("real-notice-1.truth.json").read_text(encoding="utf-8"))
    form = as_json(read_text(REAL.read_text(encoding="utf-8")))
    findings = [
        {
            "number": finding["number"],
            "title": finding["title"],
            "enumerated_measures": len(finding["measures"]),
            "figures": [list(figure.values()) for figure in finding["figures"]],
        }
        for finding in form["findings"]
    ]
    same = {name: value for name, value in form.items() if name in truth and name != "findings"}
    assert same == {name: truth[name] for name in same}
    assert findings == truth["findings"]
    assert {"sections", "responsibility", "areas", "next_steps", "signed_on"} <= same.keys()


@pytest.mark.parametrize("joint", [" ", "\n\n", "\r\n", "\n　　"])
def test_line_breaks_lost_or_doubled_by_a_page_do_not_change_the_reading(joint: str) -> None:
    text = (SAMPLES / "layout-1-classic.txt").read_text(encoding="utf-8")
    as_printed, as_copied = read_text(text).notice, read_text(text.replace("\n", joint)).notice
    assert as_printed is not None
    assert as_copied is not None
    assert as_copied.sections == as_printed.sections
    assert as_copied.areas == as_printed.areas
    assert [(f.title, len(f.measures)) for f in as_copied.findings] == [
        (f.title, len(f.measures)) for f in as_printed.findings
    ]
    assert as_copied.feedback_on is not None
    assert as_printed.feedback_on is not None
    assert as_copied.feedback_on.value == as_printed.feedback_on.value
