"""Documents in the safe, trips of the year, one passport that did not come back."""

import datetime as dt
from typing import Any

from xiaohao.ledger.register import add, take
from xiaohao.ledger.services import decisions
from xiaohao.registers.demo_year import Scene
from xiaohao.registers.passports.decisions import LEAVE
from xiaohao.registers.passports.models import RegisteredPerson, SafeCount, TravelDocument, Trip
from xiaohao.registers.passports.register import COUNTS, DOCUMENTS, PEOPLE, TRIPS

ROSTER = (
    ("沈砚秋", "主席", "serving"),
    ("罗明远", "副主席", "serving"),
    ("方静怡", "副主席", "serving"),
    ("贺长河", "秘书长", "serving"),
    ("顾怀安", "办公室主任", "serving"),
    ("周望之", "原副主席", "retired"),
    ("秦疏影", "原秘书长", "retired"),
)
# holder's place in the roster, destination, days until leaving, days away, how far it went
JOURNEYS = (
    (1, "新加坡", -200, 8, "returned"),
    (5, "日本", -150, 10, "returned"),
    (2, "泰国", -120, 7, "returned"),
    (6, "马来西亚", -38, 9, "lent"),  # back for three weeks, and the passport is not
    (3, "韩国", 25, 6, "approved"),
)


def tell(scene: Scene) -> None:
    """Register, hand in, lend and take back; count the safe twice."""
    documents = [_document(scene, place) for place in range(len(ROSTER))]
    for number, journey in enumerate(JOURNEYS, start=1):
        _trip(scene, documents, number, journey)
    for title, days in (("上半年清点", 160), ("下半年清点", 20)):
        kept = TravelDocument.objects.filter(organ=scene.organ, state=TravelDocument.State.KEPT)
        values = {
            "title": title,
            "counted_on": scene.ago(days),
            "keeper": scene.people["林小满"],
            "witness": scene.people["曹云帆"],
            "found": list(kept),
        }
        add(COUNTS, SafeCount(organ=scene.organ), values, scene.clerk)


def _document(scene: Scene, place: int) -> Any:
    name, post, status = ROSTER[place]
    values: dict[str, Any] = {
        "name": name,
        "person": scene.people.get(name),
        "post": post,
        "status": status,
        "identity_number": f"11010119700101{place:04d}",  # invented; the check digit is wrong on purpose
        "registered_on": scene.ago(900),
    }
    holder = add(PEOPLE, RegisteredPerson(organ=scene.organ), values, scene.clerk)
    values = {
        "shelf_number": f"ZJ-{place + 1:03d}",
        "holder": holder,
        "kind": "passport",
        "number": f"E0000{place:04d}",
        "issued_on": scene.ago(1200),
        "expires_on": scene.ago(-2400),
    }
    document: Any = add(DOCUMENTS, TravelDocument(organ=scene.organ), values, scene.clerk)
    return take(DOCUMENTS, document, "hand_in", {"handed_in_on": scene.ago(880)}, scene.clerk)


def _trip(scene: Scene, documents: list[Any], number: int, journey: tuple[int, str, int, int, str]) -> None:
    place, destination, days, away, state = journey
    leaves = scene.today + dt.timedelta(days=days)
    values = {
        "number": f"YS{leaves.year}-{number:02d}",
        "document": documents[place],
        "destination": destination,
        "purpose": "旅游探亲",
        "leaves_on": leaves,
        "returns_on": leaves + dt.timedelta(days=away),
    }
    trip: Any = add(TRIPS, Trip(organ=scene.organ), values, scene.clerk)
    trip = Trip.objects.select_related("organ", "document__holder__person").get(pk=trip.pk)
    asked = decisions.ask(LEAVE, about=trip, reason="因私旅游探亲，不影响工作。", by=scene.clerk)
    first = "secretary" if place != 3 else "leader"
    for username in (first, "head"):
        decisions.agree(decision=asked, opinion="同意", by=scene.accounts[username])
    trip = Trip.objects.select_related("organ", "document__holder__person").get(pk=trip.pk)
    if state == "approved":
        return
    trip = take(TRIPS, trip, "lend", {"lent_on": leaves - dt.timedelta(days=2)}, scene.clerk)
    if state == "returned":
        back = values["returns_on"] + dt.timedelta(days=3)
        take(TRIPS, trip, "take_back", {"returned_on": back}, scene.clerk)
