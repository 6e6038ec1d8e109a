"""Addresses of the documents."""

from django.urls import path

from xiaohao.writing import views

urlpatterns = [
    path("wall-chart/pdf/", views.wall_chart_pdf, name="wall_chart_pdf"),
    path("wall-chart/pdf/note/", views.wall_chart_pdf_note, name="wall_chart_pdf_note"),
]
