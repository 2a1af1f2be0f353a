"""What an export holds: its columns, how many rows, and the rows after a key, a batch at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from actions.models import Action
from campaigns.models import Partner
from desk.supporters.csv_cells import text
from desk.supporters.filters import Selection
from supporters import consent
from supporters.models import Supporter
from supporters.phones import number_and_extension

BATCH = 1000
ABOUT_SUPPORTER = (
    "given_name",
    "family_name",
    "email",
    "phone",
    "city",
    "state",
    "zip",
    "language",
)
SUPPORTER_HEADER = [
    *ABOUT_SUPPORTER,
    "newsletter",
    "newsletter_on",
    "first_seen_on",
    # Other systems take a number in E.164, and nothing behind it.
    "phone_extension",
]
SIGNER_HEADER = ["given_name", "family_name", "city", "state", "zip", "text_version", "signed_on"]
PARTNER_HEADER = [
    *("given_name", "family_name", "email", "city", "state", "zip", "language"),
    *("agreed_to", "agreed_on"),
]
Row = tuple[int, list[str]]


@dataclass(frozen=True)
class Sheet:
    """Read by key, never by one long cursor: nothing is held open between batches and a stopped
    export goes on where it was.
    """

    header: Sequence[str]
    count: Callable[[dict[str, Any]], int]
    rows: Callable[[dict[str, Any], int], list[Row]]


def supporter_rows(filters: dict[str, Any], after: int) -> list[Row]:
    """The next thousand of these supporters after this id, as (id, cells)."""
    chosen = Selection(**filters).supporters().filter(pk__gt=after).order_by("pk")
    columns = ("pk", *ABOUT_SUPPORTER, "newsletter_at", "created_at")
    return [
        (pk, supporter_cells(told, agreed_at, since))
        for pk, *told, agreed_at, since in chosen.values_list(*columns)[:BATCH]
    ]


def supporter_cells(
    told: Sequence[str], agreed_at: dt.datetime | None, since: dt.datetime
) -> list[str]:
    """`told` as ABOUT_SUPPORTER names it."""
    known = dict(zip(ABOUT_SUPPORTER, told, strict=True))
    known["phone"], extension = number_and_extension(known["phone"])
    # Whoever is chosen said yes last, or nothing at all: a time means a yes.
    agreed = ["yes" if agreed_at else "", _day(agreed_at)]
    return [*map(text, known.values()), *agreed, _day(since), text(extension)]


def signers(ask_id: int) -> QuerySet[Action]:
    """Who may be named to an office: grown people, with a mailbox that answered, whose signature
    counts.
    """
    said_young = Action.objects.filter(supporter=OuterRef("supporter"), entry__is_minor=True)
    named = (
        Action.objects.counted()
        .filter(ask_id=ask_id, supporter__is_minor=False)
        .exclude(supporter__proven_at=None)
    )
    return named.exclude(Exists(said_young))


def signer_rows(filters: dict[str, Any], after: int) -> list[Row]:
    """What an office may know to believe a petition: name, town, state, ZIP, and the text it was
    put under. No way to write to them.
    """
    chosen = signers(filters["ask"]).filter(pk__gt=after).order_by("pk")
    columns = (
        "supporter__given_name",
        "supporter__family_name",
        "supporter__city",
        "supporter__state",
        "supporter__zip",
    )
    versions = ("petition_text__language", "petition_text__version", "confirmed_at")
    return [
        (pk, [*map(text, told), f"{language}-{version}" if version else "", _day(signed_at)])
        for pk, *told, language, version, signed_at in chosen.values_list(
            "pk", *columns, *versions
        )[:BATCH]
    ]


def _day(moment: dt.datetime | None) -> str:
    return timezone.localdate(moment).isoformat() if moment else ""


def opted_in(partner_id: int) -> QuerySet[Supporter]:
    """Who said yes to hearing from this partner: grown, of a mailbox that answered."""
    purpose = Partner(pk=partner_id).purpose
    # As for every list: whoever gave a young age in an action that is not settled is left out.
    said_young = Action.objects.filter(supporter=OuterRef("pk"), entry__is_minor=True)
    chosen = consent.allowing(purpose).exclude(Exists(said_young))
    newest = {"agreed_at": "at", "agreed": "wording"}
    return chosen.annotate(
        **{name: consent.newest(purpose, column) for name, column in newest.items()}
    )


def partner_rows(filters: dict[str, Any], after: int) -> list[Row]:
    """What they gave leave for: who they are, and the words that they said yes to."""
    chosen = opted_in(filters["partner"]).filter(pk__gt=after).order_by("pk")
    columns = ("given_name", "family_name", "email", "city", "state", "zip", "language", "agreed")
    return [
        (pk, [*map(text, told), _day(agreed_at)])
        for pk, agreed_at, *told in chosen.values_list("pk", "agreed_at", *columns)[:BATCH]
    ]


SHEETS = {
    "partner": Sheet(
        header=PARTNER_HEADER,
        count=lambda filters: opted_in(filters["partner"]).count(),
        rows=partner_rows,
    ),
    "supporters": Sheet(
        header=SUPPORTER_HEADER,
        count=lambda filters: Selection(**filters).supporters().count(),
        rows=supporter_rows,
    ),
    "petition": Sheet(
        header=SIGNER_HEADER,
        count=lambda filters: signers(filters["ask"]).count(),
        rows=signer_rows,
    ),
}
