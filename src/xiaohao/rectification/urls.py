"""Addresses of the rectification."""

from django.urls import URLPattern, path

from xiaohao.rectification.views import duties, findings, importing, wall_chart

urlpatterns: list[URLPattern] = [
    path("wall-chart/", wall_chart.wall_chart, name="wall_chart"),
    path("findings/", findings.finding_list, name="findings"),
    path("findings/export/", findings.export, name="findings_export"),
    path("findings/<int:number>/", findings.finding, name="finding"),
    path("findings/<int:number>/edit/", findings.finding_edit, name="finding_edit"),
    path("measures/<int:number>/edit/", findings.measure_edit, name="measure_edit"),
    path("measures/<int:number>/progress/", findings.progress, name="measure_progress"),
    path("my-duties/", duties.my_duties, name="my_duties"),
    path("import/", importing.upload, name="import_upload"),
    path("import/template/", importing.template, name="import_template"),
    path("import/progress/", importing.progress, name="import_progress"),
    path("import/<int:number>/", importing.preview, name="import_preview"),
]
