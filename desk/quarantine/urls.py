"""Pages of suspicious actions, under /desk/quarantine/."""

from django.urls import path

from actions import typed_numbers  # noqa: F401 (makes `number` known to the addresses below)
from desk.quarantine import pages

urlpatterns = [
    path("", pages.quarantine, name="quarantine"),
    path("<uuid:public_id>/release/", pages.release, name="quarantine_release"),
    path("<uuid:public_id>/refuse/", pages.refuse, name="quarantine_refuse"),
    path("many/", pages.many, name="quarantine_many"),
    path("many/<number:pk>/stop/", pages.stop, name="verdict_stop"),
]
