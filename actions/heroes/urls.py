from django.urls import path

from actions.heroes.pages import listing, nominating, own

# Tokens stand behind words that logs know (config.logs.BEHIND_LINKS).
urlpatterns = [
    path("", listing.heroes, name="heroes"),
    path("picture.png", listing.picture, name="heroes_picture"),
    path("nominate/", nominating.nominate, name="hero_nominate"),
    path("for-you/<str:token>/", nominating.hero_form, name="hero_form"),
    path("confirm/<str:token>/", own.hero_confirm, name="hero_confirm"),
    path("yours/<str:token>/", own.hero_own, name="hero_own"),
    path("withdraw/<str:token>/", own.hero_withdraw, name="hero_withdraw"),
    path("<slug:slug>/", listing.hero, name="hero"),
]
