"""Target rules of many groups: committees, seats by name, groups that leave out; compiled to one
query, which says what a plain reading of the rules says.
"""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns import targeting
from campaigns.models import Ask, Bill, BillSponsor, CampaignBill, TargetRule
from campaigns.preflight import preflight
from legislators.models import Committee, CommitteeMembership, Seat, Term
from tests import build

pytestmark = pytest.mark.django_db
PARTIES = ["Democratic", "Democrat", "Republican", "Republican/Conservative", "Green"]
CHAMBERS = ["us_house", "state_lower", "governor"]
STATES = ["MD", "FK"]
COMMITTEES = ["HSAG", "HSAP", "SSFI"]


def committee(key, *people):
    made = Committee.objects.create(
        key=key, name=f"Committee {key}", chamber="house", source=build.source()
    )
    for person in people:
        CommitteeMembership.objects.create(committee=made, legislator=person)
    return made


@pytest.fixture
def house():
    """Of each chamber and state three seats: one empty, the others with every party and committee
    there is among them; and an office of our own.
    """
    parties, memberships = itertools.cycle(PARTIES), itertools.cycle([(), (0,), (1, 2), (0, 1)])
    made = [committee(key) for key in COMMITTEES]
    for chamber, state, place in itertools.product(CHAMBERS, STATES, (1, 2, 3)):
        seat = build.seat(chamber, state=state, district=str(place))
        if place == 3:
            continue
        person = build.legislator(f"{chamber} {state} {place}")
        build.term(seat, person, party=next(parties))
        for at in next(memberships):
            CommitteeMembership.objects.create(committee=made[at], legislator=person)
    build.seat("custom", division="local:all/1", district="School board", title="Board")
    # Franklin's bill, with a sponsor, a cosponsor, and somebody whom no roster knows.
    bill = Bill.objects.create(jurisdiction="FK", identifier="HB 17", normalized="HB 17")
    sitting = Term.objects.filter(seat__jurisdiction="FK", seat__chamber="state_lower")
    for term, role in zip(sitting.order_by("pk"), ["sponsor", "cosponsor"], strict=True):
        bill.sponsors.create(legislator=term.legislator, role=role, name=term.legislator.name)
    bill.sponsors.create(role="cosponsor", name="A. Stranger")
    CampaignBill.objects.create(campaign=build.ask().campaign, bill=bill)
    # Who sits there is read once: a plain reading asks for it again with every rule it is given.
    sitting = "terms__legislator__committees__committee"
    return list(Seat.objects.order_by("pk").prefetch_related(sitting))


def read(rule, seat):
    """What a rule says of a seat, read by a person who has the rows before them."""
    if rule.seats:
        return seat.pk in rule.seats
    if seat.chamber == "custom":
        return False
    if rule.states and seat.jurisdiction_id not in rule.states:
        return False
    if rule.chambers and seat.chamber not in rule.chambers:
        return False
    terms = seat.terms.all()
    if rule.parties and not any(targeting.family(term.party) in rule.parties for term in terms):
        return False
    sits_on = {
        membership.committee.key
        for term in terms
        for membership in term.legislator.committees.all()
    }
    if rule.committees and not sits_on & set(rule.committees):
        return False
    if not rule.roles:
        return True
    names = BillSponsor.objects.filter(legislator__in=[term.legislator for term in terms])
    votes = seat.jurisdiction_id == "FK" and seat.chamber != "governor" and bool(terms)
    role = names[0].role if names else "neither" if votes else ""
    return role in rule.roles


def some(choices):
    return st.lists(st.sampled_from(choices), unique=True, max_size=2)


@st.composite
def rules(draw, seats):
    if draw(st.booleans()) and draw(st.booleans()):
        named = draw(st.lists(st.sampled_from(seats), min_size=1, max_size=4, unique=True))
        sides = {"seats": [seat.pk for seat in named]}
    else:
        sides = {
            "states": draw(some(STATES)),
            "chambers": draw(some(CHAMBERS)),
            "parties": draw(some(["Democratic", "Republican", "Green"])),
            "committees": draw(some(COMMITTEES)),
            "roles": draw(some(["sponsor", "cosponsor", "neither"])),
        }
    return TargetRule(ask=Ask.objects.get(), **sides, excludes=draw(st.integers(0, 3)) == 0)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_the_query_addresses_exactly_the_seats_that_a_plain_reading_of_the_groups_does(house, data):
    groups = data.draw(st.lists(rules(house), max_size=4))
    adding = [rule for rule in groups if not rule.excludes]
    leaving_out = [rule for rule in groups if rule.excludes]

    found = set(targeting.matching(groups))

    assert found == {
        seat
        for seat in house
        if any(read(rule, seat) for rule in adding)
        and not any(read(rule, seat) for rule in leaving_out)
    }


def test_who_sits_on_a_committee_is_addressed_while_they_sit_there(house):
    ask = Ask.objects.get()
    rule = build.rule(ask)
    rule.committees = ["SSFI"]
    rule.save()
    sitting = CommitteeMembership.objects.filter(committee__key="SSFI")
    people = {membership.legislator for membership in sitting}
    assert people

    assert {Term.objects.get(seat=seat).legislator for seat in targeting.seats(ask)} == people
    sitting.delete()
    assert not targeting.seats(ask).exists()


def test_a_group_that_leaves_out_wins_over_every_other_and_alone_addresses_nobody(house):
    first, second, *_ = house
    named = TargetRule(seats=[first.pk, second.pk])

    groups = [TargetRule(seats=[second.pk], excludes=True), named, TargetRule(states=["MD"])]
    assert first in targeting.matching(groups)
    assert second not in targeting.matching(groups)
    assert not targeting.matching([TargetRule(states=["MD"], excludes=True)]).exists()


def test_it_is_one_query_however_many_groups_and_however_many_asks(
    house, django_assert_num_queries
):
    letter = Ask.objects.get()
    asks = [letter, build.ask("call", campaign=letter.campaign)]
    for ask in asks:
        for rule in (
            {"committees": ["HSAG"], "parties": ["Democratic"], "roles": ["neither"]},
            {"seats": [house[0].pk]},
            {"states": ["FK"], "excludes": True},
        ):
            ask.rules.create(**rule)
    asks = list(Ask.objects.select_related("campaign").prefetch_related("rules"))

    with django_assert_num_queries(1):
        who = set(targeting.seats(asks[0]))
    with django_assert_num_queries(1):
        said = targeting.addressing(asks, house)

    assert said == {ask.pk: {seat.pk for seat in who} for ask in asks}
    with django_assert_num_queries(2):
        assert targeting.scope_states(asks[0].campaign) == {seat.jurisdiction_id for seat in who}


def test_a_second_letter_to_the_same_seats_is_said_before_launch(house):
    first = Ask.objects.get()
    second = build.ask(campaign=first.campaign)
    first.rules.create(chambers=["us_house"])
    second.rules.create(parties=["Republican"])

    said = [finding.label for finding in preflight(first.campaign) if not finding.blocking]

    both = targeting.seats(first) & targeting.seats(second)
    assert both.exists()
    assert (
        f"2. Letter: {both.count()} of its {targeting.seats(second).count()} seats are addressed"
        " by “1. Letter” too: whoever does both writes there twice"
    ) in said
    first.rules.create(parties=["Republican"], excludes=True)
    assert not any("addressed by" in one.label for one in preflight(first.campaign))
