"""Signing in and out."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("login/", views.sign_in, name="login"),
    path("login/demo/", views.sign_in_as_demo, name="demo_login"),
    path("logout/", views.sign_out, name="logout"),
]
