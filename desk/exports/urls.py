"""Addresses of exports, below desk/exports/."""

from django.urls import path

from desk.exports import pages

urlpatterns = [
    path("", pages.exports, name="exports"),
    path("new/", pages.new_export, name="export_new"),
    path("<uuid:public_id>/", pages.export, name="export"),
    path("<uuid:public_id>/begin/", pages.begin, name="export_begin"),
    path("<uuid:public_id>/approve/", pages.approve, name="export_approve"),
    path("<uuid:public_id>/download/", pages.download, name="export_download"),
    path("<uuid:public_id>/file/<str:token>/", pages.file, name="export_file"),
    path("<uuid:public_id>/stop/", pages.stop, name="export_stop"),
]
