"""How many seats are reached by which route, as numbers; the same that letters then do."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from actions import take
from actions.confirm import confirm
from actions.followup import dead_address_tasks
from actions.letters.coverage import cover, cover_each
from actions.models import Ladder, Letter
from campaigns import targeting
from legislators.models import Contact, Seat
from legislators.roster.refreshing import refresh
from tests import build
from tests.emptying import settle
from worker.inbound import dead_addresses
from worker.models import CongressOffice

STATES = ["CO", "MD", "TX", "PA", "NH"]


class TestMadeUp:
    pytestmark = pytest.mark.django_db

    def test_numbers_and_words(self, letter_ask):
        build.seat(district="8")

        assert (
            str(cover(Seat.objects.all()))
            == "1 of 3 by e-mail, 1 needs the supporter, 1 has no known holder"
        )
        assert cover(Seat.objects.all()).by_us == 1

    def test_no_seats_at_all(self):
        assert str(cover(Seat.objects.all())) == "no seats"

    def test_a_dead_address_is_no_way_and_a_ladder_of_its_own_counts(self, letter_ask):
        ada, _bo = Seat.objects.order_by("position")
        dead_addresses.declare_dead("ada.smith@house.franklin.example", because="gone")
        assert str(cover(Seat.objects.all())) == "2 of 2 need the supporter"

        dead_addresses.revive("ada.smith@house.franklin.example")
        Ladder.objects.create(chamber=ada.chamber, seat=ada, routes=["call"])
        assert cover(Seat.objects.all()).routes == {"call": 1, "assisted": 1}

    def test_the_letters_of_an_ask_go_as_its_coverage_said(self, letter_ask):
        build.term(build.seat(district="9"), build.legislator("Cy Young", phone="+15550100"))
        build.seat(district="10")
        said = cover(targeting.seats(letter_ask)).routes
        confirm(take.take_action(letter_ask, build.filled_form(letter_ask)))

        assert {letter.route for letter in Letter.objects.all()} == {
            "email",
            "assisted",
            "call",
            "none",
        }
        assert said == {"email": 1, "assisted": 1, "call": 1, "none": 1}

    def test_the_number_of_queries_does_not_follow_the_number_of_seats(
        self, letter_ask, django_assert_max_num_queries
    ):
        for district in range(10, 40):
            build.term(
                build.seat(district=str(district)),
                build.legislator(email=f"d{district}@house.franklin.example"),
            )

        with django_assert_max_num_queries(6):
            assert cover(targeting.seats(letter_ask)).seats == 32

    def test_the_command_says_it_by_chamber_and_by_state(self, letter_ask):
        assert printed() == [
            ["seats", "CWC", "e-mail", "paper", "supporter", "no", "holder"],
            ["state_lower", "2", "0", "1", "0", "1", "0"],
            ["together", "2", "0", "1", "0", "1", "0"],
            ["1", "of", "2", "by", "e-mail,", "1", "needs", "the", "supporter"],
        ]
        assert printed("--state", "fk")[1][:3] == ["FK", "state_lower", "2"]

    @pytest.mark.parametrize("asked", [["--state", "XX"], ["--chamber", "us_house"]])
    def test_the_command_says_what_is_not_there(self, letter_ask, asked):
        with pytest.raises(CommandError):
            printed(*asked)


def printed(*asked):
    out = StringIO()
    call_command("coverage", *asked, stdout=out)
    return [line.split() for line in out.getvalue().splitlines()]


@pytest.fixture(scope="module")
def _loaded(shared_data, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        refresh(shared_data, STATES, say=lambda line: None)
        settle()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def loaded(_loaded, db):
    """The real rosters of four states, in a savepoint of its own."""


def of(state, *chambers):
    return cover(Seat.objects.filter(jurisdiction=state, chamber__in=chambers))


def legislature(state):
    return of(state, "state_upper", "state_lower")


@pytest.mark.usefixtures("loaded")
class TestRealData:
    """Numbers counted from the published files (state_legislator_email_coverage.csv), not by our
    code.
    """

    def test_all_188_seats_of_maryland_s_legislature_by_e_mail(self):
        assert str(legislature("MD")) == "188 of 188 by e-mail"

    def test_one_bounced_mailbox_in_maryland_is_one_that_needs_the_supporter(self):
        theirs = Contact.objects.filter(
            kind="email", legislator__terms__seat__district="30B", legislator__terms__ended_on=None
        )
        [address] = theirs.values_list("value", flat=True)
        dead_addresses.declare_dead(address, because="550 5.1.1")

        assert str(legislature("MD")) == "187 of 188 by e-mail, 1 needs the supporter"

    @pytest.mark.parametrize(("state", "with_email"), [("TX", 180), ("PA", 248), ("NH", 413)])
    def test_other_legislatures_as_counted(self, state, with_email):
        assert legislature(state).routes["email"] == with_email

    def test_congress_needs_the_supporter_while_it_is_not_set_up(self):
        assert of("MD", "us_house", "us_senate").routes == {"assisted": 10}
        assert of("TX", "us_house", "us_senate").by_us == 0

    def test_congress_goes_by_its_own_system_once_it_is(self, settings, congress, shared_data):
        """Maryland: 8 districts and 2 senators.

        Every office of the House takes part, of the Senate's only class I.
        """
        now = timezone.now()
        house = [
            CongressOffice(code=f"HMD{n:02}", chamber="house", is_active=True, listed_at=now)
            for n in range(1, 9)
        ]
        CongressOffice.objects.bulk_create(
            [*house, CongressOffice(code="SMD01", chamber="senate", is_active=True, listed_at=now)]
        )

        assert str(of("MD", "us_house")) == "8 of 8 by CWC"
        assert str(of("MD", "us_senate")) == "1 of 2 by CWC, 1 needs the supporter"

    def test_the_one_malformed_address_is_a_task_and_its_office_needs_the_supporter(self):
        [task] = dead_address_tasks.tasks()

        assert (task.seat.jurisdiction_id, task.seat.chamber, task.seat.district) == (
            "CO",
            "state_lower",
            "65",
        )
        assert task.because == dead_address_tasks.MALFORMED
        assert str(legislature("CO")) == "99 of 100 by e-mail, 1 needs the supporter"

    def test_every_seat_is_counted_once(self):
        each = cover_each(Seat.objects.all(), lambda seat: seat.jurisdiction_id)

        assert sum(one.seats for one in each.values()) == Seat.objects.count()
        assert legislature("MD").seats == 188
