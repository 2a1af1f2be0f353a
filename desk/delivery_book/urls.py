"""Delivery books, below their campaign, and what is handed over of a petition."""

from django.urls import path

from actions import typed_numbers  # noqa: F401 (makes `number` known to the addresses below)
from desk.delivery_book import pages

BOOKS = "desk/campaigns/<slug:slug>/book/"

urlpatterns = [
    path(BOOKS, pages.offices, name="delivery_books"),
    path(f"{BOOKS}<number:seat_id>/", pages.book, name="delivery_book"),
    path(f"{BOOKS}<number:seat_id>/pdf/", pages.book_pdf, name="delivery_book_pdf"),
    path("desk/petitions/<number:ask_id>/cover.pdf", pages.hand_over_pdf, name="petition_pdf"),
]
