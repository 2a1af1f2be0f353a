"""What a campaign's page needs to print, whichever step it shows."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language

from actions.models import Action
from campaigns import counts, kept, markdown, partners, promised_time, words, zones
from campaigns.abroad.signers import from_abroad
from campaigns.bills.sentence import sentences
from campaigns.carrying.lineage import lineage
from campaigns.models import Ask, Campaign
from campaigns.petitions import current_text
from campaigns.pictures.showing import head_of, pictures_of
from legislators.prepared import Prepared
from worker.channels.mime import squeeze

SIGNERS = 5
# A code of the organization's own ("newsletter-12", "share-email"), which names no person: no @, no
# blanks, no telephone number.
SOURCE = re.compile(r"(?=.*[a-z])[a-z0-9][a-z0-9._-]{0,39}")
# Stage -> the step that the other language is asked for with this form in it, so that nothing is
# judged or sent, and the step that its Enter key means.
OTHER_LANGUAGE = {
    "address": "change",
    "together": "change",
    "choose": "address",
    "write": "address",
}
OTHER_LANGUAGE |= {"nobody": "address", "elsewhere": "address"}
ENTER = {"address": "address", "choose": "choose", "write": "write"}
ENTER |= {"nobody": "change", "elsewhere": "change"}


class TakenBack(Exception):
    """This ask was removed; `first` is one that its campaign still has."""

    def __init__(self, first: Ask) -> None:
        super().__init__(str(first))
        self.first = first


def find_ask(slug: str, position: int | None, meant: str = "") -> Ask:
    """The campaign's ask at a place in its order, its first when none is named; as it was a moment
    ago (campaigns.kept).

    `meant`: the id that a form was made for, as posted, which finds it wherever it was moved.
    Raises Http404, also for drafts, and TakenBack.
    """
    found = kept.of(("asks", slug), lambda: public_asks(slug))
    return pick(own_copies(found), position, meant)


def public_asks(slug: str) -> list[Ask]:
    """Raises Http404, also for drafts."""
    public = Ask.objects.exclude(campaign__state=Campaign.State.DRAFT)
    found = with_words(public.filter(campaign__slug=slug))
    if not found:
        raise Http404
    return found


def with_words(asks: QuerySet[Ask]) -> list[Ask]:
    """One campaign's, in their order, with what their pages say."""
    asks = asks.select_related(
        "campaign__issue", "campaign__successor", "campaign__schedule"
    ).prefetch_related("words", "campaign__words", "campaign__issue__words")
    found = list(asks.order_by("position", "id"))
    petitions = [ask for ask in found if ask.kind == Ask.Kind.PETITION]
    prefetch_related_objects(petitions, "petition_texts")
    return found


def own_copies(found: list[Ask]) -> list[Ask]:
    """Asks and their campaign for one request, which may note something on them; their words are
    everybody's.
    """
    campaign, copies = copy.copy(found[0].campaign), [copy.copy(ask) for ask in found]
    for ask in copies:
        ask.campaign = campaign
    return copies


def pick(found: list[Ask], position: int | None, meant: str = "") -> Ask:
    """The same among these asks, which are one campaign's."""
    if not found:
        raise Http404
    # They are here already: what stands around the step asks for them once more else.
    for ask in found:
        ask.siblings = found  # type: ignore[attr-defined]
    if meant:
        chosen = next((ask for ask in found if str(ask.pk) == meant), None)
    elif position is None:
        return found[0]
    else:
        chosen = next((ask for ask in found if ask.position == position), None)
    if chosen is None:
        # A place that no ask ever had is a wrong address, and no more.
        if meant or found[0].campaign.changes.filter(deed="remove ask").exists():
            raise TakenBack(found[0])
        raise Http404
    return chosen


def siblings_of(ask: Ask) -> list[Ask]:
    """All asks of its campaign, itself among them, in their order; one from `find_ask` has them."""
    found: list[Ask] | None = getattr(ask, "siblings", None)
    if found is None:
        others = ask.campaign.asks.select_related("campaign").prefetch_related("words")
        found = list(others.order_by("position", "id"))
    return found


def show(
    request: HttpRequest, ask: Ask, stage: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """The page at one stage; only its step when a script posted for that part.

    A GET is always whole: caches keep it for everybody.
    """
    page = stage_of(ask, stage) | context
    # A script puts the step into the page that is there; without scripts a whole page is drawn.
    if request.method == "POST" and request.headers.get("X-Part") == "step":
        return render(request, "actions/_step.html", page, status=status)
    # The page of a GET is the same for everybody: a link leads from it to the other language.
    page["enter_step"] = ENTER.get(stage, "") if request.method == "POST" else ""
    return HttpResponse(drawn(request, ask, page).filled(**numbers(ask)), status=status)


def show_first(
    request: HttpRequest, ask: Ask, blank: Callable[[HttpRequest, Ask], dict[str, Any]]
) -> HttpResponse:
    """The first stage, for a GET: what stands around its numbers is as it was a moment ago.

    `blank`: what the stage wants besides, its form among it.
    """

    def draw_first() -> kept.Drawn:
        mine = found_again(ask)
        page = drawn(request, mine, stage_of(mine, "address") | blank(request, mine))
        if mine.campaign.preview:
            raise kept.NotForEverybody(page)
        return for_everybody(request, page)

    page = kept.of(("around", request.get_full_path(), ask.pk), draw_first)
    return HttpResponse(page.filled(**numbers(ask)))


def found_again(ask: Ask) -> Ask:
    """The same, so that whatever is made of it, and kept, knows the rows that it is made of."""
    if ask.campaign.preview or not kept.is_noting():
        return ask
    try:
        return find_ask(ask.campaign.slug, None, str(ask.pk))
    except (Http404, TakenBack):  # since this request found it
        return ask


def for_everybody(request: HttpRequest, drawing: kept.Drawn) -> kept.Drawn:
    """The same drawing. Raises NotForEverybody where something of it could be this caller's own."""
    if is_own(request):
        raise kept.NotForEverybody(drawing)
    return drawing


def is_own(request: HttpRequest) -> bool:
    """Whether what was drawn for this request may hold something of who asked for it."""
    session = getattr(request, "session", None)
    return "CSRF_COOKIE_NEEDS_UPDATE" in request.META or (session is not None and session.accessed)


def stage_of(ask: Ask, stage: str) -> dict[str, Any]:
    """What a step prints besides its form."""
    return {
        "campaign": ask.campaign,
        "ask": ask,
        "ask_words": words.of(ask),
        "stage": stage,
        "act_url": ask_url(ask),
        "promised_time": promised_time.sentence(ask.campaign),
        "other_language": OTHER_LANGUAGE.get(stage, ""),
    }


def drawn(request: HttpRequest, ask: Ask, page: dict[str, Any]) -> kept.Drawn:
    """The whole page, with gaps for its `numbers`."""
    gaps = {"numbers": kept.gap("count"), "newest": kept.gap("signers")}
    return kept.draw("actions/act.html", around(ask) | page | gaps, request)


def numbers(ask: Ask) -> dict[str, str]:
    """What changes with each signature."""
    count = counts.of_ask(ask)
    is_shown = ask.campaign.is_open or count.total
    counted = {"count": count, "kind": ask.kind, "count_url": count_url(ask)}
    newest = signers(ask) if ask.kind == Ask.Kind.PETITION else []
    return {
        "count": render_to_string("_count.html", counted) if is_shown else "",
        "signers": render_to_string("actions/_signers.html", {"signers": newest}) if newest else "",
    }


def count_url(ask: Ask) -> str:
    return reverse("actions:count", args=[ask.campaign.slug]) + f"?ask={ask.position}"


def around(ask: Ask) -> dict[str, Any]:
    """What stands around the step, but for the numbers."""
    campaign, language = ask.campaign, get_language() or "en"
    campaign_words = words.of(campaign)
    is_petition = ask.kind == Ask.Kind.PETITION
    # A preview has its other language at an address of its own.
    elsewhere = campaign.preview.languages if campaign.preview else None
    told = told_of(campaign, language)
    pictures = told["pictures"]
    return {
        **({"languages": elsewhere} if elsewhere else {}),
        **told,
        "words": campaign_words,
        "closes": closes(campaign),
        "abroad": told["abroad"].get(ask.pk, ""),
        "head_picture": head_of(pictures),
        "story": markdown.render(campaign_words.story, tuple(pictures)),
        "asks": [(other, ask_url(other), other.pk == ask.pk) for other in siblings_of(ask)],
        "petition_text": current_text(ask, language) if is_petition else None,
        "canonical_url": settings.SITE_URL + ask_url(ask),
    }


def told_of(campaign: Campaign, language: str) -> dict[str, Any]:
    """What seldom changes, whichever ask it is, as it was a moment ago; `language` is the active
    one.
    """
    if campaign.preview:
        return read_of(campaign, language)
    found: dict[str, Any] = kept.of(
        ("told", campaign.pk, language), lambda: read_of(campaign, language)
    )
    return found


def read_of(campaign: Campaign, language: str) -> dict[str, Any]:
    return {
        "abroad": from_abroad(campaign),
        "bills": sentences(campaign),
        "lineage": lineage(campaign),
        "partners": [row.partner for row in partners.partnerships(campaign)],
        "pictures": pictures_of(campaign, words.of(campaign, language).language),
    }


def closes(campaign: Campaign) -> str:
    """Until when it takes part; "" where nobody has said."""
    times = campaign.times
    if times is None or times.closes_at is None or not campaign.is_open:
        return ""
    return zones.in_words(times.closes_at, times.zone)


NEWEST = Prepared(
    lambda asks: (
        Action.objects.counted()
        .filter(ask__in=asks, name_is_public=True)
        .filter(supporter__is_minor=False, supporter__age_is_known=True)
        .order_by("-confirmed_at")
        .values_list("supporter__given_name", "supporter__city", "us_state")[:SIGNERS]
    )
)


def signers(ask: Ask) -> list[dict[str, str]]:
    """The newest people who wanted to be seen: first name and place, of adults only."""
    return [
        {"name": name, "place": ", ".join(part for part in (city, state) if part)}
        for name, city, state in NEWEST.rows([ask.pk])
    ]


def source_of(request: HttpRequest) -> str:
    """The code of the link they came by, "" for anything that is none."""
    given = request.GET.get("source") or request.GET.get("utm_source") or ""
    # Marks that nobody sees come along with a link that was copied.
    code = squeeze(given).lower()
    return code if SOURCE.fullmatch(code) else ""


def ask_url(ask: Ask) -> str:
    """A campaign's first ask stands at the campaign's own address, or where it is previewed."""
    campaign = ask.campaign
    first = campaign.preview.url if campaign.preview else first_url(campaign)
    return first if ask.position == 1 else f"{first}{ask.position}/"


def thanks_url(ask: Ask) -> str:
    """For a child's voice."""
    query = urlencode({"ask": ask.position, "voice": 1})
    return reverse("actions:thanks", args=[ask.campaign.slug]) + "?" + query


def first_url(campaign: Campaign) -> str:
    """The page that people pass on."""
    return reverse("actions:act", args=[campaign.slug])
