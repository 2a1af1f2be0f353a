"""Pages of the organizer's console, under /desk/campaigns/."""

from django.urls import include, path

from actions import typed_numbers  # noqa: F401 (makes `number` known to the addresses below)
from desk.bills import of_campaign
from desk.carrying import pages as carrying
from desk.history import pages as history
from desk.letters import pages, versions
from desk.organizing import (
    asks,
    deleting,
    editing,
    launch,
    letters,
    listing,
    mails_to_oneself,
    targets,
)
from desk.partners import pages as partners
from desk.pictures import pages as pictures
from desk.prefills import pages as prefills
from desk.previews import links, typed
from desk.questions import pages as questions
from desk.schedules import pages as schedules
from desk.updates import pages as updates
from desk.venues import pages as venues

urlpatterns = [
    path("", listing.campaigns, name="campaigns"),
    # Before <slug:slug>/. No campaign may be called so: campaigns.starting.RESERVED.
    path("new/", listing.begin, name="campaign_new"),
    path("<slug:slug>/", listing.campaign, name="campaign"),
    path("<slug:slug>/words/<str:language>/", editing.campaign_words, name="campaign_words"),
    path("<slug:slug>/clone/", carrying.clone_campaign, name="campaign_clone"),
    path("<slug:slug>/carry/", carrying.carry_campaign, name="campaign_carry"),
    path("<slug:slug>/carried/", carrying.carried, name="campaign_carried"),
    path("<slug:slug>/bills/", of_campaign.campaign_bills, name="campaign_bills"),
    path("<slug:slug>/settings/", editing.campaign_settings, name="campaign_settings"),
    path("<slug:slug>/schedule/", schedules.schedule, name="campaign_schedule"),
    path("<slug:slug>/schedule/take-away/", schedules.take_away, name="schedule_end"),
    path("<slug:slug>/venues/", venues.venues, name="venues"),
    path("<slug:slug>/venues/<number:pk>/close/", venues.close, name="venue_close"),
    path("<slug:slug>/safeguards/", editing.campaign_safeguards, name="campaign_safeguards"),
    path("<slug:slug>/asks/", asks.asks, name="campaign_asks"),
    path("<slug:slug>/asks/add/", asks.add, name="ask_add"),
    path("<slug:slug>/asks/<number:pk>/move/", asks.move, name="ask_move"),
    path("<slug:slug>/asks/<number:pk>/remove/", asks.remove, name="ask_remove"),
    path("<slug:slug>/asks/<number:pk>/words/<str:language>/", editing.ask_words, name="ask_words"),
    path("<slug:slug>/asks/<number:pk>/targets/", targets.targets, name="ask_targets"),
    path(
        "<slug:slug>/asks/<number:pk>/targets/<number:rule_pk>/", targets.targets, name="ask_rule"
    ),
    path(
        "<slug:slug>/asks/<number:pk>/targets/<number:rule_pk>/remove/",
        targets.remove_rule,
        name="ask_rule_remove",
    ),
    path("<slug:slug>/asks/<number:pk>/letter/", letters.letter, name="ask_letter"),
    path("<slug:slug>/asks/<number:pk>/versions/", versions.versions, name="letter_versions"),
    path("<slug:slug>/asks/<number:pk>/versions/new/", versions.version, name="letter_version_new"),
    path(
        "<slug:slug>/asks/<number:pk>/versions/<number:version_pk>/",
        versions.version,
        name="letter_version",
    ),
    path(
        "<slug:slug>/asks/<number:pk>/versions/<number:version_pk>/remove/",
        versions.remove,
        name="letter_version_remove",
    ),
    path("<slug:slug>/asks/<number:pk>/questions/", questions.questions_of, name="questions"),
    path("<slug:slug>/asks/<number:pk>/questions/new/", questions.question, name="question_new"),
    path("<slug:slug>/asks/<number:pk>/answers/", questions.answers, name="answers"),
    path(
        "<slug:slug>/asks/<number:pk>/questions/<number:question_pk>/",
        questions.question,
        name="question",
    ),
    path(
        "<slug:slug>/asks/<number:pk>/questions/<number:question_pk>/move/",
        questions.move,
        name="question_move",
    ),
    path(
        "<slug:slug>/asks/<number:pk>/questions/<number:question_pk>/remove/",
        questions.remove,
        name="question_remove",
    ),
    path("<slug:slug>/asks/<number:pk>/preview/", pages.preview, name="ask_preview"),
    path("<slug:slug>/asks/<number:pk>/test/", mails_to_oneself.send_letter, name="ask_test"),
    path("<slug:slug>/preview/", links.looking, name="campaign_preview"),
    path("<slug:slug>/preview/links/", links.make, name="preview_link_new"),
    path("<slug:slug>/preview/links/<number:pk>/end/", links.take_back, name="preview_link_end"),
    path("<slug:slug>/words/<str:language>/preview/", typed.campaign_words, name="preview_words"),
    path(
        "<slug:slug>/asks/<number:pk>/words/<str:language>/preview/",
        typed.ask_words,
        name="preview_ask",
    ),
    path("<slug:slug>/asks/<number:pk>/letter/preview/", typed.letter, name="preview_letter"),
    path("<slug:slug>/pictures/", pictures.pictures, name="pictures"),
    path("<slug:slug>/pictures/<number:number>/", pictures.picture, name="picture"),
    path("<slug:slug>/pictures/<number:number>/remove/", pictures.remove, name="picture_remove"),
    path("<slug:slug>/test/", mails_to_oneself.send, name="campaign_test"),
    path("<slug:slug>/history/", history.history, name="campaign_history"),
    path("<slug:slug>/history/<number:pk>/", history.change, name="campaign_change"),
    path("<slug:slug>/links/", prefills.links, name="personal_links"),
    path("<slug:slug>/partners/", partners.campaign_partners, name="campaign_partners"),
    path("", include("desk.alerts.urls")),
    path("<slug:slug>/updates/", updates.updates, name="updates"),
    path("<slug:slug>/updates/new/", updates.write, name="update_new"),
    path("<slug:slug>/updates/<number:pk>/", updates.update, name="update"),
    path("<slug:slug>/updates/<number:pk>/words/", updates.write, name="update_words"),
    path("<slug:slug>/updates/<number:pk>/approve/", updates.approve, name="update_approve"),
    path("<slug:slug>/updates/<number:pk>/call-back/", updates.call_back, name="update_call_back"),
    path("<slug:slug>/updates/<number:pk>/stop/", updates.stop, name="update_stop"),
    path("<slug:slug>/updates/<number:pk>/remove/", updates.remove, name="update_remove"),
    path("<slug:slug>/do/<str:deed>/", launch.deed, name="campaign_deed"),
    path("<slug:slug>/delete/", deleting.delete, name="campaign_delete"),
    path("<slug:slug>/undo/", launch.undo, name="campaign_undo"),
]
