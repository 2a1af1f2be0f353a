"""One person's own page among the people who act, as their other pages speak of it."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from actions.erasing.person import Person
from actions.heroes import mail
from actions.models import Hero
from supporters import links
from supporters.models import Supporter


class OwnPage(NamedTuple):
    """For the page of everything that is theirs."""

    hero: Hero
    url: str


def own_pages(supporter: Supporter) -> list[OwnPage]:
    """Confirmed ones, with the way to change them or take them back."""
    return [
        OwnPage(hero, reverse("actions:hero_own", args=[links.make("hero", hero.public_id)]))
        for hero in _of(supporter).exclude(confirmed_at=None)
    ]


def data(supporter: Supporter) -> tuple[str, str, list[dict[str, Any]]]:
    """All that we hold of it (settings.DATA_OF_PEOPLE)."""
    return "hero", _("Your page among the people who act"), [*map(_row, _of(supporter))]


def _row(hero: Hero) -> dict[str, Any]:
    return {
        "name": hero.name,
        # Held though the page may show less.
        "given_name": hero.given_name,
        "family_name": hero.family_name,
        "city": hero.place,
        "language": hero.language,
        "agreed_to": hero.wording,
        "sent_at": hero.sent_at,
        "confirmed_at": hero.confirmed_at,
        "accepted_at": hero.accepted_at,
        "declined_at": hero.declined_at,
        "public": hero.is_public,
        "words": [
            {
                "language": words.language,
                "what_you_did": words.deed,
                "own_words": words.own_words,
                "thanks": words.thanks,
                "corrected": [{"at": row["at"], "said": row["said"]} for row in words.corrections],
            }
            for words in hero.words.all()
        ],
    }


def forget_waiting(person: Person) -> int:
    """What was sent in their name and no mailbox confirmed (settings.HOLDERS_OF_PEOPLE). What they
    did confirm goes with their row.
    """
    theirs = Q(supporter_key=person.key)
    if not person.shares_mailbox:
        theirs |= Q(mailbox=person.mailbox)
    found = list(Hero.objects.filter(theirs, supporter=None))
    for hero in found:
        mail.forget_asking(hero)
        hero.delete()
    return len(found)


def _of(supporter: Supporter) -> QuerySet[Hero]:
    theirs = Q(supporter=supporter) | Q(supporter__merged_into=supporter)
    # What waits for their mailbox is theirs to see as well, whoever typed it.
    theirs |= Q(supporter_key=supporter.key, mailbox=supporter.mailbox)
    found: QuerySet[Hero] = Hero.objects.filter(theirs).order_by("pk").prefetch_related("words")
    return found
