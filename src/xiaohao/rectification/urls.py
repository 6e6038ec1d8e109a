"""Addresses of the rectification."""

from django.urls import URLPattern, path

from xiaohao.rectification.views import wall_chart

urlpatterns: list[URLPattern] = [
    path("wall-chart/", wall_chart.wall_chart, name="wall_chart"),
]
