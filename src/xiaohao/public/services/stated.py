"""What the text of a notice says itself of its period and its telephone: the page must not say otherwise."""

import datetime as dt
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from xiaohao.reading import Unreadable, read
from xiaohao.writing import readiness
from xiaohao.writing.models import Document


@dataclass(frozen=True)
class Stated:
    """The facts of a text; None where it names none. ``text`` is the whole of it."""

    text: str
    open_from: dt.date | None = None
    open_to: dt.date | None = None
    contact_phone: str | None = None

    def first(self, today: dt.date) -> dt.date:
        """Return the first day a notice can be open: what was signed late begins today."""
        return max(self.open_from or today, today)


def stated_in(document: Document) -> Stated:
    """Read the period and the telephone out of the text of a document."""
    text = readiness.text_of(document)
    try:
        notice = read(text.encode(), "notice.txt").notice
    except Unreadable:
        notice = None
    if notice is None:
        return Stated(text)
    facts = {name: getattr(notice, name) for name in ("open_from", "open_to", "contact_phone")}
    return Stated(text, **{name: fact.value for name, fact in facts.items() if fact})


def contradictions(
    said: Stated, *, open_from: dt.date, open_to: dt.date, contact_phone: str, today: dt.date
) -> list[str]:
    """Return in sentences what would be told otherwise than in the text."""
    reasons = []
    if said.open_to and said.open_to < today:
        return [_("正文写的公开期限到%(day)s，已经过去。请重新起草一份通报。") % {"day": said.open_to}]
    if said.open_to and open_to != said.open_to:
        reasons.append(_("正文写的公开期限到%(day)s，请按正文填写公开截止日期。") % {"day": said.open_to})
    if said.open_from and open_from != said.first(today):
        told = {"day": said.open_from, "first": said.first(today)}
        reasons.append(_("正文写的公开期限从%(day)s开始，公开起始日期请填%(first)s。") % told)
    if said.contact_phone and _digits(contact_phone) not in _digits(said.text):
        told_phone = {"phone": said.contact_phone}
        reasons.append(_("正文写的联系电话是%(phone)s，请按正文填写。") % told_phone)
    return [*reasons, _("正文要改的，请重新起草一份通报。")] if reasons else []


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
