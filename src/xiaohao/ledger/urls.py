"""Addresses of what every register shares."""

from django.urls import path

from xiaohao.ledger.delegations import DELEGATIONS
from xiaohao.ledger.register_urls import urls
from xiaohao.ledger.views import controls, decisions, instructions, notices, registers

urlpatterns = [
    path("decisions/", decisions.decision_list, name="decisions"),
    path("decisions/<int:number>/", decisions.decision, name="decision"),
    path("decisions/<int:number>/sign/", decisions.decision_sign, name="decision_sign"),
    path("decisions/<int:number>/withdraw/", decisions.decision_withdraw, name="decision_withdraw"),
    path("decisions/<int:number>/resubmit/", decisions.decision_resubmit, name="decision_resubmit"),
    path("instructions/add/<str:kind>/<int:number>/", instructions.instruction_add, name="instruction_add"),
    path("instructions/<int:number>/answer/", instructions.instruction_answer, name="instruction_answer"),
    path("instructions/<int:number>/note/", instructions.instruction_note, name="instruction_note"),
    path("controls/", controls.control_list, name="controls"),
    path("controls/run/", controls.controls_run, name="controls_run"),
    path("controls/<str:key>/", controls.control, name="control"),
    path("control-hits/<int:number>/", controls.control_hit, name="control_hit"),
    path("control-hits/<int:number>/explain/", controls.control_hit_explain, name="control_hit_explain"),
    path("registers/", registers.registers, name="registers"),
    path("indicators/", registers.indicators, name="indicators"),
    path("outbox/", notices.outbox, name="outbox"),
    path("my-calendar/", notices.calendar_page, name="calendar_page"),
    path("my-calendar/new/", notices.calendar_make, name="calendar_make"),
    path("my-calendar/revoke/", notices.calendar_revoke, name="calendar_revoke"),
    path("calendar-feed/<str:secret>.ics", notices.calendar_feed_view, name="calendar_feed"),
    *urls(DELEGATIONS),
]
