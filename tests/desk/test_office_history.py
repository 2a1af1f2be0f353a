"""One office's history at the desk: what became of its letters, in the other side's words."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from actions.models import Letter
from desk.mail import office_history
from tests import build
from tests.desk import rows
from worker.engine import holds
from worker.models import Attempt, Delivery, Hold

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat():
    seat = build.seat(district="7")
    build.term(seat, build.legislator("Ada Smith"))
    return seat


@pytest.fixture
def staff(client):
    client.force_login(build.user("staff"))
    return client


@pytest.fixture
def write(seat):
    """A letter to this office, its delivery in a state."""
    ask = build.ask("letter")

    def letter(state="sent", *, to=None, answer="", posted_at=None, **fields):
        now, action = timezone.now(), rows.action(ask, **fields)
        [delivery] = build.posted(recipient_key=f"seat:{(to or seat).pk}")
        Delivery.objects.filter(pk=delivery.pk).update(state=state, posted_at=posted_at or now)
        if answer:
            Attempt.objects.create(
                delivery=delivery, at=now, state=state, code=550, answer=answer, author="worker"
            )
        return Letter.objects.create(
            action=action,
            seat=to or seat,
            holder_name="Ada Smith",
            route="email",
            delivery=delivery,
        )

    return letter


def page_of(client, seat, **query):
    return client.get(reverse("desk:office", args=[seat.pk]), query)


def test_it_shows_this_offices_letters_with_the_last_words_of_its_server(staff, seat, write):
    write("failed", answer="5.1.1 no such mailbox here")
    write("failed", to=build.seat(district="8"), answer="words of another office")

    text = page_of(staff, seat).content.decode()

    assert "5.1.1 no such mailbox here" in text
    assert "words of another office" not in text
    assert "Ada Smith" in text


def test_days_count_letters_by_how_they_stand_now(staff, seat, write):
    yesterday = timezone.now() - dt.timedelta(days=1)
    write("sent")
    write("queued")
    write("held")
    write("failed", posted_at=yesterday)

    table = page_of(staff, seat).context["days"]

    assert table == [
        (timezone.localdate(), [2, 1, 0, 0, 0]),
        (timezone.localtime(yesterday).date(), [0, 0, 0, 1, 0]),
    ]


def test_the_share_of_personal_letters_counts_a_paragraph_or_a_change_once(staff, seat, write):
    write(own_words="My son plays there.", statement_edited=True)
    write(own_words="My daughter too.")
    write(statement_edited=True)
    write()

    numbers = page_of(staff, seat).context["numbers"]

    assert (numbers["percent"], numbers["own_words"], numbers["edited"]) == (75, 2, 2)


def test_the_list_goes_on_by_key_and_the_numbers_say_how_far_they_look(
    staff, seat, write, monkeypatch
):
    monkeypatch.setattr("desk.paging.ON_A_PAGE", 2)
    monkeypatch.setattr(office_history, "LOOKED_AT", 2)
    letters = [write() for _ in range(3)]

    first = page_of(staff, seat)
    second = page_of(staff, seat, before=first.context["before"])

    assert [row.pk for row in first.context["rows"]] == [letters[2].pk, letters[1].pk]
    assert [row.pk for row in second.context["rows"]] == [letters[0].pk]
    assert "the last 2 letters" in first.content.decode()


def test_as_many_queries_for_many_letters_as_for_one(staff, seat, write):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            page_of(staff, seat)
        return len(queries)

    write("failed", answer="no")
    asked()
    for_one = asked()
    for _ in range(12):
        write("failed", answer="no")

    assert asked() == for_one


def test_an_office_is_paused_from_here_and_let_go(staff, seat, write):
    write("queued")
    key = f"seat:{seat.pk}"
    staff.post(reverse("desk:hold_place"), {"office": key, "reason": "Their machine is away."})
    assert "Their machine is away." in page_of(staff, seat).content.decode()

    staff.post(reverse("desk:hold_lift"), {"scope": "office", "key": key})
    assert not Hold.objects.exists()
    assert AuditEntry.objects.filter(deed__startswith="hold").count() == 2


def test_who_may_only_look_is_offered_no_hold(client, seat):
    client.force_login(build.user("organizer"))
    holds.place("office", f"seat:{seat.pk}", reason="A reason", author="Ada")

    text = page_of(client, seat).content.decode()

    assert "A reason" in text
    assert "Resume" not in text


def test_nobody_who_wrote_is_named(staff, seat, write):
    write("failed", answer="no", own_words="My canary sings.")

    text = page_of(staff, seat).content.decode()

    assert "North" not in text
    assert "nora" not in text
    assert "canary" not in text


def test_lists_and_deliveries_lead_here(staff, seat, write):
    letter = write("uncertain")
    here = reverse("desk:office", args=[seat.pk])

    for page in (
        reverse("desk:uncertain"),
        reverse("desk:delivery", args=[letter.delivery.public_id]),
        reverse("desk:seat", args=[seat.pk]),
    ):
        assert here in staff.get(page).content.decode(), page
