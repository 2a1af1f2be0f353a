"""Addresses of a campaign's alerts, below desk/campaigns/."""

from django.urls import path

from desk.alerts import pages

urlpatterns = [
    path("<slug:slug>/alerts/", pages.alerts, name="alerts"),
    path("<slug:slug>/alerts/new/", pages.write, name="alert_new"),
    path("<slug:slug>/alerts/<number:pk>/", pages.alert, name="alert"),
    path("<slug:slug>/alerts/<number:pk>/words/", pages.write, name="alert_words"),
    path("<slug:slug>/alerts/<number:pk>/count/", pages.count, name="alert_count"),
    path("<slug:slug>/alerts/<number:pk>/test/", pages.test, name="alert_test"),
    path("<slug:slug>/alerts/<number:pk>/approve/", pages.approve, name="alert_approve"),
    path("<slug:slug>/alerts/<number:pk>/remove/", pages.remove, name="alert_remove"),
    path("<slug:slug>/alerts/<number:pk>/<str:deed>/", pages.deed, name="alert_deed"),
]
