"""The pages assets have of their own."""

from django.urls import path

from xiaohao.registers.assets import views

urlpatterns = [
    path("assets/labels/", views.labels, name="assets_labels"),
    path("stocktakes/<int:number>/scan/", views.scan, name="stocktakes_scan"),
    path("stocktakes/<int:number>/scans/", views.scans, name="stocktakes_scans"),
    path("stocktakes/<int:number>/room/", views.room, name="stocktakes_room"),
    path("stocktakes/<int:number>/list/", views.by_list, name="stocktakes_list"),
    path("asset-matches/<int:number>/match/", views.run_match, name="asset-matches_run"),
]
