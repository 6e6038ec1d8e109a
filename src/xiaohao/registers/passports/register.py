"""The registers of people, documents, trips and counts of the safe."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiaohao.core.audit_words import name_actions
from xiaohao.ledger.register import Ask, Due, Part, Register, declare
from xiaohao.ledger.workflow import Step, Workflow
from xiaohao.ledger.workflow import declare as declare_workflow
from xiaohao.registers.passports import access
from xiaohao.registers.passports.decisions import LEAVE
from xiaohao.registers.passports.models import RegisteredPerson, SafeCount, TravelDocument, Trip
from xiaohao.registers.passports.services import change_count, create_count, lend, take_back

KEEPER = _("证件保管人")
Doc, TripState = TravelDocument.State, Trip.State

DOCUMENT_WORKFLOW = declare_workflow(
    Workflow(
        key="travel_document",
        label=_("证件保管"),
        states=Doc,
        first=Doc.WITH_HOLDER,
        steps=(
            Step(
                "hand_in",
                _("交存"),
                (Doc.WITH_HOLDER,),
                Doc.KEPT,
                KEEPER,
                fields=("handed_in_on",),
                needs=("handed_in_on",),
            ),
            Step(
                "lend", _("领用（凭批准的申请）"), (Doc.KEPT,), Doc.LENT, KEEPER, guard=lambda *_: _by_trip()
            ),
            Step(
                "take_back",
                _("交回（在申请上登记）"),
                (Doc.LENT,),
                Doc.KEPT,
                KEEPER,
                guard=lambda *_: _by_trip(),
            ),
            Step(
                "lose",
                _("报失"),
                (Doc.WITH_HOLDER, Doc.KEPT, Doc.LENT),
                Doc.LOST,
                KEEPER,
                fields=("ended_on", "ended_why"),
                needs=("ended_on", "ended_why"),
            ),
            Step(
                "cancel",
                _("注销"),
                (Doc.WITH_HOLDER, Doc.KEPT, Doc.LOST),
                Doc.CANCELLED,
                KEEPER,
                fields=("ended_on", "ended_why"),
                needs=("ended_on", "ended_why"),
            ),
        ),
        final=frozenset({Doc.CANCELLED}),
    )
)


def _by_trip() -> str:
    return str(_("领用和交回在因私出国（境）的申请上登记。"))


TRIP_WORKFLOW = declare_workflow(
    Workflow(
        key="trip",
        label=_("因私出国（境）"),
        states=TripState,
        first=TripState.APPLIED,
        steps=(
            Step(
                "approve",
                _("批准"),
                (TripState.APPLIED,),
                TripState.APPROVED,
                _("审批通过后自动转入"),
                guard=lambda *_: _by_decision(),
            ),
            Step(
                "refuse",
                _("不批准"),
                (TripState.APPLIED,),
                TripState.REFUSED,
                _("审批不通过自动转入"),
                guard=lambda *_: _by_decision(),
            ),
            Step(
                "lend",
                _("登记领证"),
                (TripState.APPROVED,),
                TripState.LENT,
                KEEPER,
                fields=("lent_on",),
                needs=("lent_on",),
                also=lend,
            ),
            Step(
                "take_back",
                _("登记交回"),
                (TripState.LENT,),
                TripState.RETURNED,
                KEEPER,
                fields=("returned_on",),
                needs=("returned_on",),
                also=take_back,
            ),
        ),
        final=frozenset({TripState.REFUSED, TripState.RETURNED}),
    )
)


def _by_decision() -> str:
    return str(_("由审批决定，请提交审批。"))


PEOPLE = declare(
    Register(
        key="registered-people",
        model=RegisteredPerson,
        title=access.PEOPLE,
        add_label=_("登记备案人员"),
        empty=_("还没有备案人员。离退休人员也要登记。"),
        basis=_("国家工作人员登记备案规定（2003）第四条、第五条"),
        on_shelf=False,
        columns=("name", "post", "status", "registered_on", "updated_on"),
        fields=(
            "name",
            "person",
            "post",
            "status",
            "identity_number",
            "registered_on",
            "post_changed_on",
            "updated_on",
        ),
        filters=("status", "registered_on"),
        search=("name", "post"),
        identity=("name",),
        example={
            "name": "罗明远",
            "post": "副主席",
            "status": "在职",
            "identity_number": "110101199001010000",
            "registered_on": "2024-03-05",
        },
        view=access.VIEW_PEOPLE,
        change=access.CHANGE_PEOPLE,
        related=("person",),
        parts=(Part("travel-documents", "holder"),),
        responsible=lambda one: [one.person] if one.person else [],
    )
)
DOCUMENTS = declare(
    Register(
        key="travel-documents",
        model=TravelDocument,
        title=access.TITLE,
        add_label=_("登记证件"),
        empty=_("还没有证件。先登记备案人员，再登记他们的证件。"),
        purpose=_("备案人员的护照和通行证：交存、领用、交回、清点，超期提醒。"),
        basis=_("组通字〔2015〕20号；本单位证件管理办法"),
        columns=("shelf_number", "holder", "kind", "number", "state", "expires_on"),
        fields=("shelf_number", "holder", "kind", "number", "issued_on", "expires_on"),
        facts=(
            "holder",
            "kind",
            "number",
            "issued_on",
            "expires_on",
            "handed_in_on",
            "ended_on",
            "ended_why",
        ),
        filters=("kind", "state", "expires_on"),
        search=("shelf_number", "holder__name"),
        identity=("shelf_number",),
        example={
            "shelf_number": "ZJ-00",
            "holder": "罗明远",
            "kind": "普通护照",
            "number": "E00000001",
            "issued_on": "2021-05-01",
            "expires_on": "2031-04-30",
        },
        view=access.VIEW,
        change=access.CHANGE,
        order="shelf_number",
        related=("holder", "holder__person"),
        workflow=DOCUMENT_WORKFLOW,
        parts=(Part("trips", "document"),),
        list_links=(
            (access.PEOPLE, "registered-people"),
            (access.TRIPS, "trips"),
            (access.COUNTS, "safe-counts"),
        ),
        responsible=lambda document: [document.holder.person] if document.holder.person else [],
    )
)
TRIPS = declare(
    Register(
        key="trips",
        model=Trip,
        title=access.TRIPS,
        add_label=_("申请因私出国（境）"),
        empty=_("还没有申请。"),
        on_shelf=False,
        columns=("number", "document", "destination", "leaves_on", "returns_on", "state", "due_on"),
        fields=("number", "document", "destination", "purpose", "leaves_on", "returns_on"),
        facts=(
            "document",
            "destination",
            "purpose",
            "leaves_on",
            "returns_on",
            "lent_on",
            "due_on",
            "returned_on",
        ),
        filters=("state", "leaves_on"),
        search=("number", "destination", "document__holder__name"),
        identity=("number",),
        example={
            "number": "YS2026-00",
            "document": "ZJ-009",
            "destination": "新加坡",
            "purpose": "探亲",
            "leaves_on": "2026-02-10",
            "returns_on": "2026-02-20",
        },
        view=access.VIEW_TRIPS,
        change=access.CHANGE_TRIPS,
        order="-leaves_on",
        related=("document", "document__holder", "document__holder__person"),
        workflow=TRIP_WORKFLOW,
        asks=(Ask(LEAVE),),
        dues=(
            Due(
                "return",
                _("交回因私出国（境）证件"),
                Q(state=TripState.LENT),
                "document__holder__person",
                "due_on",
            ),
        ),
        responsible=lambda trip: [trip.document.holder.person] if trip.document.holder.person else [],
        changed=lambda trip: (trip, trip.document),
    )
)
COUNTS = declare(
    Register(
        key="safe-counts",
        model=SafeCount,
        title=access.COUNTS,
        add_label=_("清点保险柜"),
        empty=_("还没有清点。管钥匙的和管台账的两个人一起清点，勾出清点到的证件。"),
        on_shelf=False,
        columns=("title", "counted_on", "keeper", "witness", "expected_count", "found_count", "missing"),
        fields=("title", "counted_on", "keeper", "witness", "found", "explanation"),
        facts=(
            "counted_on",
            "keeper",
            "witness",
            "found",
            "expected_count",
            "found_count",
            "missing",
            "explanation",
        ),
        filters=("counted_on",),
        search=("title", "missing"),
        example={
            "title": "2026年上半年清点",
            "counted_on": "2026-06-30",
            "keeper": "林清和",
            "witness": "曹云帆",
        },
        view=access.VIEW_COUNTS,
        change=access.CHANGE_COUNTS,
        order="-counted_on",
        related=("keeper", "witness"),
        prefetch=("found",),
        create=create_count,
        save=change_count,
    )
)
name_actions(
    {
        "travel_document.lent": _("证件领用"),
        "travel_document.taken_back": _("证件交回"),
        "trip.approved": _("批准因私出国（境）"),
        "trip.refused": _("不批准因私出国（境）"),
    }
)
