from django.urls import path

from actions.pages import mailbox, newsletter, views

app_name = "actions"

urlpatterns = [
    path("act/<slug:slug>/", views.act, name="act"),
    path("act/<slug:slug>/<int:position>/", views.act, name="act"),
    path("act/<slug:slug>/thanks/", views.thanks, name="thanks"),
    path("act/<slug:slug>/count.json", views.count, name="count"),
    path("confirm/<str:token>/", mailbox.confirm, name="confirm"),
    path("letters/<str:token>/", mailbox.letters, name="status"),
    path("letters/<str:token>/<int:seat_id>.pdf", mailbox.own_print, name="own_print"),
    path("withdraw/<str:token>/", mailbox.withdraw, name="withdraw"),
    path("not-me/<str:token>/", mailbox.not_me, name="not_me"),
    path("newsletter/", newsletter.join, name="newsletter"),
    path("newsletter/<str:token>/", newsletter.join_confirm, name="newsletter_confirm"),
    path("unsubscribe/<str:token>/", newsletter.unsubscribe, name="unsubscribe"),
]
