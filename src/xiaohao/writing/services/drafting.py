"""Writing a document from the records."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from xiaohao.core.models import Account
from xiaohao.core.services import records
from xiaohao.ledger.indicators import Period
from xiaohao.rectification.models import Finding
from xiaohao.writing.material.spoken import short_span
from xiaohao.writing.models import Document, DocumentKind
from xiaohao.writing.official.text import OfficialText, official_text
from xiaohao.writing.record_lists import lists_of
from xiaohao.writing.scope import Scope
from xiaohao.writing.services.documents import checked, keep_version
from xiaohao.writing.services.templates import template_of, written

# What leaves the organ as a paper carries its seal; the notice is a text of the web, the rest stays inside.
SEALED = frozenset({DocumentKind.PLAN, DocumentKind.PROGRESS_REPORT})


def title_of(kind: str, scope: Scope) -> str:
    """Return the title a new document gets."""
    organ = scope.organ.label
    titles = {
        DocumentKind.NOTICE: f"{organ}关于巡察整改进展情况的通报",
        DocumentKind.PLAN: f"{organ}巡察反馈意见整改方案",
        DocumentKind.SUMMARY: f"{organ}整改工作{_span_name(scope)}（{short_span(scope.period)}）",
        DocumentKind.PROGRESS_REPORT: f"{organ}关于巡察整改进展情况的报告",
        DocumentKind.HEAD_REPORT: f"{organ}主要负责人组织落实巡察整改情况的报告",
        DocumentKind.CLOSING_FORM: "巡察反馈问题整改销号表",
        DocumentKind.HAND_OVER: f"{organ}整改工作交接清单",
    }
    return titles[DocumentKind(kind)]


def _span_name(scope: Scope) -> str:
    """Return what a summary is called: of a week, half a month, a month, or simply a summary."""
    days = (scope.period.last - scope.period.first).days + 1
    for most, name in ((7, "周小结"), (16, "半月小结"), (31, "月小结")):
        if days <= most:
            return name
    return "小结"


@transaction.atomic
def draft(*, kind: str, scope: Scope, by: Account) -> Document:
    """Write a document from the records. Raises ``TemplateFault`` and ``ValidationError``."""
    if kind == DocumentKind.CLOSING_FORM and scope.finding is None:
        raise ValidationError({"finding": _("请选择是哪个问题的销号表。")})
    if kind == DocumentKind.HAND_OVER and scope.person is None:
        raise ValidationError({"person": _("请选择移交人。")})
    body = checked(written(kind, template_of(by.organ, kind), scope))
    document = Document(organ=by.organ, kind=kind, inspection=scope.inspection)
    values = {
        "title": title_of(kind, scope),
        "body": body,
        "lists": lists_of(document, body),
        "first": scope.period.first,
        "last": scope.period.last,
        "counted_on": scope.today,
        "written_by": by,
        "sealed": kind in SEALED,
        "finding": scope.finding,
        "person": scope.person,
        "successor": scope.successor,
    }
    created = records.create(document, by=by, action="document.created", values=values)
    keep_version(created, by)
    return created


def closing_form_of(finding: Finding, today: dt.date) -> OfficialText:
    """Return the closing form of a finding as its records are, by the organ's template.

    Raises ``TemplateFault``.
    """
    inspection = finding.inspection
    scope = Scope(inspection, Period(inspection.feedback_on or today, today), today, finding=finding)
    kind = DocumentKind.CLOSING_FORM
    return official_text(title_of(kind, scope), written(kind, template_of(finding.organ, kind), scope))
