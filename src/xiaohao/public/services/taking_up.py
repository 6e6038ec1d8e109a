"""A comment becomes a finding or a measure, once. Each knows the other by kind and number."""

from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from xiaohao.core.models import Account
from xiaohao.core.services import records
from xiaohao.public.models import Comment
from xiaohao.rectification.models import Finding, Measure
from xiaohao.rectification.services.adding import Origin

Made = TypeVar("Made", Finding, Measure)


@transaction.atomic
def take_up(*, comment: Comment, make: Callable[[Origin], Made], by: Account) -> Made:
    """Make a finding or measure of a comment. Raises ``ValidationError`` the second time.

    What is made says only that it came from the public and when: nothing of who wrote.
    """
    held = Comment.objects.select_for_update(of=("self",)).select_related("organ").get(pk=comment.pk)
    if held.became_kind:
        raise ValidationError(_("这条意见已经转为%(label)s。") % {"label": held.became_label})
    day = date_format(held.received_on, "Y年n月j日")
    said = _("公众意见（%(day)s收到，第%(number)s号）") % {"day": day, "number": held.number}
    made = make(Origin(said, Comment.subject_kind, held.pk))
    label = _("问题 %(code)s") if isinstance(made, Finding) else _("措施 %(code)s")
    became = {
        "became_kind": made.subject_kind,
        "became_number": made.pk,
        "became_label": label % {"code": made.code},
    }
    records.change(held, became, by=by, action="public_comment.taken_up")
    return made
