"""Signing in and out, and what one-use links open."""

from django.urls import path

from accounts import factor_pages, invited, own_account, second_step, views

app_name = "accounts"
urlpatterns = [
    path("login/", views.sign_in, name="login"),
    path("login/demo/", views.sign_in_as_demo, name="demo_login"),
    path("login/second/", second_step.second_step, name="second_step"),
    path("login/again/", second_step.again, name="again"),
    path("account/", own_account.account, name="account"),
    path("account/password/", own_account.password, name="password"),
    path("account/sessions/end/", own_account.end_others, name="end_others"),
    path("account/second-factor/", factor_pages.overview, name="second_factor"),
    path("account/second-factor/app/", factor_pages.add_app, name="add_app"),
    path("account/second-factor/passkey/", factor_pages.add_passkey, name="add_passkey"),
    path("account/second-factor/codes/", factor_pages.recovery_codes, name="recovery_codes"),
    path("account/second-factor/remove/", factor_pages.remove, name="remove_factor"),
    path("logout/", views.sign_out, name="logout"),
    path("invited/<str:token>/", invited.invited, name="invited"),
    path("new-password/<str:token>/", invited.new_password, name="new_password"),
]
