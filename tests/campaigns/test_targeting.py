import datetime as dt

import pytest

from campaigns import targeting
from campaigns.models import TargetRule
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def seats():
    """Two Maryland lower seats of Democrats of two spellings, one by a Republican, one empty;
    an upper one; one next door.
    """
    made = {}
    for district, party in [("1", "Democratic"), ("2", "Democrat"), ("3", "Republican")]:
        made[district] = build.seat("state_lower", state="MD", district=district)
        build.term(made[district], party=party)
    made["vacant"] = build.seat("state_lower", state="MD", district="4")
    made["upper"] = build.seat("state_upper", state="MD", district="1")
    build.term(made["upper"], party="Democratic")
    made["elsewhere"] = build.seat("state_lower", state="FK", district="1")
    build.term(made["elsewhere"], party="Democratic")
    return made


def test_a_rule_for_maryland_lower_democrats_addresses_exactly_those_seats(seats):
    ask = build.ask()
    build.rule(ask, states=["MD"], chambers=["state_lower"], parties=["Democratic"])

    assert set(targeting.seats(ask)) == {seats["1"], seats["2"]}
    assert targeting.count(ask.rules.all()) == 2


def test_a_side_left_empty_is_open_and_includes_vacant_seats(seats):
    assert targeting.count([TargetRule(states=["MD"])]) == 5
    assert targeting.count([TargetRule(states=["MD"], chambers=["state_lower"])]) == 4


def test_rules_add_up_and_a_seat_named_twice_counts_once(seats):
    rules = [
        TargetRule(states=["MD"], chambers=["state_lower"]),
        TargetRule(chambers=["state_lower"]),
    ]

    assert targeting.count(rules) == 5


def test_an_ask_without_rules_addresses_nobody(seats):
    assert not targeting.seats(build.ask()).exists()


def test_a_petition_addresses_no_seat_even_with_a_rule(seats):
    petition = build.ask("petition")
    build.rule(petition, states=["MD"])

    assert not targeting.seats(petition).exists()


def test_a_former_holders_party_does_not_count(seats):
    seat = build.seat("state_upper", state="MD", district="9")
    build.term(seat, party="Republican", ended_on=dt.date(2020, 1, 1))
    build.term(seat, party="Democratic", started_on=dt.date(2020, 1, 1))

    assert seat in targeting.matching([TargetRule(parties=["Democratic"])])
    assert seat not in targeting.matching([TargetRule(parties=["Republican"])])


def test_fusion_parties_count_with_the_party_they_name_first(seats):
    build.term(seats["vacant"], party="Republican/Conservative")

    assert seats["vacant"] in targeting.matching([TargetRule(parties=["Republican"])])
    assert targeting.party_names() == ["Democratic", "Republican"]


def test_choosing_keeps_the_order_and_takes_two_queries_however_many_seats(
    seats, django_assert_num_queries
):
    ask = build.ask()
    build.rule(ask, states=["MD"], chambers=["state_lower"])
    at_hand = [seats["3"], seats["elsewhere"], seats["1"], seats["upper"]]

    with django_assert_num_queries(2):
        assert targeting.choose(ask, at_hand) == [seats["3"], seats["1"]]


def test_scope_is_the_states_that_letters_and_calls_name_and_everywhere_when_one_names_none():
    letter = build.ask("letter")
    campaign = letter.campaign
    build.rule(letter, states=["MD"])
    build.rule(build.ask("call", campaign=campaign), states=["FK"])
    assert targeting.scope_states(campaign) == {"MD", "FK"}

    build.rule(letter, chambers=["us_house"])
    assert targeting.scope_states(campaign) == set()
