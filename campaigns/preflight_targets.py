"""Whom an ask addresses, as the preflight looks at it: seats, how they are reached, how old their
roster is, and what Congress wants to know.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TypedDict, cast

from django.conf import settings
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns import targeting
from campaigns.abroad.heard import seats_that_hear
from campaigns.bills import federal
from campaigns.findings import Finding, must, named, should
from campaigns.models import Ask
from campaigns.preflight_calendar import ROSTERS, check_calendar
from legislators.holders import office_day
from legislators.models import CONGRESS, STALE_AFTER, Contact, Term

# Of a longer list the first are named.
NAMED = 5
ROSTER_TOO_OLD = dt.timedelta(days=365)


def check_targets(ask: Ask) -> Iterator[Finding]:
    """That it addresses seats, and how those are reached."""
    page = ("desk:ask_targets", (ask.campaign.slug, ask.pk))
    seats = targeting.seats(ask).count()
    addressed = ngettext("addresses %(count)d seat", "addresses %(count)d seats", seats) % {
        "count": seats
    }
    yield must(seats > 0, named(ask, addressed), named(ask, _("addresses no seat")), *page)
    if seats:
        yield from check_routes(ask, seats, page)
        yield from check_calendar(ask)
        yield from check_other_letters(ask, seats, page)
        yield from check_abroad(ask, seats, page)
    if ask.kind == Ask.Kind.LETTER and writes_to_congress(ask):
        yield from check_congress(ask)


def check_other_letters(
    ask: Ask, seats: int, page: tuple[str, tuple[object, ...]]
) -> Iterator[Finding]:
    """Says something only where a letter before this one in the list addresses seats of it too."""
    if ask.kind != Ask.Kind.LETTER:
        return
    letters_before = ask.campaign.asks.filter(kind=Ask.Kind.LETTER, position__lt=ask.position)
    theirs = targeting.seats(ask).values("pk")
    for other in letters_before.prefetch_related("rules"):
        both = targeting.seats(other).filter(pk__in=theirs).count()
        if both:
            label = ngettext(
                "%(both)d of its %(seats)d seats is addressed by “%(other)s” too: whoever does"
                " both writes there twice",
                "%(both)d of its %(seats)d seats are addressed by “%(other)s” too: whoever does"
                " both writes there twice",
                both,
            )
            other_name = f"{other.position}. {other.get_kind_display()}"
            values = {"both": both, "seats": seats, "other": other_name}
            yield should(False, "", named(ask, label % values), *page)


def writes_to_congress(ask: Ask) -> bool:
    """Whether letters of this ask may go by Congress's own message systems."""
    # By the addresses alone: whether everything else is set is the worker's to say, when letters
    # go.
    is_configured = bool(settings.CWC_HOUSE_URL or settings.CWC_SENATE_URL)
    return is_configured and targeting.seats(ask).filter(chamber__in=CONGRESS).exists()


def check_congress(ask: Ask) -> Iterator[Finding]:
    """Without a topic no message can be written there; with a bill Congress asks whether we are for
    it.
    """
    campaign, page = ask.campaign, ("desk:campaign_settings", (ask.campaign.slug,))
    topic = _("Congress sorts it under “%(topic)s”") % {"topic": campaign.get_topic_display()}
    none = _("writes to Congress and has no topic: choose one of theirs")
    yield must(bool(campaign.topic), named(ask, topic), named(ask, none), *page)
    if not campaign.bill:
        return
    known = _("is for or against its bill")
    open_question = _("names a bill to Congress, but not whether the campaign is for or against it")
    yield must(bool(campaign.stance), named(ask, known), named(ask, open_question), *page)
    read = _("its bill goes along to Congress")
    unread = _(
        "“%(bill)s” is not read as a bill of Congress: write it like H.R. 1234 or S. 567"
    ) % {"bill": campaign.bill}
    yield should(federal.federal_bill(ask) is not None, named(ask, read), named(ask, unread), *page)


def check_routes(ask: Ask, seats: int, page: tuple[str, tuple[object, ...]]) -> Iterator[Finding]:
    """How many of the seats can be reached, have a holder, and how old their roster is."""
    found = reachable(ask)
    if ask.kind == Ask.Kind.CALL:
        reached = found["by_phone"]
        label = _("%(phones)d of %(seats)d have a phone number")
        good = label % {"phones": reached, "seats": seats}
        bad = _("reaches nobody by phone")
    else:
        reached = found["by_any"]
        label = _("%(reached)d of %(seats)d can be reached")
        good = label % {"reached": reached, "seats": seats}
        bad = _("reaches nobody")
    yield must(reached > 0, named(ask, good), named(ask, bad), *page)
    if reached:
        yield from check_each_office(ask, found["with_holder"] - reached, page)
    empty = seats - found["with_holder"]
    label = ngettext(
        "%(count)d seat has no known holder", "%(count)d seats have no known holder", empty
    ) % {"count": empty}
    yield should(empty == 0, named(ask, _("all seats have a holder")), named(ask, label), *page)
    # None while nobody holds any of the seats: there is no roster to be old.
    if found["oldest"]:
        yield check_roster(ask, found["oldest"])


def check_each_office(
    ask: Ask, number: int, page: tuple[str, tuple[object, ...]]
) -> Iterator[Finding]:
    """Names the first of those that nobody can reach; says something only where there are any."""
    if number < 1:
        return
    by_phone = ask.kind == Ask.Kind.CALL
    first = ", ".join(name_of(term) for term in unreachable(ask, by_phone=by_phone)[:NAMED])
    label = (
        ngettext(
            "%(count)d office cannot be called, no number of it is known: %(names)s",
            "%(count)d offices cannot be called, no number of them is known: %(names)s",
            number,
        )
        if by_phone
        else ngettext(
            "%(count)d office cannot be written to, no way there is known: %(names)s",
            "%(count)d offices cannot be written to, no way there is known: %(names)s",
            number,
        )
    )
    names = first if number <= NAMED else _("%(first)s and others") % {"first": first}
    yield should(False, "", named(ask, label % {"count": number, "names": names}), *page)


def unreachable(ask: Ask, *, by_phone: bool) -> QuerySet[Term]:
    contacts = ways().filter(kind=Contact.Kind.PHONE) if by_phone else ways()
    terms = Term.objects.current(office_day()).filter(seat__in=targeting.seats(ask))
    terms = terms.filter(~Exists(contacts)).select_related("legislator", "seat__jurisdiction")
    return terms.order_by("seat__jurisdiction", "seat__chamber", "seat")


def name_of(term: Term) -> str:
    return f"{term.seat.title} {term.legislator.name} ({term.seat.jurisdiction.name})"


def check_abroad(ask: Ask, seats: int, page: tuple[str, tuple[object, ...]]) -> Iterator[Finding]:
    """Whom people outside the United States reach, where they are invited."""
    if not ask.campaign.invites_abroad:
        return
    label = _("people abroad reach %(heard)d of its %(seats)d seats")
    heard = {"heard": len(seats_that_hear(ask)), "seats": seats}
    nobody = _(
        "people abroad are invited, and none of its offices hears them: they are told what else"
        " they can do"
    )
    yield should(bool(heard["heard"]), named(ask, label % heard), named(ask, nobody), *page)


class Reachable(TypedDict):
    """Numbers of seats, and the day of the oldest roster among them."""

    with_holder: int
    by_any: int
    by_phone: int
    oldest: dt.date | None


def reachable(ask: Ask) -> Reachable:
    """Of the seats addressed: how many have a holder, and how many of those can be reached at all
    (by which route: actions.letters.coverage). One query.
    """
    contacts = ways()
    terms = (
        Term.objects.current(office_day())
        .filter(seat__in=targeting.seats(ask))
        .annotate(
            has_phone=Exists(contacts.filter(kind=Contact.Kind.PHONE)),
            has_any=Exists(contacts),
        )
    )
    counts = terms.aggregate(
        with_holder=Count("seat", distinct=True),
        by_any=Count("seat", distinct=True, filter=Q(has_any=True)),
        by_phone=Count("seat", distinct=True, filter=Q(has_phone=True)),
        oldest=Min("as_of"),
    )
    return cast(Reachable, counts)


def ways() -> QuerySet[Contact]:
    """To a term's legislator, of any kind."""
    found: QuerySet[Contact] = Contact.objects.usable()
    return found.filter(legislator=OuterRef("legislator")).exclude(value="")


def check_roster(ask: Ask, oldest: dt.date) -> Finding:
    """A year old stops the launch; older than STALE_AFTER is only said."""
    age = timezone.localdate() - oldest
    values = {"date": date_format(oldest), "days": age.days}
    fresh = named(ask, _("goes by a roster of %(date)s") % values)
    old = _("goes by a roster of %(date)s, %(days)d days old: load a newer one") % values
    check = must if age > ROSTER_TOO_OLD else should
    return check(age <= STALE_AFTER, fresh, named(ask, old), *ROSTERS)
