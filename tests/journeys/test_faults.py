"""Something is down or somebody is impatient: the person is thanked, nothing is lost, nothing goes
twice.
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection

from actions.models import Action
from actions.tasks import finish_unmatched
from config.children import free_port
from tests import processes
from tests.journeys.franklin import DELEGATE, SENATOR
from tests.journeys.person import (
    ACT,
    NORA,
    PHONE,
    confirm,
    give_address,
    link_in,
    mail_to,
    mails_to,
    send,
    send_button,
    wait_for,
    write_letter,
)
from worker.models import Attempt, Delivery
from worker.tasks import sweep


def arrived(sink):
    """What offices got, once every letter has left."""
    offices = Delivery.objects.exclude(lane="mail")
    wait_for(
        lambda: offices.exists() and not offices.exclude(state="sent").exists(),
        "every letter to leave",
    )
    return sorted(caught.recipient for caught in sink.caught if caught.recipient != NORA)


def make_due():
    Delivery.objects.filter(state="queued").update(due_at="2020-01-01T00:00Z")


def test_the_broker_is_down_while_a_person_sends_and_the_sweep_delivers_later(
    letter, new_page, worker_at_work, smtp_sink
):
    nowhere = {"REDIS_URL": "redis://127.0.0.1:1/0", "SITE_URL": f"http://127.0.0.1:{free_port()}"}
    with processes.web(**nowhere) as url:
        page = new_page(base_url=url, viewport=PHONE)
        write_letter(page)
        send(page)
        assert page.get_by_role("heading", name="One step left").is_visible()
        assert smtp_sink.caught == []
        sweep.delay()
        confirm(page, smtp_sink)

    assert set(Delivery.objects.exclude(lane="mail").values_list("state", flat=True)) == {"queued"}
    sweep.delay()
    assert arrived(smtp_sink) == [DELEGATE, SENATOR]


def test_the_mail_server_is_down_and_what_waited_arrives_when_it_is_back(
    letter, phone, worker_at_work, smtp_sink
):
    smtp_sink.down()
    write_letter(phone)
    send(phone)
    postponed("mail")
    smtp_sink.up()
    make_due()
    sweep.delay()
    asked = mail_to(smtp_sink, NORA)

    smtp_sink.down()
    phone.goto(link_in(asked, "confirm"))
    phone.get_by_role("button", name="Yes, send my 2 letters").click()
    phone.get_by_role("link", name="See your letter").click()
    postponed("letters:house.franklin.example")
    postponed("letters:senate.franklin.example")
    phone.reload()
    assert phone.get_by_text("Not yet", exact=True).count() == 2

    smtp_sink.up()
    make_due()
    sweep.delay()
    assert arrived(smtp_sink) == [DELEGATE, SENATOR]


def postponed(lane):
    """Tried, refused for now, and put off with the reason written down."""
    tried = Attempt.objects.filter(
        delivery__lane=lane, delivery__state="queued", author="worker"
    ).exclude(answer="")
    wait_for(tried.exists, f"a failed try in {lane}")


def test_lookup_is_down_and_the_letter_is_finished_later(letter, phone, worker_at_work, smtp_sink):
    with no_maps():
        phone.goto(ACT)
        give_address(phone)
        phone.get_by_text("We could not look your address up just now").wait_for()
        phone.get_by_label("First name").fill("Nora")
        phone.get_by_label("Last name").fill("Álvarez")
        phone.get_by_role("textbox", name="E-mail").fill(NORA)
        send(phone)
        confirm(phone, smtp_sink)
    assert Action.objects.get().needs_lookup

    finish_unmatched.delay()
    assert arrived(smtp_sink) == [DELEGATE, SENATOR]


@contextmanager
def no_maps():
    """The database answers, but not for districts."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE legislators_zipdistrict RENAME TO mislaid")
        try:
            yield
        finally:
            cursor.execute("ALTER TABLE mislaid RENAME TO legislators_zipdistrict")


def test_a_locked_row_makes_the_person_wait_and_not_fail(letter, phone, worker_at_work, smtp_sink):
    write_letter(phone)
    send(phone)
    with locked("actions_submission") as lock, ThreadPoolExecutor(1) as beside:
        released = beside.submit(release_once_somebody_waits, lock)
        confirm(phone, smtp_sink)
        # Raises where nobody ever waited.
        released.result()

    assert arrived(smtp_sink) == [DELEGATE, SENATOR]


@contextmanager
def locked(table):
    chosen = connection.settings_dict
    with psycopg.connect(
        host=chosen["HOST"], port=chosen["PORT"], user=chosen["USER"], dbname=chosen["NAME"]
    ) as other:
        other.execute(f"SELECT 1 FROM {table} FOR UPDATE")
        yield other


def release_once_somebody_waits(lock):
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    wait_for(lambda: lock.execute(waiting).fetchone()[0], "somebody to wait for the lock")
    lock.commit()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_double_click_on_send_counts_once_and_sends_once(
    letter, new_page, worker_at_work, smtp_sink, scripts
):
    page = new_page(viewport=PHONE, java_script_enabled=scripts)
    write_letter(page)
    send_button(page).dblclick(no_wait_after=True)
    page.locator("#one-step-left").wait_for()
    confirm(page, smtp_sink)

    assert arrived(smtp_sink) == [DELEGATE, SENATOR]
    assert Action.objects.count() == 1
    assert len([mail for mail in mails_to(smtp_sink, NORA) if b"/confirm/" in mail.content]) == 1


def test_the_same_letter_from_two_tabs_and_once_more_later_counts_once(
    letter, phone, worker_at_work, smtp_sink
):
    other = phone.context.new_page()
    write_letter(phone)
    write_letter(other)
    for tab in (phone, other):
        send_button(tab).click(no_wait_after=True)
    for tab in (phone, other):
        tab.locator("#one-step-left").wait_for()
    confirm(phone, smtp_sink)
    write_letter(other)
    send(other)

    assert arrived(smtp_sink) == [DELEGATE, SENATOR]
    assert Action.objects.count() == 1
    assert b"/letters/" in mail_to(smtp_sink, NORA, holding="already").content
