"""Somebody here says who holds a seat; a roster's word is kept beside it, until it is taken over.

Terms say what is in force, whoever said it: readers of terms need to know nothing of this.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from legislators.by_hand.contacts import source_by_hand, type_in
from legislators.models import Contact, Legislator, SaidHolder, Seat, Source, Term
from legislators.roster.holders_by_hand import RosterWord, note_word, says_the_same
from legislators.roster.names import is_one_person, split_name

# Ways to reach somebody that may be typed with their name.
KINDS = (Contact.Kind.EMAIL, Contact.Kind.PHONE, Contact.Kind.ADDRESS, Contact.Kind.FORM)


@dataclass(frozen=True)
class Said:
    """What somebody says of a seat. Without a name: it is vacant.

    `since` is its first day, `until` the first day on which it is no longer so.
    """

    name: str
    source: str
    party: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    ways: Mapping[str, str] | None = None  # by Contact.Kind; each is used once it is approved


@transaction.atomic
def say(seat: Seat, said: Said, *, author: str) -> SaidHolder:
    """From now on this person holds the seat, or nobody does. What was said before is ended."""
    # Two people who say it at once: the later one ends what the earlier one said.
    Seat.objects.select_for_update().get(pk=seat.pk)
    before = SaidHolder.objects.standing().filter(seat=seat).first()
    row = SaidHolder(
        seat=seat,
        party=said.party[:60],
        since=said.since,
        until=said.until,
        source=said.source[:500],
        said_by=author[:254],
        said_at=timezone.now(),
    )
    _keep_rosters_word(row, before)
    row.legislator = _person(said.name, row, before) if said.name else None
    if before:
        # Before the new row: only one may stand for a seat (one_said_holder_per_seat).
        _end(before, author=author, because="said anew")
    row.save()
    _make_terms_say(row)
    if row.legislator:
        for kind, value in (said.ways or {}).items():
            type_in(row.legislator, kind, value, author=author, reason=said.source)
    return row


def _keep_rosters_word(row: SaidHolder, before: SaidHolder | None) -> None:
    """As it stood beside what was said before, else as the seat's term has it."""
    if before:
        row.roster, row.roster_as_of = before.roster, before.roster_as_of
        row.roster_legislator, row.roster_party = before.roster_legislator, before.roster_party
        row.roster_started_on = before.roster_started_on
        row.roster_ended_on = before.roster_ended_on
        return
    seat, today = row.seat, timezone.localdate()
    term = Term.objects.current(today).filter(seat=seat).order_by("started_on", "pk").last()
    if term:
        word = RosterWord(term.legislator, term.party, term.started_on, term.ended_on)
        note_word(row, term.source, word)
        return
    pair = [seat.jurisdiction_id, seat.chamber]
    covering = [source for source in Source.objects.order_by("as_of") if pair in source.covers]
    if covering:
        note_word(row, covering[-1], None)


def _person(name: str, row: SaidHolder, before: SaidHolder | None) -> Legislator:
    """The one whom we know under this name on this seat, so that their addresses stay; else a new
    one.
    """
    for known in (before.legislator if before else None, row.roster_legislator):
        if known and is_one_person(known.name, name):
            return known
    given, family = split_name(name)
    return Legislator.objects.create(
        key=f"here/{uuid.uuid4()}",
        name=name[:120],
        given_name=given[:60],
        family_name=family[:60],
        is_demo=row.seat.is_demo,
    )


def _make_terms_say(row: SaidHolder) -> None:
    today = timezone.localdate()
    starts = row.since or today
    _close(row.seat, starts)
    if row.legislator:
        Term.objects.create(
            seat=row.seat,
            legislator=row.legislator,
            party=row.party,
            started_on=row.since,
            ended_on=row.until,
            source=source_by_hand(),
            as_of=today,
        )
    Seat.objects.filter(pk=row.seat_id).update(said_vacant_from=None if row.legislator else starts)


def _close(seat: Seat, on: dt.date) -> None:
    """Whoever held it holds it no longer on this day; nobody ends before they began."""
    terms = Term.objects.filter(Q(ended_on=None) | Q(ended_on__gt=on), seat=seat)
    for term in terms:
        term.ended_on = max(on, term.started_on or on)
        term.save(update_fields=["ended_on"])


def _end(row: SaidHolder, *, author: str, because: str) -> None:
    row.ended_at, row.ended_by, row.ended_because = timezone.now(), author[:254], because[:300]
    row.save(update_fields=["ended_at", "ended_by", "ended_because"])


@transaction.atomic
def take_rosters(said_id: int, *, author: str) -> SaidHolder | None:
    """The roster's word holds again, as it stands beside what was said here. None where somebody
    ended it meanwhile.

    What was typed about how to reach them goes over, where both are one person.
    """
    rows = SaidHolder.objects.select_for_update(of=("self",)).standing()
    row: SaidHolder | None = rows.select_related("seat").filter(pk=said_id).first()
    if row is None:
        return None
    _end(row, author=author, because="the roster's word was taken")
    _close(row.seat, timezone.localdate())
    Seat.objects.filter(pk=row.seat_id).update(said_vacant_from=None)
    if row.roster_legislator and row.roster:
        _open_as_roster_has_it(row)
        if row.legislator and says_the_same(row):
            _hand_over_ways(row.legislator, row.roster_legislator)
    return row


def _open_as_roster_has_it(row: SaidHolder) -> None:
    # As take_rosters saw to; for the types.
    assert row.roster is not None
    assert row.roster_as_of is not None
    known = Term.objects.filter(seat=row.seat, legislator=row.roster_legislator)
    # Their own term is opened again, not doubled, so that their history stays one.
    term = known.order_by("started_on", "pk").last() or Term(
        seat=row.seat, legislator=row.roster_legislator
    )
    term.party, term.source, term.as_of = row.roster_party, row.roster, row.roster_as_of
    term.started_on, term.ended_on = row.roster_started_on, row.roster_ended_on
    term.save()


def _hand_over_ways(before: Legislator, now: Legislator) -> None:
    known = set(now.contacts.values_list("kind", "value"))
    for contact in before.contacts.exclude(typed_by=""):
        if before != now and (contact.kind, contact.value) not in known:
            contact.legislator = now
            contact.save(update_fields=["legislator"])
