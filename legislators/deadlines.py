"""Days on the calendar from which what is loaded is out of date: maps that end, new terms that no
roster tells of, and executives whose terms end.

Each is said from AHEAD before its day until it is mended. Only what was loaded is looked at: where
nothing real is, there is nothing to mend.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from legislators.holders import office_day
from legislators.models import EXECUTIVES, STREETS, Chamber, Edition, Layer, Seat, Source, Term
from legislators.new_terms import NewTerm, is_told_by, new_term_begun, term_of
from legislators.states import STATES

AHEAD = dt.timedelta(days=60)
NAMED_AT_MOST = 8  # of the states in a sentence


class Deadline(NamedTuple):
    """`key` is the same as long as it is the same trouble. `title` and `sentence` are translated;
    the sentence says what to do.
    """

    key: str
    day: dt.date
    title: str
    sentence: str


def deadlines(on: dt.date | None = None) -> list[Deadline]:
    """What has to be done within AHEAD, or should have been. Four queries at the most."""
    day = on or office_day()
    sources = list(Source.objects.all())
    found = [*map_deadlines(day), *_new_terms(sources, day)]
    if ends := _executives(sources, day):
        found.append(ends)
    return found


def map_deadlines(on: dt.date) -> Iterator[Deadline]:
    """Where a map ends and no newer one is loaded, whether or not its lines still hold
    (redistricting).
    """
    last = _last_maps()
    for layer in Layer:
        ending = {s: one for (of, s), one in last.items() if of == layer}
        ending = {s: one for s, one in ending.items() if _end(one) <= on + AHEAD}
        if ending:
            yield _of_map(layer, ending)


def first_map_end() -> dt.date | None:
    """The day on which the first of the maps in use ends, newer ones counted. One query; None
    where nothing real is loaded or no map has an end.
    """
    return min((one.valid_to for one in _last_maps().values() if one.valid_to), default=None)


def _last_maps() -> dict[tuple[str, str], Edition]:
    """For each layer and state the map that holds longest."""
    last: dict[tuple[str, str], Edition] = {}
    for edition in Edition.objects.filter(is_active=True, is_demo=False).exclude(layer=STREETS):
        for state in edition.states:
            known = last.get((edition.layer, state))
            # Old maps stay active beside newer ones: the one that holds longest counts.
            if known is None or _end(edition) > _end(known):
                last[edition.layer, state] = edition
    return last


def _end(edition: Edition) -> dt.date:
    return edition.valid_to or dt.date.max


def _of_map(layer: Layer, ending: dict[str, Edition]) -> Deadline:
    first = min(ending.values(), key=_end)
    sentence = _(
        "The map “%(map)s” of %(layer)s ends on %(day)s, and no newer one is loaded for %(states)s."
        " Load the next one: manage.py load_data."
    ) % {
        "map": first.name,
        "layer": layer.label,
        "day": date_format(_end(first)),
        "states": states_in_words(ending),
    }
    title = _("A map ends: %(layer)s") % {"layer": layer.label}
    return Deadline(f"map-{layer}", _end(first), title, sentence)


def _new_terms(sources: list[Source], on: dt.date) -> Iterator[Deadline]:
    """Chambers whose new term begins, or has begun, and whose roster is older."""
    covered = {(state, chamber) for source in sources for state, chamber in source.covers}
    waiting: dict[bool, dict[tuple[str, str], NewTerm]] = {True: {}, False: {}}
    for state, chamber in sorted(covered):
        # Executives have a warning of their own (_executives), by the end of their own terms; the
        # Senate comes with the House's roster, and not every state elected one.
        if state not in STATES or chamber in (*EXECUTIVES, Chamber.US_SENATE):
            continue
        term = term_of(state, chamber)
        seat = Seat(jurisdiction_id=state, chamber=chamber)
        if term and term.first <= on + AHEAD and not is_told_by(sources, seat, term):
            waiting[chamber == Chamber.US_HOUSE][state, chamber] = term
    for of_congress, chambers in waiting.items():
        if chambers:
            key, title = (
                ("terms-congress", _("New terms of Congress"))
                if of_congress
                else ("terms-states", _("New terms of state legislatures"))
            )
            day = next_day((one.first for one in chambers.values()), on)
            yield Deadline(key, day, title, _terms_in_words(chambers, on))


def _terms_in_words(chambers: dict[tuple[str, str], NewTerm], on: dt.date) -> str:
    sentences = []
    started = [state for (state, _chamber), term in chambers.items() if term.first <= on]
    coming = {place: term for place, term in chambers.items() if term.first > on}
    if started:
        said = ngettext(
            "The new term of %(count)d chamber has begun, and its roster is older (%(states)s).",
            "The new terms of %(count)d chambers have begun, and their rosters are older"
            " (%(states)s).",
            len(started),
        )
        sentences.append(said % {"count": len(started), "states": states_in_words(started)})
    if coming:
        first = min(term.first for term in coming.values())
        next_ones = [state for (state, _chamber), term in coming.items() if term.first == first]
        said = ngettext(
            "That of %(count)d more begins by and by, the next on %(day)s (%(states)s).",
            "Those of %(count)d more begin by and by, the next on %(day)s (%(states)s).",
            len(coming),
        )
        if not started:
            said = ngettext(
                "The new term of %(count)d chamber begins on %(day)s (%(states)s).",
                "The new terms of %(count)d chambers begin, the first on %(day)s (%(states)s).",
                len(coming),
            )
        values = {"count": len(coming), "day": date_format(first)}
        sentences.append(said % (values | {"states": states_in_words(next_ones)}))
    sentences.append(
        _(
            "From then on letters to them wait for a fresh roster, for two weeks at most:"
            " manage.py refresh_rosters, and see that it names the new members."
        )
    )
    return " ".join(sentences)


def _executives(sources: list[Source], on: dt.date) -> Deadline | None:
    """The President, governors and other executives whose term ends with no successor known."""
    seats = Seat.objects.filter(chamber__in=EXECUTIVES, is_demo=False).prefetch_related("terms")
    ends: dict[str, dt.date] = {}
    for seat in seats:
        terms = list(seat.terms.all())
        # A seat that nobody was ever known to hold cannot run out.
        if terms and (end := _end_of_office(seat, terms, sources, on)):
            state = seat.jurisdiction_id
            ends[state] = min(end, ends.get(state, end))
    if not ends:
        return None
    day = next_day(ends.values(), on)
    sentence = ngettext(
        "Terms of executives end, or have ended, in %(count)d place with no successor known"
        " here: %(states)s, next on %(day)s. Name whoever follows, or load a roster that does.",
        "Terms of executives end, or have ended, in %(count)d places with no successor known"
        " here: %(states)s, next on %(day)s. Name whoever follows, or load a roster that does.",
        len(ends),
    ) % {"count": len(ends), "states": states_in_words(ends), "day": date_format(day)}
    return Deadline("executives", day, _("Terms of executives end"), sentence)


def _end_of_office(
    seat: Seat, terms: list[Term], sources: list[Source], on: dt.date
) -> dt.date | None:
    """The day from which nobody is known, by the term's own end or by the new term's beginning;
    None where that is more than AHEAD away.
    """
    last = max(terms, key=lambda term: (term.started_on or dt.date.min, term.pk))
    # A published last day is better than the calendar's rule.
    if last.ended_on:
        return last.ended_on if last.ended_on <= on + AHEAD else None
    term = new_term_begun(seat, last, on + AHEAD)
    return term.first if term and not is_told_by(sources, seat, term) else None


def next_day(days: Iterable[dt.date], on: dt.date) -> dt.date:
    """The first that is still to come, else the last."""
    known = sorted(days)
    return next((day for day in known if day >= on), known[-1])


def states_in_words(states: Iterable[str]) -> str:
    """Their codes; of many the first and the number of the others."""
    codes = sorted(set(states))
    named = ", ".join(codes[:NAMED_AT_MOST])
    if len(codes) <= NAMED_AT_MOST:
        return named
    return _("%(states)s and %(count)d more") % {
        "states": named,
        "count": len(codes) - NAMED_AT_MOST,
    }
