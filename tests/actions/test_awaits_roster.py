"""A letter to a seat whose new term has begun waits for a roster that tells who sits there."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from actions import take
from actions.confirm import confirm
from actions.followup import awaits_roster, fallback, holder_changed, tell_writers
from actions.models import Letter
from actions.status import items
from desk.mail.delivery_status import count_waiting
from legislators.lookup import Place
from legislators.models import Chamber, Source, Term
from tests import build
from worker.engine import sweep
from worker.engine.deliver import deliver
from worker.inbound import dead_addresses
from worker.models import Attempt, Delivery

pytestmark = pytest.mark.django_db
WASHINGTON = ZoneInfo("America/New_York")
LANE = "letters:ohiosenate.gov"
HUFFMAN = "huffman@ohiosenate.gov"
# Ohio: legislators sit from the first day of January on.
FIRST, SETTLED = dt.date(2027, 1, 1), dt.date(2027, 1, 4)
WHY = (
    "A new term of this seat began on 2027-01-01, and no roster here is newer: it may have changed"
    " hands. It was written to Steve Huffman."
)


def on(moment):
    """The site's clock; the database's goes on."""
    at = dt.datetime.fromisoformat(moment).replace(tzinfo=WASHINGTON)
    return time_machine.travel(at, tick=False)


def roster(as_of, chamber="state_upper", state="OH"):
    Source.objects.update_or_create(
        key="a-roster", defaults={"name": "Roster", "as_of": as_of, "covers": [[state, chamber]]}
    )


@pytest.fixture
def ask(db):
    ask = build.ask("letter", letter_body="Please open the playgrounds, {title} {legislator}.")
    build.rule(ask, chambers=["state_upper", "us_house"])
    return ask


@pytest.fixture
def seat(ask):
    seat = build.seat(Chamber.STATE_UPPER, state="OH", district="5", title="Senator")
    build.term(seat, build.legislator("Steve Huffman", email=HUFFMAN, phone="+16145550100"))
    roster(dt.date(2026, 8, 5))
    return seat


def written(ask, **typed):
    action = take.take_action(ask, build.filled_form(ask, entry=build.entry(**typed)))
    return confirm(action).letters.get()


@pytest.fixture
def waiting(ask, seat, smtp_sink):
    """Nora's letter, which was in line when the new term began."""
    letter = written(ask)
    with on("2027-01-04 09:00"):
        deliver(LANE)
    return letter


def status_of(letter):
    row = Delivery.objects.get(pk=Letter.objects.get(pk=letter.pk).delivery_id)
    return row.state, row.waits_for


def explained(letter):
    [item] = items.letters_of(letter.action)
    return item["state_word"], item["needs"]


def test_before_the_new_term_it_goes(ask, seat, smtp_sink):
    written(ask)
    with on("2026-12-31 09:00"):
        deliver(LANE)

    assert [mail.recipient for mail in smtp_sink.caught] == [HUFFMAN]


def test_from_the_first_day_it_waits_and_says_why(waiting, smtp_sink):
    assert smtp_sink.caught == []
    assert status_of(waiting) == ("held", "roster")
    assert Attempt.objects.filter(delivery=waiting.delivery).last().answer == WHY
    assert explained(waiting) == ("Waiting to know who sits there", "")
    assert ("roster", "Waiting for a fresh roster", 1) in count_waiting(Delivery.objects.all())


def test_it_neither_expires_nor_is_told_late_while_it_waits(waiting):
    long_ago = timezone.now() - dt.timedelta(days=13)
    Delivery.objects.filter(pk=waiting.delivery_id).update(due_at=long_ago, expires_at=long_ago)
    Attempt.objects.filter(delivery=waiting.delivery).update(at=long_ago)
    sweep.sweep()

    assert tell_writers.tell() == 0
    assert status_of(waiting) == ("held", "roster")


def test_a_roster_of_before_the_new_term_changes_nothing(waiting):
    roster(SETTLED)
    with on("2027-02-01 09:00"):
        Attempt.objects.filter(delivery=waiting.delivery).update(at=timezone.now())
        assert awaits_roster.look_again() == 0


def test_a_fresh_roster_with_the_same_holder_lets_it_go_with_a_whole_life(waiting, smtp_sink):
    Delivery.objects.filter(pk=waiting.delivery_id).update(
        expires_at=timezone.now() - dt.timedelta(days=1),
        due_at=timezone.now() - dt.timedelta(days=4),
    )
    roster(dt.date(2027, 2, 1))
    with on("2027-02-02 09:00"):
        assert awaits_roster.look_again() == 1
        assert awaits_roster.look_again() == 0
        deliver(LANE)

    assert [mail.recipient for mail in smtp_sink.caught] == [HUFFMAN]


def test_a_fresh_roster_with_another_holder_brings_it_to_a_person(waiting, seat, smtp_sink):
    Term.objects.filter(seat=seat).update(ended_on=FIRST)
    build.term(seat, build.legislator("Eve Young", email=HUFFMAN), started_on=FIRST)
    roster(dt.date(2027, 2, 1))
    with on("2027-02-02 09:00"):
        awaits_roster.look_again()
        deliver(LANE)

    assert smtp_sink.caught == []
    assert status_of(waiting) == ("held", "review")


def test_after_two_weeks_a_person_has_it_and_may_let_it_go(waiting, smtp_sink):
    with on("2027-01-18 08:00"):
        Attempt.objects.filter(state="held").update(at=timezone.now() - dt.timedelta(days=13))
        assert awaits_roster.look_again() == 0
        Attempt.objects.filter(state="held").update(at=timezone.now() - dt.timedelta(days=15))
        assert awaits_roster.look_again() == 1
        [letter] = holder_changed.in_review()
        assert letter.reason == WHY
        assert (
            holder_changed.forward(
                letter.seat, holder_changed.in_review(), author="sam", reason="x"
            )
            == 0
        )

        assert holder_changed.let_go(holder_changed.in_review(), author="sam") == 1
        deliver(LANE)
    assert [mail.recipient for mail in smtp_sink.caught] == [HUFFMAN]


def test_an_address_of_the_seat_takes_it_at_once(ask, smtp_sink):
    seat = build.seat(Chamber.STATE_UPPER, state="OH", district="5", title="Senator")
    build.term(seat, build.legislator("Steve Huffman", email="sd05@ohiosenate.gov"))
    written(ask)
    with on("2027-01-04 09:00"):
        deliver(LANE)

    assert [mail.recipient for mail in smtp_sink.caught] == ["sd05@ohiosenate.gov"]


def test_a_dead_address_of_somebody_who_may_have_left_waits_for_the_roster_too(ask, seat):
    letter = written(ask)
    dead_addresses.declare_dead(HUFFMAN, because="550 5.1.1 gone")
    with on("2027-01-04 09:00"):
        fallback.fall_back()

    assert status_of(letter) == ("held", "roster")


class TestTheHouse:
    """Its terms end at noon of 3 January, and then nobody is known to hold a seat."""

    @pytest.fixture
    def seat(self, ask):
        seat = build.seat(
            Chamber.US_HOUSE,
            state="AZ",
            district="3",
            division="ocd-division/country:us/state:az/cd:3",
            title="Representative",
        )
        build.term(
            seat,
            build.legislator("Yas Ari", email="ari@house.example"),
            ended_on=dt.date(2027, 1, 3),
        )
        roster(dt.date(2026, 12, 20), "us_house", "AZ")
        return seat

    @pytest.fixture
    def unaddressed(self, ask, seat):
        """Nora writes on 4 January, of whoever sits there."""
        place = Place(seat, None, "turnover", True, "zip", 0, "2024", "")
        with on("2027-01-04 09:00"):
            action = take.take_action(ask, build.filled_form(ask, places=[place]))
            return confirm(action).letters.get()

    def test_in_the_morning_it_goes_and_from_noon_on_it_waits(self, ask, seat, smtp_sink):
        letters = [letter_of(ask, seat, name) for name in ("Nora", "Ben")]
        Delivery.objects.filter(pk=letters[1].delivery_id).update(lane="letters:later")
        with on("2027-01-03 11:59"):
            deliver("letters:house.example")
        with on("2027-01-03 12:00"):
            deliver("letters:later")

        assert [mail.recipient for mail in smtp_sink.caught] == ["ari@house.example"]
        assert status_of(letters[1]) == ("held", "roster")

    def test_what_is_written_while_nobody_is_known_is_addressed_when_a_roster_tells(
        self, seat, unaddressed, smtp_sink
    ):
        assert unaddressed.delivery is None
        assert explained(unaddressed) == ("Waiting to know who sits there", "")
        build.term(
            seat,
            build.legislator("Eve Young", email="eve@house.example"),
            started_on=dt.date(2027, 1, 3),
        )
        roster(dt.date(2027, 1, 6), "us_house", "AZ")
        with on("2027-01-07 09:00"):
            assert awaits_roster.look_again() == 1
            assert awaits_roster.look_again() == 0
            long_ago = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)  # the database's clock stands before
            Delivery.objects.exclude(lane="mail").update(due_at=long_ago)
            deliver("letters:house.example")

        assert [mail.recipient for mail in smtp_sink.caught] == ["eve@house.example"]
        assert b"Representative Eve Young" in smtp_sink.caught[0].content

    def test_its_writer_is_told_where_only_they_can_go(self, seat, unaddressed):
        build.term(
            seat,
            build.legislator("Eve Young", form="https://young.example"),
            started_on=dt.date(2027, 1, 3),
        )
        roster(dt.date(2027, 1, 6), "us_house", "AZ")
        with on("2027-01-07 09:00"):
            awaits_roster.look_again()
            assert tell_writers.tell() == 1
            assert tell_writers.tell() == 0

        [told] = Delivery.objects.filter(key__startswith="failed:")
        assert told.subject == "Your letter did not get through: Open the playgrounds"
        assert explained(unaddressed)[1] == "everything"

    def test_after_two_weeks_a_person_has_it(self, client, seat, unaddressed):
        with on("2027-01-18 08:00"):
            assert not holder_changed.in_review().exists()
        with on("2027-01-19 08:00"):
            client.force_login(build.user("staff"))
            page = client.get("/outbox/review/").content.decode()
            assert "Nobody was known to hold this seat when it was written" in page
            assert "A new term began on" in page
            assert holder_changed.stop(holder_changed.in_review(), author="sam", reason="x") == 1
            assert not holder_changed.in_review().exists()

    def test_an_empty_seat_in_a_fresh_roster_gets_nothing(self, unaddressed):
        roster(dt.date(2027, 1, 6), "us_house", "AZ")
        with on("2027-01-07 09:00"):
            awaits_roster.look_again()

        assert explained(unaddressed)[0] == "Nobody to write to"


def letter_of(ask, seat, name):
    """As written while somebody held it."""
    term = Term.objects.get(seat=seat)
    place = Place(seat, term, "held", True, "zip", 0, "2024", "")
    typed = build.entry(given_name=name, email=f"{name.lower()}@example.org")
    action = take.take_action(ask, build.filled_form(ask, entry=typed, places=[place]))
    return confirm(action).letters.get()


def test_whoever_writes_or_calls_themselves_reads_that_the_seat_may_have_changed_hands(ask, seat):
    seat.terms.get().legislator.contacts.filter(kind="email").delete()
    letter = written(ask)
    with on("2027-01-04 09:00"):
        [item] = items.letters_of(letter.action)
    assert (item["needs"], item["turnover"]) == (
        "everything",
        "A new term has begun: this seat may have changed hands, and our roster does not say so yet."
        " Ask who sits there now.",
    )
    with on("2026-12-31 09:00"):
        assert items.letters_of(letter.action)[0]["turnover"] == ""


def test_targets_preview_and_office_say_what_turnover_means(client, ask, seat):
    slug = ask.campaign.slug
    build.rule(ask, chambers=["state_upper"], parties=["Democratic"])
    with on("2027-01-04 09:00"):
        client.force_login(build.user("organizer"))
        targets = client.get(f"/desk/campaigns/{slug}/asks/{ask.pk}/targets/").content.decode()
        preview = client.get(f"/desk/campaigns/{slug}/asks/{ask.pk}/preview/").content.decode()
        office = client.get(reverse("desk:office", args=[seat.pk])).content.decode()
        ways = client.get(reverse("desk:seat", args=[seat.pk])).content.decode()

    assert "The holder is the last known; letters wait for a fresh roster." in targets
    assert "The last known holder counts." in targets
    assert "Letters wait for a fresh roster." in preview
    for page in (preview, office, ways):
        assert "no roster here is newer: the seat may have changed hands." in " ".join(page.split())
    assert "The last known holder is Steve Huffman." in office
