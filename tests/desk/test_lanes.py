"""What waits on which way out, how long, how fast it goes and what keeps it; and what staff may do
about it.
"""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from tests import build
from tests.desk.overview import waiting_for
from worker.engine import holds
from worker.models import Delivery, Lane

LANE = "letters:house.example"


@pytest.fixture
def staff(client, db, settings):
    settings.DELIVERY_ENABLED = True
    client.force_login(build.user("staff", email="sam@example.org"))
    return client


def open_circuit(**fields):
    now = timezone.now()
    open_until = now + dt.timedelta(minutes=15)
    fields = {
        "failures": 7,
        "opened_at": now - dt.timedelta(hours=2),
        "open_until": open_until,
        "opened_because": "421 go away",
    } | fields
    return Lane.objects.create(name=LANE, **fields)


def test_the_board_tells_how_late_a_lane_is_and_how_fast_it_goes(staff):
    build.posted(2, rehearsal=False)
    build.posted(lane="mail", rehearsal=False)
    Delivery.objects.filter(lane=LANE).update(due_at=timezone.now() - dt.timedelta(hours=3))
    lanes = {row.name: row for row, _ in staff.get("/outbox/deliveries/").context["board"]}

    assert lanes[LANE].waits == "3\xa0hours"
    assert (lanes[LANE].pace, lanes["mail"].pace) == ("60 a minute", "As fast as it goes")


def test_a_letter_that_waits_for_its_office_to_open_is_not_late(staff):
    build.posted(rehearsal=False, due_at=timezone.now() + dt.timedelta(hours=9))

    assert staff.get("/outbox/deliveries/").context["board"][0][0].waits == ""


def test_an_open_circuit_stands_above_everything_with_the_other_sides_words(staff):
    build.posted(rehearsal=False)
    build.posted(50, lane="letters:busy.example")
    open_circuit(opened_because="421 <go> away")
    page = staff.get("/outbox/deliveries/")

    assert [row.name for row in page.context["kept"]] == [LANE]
    assert page.context["board"][0][0].name == LANE
    assert "421 &lt;go&gt; away" in page.content.decode()


def test_the_overview_tells_of_open_circuits(staff):
    assert waiting_for(staff) == {}
    open_circuit()

    assert waiting_for(staff) == {"desk:deliveries": ["1"]}


def test_a_paused_lane_says_by_whom_and_why(staff):
    build.posted()
    holds.place("lane", LANE, reason="They asked for a day", author="ana@example.org")
    text = staff.get("/outbox/lane/", {"name": LANE}).content.decode()

    assert "They asked for a day" in text
    assert "ana@example.org" in text


def test_try_now_lets_one_letter_try_and_is_written_down_once(staff):
    build.posted(rehearsal=False)
    open_circuit()

    staff.post("/outbox/lane/try/", {"name": LANE})

    assert Lane.objects.get().open_until <= timezone.now()
    staff.get("/outbox/lane/", {"name": LANE})
    assert list(AuditEntry.objects.values_list("deed", "subject", "actor")) == [
        ("lane tried before its time", LANE, "sam@example.org")
    ]


def test_trying_a_way_that_is_open_does_nothing_and_says_nothing(staff):
    build.posted(rehearsal=False)

    assert staff.post("/outbox/lane/try/", {"name": LANE}).status_code == 302
    assert not AuditEntry.objects.exists()


def test_a_lane_gets_a_pace_of_its_own_with_a_reason_and_loses_it_again(staff):
    build.posted(rehearsal=False)

    staff.post(
        "/outbox/lane/pace/",
        {"name": LANE, "per_minute": "12", "burst": "3", "reason": "Their host asked"},
    )
    assert (Lane.objects.get().per_minute, Lane.objects.get().burst) == (12, 3)
    assert "12 a minute" in staff.get("/outbox/lane/", {"name": LANE}).content.decode()

    staff.post(
        "/outbox/lane/pace/",
        {"name": LANE, "per_minute": "", "burst": "", "reason": "Not any more"},
    )
    assert (Lane.objects.get().per_minute, Lane.objects.get().burst) == (None, None)
    assert list(
        AuditEntry.objects.order_by("pk").values_list("deed", "subject", "detail__reason")
    ) == [
        ("lane's pace set", f"{LANE} 12/3", "Their host asked"),
        ("lane's pace set", f"{LANE} as set up", "Not any more"),
    ]


@pytest.mark.parametrize(
    "typed",
    [
        {"per_minute": "12"},
        {"burst": "3"},
        {"per_minute": "0", "burst": "1"},
        {"per_minute": "a", "burst": "1"},
        {"reason": ""},
    ],
)
def test_a_pace_that_is_none_changes_nothing(staff, typed):
    build.posted(rehearsal=False)

    assert (
        staff.post("/outbox/lane/pace/", {"name": LANE, "reason": "Because"} | typed).status_code
        == 422
    )
    assert not Lane.objects.filter(burst__gt=0).exists()


@pytest.mark.parametrize("name", ["", "letters:nobody.example", "\x00", "x" * 300])
def test_a_lane_that_there_is_not_is_not_found(staff, name):
    assert staff.get("/outbox/lane/", {"name": name}).status_code == 404
    assert staff.post("/outbox/lane/try/", {"name": name}).status_code == 404
    assert not Lane.objects.exists()
