"""Templates of documents: the shipped ones, and those an organ keeps in their place."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import override

from xiaohao.core.models import Account, Organ
from xiaohao.core.services import records
from xiaohao.writing.material import material
from xiaohao.writing.models import DocumentKind, TextTemplate
from xiaohao.writing.scope import Scope
from xiaohao.writing.templating import render

SHIPPED = Path(__file__).parent.parent / "texts"


def shipped(kind: str) -> str:
    """Return the template that comes with Xiaohao."""
    return (SHIPPED / f"{DocumentKind(kind).value}.liquid").read_text(encoding="utf-8")


def template_of(organ: Organ, kind: str) -> str:
    """Return the template in use: the organ's newest, else the shipped one."""
    own = TextTemplate.objects.filter(organ=organ, kind=kind).first()
    return own.source if own is not None and own.source else shipped(kind)


def written(kind: str, source: str, scope: Scope) -> str:
    """Return the text a template gives, in Chinese whoever asks. Raises ``TemplateFault``."""
    with override("zh-hans"):
        return render(source, material(kind, scope))


@transaction.atomic
def change_template(*, kind: str, source: str, by: Account, expected_number: int) -> TextTemplate:
    """Keep a new version of a template; an empty one brings the shipped one back.

    Raises ``ValidationError`` where somebody else kept one since, given by the number of the version read.
    """
    # One at a time: two at once would get the same number.
    Organ.objects.select_for_update().get(pk=by.organ.pk)
    newest = TextTemplate.objects.filter(organ=by.organ, kind=kind).aggregate(top=Max("number"))["top"] or 0
    if newest != expected_number:
        raise ValidationError(_("模板刚才有人改过，您的修改没有保存。请先看看新的模板。"))
    template = TextTemplate(organ=by.organ, kind=kind, number=newest + 1, source=source)
    return records.create(template, by=by, action="text_template.created")
