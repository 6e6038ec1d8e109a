"""Addresses of the documents."""

from django.urls import path

from xiaohao.writing import views

urlpatterns = [
    path("findings/<int:number>/closing-form.<str:form>", views.closing_form, name="closing_form"),
    path("wall-chart/pdf/", views.wall_chart_pdf, name="wall_chart_pdf"),
    path("wall-chart/pdf/note/", views.wall_chart_pdf_note, name="wall_chart_pdf_note"),
]
