"""A campaign of Maryland carried to Wisconsin and to Nebraska, against their real rosters.

Numbers and names are literals, read by eye from the published files.
"""

import pytest
from django.db import transaction

from campaigns import merge_fields, targeting
from campaigns.bills.attaching import attach
from campaigns.carrying.carry import carry
from campaigns.carrying.leftovers import leftovers
from campaigns.models import Bill
from legislators.holders import office_day
from legislators.models import Seat, Term
from legislators.roster.refreshing import refresh
from tests import build
from tests.campaigns.bills import bill
from tests.emptying import settle

BODY = (
    "I live in {city}. The Maryland General Assembly should pass {bill}, and the House of Delegates"
    " comes first. Marylanders know it: every Maryland Delegate has a school without breakfast in"
    " their district. Please read https://mgaleg.maryland.gov/hb0109 today.\n\nThank you, {title}"
    " {legislator}, for your service to {state}."
)


@pytest.fixture(scope="module")
def rosters(shared_data, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        refresh(shared_data, ["MD", "NE", "WI"], say=lambda line: None)
        settle()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def maryland(rosters, db):
    campaign = build.campaign("breakfast")
    campaign.words.update(
        title="Breakfast before the bell in Maryland", story="Maryland’s Delegates can."
    )
    campaign.words.create(
        language="es",
        title="Desayuno antes de clases en Maryland",
        summary="Escribe a tu delegada o delegado.",
        story="La Cámara de Delegados vota; la Asamblea General decide.",
    )
    letter = build.ask(campaign=campaign, letter_subject="Please support {bill}", letter_body=BODY)
    build.rule(letter, states=["MD"], chambers=["state_lower"], parties=["Democratic"])
    build.rule(letter, states=["MD"], chambers=["state_upper"])
    build.rule(letter, states=["MD"], chambers=["us_senate"])
    attach(campaign, bill("HB 109", jurisdiction="MD"))
    return campaign


def addressed(campaign):
    seats = targeting.seats(campaign.asks.get())
    return {
        chamber: seats.filter(chamber=chamber).count()
        for chamber in sorted(set(seats.values_list("chamber", flat=True)))
    }


def test_maryland_to_wisconsin_addresses_the_assembly_s_own_members(maryland):
    assert addressed(maryland) == {"state_lower": 102, "state_upper": 47, "us_senate": 2}
    made = carry(
        maryland, "WI", from_state="MD", author=build.user("organizer"), identifier="AB 50"
    )

    assert addressed(made) == {"state_lower": 45, "state_upper": 33, "us_senate": 2}
    holders = Term.objects.current(office_day()).filter(seat__in=targeting.seats(made.asks.get()))
    names = set(holders.values_list("legislator__name", flat=True))
    assert {"Tammy Baldwin", "Ron Johnson", "Greta Neubauer", "Francesca Hong"} <= names
    assert "Robin Vos" not in names  # of the other party
    assert {seat.jurisdiction_id for seat in targeting.seats(made.asks.get())} == {"WI"}
    assert made.carry.left_out == []

    assert made.words.get(language="en").title == "Breakfast before the bell in Wisconsin"
    assert made.words.get(language="en").story == "Wisconsin’s Representatives can."
    spanish = made.words.get(language="es")
    assert spanish.title == "Desayuno antes de clases en Wisconsin"
    assert spanish.summary == "Escribe a tu representante o representante."
    assert spanish.story == "La Asamblea Estatal vota; la Legislatura decide."
    body = made.asks.get().letter_body
    assert body.startswith(
        "I live in {city}. The Wisconsin Legislature should pass {bill}, and the State Assembly"
        " comes first. Wisconsinites know it: every Wisconsin Representative has a school"
    )
    assert "https://mgaleg.maryland.gov/hb0109" in body
    assert [one.what for one in leftovers(made)] == ["maryland"]
    assert Bill.objects.of_campaign(made.pk).get().jurisdiction == "WI"

    seat = Seat.objects.select_related("jurisdiction").get(
        chamber="state_lower", jurisdiction="WI", district="66"
    )
    holder = Term.objects.get(seat=seat, ended_on=None).legislator
    writer = merge_fields.Writer(city="Racine", state="WI")
    sent = merge_fields.merge(body, seat=seat, holder=holder, writer=writer, bill=made.bill)
    assert "Thank you, Representative Greta Neubauer, for your service to Wisconsin." in sent


def test_maryland_to_nebraska_has_one_chamber_and_no_parties(maryland):
    made = carry(maryland, "NE", from_state="MD", author=build.user("organizer"))

    assert addressed(made) == {"state_unicameral": 49, "us_senate": 2}
    said = "Democratic: nobody of that party sits there in Nebraska."
    assert [line for line in made.carry.left_out if said in line]
    assert made.words.get(language="en").story == "Nebraska’s Senators can."
    assert "the Legislature comes first. Nebraskans know it: every Nebraska Senator" in (
        made.asks.get().letter_body
    )
