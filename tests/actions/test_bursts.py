"""More at once than people send is set aside, never refused; and no flood of forms becomes a flood
of mail, also while Redis is away.
"""

import datetime as dt
import uuid

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from actions import retention, take
from actions.confirm import confirm
from actions.models import Action, Submission
from actions.screening import bursts
from actions.screening.bursts import marks_of
from actions.screening.machines import new_token
from supporters import mail
from tests import build
from tests.actions.browsing import ACT, ME, is_taken, send
from tests.actions.crowds import sent
from tests.together import together
from worker.models import Delivery

pytestmark = pytest.mark.django_db


def set_aside():
    return Submission.objects.filter(state="quarantined").count()


@pytest.fixture
def small(monkeypatch):
    """Limits that a test reaches soon."""
    for name in ("FROM_NETWORK", "FROM_WIDER_NETWORK", "FOR_DOMAIN", "ON_ASK"):
        monkeypatch.setattr(bursts, name, 1000)
    return monkeypatch.setattr


def test_what_overflows_from_one_address_waits_for_a_person_and_nobody_is_refused(petition, small):
    small(bursts, "FROM_NETWORK", 3)
    for number in range(5):
        sent(petition, number)
    sent(petition, 9, address="203.0.113.9")

    assert Submission.objects.count() == 6
    assert set_aside() == 2
    assert set(
        Submission.objects.filter(state="quarantined").values_list("quarantined_because", flat=True)
    ) == {"many from one network"}


def test_a_minute_later_the_same_address_is_like_any_other(petition, small):
    small(bursts, "FROM_NETWORK", 1)
    sent(petition, 1)
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=61)):
        assert sent(petition, 2).state == "waiting"


@pytest.mark.parametrize(
    ("limit", "addresses"),
    [
        ("FROM_NETWORK", [f"2001:db8:1:1::{n}" for n in range(1, 6)]),
        ("FROM_WIDER_NETWORK", [f"2001:db8:1:{n}::1" for n in range(1, 6)]),
        ("FROM_WIDER_NETWORK", [f"198.51.100.{n}" for n in range(1, 6)]),
    ],
)
def test_an_ipv6_customer_is_one_64_and_one_48_whatever_they_pick(
    petition, small, limit, addresses
):
    small(bursts, limit, 3)
    for number, address in enumerate(addresses):
        sent(petition, number, address=address)

    assert set_aside() == 2


def test_one_mail_domain_overflows_but_not_where_everybody_has_their_mailbox(petition, small):
    small(bursts, "FOR_DOMAIN", 2)
    for domain in ("school.example", "gmail.com"):
        for number in range(4):
            entry = build.entry(email=f"p{number}@{domain}")
            marks = marks_of(f"203.0.113.{number}", entry.email)
            take.take_action(petition, build.filled_form(petition, entry=entry, marks=marks))

    assert set_aside() == 2


def test_one_ask_overflows_from_wherever_it_comes(petition, small):
    small(bursts, "ON_ASK", 2)
    for number in range(4):
        sent(petition, number, address=f"10.{number}.0.1")

    assert set_aside() == 2


def test_where_it_came_from_is_kept_for_a_day_and_as_a_hash(petition):
    submission = sent(petition, 1)
    assert "198.51" not in str(Submission.objects.values().get())
    Submission.objects.update(created_at=timezone.now() - dt.timedelta(hours=25))
    retention.forget_unconfirmed()

    submission.refresh_from_db()
    assert (submission.network, submission.wider_network, submission.mail_domain) == ("", "", "")


@pytest.mark.usefixtures("no_hurry")
def test_one_form_brings_a_bounded_number_of_submissions_and_gives_every_word_back(
    client, petition, monkeypatch
):
    monkeypatch.setattr(bursts, "OF_ONE_FORM", 3)
    page = send(client, client.get(ACT), step="address", zip="00001", age="34")
    answers = [
        send(client, page, step="write", **{**ME, "email": f"n{number}@example.org"})
        for number in range(5)
    ]

    assert [is_taken(answer) for answer in answers] == [True, True, True, False, False]
    assert 'value="n4@example.org"' in answers[-1].content.decode()
    assert Submission.objects.count() == 3
    fresh = send(client, answers[-1], step="write", **ME)
    assert is_taken(fresh)


@pytest.mark.django_db(transaction=True)
def test_the_same_token_at_the_same_moment_brings_no_more_than_one_by_one(petition, monkeypatch):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer")
    monkeypatch.setattr(bursts, "OF_ONE_FORM", 3)
    key, refused = uuid.uuid4(), []

    def use(number):
        def deed():
            try:
                sent(petition, number, key=key)
            except take.FormUsedUp:
                refused.append(number)

        return deed

    together(*(use(number) for number in range(8)))

    assert Submission.objects.count() == 3
    assert len(refused) == 5


def test_a_form_that_is_used_up_still_knows_what_it_brought(petition, monkeypatch):
    monkeypatch.setattr(bursts, "OF_ONE_FORM", 1)
    key = uuid.uuid4()

    assert sent(petition, 1, key=key) == sent(petition, 1, key=key)


def test_one_form_counts_once_for_a_person_however_often_it_was_mended(petition):
    key = uuid.uuid4()
    for source in ("one", "two", "three"):
        confirm(take.take_action(petition, build.filled_form(petition, key=key, source=source)))

    assert Action.objects.counted().count() == 1


def test_a_flood_from_one_address_leaves_no_faster_than_people_write(petition):
    soon = timezone.now() + dt.timedelta(minutes=1)
    for number in range(120):
        sent(petition, number)
    due = Delivery.objects.filter(lane="mail", due_at__lt=soon).count()

    assert Delivery.objects.filter(lane="mail").count() == 120
    assert due <= bursts.FROM_NETWORK + mail.ASKS_A_MINUTE["held"]


@pytest.mark.usefixtures("no_hurry")
def test_while_redis_is_away_a_flood_of_forms_still_leaves_no_faster(
    client, petition, settings, small
):
    """120 mails from one address in 16 seconds, once."""
    small(bursts, "FROM_NETWORK", 3)
    small(mail, "ASKS_A_MINUTE", {"held": 2})
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}
    }
    page = send(client, client.get(ACT), step="address", zip="00001", age="34")
    began = timezone.now()
    for number in range(12):
        form = {"token": new_token(petition.pk).sign(), "email": f"n{number}@school.example"}
        assert send(client, page, step="write", **ME | form).status_code == 200
    at_once = Delivery.objects.filter(lane="mail", due_at__lt=began + dt.timedelta(minutes=1))

    assert Submission.objects.count() == 12
    assert at_once.count() == 3 + 2


def test_the_whole_site_asks_so_many_mailboxes_a_minute_and_the_rest_take_their_turn(
    petition, monkeypatch
):
    monkeypatch.setattr(mail, "MOST_ASKS_A_MINUTE", 4)
    began = timezone.now()
    for number in range(10):
        sent(petition, number, address=f"10.{number}.0.1")
    due = Delivery.objects.filter(lane="mail").order_by("pk").values_list("due_at", flat=True)

    minutes = [(at - began).total_seconds() // 60 for at in due]
    assert minutes == [0] * 4 + [1] * 4 + [2] * 2


def test_a_proven_mailbox_is_asked_so_often_a_day_and_gets_its_receipts(db, monkeypatch):
    monkeypatch.setattr(mail, "PROVEN_ASKED_A_DAY", 2)
    build.supporter(email="nora@example.org")
    asks = [build.ask("petition", campaign=build.campaign(f"campaign-{n}")) for n in range(4)]
    for ask in asks:
        build.petition_text(ask)
    submissions = [take.take_action(ask, build.filled_form(ask)) for ask in asks]
    assert Delivery.objects.filter(lane="mail").count() == 2

    confirm(submissions[0])
    assert Delivery.objects.filter(key__startswith="receipt:").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_forms_at_once_a_mailbox_gets_no_more_mails_than_one_by_one():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer")
    asks = [build.ask("petition", campaign=build.campaign(f"campaign-{n}")) for n in range(6)]

    def act(ask):
        return lambda: take.take_action(ask, build.filled_form(ask))

    together(*(act(ask) for ask in asks))

    assert Submission.objects.count() == 6
    assert Delivery.objects.filter(lane="mail").count() == mail.UNPROVEN_MAILS_A_DAY
