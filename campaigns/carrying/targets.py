"""The rules of one state rewritten for another. What does not exist there is left out and said; a
side that would be empty, and so mean everybody, takes its rule with it.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from campaigns import targeting
from campaigns.carrying.copying import SIDES, sides_of
from campaigns.models import SeatRule
from legislators.holders import office_day
from legislators.models import Chamber, Seat, Term
from legislators.state_words import STATEHOUSE, StateWords

Sides = dict[str, list[Any]]


def rewritten(rule: SeatRule, old: StateWords, new: StateWords) -> tuple[Sides | None, list[str]]:
    """Its sides there, or None where nothing is left of it; and what was left out, a sentence
    each.
    """
    sides = sides_of(rule)
    left_out: list[str] = []
    sides["seats"] = seats_there(rule, old, left_out)
    sides["states"] = list(dict.fromkeys(new.code if c == old.code else c for c in rule.states))
    if set(rule.states) - {old.code}:
        others = ", ".join(code for code in rule.states if code != old.code)
        left_out.append(_("It names other states too, which stay: %s.") % others)
    sides["chambers"] = chambers_there(rule, old, new, left_out)
    sides["parties"] = parties_there(rule, sides, new, left_out)
    # An empty side is open: what was some parties would be everybody.
    if any(getattr(rule, side) and not sides[side] for side in SIDES):
        left_out.append(_("Nothing is left of this group, and it was left out."))
        return None, left_out
    return sides, left_out


def seats_there(rule: SeatRule, old: StateWords, left_out: list[str]) -> list[int]:
    """Named seats are the old state's own; the nation's stay."""
    named = Seat.objects.filter(pk__in=rule.seats).select_related("jurisdiction")
    gone = {seat.pk: seat for seat in named if seat.jurisdiction_id == old.code}
    terms = Term.objects.current(office_day()).filter(seat__in=gone).select_related("legislator")
    holders = {term.seat_id: term.legislator.name for term in terms}
    for pk, seat in sorted(gone.items()):
        name = ", ".join(filter(None, (holders.get(pk), seat.district_name)))
        left_out.append(_("%(seat)s is a seat of %(state)s.") % {"seat": name, "state": old.name})
    return [pk for pk in rule.seats if pk not in gone]


def chambers_there(
    rule: SeatRule, old: StateWords, new: StateWords, left_out: list[str]
) -> list[str]:
    """By what they are: lower for lower, the only one for both."""
    labels = dict(Chamber.choices)
    found: list[str] = []
    # What the old state has none of addressed nobody: it must not become somebody now.
    meant = [chamber for chamber in rule.chambers if chamber in old.chambers]
    for chamber in meant or rule.chambers:
        there = counterparts(chamber, new)
        found += there
        if not there:
            values = {"chamber": labels.get(chamber, chamber), "state": new.name}
            left_out.append(_("%(chamber)s: %(state)s has none.") % values)
    return list(dict.fromkeys(found))


def counterparts(chamber: str, new: StateWords) -> list[str]:
    if chamber in new.chambers:
        return [chamber]
    if chamber not in STATEHOUSE:
        return []
    return [str(one) for one in STATEHOUSE if one in new.chambers]


def parties_there(rule: SeatRule, sides: Sides, new: StateWords, left_out: list[str]) -> list[str]:
    """Those that hold a seat there today; all of them before a roster is loaded."""
    seats = Seat.objects.filter(jurisdiction=new.code)
    if sides["chambers"]:
        seats = seats.filter(chamber__in=sides["chambers"])
    current = Term.objects.current(office_day()).filter(seat__in=seats)
    # No roster yet: nobody can say who does not sit there.
    if not current.exists():
        return list(rule.parties)
    found = []
    for party in rule.parties:
        if current.filter(targeting.any_party([party])).exists():
            found.append(party)
        else:
            values = {"party": party, "state": new.name}
            left_out.append(_("%(party)s: nobody of that party sits there in %(state)s.") % values)
    return found
