"""The pages of a preview that are in the reader's language: under /drafts/ and /es/drafts/."""

from django.urls import path

from actions import typed_numbers  # noqa: F401 (makes `number` known to the addresses below)
from desk.heroes import pages as heroes
from desk.organizing import issues
from desk.previews import draft
from desk.publications import pages as publications
from desk.publishing.pages import preview_url
from desk.sign_ons import pages as sign_ons

app_name = "drafts"
urlpatterns = [
    path("drafts/<slug:slug>/", draft.page, name="page"),
    path("drafts/<slug:slug>/<number:position>/", draft.page, name="page"),
    preview_url(issues.KIND, "issues"),
    preview_url(publications.KIND, "news"),
    preview_url(sign_ons.KIND, "sign-on"),
    preview_url(heroes.KIND, "heroes"),
]
