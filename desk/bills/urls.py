"""Pages of bills, under /desk/bills/."""

from django.urls import path

from actions import typed_numbers  # noqa: F401 (makes `number` known to the addresses below)
from desk.bills import bill_page, importing, listing, sponsors

urlpatterns = [
    path("", listing.bills, name="bills"),
    path("new/", bill_page.new, name="bill_new"),
    path("import/", importing.many, name="bill_import"),
    path("<number:pk>/", bill_page.bill, name="bill"),
    path("<number:pk>/edit/", bill_page.edit, name="bill_edit"),
    path("<number:pk>/remove/", bill_page.remove, name="bill_remove"),
    path("<number:pk>/stage/", bill_page.note_stage, name="bill_stage"),
    path("<number:pk>/stage/<number:line>/strike/", bill_page.strike_stage, name="bill_strike"),
    path("<number:pk>/sponsors/", sponsors.sponsors, name="bill_sponsors"),
]
