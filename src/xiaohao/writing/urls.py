"""Addresses of the documents."""

from django.urls import path

from xiaohao.writing.views import documents, downloads, editing, templates, versions

urlpatterns = [
    path("documents/", documents.document_list, name="documents"),
    path("documents/add/", documents.document_add, name="document_add"),
    path("documents/<int:number>/", documents.document, name="document"),
    path("documents/<int:number>/edit/", editing.document_edit, name="document_edit"),
    path("documents/<int:number>/to-today/", editing.document_to_today, name="document_to_today"),
    path("documents/<int:number>/figures/", editing.document_figures, name="document_figures"),
    path("documents/<int:number>/anew/", versions.document_anew, name="document_anew"),
    path("documents/<int:number>/justify/", editing.document_justify, name="document_justify"),
    path("documents/<int:number>/mask/", editing.document_mask, name="document_mask"),
    path("documents/<int:number>/discard/", editing.document_discard, name="document_discard"),
    path("documents/<int:number>/take-up/", editing.document_take_up, name="document_take_up"),
    path("documents/<int:number>/numbers/", editing.document_numbers, name="document_numbers"),
    path("documents/<int:number>/submit/", documents.document_submit, name="document_submit"),
    path("documents/<int:number>/versions/<int:page>/", versions.document_version, name="document_version"),
    path(
        "documents/<int:number>/versions/<int:page>/restore/",
        versions.document_restore,
        name="document_restore",
    ),
    path("documents/<int:number>/file.<str:form>", downloads.document_file, name="document_file"),
    path("inspections/<int:number>/archive/", downloads.inspection_archive, name="inspection_archive"),
    path("text-templates/<str:kind>/", templates.text_template, name="text_template"),
    path("findings/<int:number>/closing-form.<str:form>", downloads.closing_form, name="closing_form"),
    path("wall-chart/pdf/", downloads.wall_chart_pdf, name="wall_chart_pdf"),
    path("wall-chart/pdf/note/", downloads.wall_chart_pdf_note, name="wall_chart_pdf_note"),
]
