"""An address is corrected: the letters that waited for it go there, once each, and nobody else's
do.
"""

import datetime as dt

import pytest
from django.utils import timezone

from actions import take
from actions.confirm import confirm
from actions.followup import corrected_address, dead_address_tasks, fallback
from actions.models import Letter
from actions.status import items
from actions.withdraw import withdraw
from legislators import contacts
from legislators.models import Contact, Legislator, Source, Term
from legislators.roster.holdings import Holding
from legislators.roster.terms import write_terms
from tests import build
from worker import outbox
from worker.engine.deliver import deliver
from worker.inbound import dead_addresses
from worker.models import Attempt, Delivery

LANE = "letters:house.franklin.example"
ADA = "ada.smith@house.franklin.example"
NEW = "ada@new.example"
pytestmark = pytest.mark.django_db


def written(ask, name="nora"):
    made = take.take_action(
        ask,
        build.filled_form(
            ask, entry=build.entry(email=f"{name}@example.org", given_name=name.title())
        ),
    )
    return confirm(made)


def to_ada(action):
    return action.letters.select_related("delivery").get(holder_name="Ada Smith")


def refuse(action):
    letter = to_ada(action)
    Delivery.objects.filter(pk=letter.delivery_id).update(state="failed", settled_at=timezone.now())
    Attempt.objects.create(
        delivery=letter.delivery,
        at=timezone.now(),
        state="failed",
        code=550,
        answer="5.1.1 gone",
        author="worker",
    )
    fallback.fall_back()
    return letter


@pytest.fixture
def ada(letter_ask):
    return Legislator.objects.get(name="Ada Smith")


@pytest.fixture
def seat(ada):
    return ada.terms.get().seat


@pytest.fixture
def three(letter_ask, ada):
    """One letter failed there, one was in line when the address died, one was written after."""
    failed, in_line = written(letter_ask, "nora"), written(letter_ask, "ben")
    refuse(failed)
    dead_addresses.declare_dead(ADA, because="550 5.1.1 gone")
    fallback.fall_back()
    return [failed, in_line, written(letter_ask, "cleo")]


def type_in(ada, seat, address=NEW):
    build.approved_contact(ada, "email", address)
    return corrected_address.send_on(seat, author="sam@example.org", reason="From their office")


def test_the_task_names_the_office_the_words_and_the_number_of_letters(three, seat):
    [task] = dead_address_tasks.tasks()

    assert (task.seat, task.term.legislator.name, task.address, task.waiting) == (
        seat,
        "Ada Smith",
        ADA,
        3,
    )
    assert task.because == "550 5.1.1 gone"


def test_every_letter_that_waited_goes_to_the_new_address_once(three, ada, seat, smtp_sink):
    assert type_in(ada, seat) == 3
    assert type_in(ada, seat) == 0
    deliver("letters:new.example")

    assert sorted(mail.recipient for mail in smtp_sink.caught) == [NEW] * 3
    assert set(smtp_sink.copies().values()) == {1}
    assert {to_ada(action).route for action in three} == {"email"}
    assert dead_address_tasks.tasks() == []


def test_the_old_envelope_is_over_before_the_new_one_is_posted(three, ada, seat):
    type_in(ada, seat)
    for action in three:
        rows = Delivery.objects.filter(
            sender_key=f"action:{action.public_id}", recipient_key=f"seat:{seat.pk}"
        )
        assert sum(row.state not in ("failed", "cancelled") for row in rows) == 1


def test_an_address_that_works_after_all_is_used_again(three, seat):
    dead_addresses.revive(ADA)

    assert corrected_address.send_on(seat, author="sam@example.org", reason="They called us") == 3
    assert {to_ada(action).delivery.recipient for action in three} == {ADA}


def test_what_its_writer_brought_there_or_took_back_is_not_sent(three, ada, seat):
    status_report(three[0], seat)
    withdraw(three[1])

    assert type_in(ada, seat) == 1
    assert to_ada(three[2]).route == "email"


def test_what_a_person_here_stopped_is_not_sent_on(letter_ask, ada, seat):
    Contact.objects.create(
        legislator=ada,
        kind="email",
        value="ada@district.example",
        source=build.source(),
        office="district",
    )
    action = written(letter_ask)
    refuse(action)
    assert to_ada(action).delivery.recipient == "ada@district.example"
    outbox.cancel([to_ada(action).delivery_id], reason="A threat", author="sam@example.org")

    assert (dead_address_tasks.tasks(), type_in(ada, seat)) == ([], 0)


def status_report(action, seat):
    Letter.objects.filter(action=action, seat=seat).update(reported_at=timezone.now())


@pytest.mark.parametrize(
    ("state", "days", "goes"),
    [("live", 0, 3), ("paused", 0, 3), ("closed", 2, 3), ("closed", 20, 0), ("archived", 2, 0)],
)
def test_a_campaign_that_ended_long_ago_sends_nothing_more(
    three, ada, seat, letter_ask, state, days, goes
):
    letter_ask.campaign.state, letter_ask.campaign.closed_at = (
        state,
        timezone.now() - dt.timedelta(days=days),
    )
    letter_ask.campaign.save()

    assert type_in(ada, seat) == goes


def test_a_letter_to_somebody_who_no_longer_sits_there_stays(three, ada, seat):
    Term.objects.filter(seat=seat).update(ended_on=timezone.localdate())
    build.term(seat, eve := build.legislator("Eve Young"))

    assert type_in(eve, seat) == 0


@pytest.mark.parametrize("state", ["queued", "claimed", "data", "sent", "uncertain"])
def test_a_letter_that_a_person_sent_again_meanwhile_is_not_sent_twice(
    letter_ask, ada, seat, state
):
    action = written(letter_ask)
    refuse(action)
    Delivery.objects.filter(pk=to_ada(action).delivery_id).update(state=state)

    assert type_in(ada, seat) == 0


def test_a_letter_written_in_practice_stays_practice(letter_ask, ada, seat, settings):
    dead_addresses.declare_dead(ADA, because="gone")
    action = written(letter_ask)
    settings.DELIVERY_ENABLED = True
    type_in(ada, seat)

    assert to_ada(action).delivery.rehearsal is True


class TestTheRoster:
    def brings(self, address):
        source = build.source()
        Source.objects.filter(pk=source.pk).update(covers=[["FK", "state_lower"]])
        [term] = Term.objects.select_related("legislator", "seat").filter(
            legislator__name="Ada Smith"
        )
        ways = (("email", address, "capitol"),)
        ada = Holding(
            term.legislator.key,
            "Ada Smith",
            "",
            "",
            "Democratic",
            "state_lower",
            term.seat.division,
            "7",
            ways=ways,
        )
        write_terms([ada], source, [("FK", "state_lower")], [("FK", "state_lower")])

    def test_a_new_address_corrects_by_itself(self, three):
        assert corrected_address.correct() == 0
        self.brings(NEW)

        assert corrected_address.correct() == 3
        assert {to_ada(action).delivery.recipient for action in three} == {NEW}

    def test_the_same_address_once_more_corrects_nothing(self, letter_ask, ada):
        refuse(written(letter_ask))
        self.brings(ADA)

        assert corrected_address.correct() == 0

    def test_two_bad_addresses_do_not_take_turns(self, letter_ask, ada):
        action = written(letter_ask)
        refuse(action)
        self.brings(NEW)
        for _turn in range(4):
            corrected_address.correct()
            Contact.objects.filter(kind="email", legislator=ada).exclude(value=NEW).delete()
            refuse(action)
            Contact.objects.get_or_create(
                legislator=ada, kind="email", value=ADA, defaults={"source": build.source()}
            )

        rows = Delivery.objects.filter(
            sender_key=f"action:{action.public_id}", recipient_key=f"seat:{to_ada(action).seat_id}"
        )
        assert sorted(row.recipient for row in rows) == [ADA, NEW]

    def test_what_somebody_here_typed_outlives_it(self, three, ada, seat):
        type_in(ada, seat)
        self.brings("ada@third.example")

        assert contacts.reach(Legislator.objects.get(pk=ada.pk)).emails == (
            NEW,
            "ada@third.example",
        )


def test_a_malformed_address_is_a_task_before_anybody_wrote_there(letter_ask, ada, seat):
    Contact.objects.filter(value=ADA).update(value="ada.smith at house")
    [task] = dead_address_tasks.tasks()

    assert (task.address, task.because, task.waiting) == (
        "ada.smith at house",
        "It is no address that mail can be sent to.",
        0,
    )


def test_a_second_address_that_works_makes_it_nobodys_task(letter_ask, ada):
    Contact.objects.create(legislator=ada, kind="email", value=NEW, source=build.source())
    dead_addresses.declare_dead(ADA, because="gone")

    assert dead_address_tasks.tasks() == []


def test_the_number_of_queries_does_not_follow_the_number_of_tasks(
    letter_ask, django_assert_max_num_queries
):
    for district in range(10, 40):
        build.term(
            build.seat(district=str(district)), build.legislator(email=f"d{district} at house")
        )

    with django_assert_max_num_queries(9):
        assert len(dead_address_tasks.tasks()) == 30


def test_the_writer_s_page_says_on_its_way_once_it_is(three, ada, seat):
    type_in(ada, seat)
    words = {
        item["state_word"]
        for action in three
        for item in items.letters_of(action)
        if item["name"] == "Ada Smith"
    }

    assert words == {"On its way"}


def test_an_address_of_two_people_and_a_malformed_one_are_on_the_list():
    one, other, third = (build.seat(district=number) for number in "123")
    ada, bo = build.legislator("Ada Ash", email="both@x.example"), build.legislator("Bo Birch")
    Contact.objects.create(
        legislator=bo, kind="email", value="Both@x.example", source=build.source()
    )
    wrong = build.legislator("Jo Oak", email="jexample@house.ms.gov@example.org")
    build.term(one, ada), build.term(other, bo), build.term(third, wrong)

    assert {task.seat.district: task.because for task in dead_address_tasks.tasks()} == {
        "1": "It is published for somebody else too: Bo Birch.",
        "2": "It is published for somebody else too: Ada Ash.",
        "3": dead_address_tasks.MALFORMED,
    }
