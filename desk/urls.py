"""The console: what people who work here see and do."""

from django.urls import path

from desk import home

app_name = "desk"
urlpatterns = [
    path("desk/", home.home, name="home"),
]
