"""Which seats an ask addresses.

Rules are data about seats; who sits there is looked up when it matters.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from functools import reduce
from operator import or_

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from campaigns.bills.sponsors import NEITHER
from campaigns.models import Ask, Bill, BillSponsor, Campaign, SeatRule, TargetRule
from legislators.holders import office_day
from legislators.models import (
    EXECUTIVES,
    OTHER_EXECUTIVES,
    Chamber,
    CommitteeMembership,
    CustomOffice,
    Seat,
    Term,
)
from legislators.states import UNITED_STATES

# Sources spell one party in several ways; a rule names the first of each line.
SPELLINGS = {"democratic": ["Democratic", "Democrat"], "republican": ["Republican"]}


def seats(ask: Ask, *, on: dt.date | None = None) -> QuerySet[Seat]:
    """All seats that this ask's rules address; none for a petition or an ask without rules.

    A rule that names parties or committees addresses only seats with a holder on that day (default:
    today), so a vacant seat is not among them. Of a seat in turnover (legislators.holders) the last
    known holder counts; where that term has ended, as in the House, such a rule waits for a roster.
    """
    return matching(ask.rules.all() if ask.has_targets else (), on=on)


def matching(rules: Iterable[TargetRule], *, on: dt.date | None = None) -> QuerySet[Seat]:
    """Seats that one of these rules addresses and none leaves out, each once.

    The rules need not be saved. One query, whatever they say.
    """
    wanted = compiled(rules, on or office_day())
    return Seat.objects.none() if wanted is None else Seat.objects.filter(wanted)


def compiled(rules: Iterable[TargetRule], day: dt.date) -> Q | None:
    """All of them as one condition on seats; None where they can address nobody."""
    adding: list[Q] = []
    leaving_out: list[Q] = []
    for rule in rules:
        (leaving_out if rule.excludes else adding).append(addressed_by(rule, day))
    if not adding:
        return None
    wanted = reduce(or_, adding)
    return wanted & ~reduce(or_, leaving_out) if leaving_out else wanted


def addressed_by(rule: SeatRule, day: dt.date) -> Q:
    """An empty list leaves its side open; what is named on several sides must all be true.

    Offices of our own are addressed by name only, until they end, and other executives than the
    governor where their chamber is named: adding one changes no campaign.
    """
    if rule.seats:
        ended = CustomOffice.objects.filter(ended_on__lte=day, seat__in=rule.seats)
        return Q(pk__in=rule.seats) & ~Q(pk__in=ended.values("seat"))
    wanted = ~Q(chamber=Chamber.CUSTOM)
    if rule.states:
        wanted &= Q(jurisdiction__in=rule.states)
    if rule.chambers:
        wanted &= Q(chamber__in=rule.chambers)
    else:
        wanted &= ~Q(chamber__in=OTHER_EXECUTIVES)
    if rule.parties or rule.committees or rule.roles:
        # One holder has to be all that is named of them.
        wanted &= Q(Exists(holders(rule, day).filter(seat=OuterRef("pk"))))
    return wanted


def holders(rule: SeatRule, day: dt.date) -> QuerySet[Term]:
    """Terms of that day whose holder is what the rule names."""
    found: QuerySet[Term] = Term.objects.current(day)
    if rule.parties:
        found = found.filter(any_party(rule.parties))
    if rule.committees:
        members = CommitteeMembership.objects.filter(committee__key__in=rule.committees)
        found = found.filter(legislator__in=members.values("legislator"))
    if rule.roles:
        found = found.filter(in_role(rule.roles, rule.ask_id))
    return found


def in_role(roles: Iterable[str], ask_id: int) -> Q:
    """Terms whose holder stands in one of these roles on a bill of the ask's campaign.

    Neither is who votes where such a bill is and stands on none of them: without bills nobody is.
    """
    names = BillSponsor.objects.filter(bill__campaigns__asks=ask_id, legislator__isnull=False)
    wanted = Q(legislator__in=names.filter(role__in=roles).values("legislator"))
    if NEITHER not in roles:
        return wanted
    told = Bill.objects.filter(campaigns__asks=ask_id)
    # Where a bill does not say whose it is, it may be anybody's.
    votes = Exists(told.filter(jurisdiction__in=["", OuterRef("seat__jurisdiction")]))
    executives = Q(seat__chamber__in=EXECUTIVES)
    return wanted | (Q(votes) & ~executives & ~Q(legislator__in=names.values("legislator")))


def any_party(names: Iterable[str]) -> Q:
    """Terms of any of these parties; "Democratic" includes "Democrat", "Democratic-Farmer-Labor"
    and "Democratic/Working Families".
    """
    wanted = Q(pk__in=[])
    for name in names:
        for spelling in SPELLINGS.get(name.lower(), [name]):
            wanted |= (
                Q(party__iexact=spelling)
                | Q(party__istartswith=f"{spelling}-")
                | Q(party__istartswith=f"{spelling}/")
            )
    return wanted


def choose(ask: Ask, seats_at_hand: Iterable[Seat], *, on: dt.date | None = None) -> list[Seat]:
    """Those of these seats that the ask addresses, in the order given.

    Two queries, however many seats or rules.
    """
    at_hand = list(seats_at_hand)
    addressed = set(
        seats(ask, on=on).filter(pk__in=[seat.pk for seat in at_hand]).values_list("pk", flat=True)
    )
    return [seat for seat in at_hand if seat.pk in addressed]


def addressing(
    asks: Iterable[Ask], seats_at_hand: Iterable[Seat], *, on: dt.date | None = None
) -> dict[int, set[int]]:
    """An ask's id -> the ids of those of these seats that it addresses; asks that address none are
    left out.

    One query, however many asks and seats. Wants the asks' `rules` prefetched.
    """
    day = on or office_day()
    wanted = {}
    for ask in asks:
        condition = compiled(ask.rules.all(), day) if ask.has_targets else None
        if condition is not None:
            wanted[ask.pk] = ExpressionWrapper(condition, BooleanField())
    if not wanted:
        return {}
    at_hand = Seat.objects.filter(pk__in=[seat.pk for seat in seats_at_hand])
    found: dict[int, set[int]] = {}
    columns = {f"ask_{pk}": said for pk, said in wanted.items()}
    for seat_id, *answers in at_hand.annotate(**columns).values_list("pk", *columns):
        for ask_id, is_addressed in zip(wanted, answers, strict=True):
            if is_addressed:
                found.setdefault(ask_id, set()).add(seat_id)
    return found


def count(rules: Iterable[TargetRule], *, on: dt.date | None = None) -> int:
    """How many seats these rules address together; a seat that two rules name counts once."""
    return matching(rules, on=on).count()


def count_each(rules: Iterable[SeatRule], *, on: dt.date | None = None) -> list[int]:
    """How many seats each of these rules names by itself, those that it leaves out too. One
    query.
    """
    day = on or office_day()
    counts = {
        f"rule_{at}": Count("pk", filter=addressed_by(rule, day)) for at, rule in enumerate(rules)
    }
    found = Seat.objects.aggregate(**counts) if counts else {}
    return [found[name] for name in counts]


def scope_states(campaign: Campaign) -> set[str]:
    """The states whose residents have somebody to write to or call. Empty: everywhere.

    Two queries, whatever the rules say.
    """
    states: set[str] = set()
    named = []
    for rule in TargetRule.objects.filter(ask__campaign=campaign, ask__kind__in=Ask.TARGETED):
        if rule.excludes or rule.seats or rule.committees or rule.roles:
            named.append(rule)
        elif rule.states:
            states.update(rule.states)
        # One rule that names no state opens the campaign to all of them.
        else:
            return set()
    states.update(matching(named).order_by().values_list("jurisdiction", flat=True).distinct())
    # An office that everybody may write to opens it too.
    return set() if UNITED_STATES.code in states else states


def party_names(on: dt.date | None = None) -> list[str]:
    """The parties that a rule may name: one name for each way of spelling it, most seats first."""
    return list(seats_by_party(on=on))


def seats_by_party(
    states: Collection[str] = (), chambers: Collection[str] = (), *, on: dt.date | None = None
) -> dict[str, int]:
    """How many seats each party holds in these states and chambers (none: in all), most first.

    Under one name for each way of spelling it.
    """
    current = Term.objects.current(on or office_day()).exclude(party="")
    if states:
        current = current.filter(seat__jurisdiction__in=states)
    if chambers:
        current = current.filter(seat__chamber__in=chambers)
    counts: dict[str, int] = {}
    for party, number in current.order_by().values_list("party").annotate(Count("pk")):
        name = family(party)
        counts[name] = counts.get(name, 0) + number
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def seats_by_chamber(states: Collection[str] = ()) -> dict[str, int]:
    """How many seats each chamber has in these states (none: in all)."""
    found = Seat.objects.filter(jurisdiction__in=states) if states else Seat.objects.all()
    return dict(found.order_by().values_list("chamber").annotate(Count("pk")))


def family(party: str) -> str:
    """The name under which a rule finds this party: "Democratic-Farmer-Labor" and "Democrat" both
    give "Democratic".
    """
    for spellings in SPELLINGS.values():
        if any(
            party.lower() == s.lower()
            or party.lower().startswith((f"{s.lower()}-", f"{s.lower()}/"))
            for s in spellings
        ):
            return spellings[0]
    return party
