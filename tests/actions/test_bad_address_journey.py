"""From two people's refused letters to a corrected address: from end to end, over a real SMTP server;
and several people at once.
"""

import pytest

from actions import take
from actions.confirm import confirm
from actions.followup import corrected_address, dead_address_tasks, fallback, tell_writers
from actions.models import Letter
from legislators.models import Legislator
from tests import build
from tests.together import together
from worker.engine import settle
from worker.engine.deliver import deliver
from worker.inbound import dead_addresses
from worker.inbound.dead_addresses import find_recent
from worker.models import Delivery

LANE = "letters:house.franklin.example"
ADA = "ada.smith@house.franklin.example"
NEW = "ada@new.example"


@pytest.fixture
def for_real(settings, smtp_sink):
    """Real letters; the world is our sink, which knows nobody called Ada."""
    settings.CATCHER_URL, settings.SMTP_URL, settings.DELIVERY_ENABLED = (
        "smtp://127.0.0.1:9",
        settings.CATCHER_URL,
        True,
    )
    settings.OFFICE_PER_HOUR = 0  # a crowd all at once
    smtp_sink.answer("RCPT", "550 5.1.1 no such mailbox", recipient=ADA)
    return smtp_sink


def write(ask, name):
    typed = build.entry(email=f"{name}@example.org", given_name=name.title())
    return confirm(take.take_action(ask, build.filled_form(ask, entry=typed)))


def arrived(sink):
    return sorted(
        mail.recipient for mail in sink.caught if not mail.recipient.endswith("@example.org")
    )


@pytest.mark.django_db
def test_what_exchange_refuses_takes_the_offices_next_route_before_a_second_writer_condemns_it(
    letter_ask, for_real
):
    ada = Legislator.objects.get(name="Ada Smith")
    ada.contacts.create(kind="email", value=NEW, source=build.source())
    edge = "550 5.4.1 Recipient address rejected: Access denied. AS(201806281) [b.outlook.com]"
    for_real.answer("RCPT", edge, recipient=ADA)

    for name, condemned in (("nora", set()), ("ben", {ADA})):
        write(letter_ask, name)
        deliver(LANE)
        assert (fallback.fall_back(), tell_writers.tell()) == (1, 0)
        find_recent()
        assert dead_addresses.dead_among([ADA]) == condemned
    deliver("letters:new.example")
    assert arrived(for_real) == [NEW, NEW]


@pytest.mark.django_db
def test_two_refusals_condemn_the_third_letter_waits_and_one_corrected_address_brings_all_three(
    letter_ask, for_real
):
    for name in ("nora", "ben"):
        write(letter_ask, name)
        deliver(LANE)
    write(letter_ask, "cleo")
    assert find_recent() == 1
    fallback.fall_back()
    deliver(LANE)
    assert (tell_writers.tell(), arrived(for_real)) == (3, [])

    ada = Legislator.objects.get(name="Ada Smith")
    build.approved_contact(ada, "email", NEW)
    assert (
        corrected_address.send_on(
            ada.terms.get().seat, author="sam@example.org", reason="Their clerk"
        )
        == 3
    )
    deliver("letters:new.example")

    assert arrived(for_real) == [NEW] * 3
    assert set(for_real.copies().values()) == {1}
    assert dead_addresses.dead_among([ADA, NEW]) == {ADA}
    assert dead_address_tasks.tasks() == []


@pytest.mark.django_db(transaction=True)
def test_correcting_retrying_and_the_roster_at_once_send_each_letter_once(
    letter_ask,
    for_real,
    several_writers,
):
    for name in ("nora", "ben", "cleo", "dora"):
        write(letter_ask, name)
    deliver(LANE)
    fallback.fall_back()
    ada = Legislator.objects.get(name="Ada Smith")
    build.approved_contact(ada, "email", NEW)
    seat = ada.terms.get().seat

    def correct():
        corrected_address.send_on(seat, author="sam@example.org", reason="Their clerk")

    together(correct, correct, corrected_address.correct, fallback.fall_back)
    deliver("letters:new.example")

    assert arrived(for_real) == [NEW] * 4
    rows = Delivery.objects.filter(recipient_key=f"seat:{seat.pk}")
    assert sorted(rows.values_list("state", flat=True)) == ["failed"] * 4 + ["sent"] * 4


@pytest.mark.django_db
def test_what_staff_send_again_is_not_corrected_beside_it(letter_ask, for_real):
    write(letter_ask, "nora")
    deliver(LANE)
    fallback.fall_back()
    letter = Letter.objects.get(route="email")
    settle.retry(letter.delivery, author="ana", reason="They called")
    build.approved_contact(letter.legislator, "email", NEW)

    assert corrected_address.correct() == 0
