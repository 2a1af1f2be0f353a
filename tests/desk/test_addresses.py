"""An address that takes no mail is a task; whoever mends it sends on the letters that wait, and
that is written down.
"""

import pytest

from accounts.models import AuditEntry
from actions import take
from actions.confirm import confirm
from actions.followup import fallback
from legislators.contacts import reach
from legislators.models import Contact, Legislator, Seat
from tests import build
from tests.desk.overview import waiting_for
from worker.engine.deliver import deliver
from worker.inbound import dead_addresses
from worker.models import Delivery

pytestmark = pytest.mark.django_db
ADA = "ada.smith@house.franklin.example"
WHY = "From their office, by telephone"


@pytest.fixture
def staff(client):
    client.force_login(build.user("staff", email="sam@example.org"))
    return client


@pytest.fixture
def seat(letter_ask):
    """Two letters to Ada Smith, whose mailbox is gone."""
    for name in ("nora", "ben"):
        typed = build.entry(email=f"{name}@example.org", given_name=name.title())
        confirm(take.take_action(letter_ask, build.filled_form(letter_ask, entry=typed)))
    dead_addresses.declare_dead(ADA, because="550 5.1.1 no such mailbox")
    fallback.fall_back()
    return Seat.objects.get(position=1)


def test_the_list_shows_whose_address_what_was_said_and_how_many_wait(staff, seat):
    page = staff.get("/outbox/addresses/").content.decode()

    assert "Ada Smith" in page
    assert ADA in page
    assert "550 5.1.1 no such mailbox" in page
    [task] = staff.get("/outbox/addresses/").context["tasks"]
    assert task.waiting == 2
    assert waiting_for(staff)["desk:addresses"] == ["1"]


def mend(browser, seat, address, reason=WHY):
    return browser.post(
        f"/outbox/seats/{seat.pk}/address/", {"address": address, "reason": reason}, follow=True
    )


def test_another_address_sends_the_letters_on_once_another_person_approves_it(
    staff, seat, smtp_sink
):
    page = mend(staff, seat, "ada@new.example").content.decode()
    assert "once another person approves it" in page
    assert reach(Legislator.objects.get(name="Ada Smith")).email == ADA

    staff.force_login(build.user("staff", email="ana@example.org"))
    contact = Contact.objects.get(value="ada@new.example")
    page = staff.post(f"/desk/officials/{contact.pk}/approve/", follow=True).content.decode()
    deliver("letters:new.example")

    assert "2 letters go there." in page
    assert [mail.recipient for mail in smtp_sink.caught] == ["ada@new.example"] * 2
    assert reach(Legislator.objects.get(name="Ada Smith")).email == "ada@new.example"
    assert list(AuditEntry.objects.values_list("deed", flat=True)) == [
        "address mended",
        "address approved",
    ]
    first, last = AuditEntry.objects.first(), AuditEntry.objects.last()
    assert (first.actor, last.actor) == ("sam@example.org", "ana@example.org")
    assert (first.detail["address"], first.detail["reason"]) == ("ada@new.example", WHY)
    assert (last.detail["address"], last.detail["typed_by"]) == (
        "ada@new.example",
        "sam@example.org",
    )


def test_the_same_address_is_a_word_that_it_works(staff, seat, smtp_sink):
    mend(staff, seat, ADA)
    deliver("letters:house.franklin.example")

    assert dead_addresses.dead_among([ADA]) == set()
    assert [mail.recipient for mail in smtp_sink.caught] == [ADA] * 2


@pytest.mark.parametrize(
    "address",
    [
        "ada",
        "ada@",
        "a b@c.example",
        '"ada"@c.example',
        "ada@[127.0.0.1]",
        "ada@x.example\nBcc: all@x.example",
    ],
)
def test_what_is_no_address_is_not_kept(staff, seat, address):
    answer = mend(staff, seat, address)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert dead_addresses.dead_among([ADA]) == {ADA}
    assert not AuditEntry.objects.exists()


def test_without_a_reason_nothing_is_kept(staff, seat):
    assert mend(staff, seat, "ada@new.example", reason="").status_code == 422
    assert not Delivery.objects.filter(recipient="ada@new.example").exists()


def test_whoever_only_reads_is_offered_no_form(client, seat):
    client.force_login(build.user("organizer"))

    assert "Use this address" not in client.get(f"/outbox/seats/{seat.pk}/").content.decode()
    assert (
        client.post(
            f"/outbox/seats/{seat.pk}/address/", {"address": "x@y.example", "reason": WHY}
        ).status_code
        == 403
    )


def test_an_empty_list_says_so(staff, letter_ask):
    assert (
        "Every address that we know of takes mail."
        in staff.get("/outbox/addresses/").content.decode()
    )
