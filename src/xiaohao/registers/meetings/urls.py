"""The page a meeting has of its own."""

from django.urls import path

from xiaohao.registers.meetings.views import sheet

urlpatterns = [path("meetings/<int:number>/sheet/", sheet, name="meetings_sheet")]
