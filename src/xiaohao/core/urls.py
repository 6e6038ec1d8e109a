"""Addresses of the house itself: log in and out, organisation, accounts, settings, calendar, log."""

from django.urls import path

from xiaohao.core.views import (
    accounts,
    appearance,
    audit,
    calendar,
    evidence,
    organisation,
    progress,
    session,
    settings,
)

urlpatterns = [
    path("", session.home, name="home"),
    path("login/", session.log_in, name="login"),
    path("logout/", session.log_out, name="logout"),
    path("password/", accounts.password, name="password"),
    path("language/", appearance.set_language, name="set_language"),
    path("progress/", progress.progress, name="progress"),
    path("appearance.css", appearance.appearance, name="appearance"),
    path("organisation/", organisation.organisation, name="organisation"),
    path("organisation/departments/add/", organisation.department_add, name="department_add"),
    path("organisation/departments/<int:number>/", organisation.department_edit, name="department_edit"),
    path("organisation/people/add/", organisation.person_add, name="person_add"),
    path("organisation/people/<int:number>/", organisation.person_edit, name="person_edit"),
    path("organisation/leading-group/add/", organisation.member_add, name="member_add"),
    path("organisation/leading-group/<int:number>/", organisation.member_edit, name="member_edit"),
    path("organisation/leading-group/<int:number>/remove/", organisation.member_remove, name="member_remove"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/<int:number>/", accounts.account_edit, name="account_edit"),
    path("settings/", settings.settings_list, name="settings"),
    path("settings/<str:key>/", settings.setting_edit, name="setting_edit"),
    path("calendar/", calendar.working_calendar, name="working_calendar"),
    path("calendar/remove/", calendar.calendar_day_remove, name="calendar_day_remove"),
    path("calendar/years/", calendar.calendar_year, name="calendar_year"),
    path("evidence/add/<str:kind>/<int:number>/", evidence.evidence_add, name="evidence_add"),
    path("evidence/<int:number>/", evidence.evidence, name="evidence"),
    path("evidence/<int:number>/file/", evidence.evidence_file, name="evidence_file"),
    path("evidence/<int:number>/picture/<int:page>/", evidence.evidence_picture, name="evidence_picture"),
    path("evidence/<int:number>/replace/", evidence.evidence_replace, name="evidence_replace"),
    path("evidence/<int:number>/remove/", evidence.evidence_remove, name="evidence_remove"),
    path("audit/", audit.audit_log, name="audit_log"),
    path("audit/export/", audit.audit_export, name="audit_export"),
]
