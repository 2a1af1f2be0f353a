"""Addresses of segments, below desk/segments/."""

from django.urls import path

from desk.segments import pages

urlpatterns = [
    path("", pages.segments, name="segments"),
    path("keep/", pages.keep, name="segment_keep"),
    path("<number:pk>/", pages.change, name="segment_change"),
    path("<number:pk>/remove/", pages.remove, name="segment_remove"),
]
