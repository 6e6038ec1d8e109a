"""Forms by which a comment becomes a finding or a measure: filled with its words, to be rewritten."""

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaohao.lib.notice_text import squeezed
from xiaohao.lib.personal_numbers import personal_numbers
from xiaohao.lib.plain_text import one_line
from xiaohao.public.models import Comment
from xiaohao.rectification.adding_forms import FindingAddForm, MeasureAddForm

AREA = gettext_lazy("群众反映的问题")
LONGEST_TITLE = 60
HELP = gettext_lazy("从意见带过来的，请改写：不要留姓名、电话等个人信息，所有看台账的人都能看到。")


def refuse_personal(comment: Comment, given: Mapping[str, Any]) -> None:
    """Raise ``ValidationError`` where somebody who wrote in confidence could be known from the words."""
    fields = [str(value) for value in given.values() if isinstance(value, str)]
    found = next((number for said in fields for number in personal_numbers(said)), None)
    if found:
        raise ValidationError(_("“%(number)s”像是个人的号码，请删去再转。") % {"number": found.said})
    told = "\n".join(fields)
    for said in (comment.name, comment.contact):
        if len(said) > 1 and said in told:
            raise ValidationError(_("提意见的人的称呼或联系方式还在文字里，请删去再转。"))


class CommentFindingForm(FindingAddForm):
    class Meta(FindingAddForm.Meta):
        fields = ("title", "detail", "goal", "accountable_leader", "lead_department")
        help_texts = {"title": HELP, "detail": HELP}

    def __init__(self, data: Any, comment: Comment) -> None:
        self.comment = comment
        title = one_line(re.split("[。！？\n]", comment.text, maxsplit=1)[0])[:LONGEST_TITLE]
        first = {"title": title, "detail": comment.text, "new_area": AREA}
        super().__init__(data, comment.organ, initial=first)

    def clean(self) -> dict[str, Any]:
        """Refuse what is personal."""
        given = super().clean()
        refuse_personal(self.comment, given)
        return given


class CommentMeasureForm(MeasureAddForm):
    class Meta(MeasureAddForm.Meta):
        fields = (
            *("text", "goal", "kind", "starts_on", "deadline", "owner", "lead_department"),
            *("accountable_leader", "supporting_departments", "follow_up_days"),
        )
        help_texts = {"text": HELP}

    def __init__(self, data: Any, comment: Comment) -> None:
        self.comment = comment
        super().__init__(data, comment.organ, initial={"text": comment.text})

    def clean(self) -> dict[str, Any]:
        """Refuse what is personal, and words that only say what somebody wants and not what is done."""
        given = super().clean()
        refuse_personal(self.comment, given)
        if squeezed(given.get("text", "")) == squeezed(self.comment.text):
            self.add_error("text", _("这还是意见的原话。请改写成要做的事，例如“公布食堂招标结果”。"))
        return given
