from django.urls import include, path

from actions import typed_numbers  # noqa: F401 (makes `number` known to the addresses below)
from actions.pages import (
    campaign,
    confirm,
    guardian,
    newsletter,
    prefilled,
    preview,
    proof,
    representatives,
    seen,
    share_picture,
    status,
    updates_end,
)
from actions.sign_ons import pages as sign_ons
from actions.sign_ons import private as signatures

app_name = "actions"

urlpatterns = [
    # Two addresses of one name: a campaign's first ask stands at the campaign's own.
    path("act/<slug:slug>/", campaign.act, name="act"),
    path("act/<slug:slug>/<number:position>/", campaign.act, name="act"),
    path("act/<slug:slug>/share.png", share_picture.share_picture, name="share_picture"),
    path("act/<slug:slug>/thanks/", campaign.thanks, name="thanks"),
    path("act/<slug:slug>/seen/", seen.seen, name="seen"),
    path("act/<slug:slug>/count.json", campaign.count, name="count"),
    path("begin/<str:token>/<slug:slug>/", prefilled.begin_here, name="begin_here"),
    path("preview/<str:token>/", preview.linked, name="preview"),
    path("preview/<str:token>/<number:position>/", preview.linked, name="preview"),
    path("proof/", proof.challenge, name="proof"),
    path("representatives/", representatives.representatives, name="representatives"),
    path("confirm/<str:token>/", confirm.confirm, name="confirm"),
    path("letters/<str:token>/", status.letters, name="status"),
    path("letters/<str:token>/<number:seat_id>.pdf", status.letter_to_print, name="own_print"),
    path("letters/<str:token>/letters.ics", status.reminder, name="reminder"),
    path("withdraw/<str:token>/", status.withdraw, name="withdraw"),
    path("not-me/<str:token>/", confirm.not_me, name="not_me"),
    path("me/", include("actions.my_page.urls")),
    path("heroes/", include("actions.heroes.urls")),
    path("guardian/<str:token>/", guardian.guardian, name="guardian"),
    path("sign-on/", sign_ons.sign_ons, name="sign_ons"),
    path("sign-on/<slug:slug>/", sign_ons.sign_on, name="sign_on"),
    # The token stands behind what logs know (config.logs.BEHIND_LINKS).
    path("sign-on/confirm/<str:token>/", signatures.confirm, name="sign_on_confirm"),
    path("sign-on/withdraw/<str:token>/", signatures.own, name="sign_on_own"),
    path("", include("actions.stories.urls")),
    path("newsletter/", newsletter.join, name="newsletter"),
    path("newsletter/<str:token>/", newsletter.join_confirm, name="newsletter_confirm"),
    path("unsubscribe/<str:token>/", newsletter.unsubscribe, name="unsubscribe"),
    path("unsubscribe/<str:token>/<number:alert>/", newsletter.unsubscribe, name="unsubscribe"),
    path("no-updates/<str:token>/", updates_end.end_updates, name="updates_end"),
]
