"""The outbox says what a delivery waits for and why, and finds all that wait for the same."""

import pytest

from actions.models import Action, Letter
from tests import build
from tests.desk import rows
from worker import outbox
from worker.engine import holds
from worker.models import Delivery, State, WaitsFor

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(build.user("staff", email="sam@example.org"))
    return client


def kept_waiting(waits_for, reason):
    [row] = build.posted(recipient_key="seat:7")
    outbox.keep_waiting([row.pk], waits_for=waits_for, reason=reason, author="worker")
    return row


def unconfirmed():
    [row] = build.posted(awaits_confirmation=True)
    return row


def set_aside():
    row = unconfirmed()
    action = rows.action(build.ask("letter"), state=Action.State.QUARANTINED)
    Letter.objects.create(action=action, seat=build.seat(), route="email", delivery=row)
    return row


WAITING = {
    "confirmation": (unconfirmed, "Waiting for confirmation"),
    "review": (
        lambda: kept_waiting(WaitsFor.REVIEW, "Eve Young holds this seat now."),
        "Waiting for review",
    ),
    "address": (
        lambda: kept_waiting(WaitsFor.ADDRESS, "5.1.1 no such mailbox"),
        "Waiting for an address that takes mail",
    ),
    "quarantine": (set_aside, "Waiting: it looks suspicious"),
}


def badges(page):
    """What stands in the badges of the list of deliveries."""
    return [str(status.words) for _row, status in page.context["rows"]]


@pytest.mark.parametrize("reason", WAITING)
def test_a_delivery_says_what_it_waits_for_in_the_list_and_on_its_own_page(staff, reason):
    make, words = WAITING[reason]
    row = make()

    assert badges(staff.get("/outbox/deliveries/")) == [words]
    page = staff.get(f"/outbox/deliveries/{row.public_id}/").content.decode()
    assert words in page


def test_the_reason_that_was_written_down_stands_beside_it(staff):
    row = kept_waiting(WaitsFor.REVIEW, "Eve Young holds this seat now.")

    for page in ("/outbox/deliveries/", f"/outbox/deliveries/{row.public_id}/"):
        assert "Eve Young holds this seat now." in staff.get(page).content.decode()


def test_all_that_wait_for_the_same_are_counted_and_found(staff):
    made = {reason: make() for reason, (make, _words) in WAITING.items()}
    build.posted()

    counted = staff.get("/outbox/deliveries/").context["waiting"]
    assert {name: number for name, _words, number in counted} == dict.fromkeys(WAITING, "1")
    for reason, row in made.items():
        page = staff.get("/outbox/deliveries/", {"state": "held", "waits_for": reason})
        assert [found for found, _status in page.context["rows"]] == [row]


@pytest.mark.parametrize("asked", [{"waits_for": "rain"}, {"state": "sent", "waits_for": "review"}])
def test_a_reason_that_is_none_narrows_nothing(staff, asked):
    [row] = build.posted()
    Delivery.objects.update(state=State.SENT)

    page = staff.get("/outbox/deliveries/", asked)
    assert [found for found, _status in page.context["rows"]] == [row]


@pytest.mark.parametrize(
    ("scope", "key"),
    [("everything", ""), ("office", "seat:7"), ("lane", "letters:house.example")],
)
def test_what_a_person_paused_says_so_with_their_reason(staff, scope, key):
    [row] = build.posted(recipient_key="seat:7")
    build.posted(lane="letters:senate.example", recipient_key="seat:8")
    holds.place(scope, key, reason="Their machine is away", author="sam@example.org")

    page = staff.get("/outbox/deliveries/")
    paused = [found for found, status in page.context["rows"] if str(status.words) == "Paused"]
    assert row in paused
    assert len(paused) == (2 if scope == "everything" else 1)
    assert "Their machine is away" in page.content.decode()


def test_no_page_of_the_outbox_says_held(staff):
    for make, _words in WAITING.values():
        make()
    holds.place("everything", reason="A pause", author="sam@example.org")
    pages = (
        "/outbox/deliveries/",
        "/outbox/holds/",
        "/outbox/review/",
        "/desk/quarantine/",
        "/desk/",
    )

    assert [page for page in pages if "Held" in staff.get(page).content.decode()] == []


def test_a_page_of_deliveries_costs_the_same_however_many_wait(
    staff, django_assert_max_num_queries
):
    for make, _words in WAITING.values():
        make()
    with django_assert_max_num_queries(100) as few:
        staff.get("/outbox/deliveries/")
    for _ in range(5):
        kept_waiting(WaitsFor.REVIEW, "Eve Young holds this seat now.")
        unconfirmed()
    with django_assert_max_num_queries(100) as many:
        staff.get("/outbox/deliveries/")

    assert len(many) <= len(few)
