"""Whether enough came, and what a majority is; the base stays visible."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from xiaohao.registers.meetings.models import Item, Meeting, MeetingKind


@dataclass(frozen=True)
class Standing:
    """Entitled (应到) and present (实到), how many must be there, how many votes pass."""

    entitled: int
    present: int
    needed: int
    majority: int
    base: str

    @property
    def enough(self) -> bool:
        return self.present >= self.needed

    @property
    def said(self) -> str:
        """Return it in words, with the base."""
        return _(
            "应到 %(entitled)s 人，实到 %(present)s 人，至少 %(needed)s 人到会；"
            "以%(base)s为基数，%(majority)s 票通过。"
        ) % {
            "entitled": self.entitled,
            "present": self.present,
            "needed": self.needed,
            "base": self.base,
            "majority": self.majority,
        }


def standing(meeting: Meeting) -> Standing:
    """Return how a meeting stands; with an appointment among its items the stricter quorum counts."""
    kind = meeting.kind
    of, by = kind.quorum_of, kind.quorum_by
    if meeting.items.filter(kind=Item.Kind.APPOINTMENT).exists():
        of, by = kind.appointment_of, kind.appointment_by
    entitled, present = len(meeting.members.all()), len(meeting.present.all())
    base = entitled if kind.majority_base == MeetingKind.Base.ENTITLED else present
    return Standing(
        entitled=entitled,
        present=present,
        needed=-(-entitled * of // by),
        majority=base // 2 + 1,
        base=str(kind.get_majority_base_display()),
    )
