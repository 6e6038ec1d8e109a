"""The wall chart for a real wall: A3 landscape, drawn by typst from the same rows as the page."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from xiaohao.rectification.models import State
from xiaohao.rectification.wall_chart.chart import Chart
from xiaohao.rectification.wall_chart.rows import AreaRows, FindingRow, MeasureRow
from xiaohao.writing.fonts import SMALL, TITLE, Faces
from xiaohao.writing.typesetting import pdf_of


def pdf(chart: Chart, colours: Mapping[str, str], faces: Faces) -> bytes:
    """Return the chart as PDF; ``colours`` are those of the lights, as "#rrggbb"."""
    return pdf_of("wall_chart.typ", data(chart, colours, faces), faces)


def missing_note(faces: Faces) -> str:
    """Return the sentence about official faces that are not installed, or nothing."""
    missing = faces.missing(TITLE, SMALL)
    if not missing:
        return ""
    return _("未安装字体%(names)s，已用替代字体排印；请把字体文件放入本单位的字体目录。") % {
        "names": "、".join(missing)
    }


def data(chart: Chart, colours: Mapping[str, str], faces: Faces) -> dict[str, Any]:
    """Return everything the typst template prints."""
    return {
        "fonts": {"title": faces.of(TITLE), "body": faces.of(SMALL)},
        "note": missing_note(faces),
        "colours": dict(colours),
        "title": _("%(title)s整改挂图") % {"title": chart.title},
        "summary": _("共%(total)s个问题、%(measures)s条措施，已销号%(closed)s个，销号率%(rate)s")
        % {
            "total": chart.total,
            "measures": chart.measures,
            "closed": chart.closed,
            "rate": chart.rate,
        },
        "date": _("截至%(date)s") % {"date": chart.today.isoformat()},
        "heads": [_("问题"), _("措施"), _("状态"), _("时限")],
        "today": {"place": chart.today_place, "label": _("今天")},
        "months": [{"label": month.label, "x": month.x} for month in chart.months],
        "lights": [
            {"light": count.light, "text": f"{count.light.symbol} {count.label} {count.number}"}
            for count in chart.lights
            if count.light
        ],
        "states": [{"state": count.key, "text": f"{count.label} {count.number}"} for count in chart.states],
        "departments": [f"{count.label} {count.number}" for count in chart.departments],
        "areas": [_area(area) for area in chart.areas],
        "empty": _("挂图上还没有问题。"),
    }


def _area(area: AreaRows) -> dict[str, Any]:
    count = _("%(total)s个问题，已销号%(closed)s个") % {"total": len(area.findings), "closed": area.closed}
    return {
        "title": f"{area.number}. {area.title}",
        "count": count,
        "findings": [_finding(finding) for finding in area.findings],
    }


def _finding(finding: FindingRow) -> dict[str, Any]:
    return {
        "title": f"{finding.code} {finding.title}",
        "light": finding.light,
        "word": f"{finding.symbol} {finding.word}",
        "people": " ".join(part for part in (finding.department, finding.leader, *_marks(finding)) if part),
        "measures": [_measure(row) for row in finding.measures],
    }


def _marks(finding: FindingRow) -> list[str]:
    """Return what a leader is to see at once: who took it on, and whether it came back."""
    taken_on = _("领办%(name)s") % {"name": finding.taken_on_by} if finding.taken_on_by else ""
    relapsed = _("反弹%(count)s次") % {"count": finding.relapses} if finding.relapses else ""
    alarm = _("反弹警报") if finding.alarm else ""
    return [alarm, taken_on, relapsed]


def _measure(row: MeasureRow) -> dict[str, Any]:
    return {
        "text": f"{row.code} {row.full_text or row.text}".strip(),
        "responsible": row.responsible,
        "light": row.light,
        "word": f"{row.symbol} {row.word}",
        "state": str(row.state),
        "deadline": "\n".join(part for part in (row.deadline, row.original) if part),
        "bar": {
            "x": row.bar.x,
            "width": row.bar.width,
            "begin": row.bar.begin,
            "deadline": row.bar.deadline,
            "state": State(row.bar.state).value,
        },
    }
