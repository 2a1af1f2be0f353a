"""Offices of our own, which no roster knows, are addressed by campaigns like any seat: added by form
or from a table, found for those whom they serve, ended with a day.
"""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry
from actions import take
from actions.confirm import confirm
from actions.models import Letter
from campaigns import targeting
from campaigns.models import TargetRule
from legislators.addresses import Address
from legislators.by_hand.offices import end_office
from legislators.lookup import find
from legislators.models import Chamber, CustomOffice, Seat
from tests import build
from tests.desk.offices import TABLE, office
from worker.engine.deliver import deliver

pytestmark = pytest.mark.django_db
HERE = Address(street="", zip="00001")
TODAY = dt.date.today()


@pytest.fixture
def sam(client):
    client.force_login(build.user("administrator", email="sam@example.org"))
    return client


@pytest.fixture
def home():
    """ZIP 00001 lies in Franklin."""
    build.zip_district("00001", seat=build.seat())


def typed(**fields):
    return {
        "office": "Board of Parole",
        "title": "Chair",
        "serves": "state",
        "state": "FK",
        "source": "their own site",
    } | fields


def found(zip5="00001", **options):
    match = find(Address(street="", zip=zip5), nationwide=True, **options)
    return {p.seat.district: p for p in match.places if p.seat.chamber == Chamber.CUSTOM}


class TestLookup:
    def test_an_office_is_found_by_those_whom_it_serves(self, home):
        office()
        office("School board of Polk", "zips", zips=["00001", "00002"])
        office("School board of Oak", "zips", zips=["00003"])
        office("Attorney General of Maryland", state="MD")
        office("Acme, Inc.", "all", state="")

        assert set(found()) == {
            "Attorney General of Franklin",
            "School board of Polk",
            "Acme, Inc.",
        }
        assert all(place.certain for place in found().values())
        assert found()["Attorney General of Franklin"].holder.legislator.name == "Kim Day"
        assert found()["School board of Polk"].reason == "This office serves people in ZIP 00001."

    def test_nobody_finds_it_unasked(self, home):
        office()
        assert Chamber.CUSTOM not in {place.seat.chamber for place in find(HERE).places}

    def test_questions_to_the_database_stay_as_many(self, home, django_assert_num_queries):
        office("A", "all", state="")
        with CaptureQueriesContext(connection) as few:
            find(HERE, nationwide=True)
        for name in "BCDEFG":
            office(name, "zips", zips=["00001"])
        with django_assert_num_queries(len(few)):
            find(HERE, nationwide=True)

    def test_from_its_last_day_on_it_is_gone(self, home):
        row = office()
        end_office(row, on=TODAY + dt.timedelta(days=9))

        assert set(found()) == {"Attorney General of Franklin"}
        assert found(on=TODAY + dt.timedelta(days=9)) == {}

    def test_nobody_can_give_it_the_name_of_a_public_division(self):
        for chamber, division in [
            ("custom", "ocd-division/country:us/state:fk"),
            ("custom", "OCD-division/country:us"),
            ("state_lower", "local:state/1"),
        ]:
            with pytest.raises(IntegrityError), transaction.atomic():
                build.seat(chamber, division=division)


class TestCampaigns:
    def test_a_letter_goes_there_once_its_address_is_approved(self, home, smtp_sink):
        row = office()
        build.approved_contact(row.seat.terms.get().legislator, "email", "kim@attorney.example")
        ask = build.ask("letter")
        TargetRule.objects.create(ask=ask, seats=[row.seat_id])
        confirm(take.take_action(ask, build.filled_form(ask)))
        deliver("letters:attorney.example")

        assert [mail.recipient for mail in smtp_sink.caught] == ["kim@attorney.example"]
        assert Letter.objects.get().seat == row.seat

    def test_adding_one_changes_no_campaign(self, home):
        rule = TargetRule(states=["FK"])
        before = targeting.count([rule])
        office()

        assert targeting.count([rule]) == before

    def test_it_is_chosen_by_name_and_alone(self, sam, home):
        row = office()
        # A live campaign takes no target that nothing reaches.
        build.approved_contact(row.seat.terms.get().legislator, "email", "kim@attorney.example")
        ask = build.ask("letter")
        page = f"/desk/campaigns/{ask.campaign.slug}/asks/{ask.pk}/targets/"

        assert "Attorney General of Franklin" in sam.get(page).content.decode()
        mixed = sam.post(page, {"seats": [row.seat_id], "states": ["FK"], "do": "save"})
        assert mixed.status_code == 422
        sam.post(page, {"seats": [row.seat_id], "do": "save"})

        assert list(targeting.seats(ask)) == [row.seat]
        assert targeting.scope_states(ask.campaign) == {"FK"}

    def test_ended_it_is_addressed_no_more_and_its_seat_stays(self, sam, home):
        row = office()
        ask = build.ask("letter")
        TargetRule.objects.create(ask=ask, seats=[row.seat_id])
        sam.post(f"/desk/officials/offices/{row.pk}/", {"ended_on": TODAY.isoformat()})

        assert not targeting.seats(ask).exists()
        assert Seat.objects.filter(pk=row.seat_id).exists()
        assert AuditEntry.objects.last().deed == "office changed"

    def test_a_company_that_everybody_may_write_to_opens_the_campaign(self):
        row = office("Acme, Inc.", "all", state="")
        ask = build.ask("letter")
        TargetRule.objects.create(ask=ask, seats=[row.seat_id])

        assert targeting.scope_states(ask.campaign) == set()


class TestForm:
    def test_one_is_added_with_who_holds_it(self, sam, home):
        answer = sam.post(
            "/desk/officials/offices/new/",
            typed(holder="Kim Day", email="kim@parole.example"),
            follow=True,
        )

        assert "used once another person approves it" in answer.content.decode()
        [row] = CustomOffice.objects.all()
        assert (row.serves, row.seat.title, row.made_by) == ("state", "Chair", "sam@example.org")
        assert row.seat.division.startswith("local:state/")
        assert "kim@parole.example" in sam.get("/desk/officials/").content.decode()
        assert AuditEntry.objects.filter(deed="office added").exists()

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"state": ""}, "Choose its state."),
            ({"serves": "zips"}, "List its ZIP codes."),
            ({"serves": "zips", "zips": "00001 1234"}, "1234"),
            ({"zips": "00001"}, "It serves more than these"),
            ({"email": "kim@parole.example"}, "Say who is reached there."),
            ({"office": "Attorney General of Franklin"}, "there already"),
        ],
    )
    def test_what_cannot_be_so_is_said_and_nothing_typed_is_lost(self, sam, home, wrong, said):
        office()
        answer = sam.post("/desk/officials/offices/new/", typed(party="Purple") | wrong)
        page = answer.content.decode()

        assert answer.status_code == 422
        assert said in page
        assert 'value="Purple"' in page
        assert CustomOffice.objects.count() == 1


class TestTable:
    page = "/desk/officials/offices/many/"

    def test_it_is_shown_before_anything_is_added(self, sam, home):
        page = sam.post(self.page, {"text": TABLE, "do": "look"}).content.decode()
        assert "3 rows can be added" in page
        assert not CustomOffice.objects.exists()

        sam.post(self.page, {"text": TABLE, "do": "add"})
        assert sorted(CustomOffice.objects.values_list("serves", flat=True)) == [
            "all",
            "state",
            "zips",
        ]
        assert AuditEntry.objects.filter(deed="office added").count() == 3

    def test_rows_that_cannot_be_added_stay_each_with_what_is_wrong(self, sam, home):
        text = (
            TABLE + "Board of Parole,Chair,state,,,,their site,\nOdd,Chair,moon,FK,,,their site,\n"
        )
        looked = sam.post(self.page, {"text": text, "do": "look"})
        page = looked.content.decode()
        assert looked.status_code == 422
        assert "3 rows can be added" in page
        assert "2 have to be corrected" in page
        assert "state: Choose its state." in page

        page = sam.post(self.page, {"text": text, "do": "add"}).content.decode()
        assert CustomOffice.objects.count() == 3
        assert "Board of Parole,Chair,state,,,,their site," in page
        assert "School board of Polk,Chair" not in page

    def test_two_rows_of_one_name_are_one(self, sam, home):
        text = TABLE + TABLE.splitlines()[1] + "\n"

        assert "stands in another row too" in sam.post(self.page, {"text": text}).content.decode()

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", "no column office"),
            ("office,title,serves,source,colour\n", "unknown: colour"),
            ("office,title,serves,source\n", "no row below"),
            ("office;title;serves;source\nX;Y;all;Zoe\n", "1 row can be added"),
        ],
    )
    def test_what_is_no_table_is_said(self, sam, home, text, said):
        assert said in sam.post(self.page, {"text": text}).content.decode()
