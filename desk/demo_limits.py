"""What a demonstration account may change: the demonstration.

Anybody signs in to one with a click. As long as nothing real is here it may try everything; once
real offices or campaigns are, only what is about made-up ones. What has no line below is then
refused, so that a new page is no door into real rows. /admin/ is never theirs to change.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from accounts.models import User
from actions.models import Hero, SameKey, Story, Submission
from campaigns.models import Bill, Campaign, Figure, Issue, Publication, SignOn
from desk.models import Export, Segment
from legislators.models import Contact, CustomOffice, SaidHolder, Seat
from supporters.models import Merge, Supporter
from worker.models import Delivery, Hold, PrintItem

SAFE = ("GET", "HEAD", "OPTIONS")
MADE_UP = Q(is_demo=True) | Q(created_by__is_demo=True)
SCOPES_WITH_KEY = (Hold.Scope.CAMPAIGN, Hold.Scope.OFFICE)
OF_A_SUPPORTER = (
    "supporter_tagged",
    "supporter_note",
    "supporter_note_strike",
    "supporter_suppress",
    "supporter_lift",
    "supporter_withdraw",
    "supporter_correct",
    "supporter_merge",
    "supporter_delete",
)
UPDATES = (
    "update",
    "update_new",
    "update_words",
    "update_approve",
    "update_call_back",
    "update_stop",
    "update_remove",
)
ALERTS = (
    "alert",
    "alert_new",
    "alert_words",
    "alert_count",
    "alert_test",
    "alert_approve",
    "alert_remove",
    "alert_deed",
)
PUBLICATIONS = (
    "publication",
    "publication_times",
    "publication_strike",
    "publication_about",
    "publication_file_change",
)
SIGN_ONS = (
    "sign_on",
    "sign_on_times",
    "sign_on_strike",
    "sign_on_about",
    "sign_on_file_change",
    "sign_on_deadline",
    "sign_on_organizations",
    "sign_on_add",
    "sign_on_delivery",
)
HEROES = ("hero", "hero_read", "hero_about", "hero_times", "hero_strike")
VERSIONS = ("letter_version", "letter_version_new", "letter_version_remove")
QUESTIONS = ("question", "question_new", "question_move", "question_remove")
# These forms only ask.
# A draft is its author's own: it changes nothing else.
ONLY_READS = {"outbox", "ask_preview", "draft_keep", "draft_throw_away"}
ONLY_READS |= {"preview_words", "preview_ask", "preview_letter", "supporter_find", "markdown"}

About = Callable[[HttpRequest, dict[str, Any]], bool]


class OnlyTheDemonstration:
    """Middleware: a demonstration account's change of anything real is answered 403."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        # Here, and not before: only by now is it known which page is asked for.
        is_work = request.method not in SAFE and request.path.startswith(settings.WORKPLACES)
        if not is_work or not getattr(request.user, "is_demo", False):
            return None
        if may_change(request, kwargs):
            return None
        return render(request, "403.html", {"demonstration": True}, status=403)


def may_change(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    """Whether what this request would change belongs to the demonstration."""
    match = request.resolver_match
    name = match.url_name if match else ""
    if match and match.app_name == "admin":
        return name == "logout"
    if not match or match.app_name != "desk" or name in ONLY_READS:
        return True
    about = ABOUT.get(name or "")
    return nothing_real() or bool(about and about(request, kwargs))


def nothing_real() -> bool:
    """No office and no campaign but made-up ones, and those that were made to try it."""
    return not (
        Seat.objects.filter(is_demo=False).exists() or Campaign.objects.exclude(MADE_UP).exists()
    )


def about_seat(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    return Seat.objects.filter(pk=kwargs["seat_id"], is_demo=True).exists()


def about_campaign(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    return Campaign.objects.filter(MADE_UP, slug=kwargs["slug"]).exists()


def about_bill(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    return Bill.objects.filter(pk=kwargs["pk"], is_demo=True).exists()


def about_issue(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    return Issue.objects.filter(slug=kwargs["slug"], is_demo=True).exists()


def about_hero(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    return Hero.objects.filter(slug=kwargs["slug"], is_demo=True).exists()


def about_publication(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    return Publication.objects.filter(slug=kwargs["slug"], is_demo=True).exists()


def about_sign_on(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    return SignOn.objects.filter(slug=kwargs["slug"], is_demo=True).exists()


def about_story(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    return Story.objects.filter(pk=kwargs["pk"], is_demo=True).exists()


def about_figure(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    return Figure.objects.filter(pk=kwargs["pk"], is_demo=True).exists()


def about_submission(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    made_up = Q(ask__campaign__is_demo=True) | Q(ask__campaign__created_by__is_demo=True)
    return Submission.objects.filter(made_up, public_id=kwargs["public_id"]).exists()


def about_supporter(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    return Supporter.objects.filter(public_id=kwargs["public_id"], is_demo=True).exists()


def about_pair(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    return SameKey.objects.filter(pk=kwargs["pk"], supporter__is_demo=True).exists()


def about_merge(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    return Merge.objects.filter(pk=kwargs["pk"], kept__is_demo=True).exists()


def about_delivery(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    found = Delivery.objects.filter(public_id=kwargs["public_id"]).defer("message").first()
    return found is not None and is_made_up(found.scope_key or found.recipient_key)


def about_own_export(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    return Export.objects.filter(public_id=kwargs["public_id"], author__is_demo=True).exists()


def about_own_segment(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    return Segment.objects.filter(pk=kwargs["pk"], owner__is_demo=True).exists()


def about_batch(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    items = PrintItem.objects.filter(batch=kwargs["number"])
    keys = set(items.values_list("delivery__scope_key", flat=True))
    # Without letters nobody can tell whose batch it is.
    return bool(keys) and all(is_made_up(key) for key in keys)


def about_custom_office(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    return CustomOffice.objects.filter(pk=kwargs["pk"], seat__is_demo=True).exists()


def about_contact(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    return Contact.objects.filter(pk=kwargs["contact_id"], legislator__is_demo=True).exists()


def about_said_holder(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    return SaidHolder.objects.filter(pk=kwargs["said_id"], seat__is_demo=True).exists()


def about_person(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    return User.objects.filter(pk=kwargs["pk"], is_demo=True).exists()


def about_placed_hold(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    """An office's comes in a field of its own, others as "scope|key": read as holds.place does."""
    if "office" in request.POST:
        return is_made_up(request.POST["office"])
    scope, _bar, key = request.POST.get("what", "").partition("|")
    return scope in SCOPES_WITH_KEY and is_made_up(key)


def about_lifted_hold(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    return request.POST.get("scope") in SCOPES_WITH_KEY and is_made_up(request.POST.get("key", ""))


def is_made_up(key: str) -> bool:
    """A campaign or an office of the demonstration, by its key ("campaign:3", "seat:17")."""
    kind, _colon, number = key.partition(":")
    # More digits than a key can have: the database would answer with an error, not with no.
    if not number.isdecimal() or len(number) > 18:
        return False
    if kind == "campaign":
        return Campaign.objects.filter(MADE_UP, pk=int(number)).exists()
    return kind == "seat" and Seat.objects.filter(is_demo=True, pk=int(number)).exists()


ABOUT: dict[str, About] = {
    **dict.fromkeys(
        ["seat_ladder", "address_correct", "office_limit", "review_decide", "holder"],
        about_seat,
    ),
    **dict.fromkeys(
        ["campaign_words", "campaign_settings", "campaign_asks", "campaign_deed"], about_campaign
    ),
    **dict.fromkeys(["delivery_book_pdf"], about_campaign),
    **dict.fromkeys(
        ["campaign_schedule", "schedule_end", "pictures", "picture", "picture_remove"],
        about_campaign,
    ),
    **dict.fromkeys(
        ["campaign_bills", "campaign_clone", "campaign_carry", "campaign_carried"], about_campaign
    ),
    **dict.fromkeys(
        ["bill_edit", "bill_remove", "bill_stage", "bill_strike", "bill_sponsors"], about_bill
    ),
    **dict.fromkeys(
        ["campaign_safeguards", "preview_link_new", "preview_link_end"], about_campaign
    ),
    **dict.fromkeys(
        ["ask_add", "ask_move", "ask_remove", "ask_words", "ask_targets", "ask_rule"],
        about_campaign,
    ),
    **dict.fromkeys(["ask_rule_remove", "ask_letter", "ask_test", "campaign_test"], about_campaign),
    **dict.fromkeys(VERSIONS, about_campaign),
    **dict.fromkeys(QUESTIONS, about_campaign),
    **dict.fromkeys(ALERTS + UPDATES, about_campaign),
    **dict.fromkeys(
        ["campaign_undo", "campaign_delete", "campaign_partners", "venues", "venue_close"],
        about_campaign,
    ),
    **dict.fromkeys(["issue", "issue_times", "issue_strike"], about_issue),
    **dict.fromkeys(PUBLICATIONS, about_publication),
    **dict.fromkeys(SIGN_ONS, about_sign_on),
    **dict.fromkeys(HEROES, about_hero),
    **dict.fromkeys(["figure", "figure_remove"], about_figure),
    **dict.fromkeys(["story", "story_words", "story_withdraw"], about_story),
    **dict.fromkeys(OF_A_SUPPORTER, about_supporter),
    "supporter_merge_undo": about_merge,
    "supporter_pair": about_pair,
    "quarantine_release": about_submission,
    "quarantine_refuse": about_submission,
    "settle": about_delivery,
    **dict.fromkeys(["export_begin", "export_download", "export_stop"], about_own_export),
    **dict.fromkeys(["segment_change", "segment_remove"], about_own_segment),
    "print_deed": about_batch,
    "print_file": about_batch,
    "custom_office": about_custom_office,
    **dict.fromkeys(["person", "person_deactivate", "person_reactivate"], about_person),
    **dict.fromkeys(["person_password", "person_factors"], about_person),
    "approve": about_contact,
    "refuse": about_contact,
    "holder_roster": about_said_holder,
    "hold_place": about_placed_hold,
    "hold_lift": about_lifted_hold,
}
