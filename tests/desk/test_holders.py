"""People here may say who holds a seat, or that it is vacant: no refresh undoes it, and where a
roster says otherwise it is told, listed, and taken over in one press.
"""

import datetime as dt

import pytest
import time_machine

from accounts.models import AuditEntry
from actions import take
from actions.confirm import confirm
from actions.models import Letter
from desk.officials.seat_history import how_current
from legislators import lookup, new_terms
from legislators.by_hand.holders import Said, say, take_rosters
from legislators.contacts import reach
from legislators.holders import holders_of
from legislators.models import Contact, SaidHolder, Term
from legislators.roster.holdings import Holding
from legislators.roster.terms import write_terms
from tests import build
from tests.desk.overview import waiting_for
from worker.engine.deliver import deliver
from worker.models import Delivery

pytestmark = pytest.mark.django_db
TODAY = dt.date.today()
HOW = "https://example.org/sworn-in"


@pytest.fixture
def seat():
    """Ada Smith holds it, says a roster of today."""
    seat = build.seat(division="ocd-division/country:us/state:fk/state_lower:1")
    build.source(covers=[["FK", seat.chamber]])
    build.term(seat, build.legislator("Ada Smith", email="ada@house.example"))
    return seat


@pytest.fixture
def sam(client):
    client.force_login(build.user("officials", email="sam@example.org"))
    return client


def named(seat):
    term = holders_of([seat.pk]).get(seat.pk)
    return term.legislator.name if term else ""


def roster(seat, *names, days=1):
    """A newer roster that names these for the seat's district."""
    source = build.source()
    source.as_of = TODAY + dt.timedelta(days=days)
    source.save()
    holdings = [
        Holding(f"made-up/{name}", name, "", "", "Republican", seat.chamber, seat.division, "1")
        for name in names
    ]
    return write_terms(holdings, source, [("FK", seat.chamber)])


def typed(**fields):
    return {"name": "Eve Byrd", "party": "Independent", "source": HOW} | fields


def page_of(seat):
    return f"/desk/officials/holders/seats/{seat.pk}/"


def test_whoever_is_named_holds_the_seat_and_that_is_written_down(sam, seat):
    page = sam.post(page_of(seat), typed(), follow=True).content.decode()

    assert "Eve Byrd" in page
    assert named(seat) == "Eve Byrd"
    line = AuditEntry.objects.get(deed="holder said")
    assert (line.actor, line.detail["holder"], line.detail["source"]) == (
        "sam@example.org",
        "Eve Byrd",
        HOW,
    )


def test_its_page_says_how_long_its_holder_is_to_be_believed(sam, seat):
    """Of governors the calendar knows; attorneys general have their own terms, or nothing."""
    page = sam.get(f"/desk/officials/holders/seats/{seat.pk}/").content.decode()
    assert "look once in a while" in page

    def said(chamber, district="1", **fields):
        office = build.seat(chamber, state="MD", district=district)
        term = build.term(office, build.legislator(f"Ada {office.pk}"))
        Term.objects.filter(pk=term.pk).update(as_of=dt.date(2026, 8, 5), **fields)
        term.refresh_from_db()
        return how_current(office, term)

    with time_machine.travel(dt.datetime(2026, 12, 1, 17, tzinfo=dt.UTC)):
        assert "A new term begins on Jan. 1, 2027: from then on letters wait" in said("governor")
        ends = said("attorney_general", ended_on=dt.date(2027, 1, 5))
        assert "As of Aug. 5, 2026, until Jan. 5, 2027. From that day on nobody is known" in ends
        assert "look once in a while" in said("attorney_general", "2")
    with time_machine.travel(dt.datetime(2027, 2, 2, 17, tzinfo=dt.UTC)):
        assert "it may be somebody else by now" in said("governor", "2")


def test_no_refresh_undoes_it_and_it_says_where_the_roster_differs(sam, seat):
    say(seat, Said("Eve Byrd", HOW), author="sam@example.org")
    turnover = roster(seat, "Ada Smith")

    assert named(seat) == "Eve Byrd"
    assert [line.split(";")[0] for line in turnover.differs] == [
        "FK state_lower 1: said here, Eve Byrd (by sam@example.org)"
    ]
    page = sam.get("/desk/officials/holders/").content.decode()
    assert "Says otherwise" in page
    assert waiting_for(sam)["desk:holders"] == ["1"]
    assert "Ada Smith" in page


def test_the_rosters_word_is_taken_in_one_press(sam, seat):
    row = say(seat, Said("Eve Byrd", HOW), author="sam@example.org")
    roster(seat, "Zoe Lane")

    sam.post(f"/desk/officials/holders/{row.pk}/")

    assert named(seat) == "Zoe Lane"
    assert AuditEntry.objects.last().deed == "holder: roster taken"
    roster(seat, "Ada Smith", days=2)
    later = TODAY + dt.timedelta(days=3)
    assert holders_of([seat.pk], later)[seat.pk].legislator.name == "Ada Smith"


def test_taking_it_back_at_once_restores_who_sat_there(seat):
    before = Term.objects.get(seat=seat)
    row = say(seat, Said("Eve Byrd", HOW), author="sam@example.org")
    take_rosters(row.pk, author="sam@example.org")

    after = holders_of([seat.pk])[seat.pk]
    assert (after.pk, after.ended_on, after.source) == (before.pk, None, before.source)


def test_a_vacant_seat_stays_vacant_whatever_the_roster_says(sam, seat):
    build.zip_district("00001", seat=seat)
    sam.post(page_of(seat), {"is_vacant": "on", "source": HOW})
    roster(seat, "Ada Smith")

    assert named(seat) == ""
    [place] = [p for p in lookup.find_zip("00001").places if p.seat == seat]
    assert (place.holder, place.status) == (None, "vacant")


def test_somebody_named_for_a_later_day_sits_from_that_day_on(seat):
    first = TODAY + dt.timedelta(days=30)
    say(seat, Said("Eve Byrd", HOW, since=first), author="sam@example.org")

    assert named(seat) == "Ada Smith"
    assert holders_of([seat.pk], first)[seat.pk].legislator.name == "Eve Byrd"


def test_once_their_last_day_has_passed_the_roster_is_believed_again(seat):
    ends = TODAY + dt.timedelta(days=5)
    say(seat, Said("Eve Byrd", HOW, until=ends), author="sam@example.org")
    assert roster(seat, "Zoe Lane", days=6).differs == []

    later = TODAY + dt.timedelta(days=7)
    assert holders_of([seat.pk], later)[seat.pk].legislator.name == "Zoe Lane"


def test_in_a_district_of_two_seats_the_others_keep_theirs(seat):
    second = build.seat(division=seat.division, position=2)
    build.term(second, build.legislator("Bea Byrd", key="made-up/Bea Byrd"))
    say(seat, Said("Eve North", HOW), author="sam@example.org")
    roster(seat, "Anna Aalto", "Bea Byrd")

    assert (named(seat), named(second)) == ("Eve North", "Bea Byrd")
    assert SaidHolder.objects.get(seat=seat).roster_says == "Anna Aalto"


def test_where_the_roster_agrees_by_now_it_takes_over_with_letters_and_addresses(
    sam, letter_ask, smtp_sink
):
    """Letters in line to somebody who was typed here are not held back as another's."""
    seat = Term.objects.get(legislator__name="Ada Smith").seat
    Contact.objects.all().delete()
    row = say(seat, Said("Eve Byrd", HOW), author="sam@example.org")
    build.approved_contact(row.legislator, "email", "eve@house.example")
    confirm(take.take_action(letter_ask, build.filled_form(letter_ask)))
    source = build.source()
    source.as_of = TODAY
    source.save()
    holding = Holding("made-up/eve", "Eve Byrd", "", "", "", seat.chamber, seat.division, "7")
    write_terms([holding], source, [("FK", seat.chamber)])
    assert "Says the same" in sam.get("/desk/officials/holders/").content.decode()

    sam.post("/desk/officials/holders/agreeing/")
    deliver("letters:house.example")

    assert holders_of([seat.pk])[seat.pk].legislator.key == "made-up/eve"
    assert [mail.recipient for mail in smtp_sink.caught] == ["eve@house.example"]


def test_letters_to_whoever_sat_there_before_wait_for_a_person(letter_ask, smtp_sink):
    confirm(take.take_action(letter_ask, build.filled_form(letter_ask)))
    letter = Letter.objects.get(legislator__name="Ada Smith")
    say(letter.seat, Said("Eve Byrd", HOW), author="sam@example.org")
    deliver(letter.delivery.lane)

    assert smtp_sink.caught == []
    assert Delivery.objects.get(pk=letter.delivery_id).waits_for == "review"


def test_how_they_are_reached_waits_for_another_person(sam, seat):
    sam.post(page_of(seat), typed(email="eve@house.example", phone="410-555-0100"))
    eve = holders_of([seat.pk])[seat.pk].legislator

    assert (reach(eve).email, reach(eve).phone) == ("", "")
    assert reach(eve).pending == ("eve@house.example",)
    assert HOW in {contact.typed_because for contact in Contact.objects.pending()}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "one of the two"),
        ({"is_vacant": "on"}, "one of the two"),
        ({"source": ""}, "required"),
        ({"since": "2027-01-05", "until": "2027-01-05"}, "ends before it begins"),
        ({"email": "eve@"}, "address"),
        ({"phone": "12"}, "ten digits"),
    ],
)
def test_what_cannot_be_so_is_said_and_nothing_typed_is_lost(sam, seat, wrong, said):
    answer = sam.post(page_of(seat), typed(party="Purple") | wrong)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert said in page
    assert 'value="Purple"' in page
    assert named(seat) == "Ada Smith"


def test_the_seats_history_shows_who_said_what(sam, seat):
    row = say(seat, Said("Eve Byrd", HOW), author="ana@example.org")
    take_rosters(row.pk, author="sam@example.org")
    for page in (page_of(seat), f"/outbox/seats/{seat.pk}/history/"):
        text = sam.get(page).content.decode()
        assert "ana@example.org" in text
        assert HOW in text
        assert "was taken" in text


def test_said_after_a_new_term_began_it_is_no_turnover_any_more(seat, monkeypatch):
    build.zip_district("00001", seat=seat)
    began = new_terms.NewTerm(TODAY - dt.timedelta(days=3), TODAY, "made up")
    monkeypatch.setattr(new_terms, "new_term", lambda seat: began)
    Term.objects.update(as_of=TODAY - dt.timedelta(days=90))

    def status():
        return next(p.status for p in lookup.find_zip("00001").places if p.seat == seat)

    assert status() == "turnover"

    say(seat, Said("Eve Byrd", HOW), author="sam@example.org")
    assert status() == "held"
