"""What staff do about a delivery: with a reason, under their name, and never against what somebody
else knew first.
"""

import datetime as dt
import threading

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry
from actions import take
from actions.confirm import confirm
from actions.status import self_reports
from actions.withdraw import withdraw
from tests import build
from tests.desk.overview import waiting_for
from tests.together import together
from tests.worker.inbound import corpus
from worker.channels import verp
from worker.engine.deliver import deliver
from worker.inbound.returns import take_in_mail
from worker.models import Attempt, Delivery

WHY = "Not in our relay's log"
pytestmark = pytest.mark.django_db


@pytest.fixture
def sam():
    return build.user("staff", email="sam@example.org")


@pytest.fixture
def staff(client, sam):
    client.force_login(sam)
    return client


def standing(state, **fields):
    [row] = build.posted(**fields)
    Delivery.objects.filter(pk=row.pk).update(
        state=state, claim="a dead worker's", settled_at=timezone.now()
    )
    return row


def written(ask):
    """Nora's letter to Ada Smith, failed."""
    action = confirm(take.take_action(ask, build.filled_form(ask)))
    letter = action.letters.get(route="email")
    Delivery.objects.filter(pk=letter.delivery_id).update(state="failed", settled_at=timezone.now())
    return action, letter


def say(browser, row, deed, reason=WHY):
    return browser.post(
        f"/outbox/deliveries/{row.public_id}/settle/", {"deed": deed, "reason": reason}
    )


def offered(browser, row):
    return [
        name
        for name, _words in browser.get(f"/outbox/deliveries/{row.public_id}/").context["deeds"]
    ]


def state_of(row):
    return Delivery.objects.values_list("state", flat=True).get(pk=row.pk)


@pytest.mark.parametrize(
    ("state", "deed", "becomes"),
    [
        ("uncertain", "arrived", "sent"),
        ("uncertain", "lost", "failed"),
        ("uncertain", "lost_and_resend", "queued"),
        ("failed", "resend", "queued"),
        ("queued", "cancel", "cancelled"),
        ("held", "cancel", "cancelled"),
    ],
)
def test_each_deed_is_offered_done_and_kept_with_who_and_why(staff, state, deed, becomes):
    row = standing(state)
    assert deed in offered(staff, row)

    assert say(staff, row, deed).status_code == 302

    last = row.attempts.last()
    assert (state_of(row), last.state, last.answer, last.author) == (
        becomes,
        becomes,
        WHY,
        "sam@example.org",
    )
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.subject, entry.detail) == (
        "sam@example.org",
        str(row.public_id),
        {"reason": WHY},
    )
    assert WHY in staff.get(f"/outbox/deliveries/{row.public_id}/").content.decode().replace(
        "&#x27;", "'"
    )


@pytest.mark.parametrize("state", ["data", "sent", "cancelled"])
def test_nothing_can_be_done_about_what_is_on_its_way_or_settled(staff, state):
    row = standing(state)
    assert offered(staff, row) == []

    for deed in ("arrived", "lost", "lost_and_resend", "resend", "cancel"):
        assert say(staff, row, deed).status_code == 409
    assert (state_of(row), row.attempts.count(), AuditEntry.objects.count()) == (state, 0, 0)


def test_doubt_is_never_sent_again_before_somebody_says_that_it_did_not_arrive(staff):
    row = standing("uncertain")

    assert say(staff, row, "resend").status_code == 409
    assert state_of(row) == "uncertain"
    say(staff, row, "lost_and_resend")
    assert list(row.attempts.values_list("state", flat=True)) == ["failed", "queued"]


def test_a_deed_without_a_reason_changes_nothing_and_says_so(staff):
    row = standing("uncertain")
    answer = say(staff, row, "arrived", reason=" ")

    assert answer.status_code == 422
    assert "data-errors" in answer.content.decode()
    assert (state_of(row), AuditEntry.objects.count()) == ("uncertain", 0)


def test_an_organizer_reads_and_is_offered_nothing(client):
    client.force_login(build.user("organizer"))
    row = standing("uncertain")
    page = client.get(f"/outbox/deliveries/{row.public_id}/")

    assert page.status_code == 200
    assert f"/outbox/deliveries/{row.public_id}/settle/" not in page.content.decode()
    assert say(client, row, "arrived").status_code == 403
    assert state_of(row) == "uncertain"


def test_whoever_comes_second_is_shown_how_it_stands_and_keeps_their_words(staff):
    row = standing("uncertain")
    say(staff, row, "arrived", reason="The office wrote back")
    late = say(staff, row, "lost")

    assert late.status_code == 409
    assert "Nothing was changed" in late.content.decode()
    assert "The office wrote back" in late.content.decode()
    assert (state_of(row), AuditEntry.objects.count()) == ("sent", 1)


@pytest.mark.django_db(transaction=True)
def test_two_people_who_click_at_once_are_one_deed(sam, several_writers):
    row, ana, answers = standing("uncertain"), build.user("staff", email="ana@example.org"), []
    browsers = {"arrived": Client(), "lost": Client()}
    browsers["arrived"].force_login(sam)
    browsers["lost"].force_login(ana)

    together(
        *[
            lambda deed=deed: answers.append((say(browsers[deed], row, deed).status_code, deed))
            for deed in browsers
        ]
    )

    (first, winner), (second, _loser) = sorted(answers)
    assert (first, second) == (302, 409)
    assert state_of(row) == {"arrived": "sent", "lost": "failed"}[winner]
    assert (row.attempts.count(), AuditEntry.objects.count()) == (1, 1)


def test_a_letter_sent_again_from_its_page_arrives_once(staff, smtp_sink):
    row = standing("failed")
    say(staff, row, "resend")
    say(staff, row, "resend")
    deliver(row.lane)
    deliver(row.lane)

    assert smtp_sink.copies() == {row.message_id: 1}
    assert state_of(row) == "sent"


def test_what_its_writer_took_back_is_not_sent_again(staff, letter_ask):
    action, letter = written(letter_ask)
    assert offered(staff, letter.delivery) == ["resend"]
    withdraw(action)

    assert offered(staff, letter.delivery) == []
    assert say(staff, letter.delivery, "resend").status_code == 409
    assert state_of(letter.delivery) == "failed"


@pytest.mark.django_db(transaction=True)
def test_an_office_gets_a_refused_letter_by_hand_or_by_us_but_not_both(
    staff,
    letter_ask,
    several_writers,
):
    action, letter = written(letter_ask)

    answers = []

    def again():
        answers.append(say(staff, letter.delivery, "resend").status_code)
        connection.close()

    with transaction.atomic():
        assert self_reports.note_self_report(
            action, seat_id=letter.seat_id, what="form", at=timezone.now()
        )
        clicked = threading.Thread(target=again)
        clicked.start()
        clicked.join(1)
        assert answers == [], "decided before the writer's word was committed"
    clicked.join(30)

    assert answers == [409]
    assert state_of(letter.delivery) == "failed"


def test_the_list_shows_doubt_longest_first_then_failures_with_their_reasons(staff):
    young, old = standing("uncertain", subject="Young"), standing("uncertain", subject="Old")
    Delivery.objects.filter(pk=old.pk).update(settled_at=timezone.now() - dt.timedelta(days=2))
    broken = standing("failed", subject="Broken")
    standing("sent", subject="Fine")
    Attempt.objects.create(
        delivery=broken,
        at=timezone.now(),
        state="failed",
        code=550,
        answer="5.1.1 no such <mailbox>",
        author="worker",
    )
    page = staff.get("/outbox/uncertain/")
    text = page.content.decode()

    assert [row["delivery"].pk for row in page.context["doubt"]] == [old.pk, young.pk]
    assert text.index("Old") < text.index("Young") < text.index("Broken")
    assert "5.1.1 no such &lt;mailbox&gt;" in text
    assert "Fine" not in text


def test_what_its_writer_took_back_or_sent_by_hand_wants_nobody(staff, letter_ask):
    action, letter = written(letter_ask)
    assert [row["delivery"].pk for row in staff.get("/outbox/uncertain/").context["failed"]] == [
        letter.delivery_id
    ]
    self_reports.note_self_report(action, seat_id=letter.seat_id, what="form", at=timezone.now())

    assert staff.get("/outbox/uncertain/").context["failed"] == []


def test_the_overview_counts_what_wants_a_person(staff):
    assert waiting_for(staff) == {}
    standing("uncertain")
    standing("failed")
    standing("failed")

    assert waiting_for(staff) == {"desk:uncertain": ["1", "2"]}


def test_mail_to_supporters_that_failed_does_not_bury_the_letters(staff):
    standing("failed", lane="mail")
    page = staff.get("/outbox/uncertain/")

    assert page.context["failed"] == []
    assert "1 mail to a supporter failed" in page.content.decode()


def test_what_came_back_stands_beside_the_evidence(staff):
    row = standing("sent")
    for text in (corpus.AWAY, corpus.COMPLAINT):
        take_in_mail(corpus.filled(text, row), recipient=verp.address(row.public_id.hex))

    page = staff.get(f"/outbox/deliveries/{row.public_id}/").content.decode()

    for words in (
        "What came back",
        "Answered automatically",
        "Auto-Submitted: auto-replied",
        "A complaint",
        "Feedback-Type: abuse",
    ):
        assert words in page
    assert (
        "What came back"
        not in staff.get(f"/outbox/deliveries/{standing('sent').public_id}/").content.decode()
    )
