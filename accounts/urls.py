"""Signing in and out, and what one-use links open."""

from django.urls import path

from accounts import invited, views

app_name = "accounts"
urlpatterns = [
    path("login/", views.sign_in, name="login"),
    path("login/demo/", views.sign_in_as_demo, name="demo_login"),
    path("logout/", views.sign_out, name="logout"),
    path("invited/<str:token>/", invited.invited, name="invited"),
    path("new-password/<str:token>/", invited.new_password, name="new_password"),
]
