"""Pages of suspicious actions, under /desk/quarantine/."""

from django.urls import path

from actions import typed_numbers  # noqa: F401 (makes `number` known to the addresses below)
from desk.quarantine import many, pages, trend_pages

urlpatterns = [
    path("", pages.quarantine, name="quarantine"),
    path("counted/", pages.counted, name="quarantine_counted"),
    path("unusual/", trend_pages.trends, name="trends"),
    path("<uuid:public_id>/release/", pages.release, name="quarantine_release"),
    path("<uuid:public_id>/refuse/", pages.refuse, name="quarantine_refuse"),
    path("many/", many.many, name="quarantine_many"),
    path("many/<number:pk>/stop/", many.stop, name="verdict_stop"),
    path("many/<number:pk>/undo/", many.undo, name="verdict_undo"),
]
