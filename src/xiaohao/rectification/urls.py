"""Addresses of the rectification."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
