"""Who may have how much held in a flood: in a day a source gets a small share of the room that is free.

The room never fills from few places that way, however many posts they send and however long: what each may
take shrinks with what is left. Where it is short, short texts still fit when long ones do not.
"""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from xiaohao.core.dated_settings import value, values
from xiaohao.core.evidence_kinds import MEBIBYTE
from xiaohao.core.models import Organ
from xiaohao.public import limits
from xiaohao.public.models import Intake
from xiaohao.public.services.intake import NoRoomError, no_room

OF_ALL = 0.8  # of the room for texts: a flood leaves some to those who write as people do
WORTH_WRITING = 50  # characters; nobody is asked to say it in fewer
ONE_SHORT_TEXT = 1200  # bytes; so much of every source is held, however small the share is set
TEN_CHARACTERS = 34  # bytes of ten Chinese ones, as ``intake.size_of`` counts them
ROOM, SHARE = "comments.text_megabytes", "comments.held_share"


class TooMuchError(NoRoomError):
    """There is room, but not for so much from this source."""


@dataclass(frozen=True)
class Size:
    """What a post takes, in bytes: its words, and beside them what it takes however short they are."""

    words: int
    beside: int

    @property
    def whole(self) -> int:
        return self.words + self.beside


def take(intake: Intake, organ: Organ, source: str, size: Size) -> None:
    """Take room for a post that is held. Raises ``NoRoomError`` in the words of a sender it has none for."""
    said = values(organ, (ROOM, SHARE), timezone.localdate())
    free = max(0, _room(said[ROOM]) - intake.text_bytes)
    share, taken = free, 0
    if source:
        share, taken = _share_of_one(free, int(said[SHARE])), limits.bytes_held(organ, source)
    if taken + size.whole > share:
        raise _refusal(share, taken, size)
    if source:
        limits.count_held(organ, source, size.whole)
    intake.text_bytes += size.whole


def _share_of_one(free: int, thousandths: int) -> int:
    """Return how many bytes of one source may be held in a day while so many are free."""
    share = free * min(1000, thousandths) // 1000
    return max(share, ONE_SHORT_TEXT) if free >= ONE_SHORT_TEXT else share


def percent_free(organ: Organ) -> int:
    """Return how much of the room for what is held is free."""
    room = _room(value(organ, ROOM, timezone.localdate()))
    taken = Intake.objects.filter(organ=organ).values_list("text_bytes", flat=True).first() or 0
    return max(0, room - taken) * 100 // room if room else 0


def _room(megabytes: int) -> int:
    return int(megabytes * MEBIBYTE * OF_ALL)


def _refusal(share: int, taken: int, size: Size) -> NoRoomError:
    """Return what a sender can do: write less, come back tomorrow, or call."""
    tens = (share - taken - size.beside) // TEN_CHARACTERS
    most = tens * 9 // 10 * 10  # while he shortens it others write
    if most >= WORTH_WRITING and size.words:
        told = {"most": most}
        return TooMuchError(
            _("现在收到的意见特别多，这一条太长，存不下。请缩短到%(most)s字以内再提交，或者拨打联系电话。")
            % told
        )
    if taken:
        return TooMuchError(
            _("您所在的网络今天发来的意见太多，这一条没有收下。请明天再提交，或者拨打联系电话。")
        )
    return no_room()
