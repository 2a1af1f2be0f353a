"""Someone the ask doesn't address: never a dead end."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from actions.pages import page_context
from campaigns import targeting, words
from campaigns.abroad.heard import seats_that_hear
from campaigns.models import Ask, Campaign
from legislators.models import Jurisdiction

MOST = 3


def show_elsewhere(
    request: HttpRequest,
    ask: Ask,
    state: str,
    carried: Sequence[tuple[str, str]],
    *,
    is_abroad: bool = False,
) -> HttpResponse:
    """Whom the ask addresses, and what else this person can do; with all that they typed
    `carried` along, should they try another address.
    """
    scope = targeting.scope_states(ask.campaign)
    names = Jurisdiction.objects.filter(code__in=scope).values_list("name", flat=True)
    return page_context.show(
        request,
        ask,
        "elsewhere",
        scope=", ".join(names),
        carried=carried,
        is_abroad=is_abroad,
        alternatives=alternatives(ask, state, is_abroad=is_abroad),
    )


def alternatives(ask: Ask, state: str, *, is_abroad: bool = False) -> list[dict[str, str]]:
    """What else this person can do: this campaign's petition, then live campaigns that are open to
    their state; for somebody abroad those that hear them.
    """
    own = [other for other in page_context.siblings_of(ask) if not other.has_targets]
    found = [
        {
            "url": page_context.ask_url(other),
            "title": words.of(other).heading,
            "why": _("Open to everybody."),
        }
        for other in own
    ]
    live = (
        Campaign.objects.live()
        .exclude(pk=ask.campaign.pk)
        .prefetch_related("words", "asks__rules", "asks__words")
    )
    for campaign in live:
        if is_abroad:
            found += [from_abroad(open_one) for open_one in first_open_abroad(campaign)]
            continue
        scope = targeting.scope_states(campaign)
        if not scope or state in scope:
            why = _("For your state.") if scope else _("Open to everybody.")
            found.append(
                {
                    "url": page_context.first_url(campaign),
                    "title": words.of(campaign).title,
                    "why": why,
                }
            )
    return found[:MOST]


def first_open_abroad(campaign: Campaign) -> list[Ask]:
    """The first of its asks that somebody outside the United States can do, if any."""
    asks = campaign.asks.all()
    return [one for one in asks if not one.has_targets or seats_that_hear(one)][:1]


def from_abroad(ask: Ask) -> dict[str, str]:
    return {
        "url": page_context.ask_url(ask),
        "title": words.of(ask.campaign).title,
        "why": _("Open to people in every country."),
    }


def next_step(
    ask: Ask, *, done: Collection[int] = (), state: str | None = None
) -> dict[str, str] | None:
    """One next thing to do: the campaign's next ask, else another live campaign.

    For a person who is known: none of the asks that they have `done` (ids), and none that does not
    reach their `state`, "" for nowhere in the United States. None: everybody, whoever they are.
    """
    siblings = sorted(page_context.siblings_of(ask), key=lambda each: each.position <= ask.position)
    left = [each for each in siblings if each.pk not in done and each.pk != ask.pk]
    # To whoever is not known only what comes later is new.
    later = left if done else [each for each in left if each.position > ask.position]
    if later and ask.campaign.is_open:
        return {
            "url": page_context.ask_url(later[0]),
            "heading": words.of(later[0]).heading,
            "kind": later[0].kind,
        }
    others = (
        Campaign.objects.live()
        .exclude(pk=ask.campaign.pk)
        .prefetch_related("words", "asks__rules")
        .order_by("-launched_at")
    )
    for campaign in others:
        first = next(iter(campaign.asks.all()), None)
        scope = targeting.scope_states(campaign) if state is not None else ()
        if first and first.pk not in done and (not scope or state in scope):
            return {
                "url": page_context.first_url(campaign),
                "heading": words.of(campaign).title,
                "kind": first.kind,
            }
    return None
