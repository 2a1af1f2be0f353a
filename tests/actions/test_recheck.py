"""docs/safety.md K19: the roster changes while a letter waits.

It is looked at once more as it leaves, and a person decides.
"""

import datetime as dt

import pytest
from django.utils import timezone

from actions import take
from actions.confirm import confirm
from actions.followup import recheck
from actions.models import Letter
from actions.withdraw import withdraw
from legislators.models import Contact, Legislator, Term
from tests import build
from worker import outbox
from worker.engine import holds
from worker.engine.claim import claim
from worker.engine.deliver import deliver, work_through
from worker.inbound import dead_addresses
from worker.models import Attempt, Delivery
from worker.queued_letter import queued_letters

LANE = "letters:house.franklin.example"
ADA = "ada.smith@house.franklin.example"
pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(letter_ask):
    """Nora's letter to Ada Smith, confirmed and in line."""
    return confirm(take.take_action(letter_ask, build.filled_form(letter_ask))).letters.get(
        route="email"
    )


def ends(seat):
    Term.objects.filter(seat=seat).update(ended_on=dt.date.today())


def sent(sink):
    deliver(LANE)
    return [caught for caught in sink.caught if caught.recipient == ADA]


def status_of(letter):
    row = Delivery.objects.get(pk=letter.delivery_id)
    last = Attempt.objects.filter(delivery=row).last()
    return row.state, row.waits_for, last.answer, last.author


def test_a_letter_about_which_nothing_changed_goes(letter, smtp_sink):
    assert len(sent(smtp_sink)) == 1


def test_a_letter_to_a_seat_that_fell_vacant_waits_for_a_person(letter, smtp_sink):
    ends(letter.seat)

    assert sent(smtp_sink) == []
    assert status_of(letter) == (
        "held",
        "review",
        "Nobody is known to hold this seat now. It was written to Ada Smith.",
        "review",
    )


def test_a_letter_to_somebody_whose_successor_sits_there_waits_for_a_person(letter, smtp_sink):
    ends(letter.seat)
    build.term(
        letter.seat, build.legislator("Eve Young", email=ADA)
    )  # a mailbox that belongs to the seat changes nothing

    assert sent(smtp_sink) == []
    assert status_of(letter)[1:3] == (
        "review",
        "Eve Young holds this seat now. It was written to Ada Smith.",
    )


def test_a_namesake_is_somebody_else(letter, smtp_sink):
    ends(letter.seat)
    build.term(letter.seat, build.legislator("Ada Smith", email=ADA))

    assert sent(smtp_sink) == []


def test_a_letter_to_an_address_that_was_changed_waits_for_a_person(letter, smtp_sink):
    Contact.objects.filter(value=ADA).update(value="ada@new.example")

    assert sent(smtp_sink) == []
    assert (
        status_of(letter)[2] == f"Their address is ada@new.example now. It is addressed to {ADA}."
    )


def test_a_letter_to_an_address_that_nobody_publishes_any_more_waits_for_a_person(
    letter, smtp_sink
):
    Contact.objects.filter(value=ADA).delete()

    assert sent(smtp_sink) == []
    assert (
        status_of(letter)[2]
        == f"They publish no e-mail address any more. It is addressed to {ADA}."
    )


@pytest.mark.parametrize(
    "written", ["Ada.Smith@House.Franklin.Example", " ada.smith@house.franklin.example "]
)
def test_the_same_address_in_other_letters_is_no_change(letter, smtp_sink, written):
    Contact.objects.filter(value=ADA).update(value=written)

    assert len(sent(smtp_sink)) == 1


def test_another_address_beside_it_is_no_change(letter, smtp_sink):
    Contact.objects.create(
        legislator=letter.legislator,
        kind="email",
        value="ada@district.example",
        source=build.source(),
        office="capitol",
    )

    assert len(sent(smtp_sink)) == 1


def test_a_letter_taken_back_while_a_worker_has_it_in_hand_does_not_go(letter, smtp_sink):
    hand = claim(LANE, "a worker")
    withdraw(letter.action)

    assert work_through(hand.letters, "a worker", hand.grant) == []
    assert status_of(letter)[0] == "cancelled"
    assert smtp_sink.caught == []


@pytest.fixture
def asked_to_wait(letter, smtp_sink):
    """Their server says "not now" to what its writer takes back in that moment: it is in line
    again.
    """
    smtp_sink.answer("MAIL", "451 4.3.0 later", times=1)
    deliver(LANE)
    Delivery.objects.update(state="data")
    withdraw(letter.action)
    Delivery.objects.filter(pk=letter.delivery_id).update(state="queued", due_at=timezone.now())
    return letter


def test_a_letter_taken_back_while_it_was_on_the_wire_is_not_tried_again(asked_to_wait, smtp_sink):
    assert sent(smtp_sink) == []
    assert status_of(asked_to_wait)[:3] == ("cancelled", "", "Its writer took it back.")


def test_a_letter_whose_writer_began_again_is_sealed_anew_when_they_confirm(
    asked_to_wait, letter_ask, smtp_sink
):
    submission = take.take_action(letter_ask, build.filled_form(letter_ask, own_words="Anew."))
    assert sent(smtp_sink) == []
    assert status_of(asked_to_wait)[0] == "cancelled"

    confirm(submission)
    assert len(sent(smtp_sink)) == 1


def test_a_letter_to_a_dead_address_waits_for_another(letter, smtp_sink):
    dead_addresses.declare_dead(ADA, because="550 5.1.1 gone")

    assert sent(smtp_sink) == []
    assert status_of(letter)[:3] == ("held", "address", f"{ADA} takes no mail any more.")


def test_a_letter_that_no_action_has_any_more_does_not_go(letter, smtp_sink):
    Letter.objects.filter(pk=letter.pk).update(delivery=None)

    assert sent(smtp_sink) == []
    assert status_of(letter)[:2] == ("held", "review")
    assert "No action has this letter any more" in status_of(letter)[2]


def test_what_is_behind_a_hold_is_looked_at_when_the_hold_is_lifted(letter, smtp_sink):
    holds.place("everything", reason="a storm", author="sam")
    deliver(LANE)
    ends(letter.seat)
    holds.lift("everything")

    assert sent(smtp_sink) == []
    assert status_of(letter)[1] == "review"


def test_a_letter_that_a_person_let_go_knowing_this_goes_and_one_that_changed_again_does_not(
    letter, smtp_sink
):
    ends(letter.seat)
    deliver(LANE)
    Letter.objects.filter(pk=letter.pk).update(sent_despite=status_of(letter)[2])
    build.term(letter.seat, build.legislator("Eve Young", email=ADA))
    outbox.release([letter.delivery_id], author="sam", waits_for="review")
    assert sent(smtp_sink) == []

    Letter.objects.filter(pk=letter.pk).update(sent_despite=status_of(letter)[2])
    outbox.release([letter.delivery_id], author="sam", waits_for="review")
    assert len(sent(smtp_sink)) == 1


def test_an_older_letter_that_knows_only_a_name_is_judged_by_it(letter, smtp_sink):
    Letter.objects.update(legislator=None)
    Legislator.objects.filter(name="Ada Smith").update(name="Ada Jones")

    assert sent(smtp_sink) == []
    assert status_of(letter)[2] == "Ada Jones holds this seat now. It was written to Ada Smith."


def test_a_letter_to_congress_goes_to_the_office_but_not_to_a_successor(
    letter_ask, congress, settings
):
    from worker.channels.cwc import offices

    settings.NEW_TERMS = ["MD:us_house=none"]  # whatever day this runs on
    offices.refresh()
    seat = build.seat(
        "us_house",
        state="MD",
        district="5",
        division="ocd-division/country:us/state:md/cd:5",
        title="Member",
    )
    build.term(seat, build.legislator("Cy Cole"))
    build.rule(letter_ask, chambers=["us_house"])
    letter_ask.campaign.topic = "Families"
    letter_ask.campaign.save()
    typed = {"prefix": "Ms.", "street": "1 Elm St", "city": "Bowie", "state": "MD", "zip": "20715"}
    letter = confirm(
        take.take_action(letter_ask, build.filled_form(letter_ask, entry=build.entry(**typed)))
    ).letters.get(route="cwc")
    ends(seat)
    deliver("cwc:house")

    assert status_of(letter)[:2] == ("held", "review")
    assert congress.house.landed == {}


def test_the_number_of_questions_does_not_follow_the_number_of_letters(
    letter_ask, django_assert_num_queries
):
    for district in range(10, 30):
        build.term(
            build.seat(district=str(district)),
            build.legislator(email=f"d{district}@house.franklin.example"),
        )
    confirm(take.take_action(letter_ask, build.filled_form(letter_ask)))
    claimed = queued_letters(Delivery.objects.filter(lane=LANE), most=50)

    with django_assert_num_queries(5):
        assert recheck.review(claimed) == {}
    assert len(claimed) == 21


def test_mail_to_supporters_asks_nothing(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert recheck.review([build.queued_letter(recipient_key="")]) == {}
