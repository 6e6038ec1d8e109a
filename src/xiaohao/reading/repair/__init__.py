"""Second stage of reading: undo the damage that web pages and copying do to a text."""

from xiaohao.reading.repair.dates import date_readings
from xiaohao.reading.repair.model import Repair, Repaired, UnreadableSpan
from xiaohao.reading.repair.stages import repair

__all__ = ["Repair", "Repaired", "UnreadableSpan", "date_readings", "repair"]
