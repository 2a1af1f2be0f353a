"""Words that their writers let us show as an example, with first name and town."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from actions.models import Action
from campaigns.models import Campaign
from desk.delivery_book.counting import writers
from legislators.models import Seat
from supporters.purposes import purpose

MOST = 60  # offered on the page
CHOSEN = 12  # in the book


@dataclass(frozen=True)
class Sample:
    key: str
    words: str
    signed: str


def consenting(seat: Seat, campaign: Campaign) -> QuerySet[Action]:
    """Letters with own words to this office, of people who still allow it; the newest first."""
    minor = Action.objects.filter(supporter=OuterRef("supporter"), entry__is_minor=True)
    return (
        writers(seat, campaign)
        .filter(supporter__in=purpose("sample_text").people())
        .exclude(own_words="")
        # An action that is not settled yet may say that they are young.
        .exclude(Exists(minor))
        .select_related("supporter")
        .order_by("-pk")
    )


def offered(seat: Seat, campaign: Campaign) -> list[Sample]:
    return [sample_of(action) for action in consenting(seat, campaign)[:MOST]]


def chosen(seat: Seat, campaign: Campaign, keys: Collection[str]) -> list[Sample]:
    """Of these only what is still allowed, at most CHOSEN."""
    # Asked again: between the page and its button somebody may have taken their yes back.
    found = [sample for sample in offered(seat, campaign) if sample.key in keys]
    return found[:CHOSEN]


def sample_of(action: Action) -> Sample:
    person = action.writer
    place = ", ".join(part for part in (person.city, person.state) if part)
    signed = ", ".join(part for part in (person.given_name, place) if part)
    return Sample(action.public_id.hex, action.own_words.strip(), signed)
