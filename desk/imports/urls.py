"""Bringing lists in, under /desk/imports/."""

from django.urls import path

from desk.imports import pages

urlpatterns = [
    path("", pages.imports, name="imports"),
    path("<uuid:public_id>/", pages.one_import, name="import"),
    path("<uuid:public_id>/<str:deed>/", pages.deed, name="import_deed"),
]
