"""What the organ's file for the archive holds of the public: when notices were open, how many wrote.

Nothing of what people wrote goes along, and nothing of who they are.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from xiaohao.core.export import write_workbook
from xiaohao.lib.file_archive import blocks_of
from xiaohao.public.models import Comment, Publication
from xiaohao.rectification.models import Inspection
from xiaohao.writing.archive.papers import Paper, add_papers, part
from xiaohao.writing.archive.subjects import add_subjects


def _record(inspection: Inspection) -> Iterator[Paper]:
    """Yield the record of what was open, where anything was."""
    answered = Count("comments", filter=Q(comments__state=Comment.State.ANSWERED))
    rows = Publication.objects.filter(organ=inspection.organ, document__inspection=inspection)
    found = rows.annotate(received=Count("comments"), answered=answered).defer("text").order_by("number")
    if not found:
        return
    header = [
        (_("编号"), 8),
        (_("标题"), 60),
        (_("公开起始日期"), 14),
        (_("公开截止日期"), 14),
        (_("状态"), 14),
        (_("撤回日期"), 14),
        (_("撤回理由"), 30),
        (_("收到意见"), 10),
        (_("已答复"), 10),
        (_("摘要（SM3）"), 70),
    ]
    with write_workbook(_("公开情况"), header, map(_row, found)) as stream:
        path = f"{part('06')}.xlsx"
        yield Paper(path, _("通报公开的起止日期、收到和答复的意见数"), blocks_of(stream))


def _row(one: Any) -> list[Any]:
    return [
        *(one.number, one.title, one.open_from, one.open_to, one.standing(timezone.localdate())),
        *(one.withdrawn_on, one.withdrawal_reason, one.received, one.answered, one.digest),
    ]


def _publications(inspection: Inspection) -> tuple[str, Iterable[int]]:
    rows = Publication.objects.filter(organ=inspection.organ, document__inspection=inspection)
    return Publication.subject_kind, rows.values_list("pk", flat=True)


add_papers(_record)
add_subjects(_publications)
