"""A broken route: the letter takes the next route, once, and only when it certainly was not taken."""

import pytest
from django.utils import timezone

from actions import take
from actions.confirm import confirm
from actions.followup import dead_address_tasks, fallback, tell_writers
from actions.models import Action, Ladder, Letter
from actions.status import items, self_reports
from actions.withdraw import withdraw
from legislators.models import Chamber, Contact, Legislator, Term
from tests import build
from worker.channels.cwc import offices
from worker.engine.deliver import deliver
from worker.inbound import dead_addresses
from worker.models import Attempt, Delivery

LANE = "letters:house.franklin.example"
ADA = "ada.smith@house.franklin.example"
GONE = "550 5.1.1 no such mailbox"
pytestmark = pytest.mark.django_db


def written(ask, **fields):
    return confirm(take.take_action(ask, build.filled_form(ask, **fields)))


def to_ada(action):
    return action.letters.select_related("delivery").get(holder_name="Ada Smith")


def refused(action, answer="5.1.1 no such mailbox", code=550, state="failed", author="worker"):
    letter = to_ada(action)
    Delivery.objects.filter(pk=letter.delivery_id).update(state=state, settled_at=timezone.now())
    Attempt.objects.create(
        delivery=letter.delivery,
        at=timezone.now(),
        state=state,
        code=code,
        answer=answer,
        author=author,
    )
    return letter


def second_address(value="ada@district.example"):
    Contact.objects.create(
        legislator=Legislator.objects.get(name="Ada Smith"),
        kind="email",
        value=value,
        source=build.source(),
    )


def open_letters(action):
    rows = Delivery.objects.filter(sender_key=f"action:{action.public_id}").exclude(lane="mail")
    return [
        row
        for row in rows
        if row.state in ("held", "queued", "claimed", "data", "sent", "uncertain")
    ]


def test_a_letter_in_line_for_a_dead_address_becomes_its_writers_who_is_told_once(letter_ask):
    action = written(letter_ask)
    dead_addresses.declare_dead(ADA, because=GONE)
    assert fallback.fall_back() == 1
    letter = to_ada(action)

    assert (letter.route, letter.bad_address, letter.delivery.state) == (
        "assisted",
        ADA,
        "cancelled",
    )
    assert open_letters(action) == []
    assert (tell_writers.tell(), tell_writers.tell(), fallback.fall_back()) == (1, 0, 0)
    [item] = [item for item in items.letters_of(action) if item["name"] == "Ada Smith"]
    assert item["state_word"] == "Needs you"
    assert item["needs"]


def test_what_the_final_check_kept_for_its_address_falls_back_too(letter_ask, smtp_sink):
    action = written(letter_ask)
    dead_addresses.declare_dead(ADA, because=GONE)
    deliver(LANE)
    assert to_ada(action).delivery.waits_for == "address"

    fallback.fall_back()
    assert to_ada(action).route == "assisted"
    assert smtp_sink.caught == []


def test_another_address_of_the_office_is_tried_before_anybody_is_bothered(letter_ask, smtp_sink):
    second_address()
    action = written(letter_ask)
    first = to_ada(action).delivery
    smtp_sink.answer("RCPT", GONE, recipient=ADA)
    deliver(LANE)

    assert (fallback.fall_back(), tell_writers.tell(), fallback.fall_back()) == (1, 0, 0)
    letter = to_ada(action)
    assert (letter.route, letter.delivery.recipient, letter.delivery.state) == (
        "email",
        "ada@district.example",
        "queued",
    )
    assert letter.delivery.key == f"{first.key}:1"
    assert letter.delivery.message_id != first.message_id
    deliver("letters:district.example")
    assert [mail.recipient for mail in smtp_sink.caught] == ["ada@district.example"]


def test_a_letter_whose_second_address_is_dead_too_falls_back_again_and_its_writer_is_told_once(
    letter_ask, smtp_sink
):
    second_address()
    action = written(letter_ask)
    smtp_sink.answer("RCPT", GONE)
    deliver(LANE)
    assert fallback.fall_back() == 1
    deliver("letters:district.example")

    assert (fallback.fall_back(), fallback.fall_back()) == (1, 0)
    assert (to_ada(action).bad_address, to_ada(action).delivery.state) == (
        "ada@district.example",
        "failed",
    )
    assert (tell_writers.tell(), tell_writers.tell()) == (1, 0)
    assert open_letters(action) == []
    assert {(task.address, task.waiting) for task in dead_address_tasks.tasks()} >= {
        ("ada@district.example", 1)
    }


def test_a_letter_in_line_for_a_second_dead_address_becomes_its_writers(letter_ask):
    second_address()
    action = written(letter_ask)
    refused(action)
    assert fallback.fall_back() == 1
    dead_addresses.declare_dead("Ada@district.example", because=GONE)

    assert (fallback.fall_back(), fallback.fall_back()) == (1, 0)
    letter = to_ada(action)
    assert (letter.route, letter.bad_address, letter.delivery.state) == (
        "assisted",
        "ada@district.example",
        "cancelled",
    )


def test_a_refused_address_leaves_its_letter_refused_and_remembered(letter_ask):
    action = written(letter_ask)
    refused(action)
    fallback.fall_back()
    letter = to_ada(action)

    assert (letter.route, letter.bad_address, letter.was_refused) == ("email", ADA, True)
    assert tell_writers.tell() == 1


@pytest.mark.parametrize(
    "answer",
    [
        "5.1.10 null MX",
        "5.1.2 no such host",
        "smtp; 550 5.1.1 <ada>: unknown",
        "No such user here",
        "5.4.1 Recipient address rejected: Access denied. AS(201806281)",
        "5.0.350 Remote server returned an error -> 550 5.1.1 user unknown",
        "5.2.1 account disabled",
        "Requested action not taken: mailbox unavailable",
    ],
)
def test_words_about_the_address(letter_ask, answer):
    second_address()
    refused(written(letter_ask), answer=answer)

    assert fallback.fall_back() == 1


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        (550, "5.7.1 rejected by policy"),
        (554, "5.7.26 unauthenticated"),
        (552, "5.2.2 mailbox full"),
        (552, "5.3.4 too big"),
        (550, "5.2.1 not now"),
        (550, "5.1.8 sender's address"),
        (550, "5.1.7 sender's syntax"),
        (550, "rejected"),
        (553, "5.7.1 not from you"),
        (None, "Could not be handed over within the time allowed."),
        (550, "host 15.1.1.7 said no"),
    ],
)
def test_words_about_something_else(letter_ask, code, answer):
    second_address()
    action = written(letter_ask)
    letter = refused(action, answer=answer, code=code)

    assert fallback.fall_back() == 0
    assert to_ada(action).delivery_id == letter.delivery_id
    assert tell_writers.tell() == 1


@pytest.mark.parametrize(
    "state", ["held", "queued", "claimed", "data", "sent", "uncertain", "cancelled"]
)
def test_a_letter_that_may_be_there_or_may_still_go_never_falls_back(letter_ask, state):
    second_address()
    action = written(letter_ask)
    refused(action)
    Delivery.objects.filter(pk=to_ada(action).delivery_id).update(state=state)

    assert fallback.fall_back() == 0
    assert (
        len(
            Delivery.objects.filter(
                sender_key=f"action:{action.public_id}", recipient_key__startswith="seat:"
            )
        )
        == 1
    )


def test_what_its_writer_took_back_or_brought_there_stays_as_it_is(letter_ask):
    second_address()
    back, there = (
        written(letter_ask),
        written(letter_ask, entry=build.entry(email="bo@example.org")),
    )
    refused(back), refused(there)
    withdraw(back)
    self_reports.note_self_report(
        there, seat_id=to_ada(there).seat_id, what="form", at=timezone.now()
    )

    assert fallback.fall_back() == 0


def test_a_letter_whose_seat_changed_hands_meanwhile_waits_for_a_person(letter_ask):
    action = written(letter_ask)
    dead_addresses.declare_dead(ADA, because=GONE)
    Term.objects.filter(seat=to_ada(action).seat).update(ended_on=timezone.localdate())
    build.term(
        to_ada(action).seat, build.legislator("Eve Young", email="eve@house.franklin.example")
    )

    assert fallback.fall_back() == 0
    letter = to_ada(action)
    assert (letter.delivery.state, letter.delivery.waits_for) == ("held", "review")
    assert (
        letter.delivery.attempts.last().answer
        == "Eve Young holds this seat now. It was written to Ada Smith."
    )


def test_a_rehearsal_falls_back_as_a_rehearsal_whatever_was_switched_on_since(letter_ask, settings):
    second_address()
    action = written(letter_ask)
    refused(action)
    settings.DELIVERY_ENABLED = True

    fallback.fall_back()
    assert to_ada(action).delivery.recipient == "ada@district.example"
    assert to_ada(action).delivery.rehearsal is True


def test_a_letter_whose_text_is_no_longer_kept_is_not_sent_empty(letter_ask):
    second_address()
    action = written(letter_ask)
    refused(action)
    Action.objects.update(subject="", statement="", own_words="")

    assert fallback.fall_back() == 0


class TestCongress:
    @pytest.fixture
    def refused_there(self, letter_ask, congress):
        """Nora's letter, which the House's own system refused; the member publishes an address
        too.
        """
        offices.refresh()
        seat = build.seat(
            Chamber.US_HOUSE,
            state="MD",
            district="5",
            division="ocd-division/country:us/state:md/cd:5",
            title="Member",
        )
        build.term(
            seat, build.legislator("Cy Cole", email="cy@mail.house.example", phone="+12025550100")
        )
        letter_ask.rules.all().delete()
        build.rule(letter_ask, chambers=["us_house"])
        letter_ask.campaign.topic = "Families"
        letter_ask.campaign.save()
        typed = {
            "prefix": "Ms.",
            "street": "1 Elm St",
            "city": "Bowie",
            "state": "MD",
            "zip": "20715",
        }
        letter = written(letter_ask, entry=build.entry(**typed)).letters.get(route="cwc")
        Delivery.objects.filter(pk=letter.delivery_id).update(
            state="failed", settled_at=timezone.now()
        )
        Attempt.objects.create(
            delivery=letter.delivery,
            at=timezone.now(),
            state="failed",
            code=400,
            answer="not valid",
            author="worker",
        )
        return letter

    def test_a_letter_that_the_chamber_refused_goes_by_mail(self, refused_there):
        assert (fallback.fall_back(), tell_writers.tell()) == (1, 0)
        refused_there.refresh_from_db()

        assert (refused_there.route, refused_there.delivery.recipient) == (
            "email",
            "cy@mail.house.example",
        )
        assert refused_there.delivery.state == "queued"

    def test_not_if_staff_struck_mail_from_the_ladder(self, refused_there):
        Ladder.objects.filter(chamber="us_house").update(routes=["cwc", "assisted"])

        assert (fallback.fall_back(), tell_writers.tell()) == (0, 1)
        assert Letter.objects.get(pk=refused_there.pk).route == "cwc"

    def test_not_while_it_is_in_doubt(self, refused_there):
        Delivery.objects.filter(pk=refused_there.delivery_id).update(state="uncertain")

        assert fallback.fall_back() == 0
