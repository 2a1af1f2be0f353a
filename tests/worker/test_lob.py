"""Letters by way of Lob: what each answer means, where no letter goes, and that none is ever mailed
twice.
"""

import datetime as dt
import hmac
import json
import time
import uuid

import pytest
from django.utils import timezone

from tests import build, paper
from tests.lob import DROP
from tests.paper import text, to
from worker.channels import ChannelError, Interrupted
from worker.channels import lob as channel
from worker.engine import deliver, holds, reconcile, settle
from worker.models import Delivery, Return
from worker.paper.printed_letter import Postal

pytestmark = pytest.mark.django_db
SECRET = "known to Lob and to us only, 0123456789"


def letter(**fields):
    """To an office whose address Lob takes."""
    return paper.letter(**({"to": to("02139")} | fields))


@pytest.fixture(autouse=True)
def _workers(monkeypatch):
    monkeypatch.setattr("worker.queue.call", lambda *_, **__: None)


def sealed(one=None, *, rehearsal=False):
    return build.queued_letter(
        channel="lob",
        recipient="SENATOR JANE Q WHITFIELD",
        message=(one or letter()).to_bytes(),
        rehearsal=rehearsal,
        lane="lob",
        public_id=uuid.UUID("a" * 32),
    )


def waiting(**fields):
    [row] = paper.posted(letter(), channel="lob", lane="lob", rehearsal=False, **fields)
    return row


def reload(row):
    return Delivery.objects.get(pk=row.pk)


def refused(one=None):
    with pytest.raises(ChannelError) as error:
        channel.send(sealed(one))
    return error.value


def test_lob_gets_the_letter_addressed_apart_from_its_pages_and_our_reference_with_it(lob):
    receipt = channel.send(sealed())

    [(number, kept)] = lob.letters.items()
    assert number in receipt.answer
    fields = kept["fields"]
    assert (fields["to[name]"], fields["to[address_line1]"]) == (
        "SENATOR JANE Q WHITFIELD",
        "16 W JONES ST",
    )
    assert (fields["from[name]"], fields["from[address_zip]"]) == ("CHILDREN FIRST", "21401")
    assert (fields["address_placement"], fields["metadata[delivery_id]"]) == (
        "top_first_page",
        "a" * 32,
    )
    printed = text(lob.files[number])
    assert "My daughter is seven." in printed
    assert "WHITFIELD" not in printed, "Lob sets the addresses"


def test_a_letter_that_lob_has_is_not_handed_over_again_however_late(lob):
    channel.send(sealed())
    lob.keys.clear()  # Lob forgets its idempotency keys after a day

    assert "has it already" in channel.send(sealed()).answer
    assert len(lob.letters) == 1


def test_while_lob_can_not_say_what_it_has_nothing_is_handed_over(lob):
    lob.answer(500, method="GET")

    assert refused().endpoint
    assert lob.letters == {}


@pytest.mark.parametrize(
    ("code", "permanent", "endpoint"),
    [
        (422, True, False),
        (400, True, False),
        (401, False, True),
        (403, False, True),
        (429, False, True),
    ],
)
def test_what_each_refusal_means(lob, code, permanent, endpoint):
    lob.answer(code, "to.address_zip is odd")
    error = refused()

    assert (error.permanent, error.endpoint, error.code, error.answer) == (
        permanent,
        endpoint,
        code,
        "to.address_zip is odd",
    )


def test_too_many_waits_for_as_long_as_lob_says(lob):
    lob.answer(429, "slow down", **{"x_rate_limit_reset": int(time.time()) + 40})

    assert dt.timedelta(seconds=20) < refused().pause <= dt.timedelta(seconds=40)


@pytest.mark.parametrize("code", [500, 502, 503, 409, 200])
def test_an_answer_that_tells_nothing_is_doubt(lob, code):
    lob.answer(code, "")

    with pytest.raises(Interrupted):
        channel.send(sealed())


@pytest.mark.django_db(transaction=True)
def test_a_line_that_breaks_is_doubt_and_looking_it_up_finds_the_letter_there_once(lob):
    row = waiting()
    lob.answer(DROP)
    deliver.deliver("lob")
    assert reload(row).state == "uncertain"
    assert reconcile.ask_about_doubt() == 0, "first it rests"
    Delivery.objects.update(settled_at=timezone.now() - dt.timedelta(minutes=6), lease_until=None)

    assert reconcile.ask_about_doubt() == 1
    assert reload(row).state == "sent"
    assert len(lob.letters) == 1
    assert "Looked up by the delivery's reference: Lob has it already" in row.attempts.last().answer


@pytest.mark.django_db(transaction=True)
def test_what_never_came_to_lob_is_handed_over_by_the_asking_and_once(lob):
    row = waiting()
    lob.answer(500)
    deliver.deliver("lob")
    Delivery.objects.update(settled_at=timezone.now() - dt.timedelta(minutes=6), lease_until=None)

    assert reconcile.ask_about_doubt() == 1
    assert (reload(row).state, len(lob.letters)) == ("sent", 1)


@pytest.mark.django_db(transaction=True)
def test_what_is_paused_is_not_asked_about(lob):
    row = waiting(scope_key="campaign:7")
    lob.answer(500)
    deliver.deliver("lob")
    Delivery.objects.update(settled_at=timezone.now() - dt.timedelta(minutes=6), lease_until=None)
    holds.place("campaign", "campaign:7", reason="wait", author="wanda@example.org")

    assert reconcile.ask_about_doubt() == 0
    assert reload(row).state == "uncertain"


@pytest.mark.django_db(transaction=True)
def test_a_person_who_sends_a_doubtful_letter_again_does_not_mail_it_twice(lob):
    row = waiting()
    lob.answer(DROP)
    deliver.deliver("lob")
    settle.settle_as_failed(row, author="wanda@example.org", reason="nothing came")
    settle.retry(row, author="wanda@example.org", reason="again")
    lob.keys.clear()
    deliver.deliver("lob")

    assert (reload(row).state, len(lob.letters)) == ("sent", 1)


@pytest.mark.parametrize(
    "changes",
    [
        {"DELIVERY_ENABLED": False},
        {"LOB_KEY": ""},
        {"LOB_KEY": "test_made_up"},
        {"LOB_LOOPBACK": False},
        {"LOB_URL": "https://lob.com.example.org"},
        {"LOB_URL": "http://api.lob.com"},
    ],
    ids=str,
)
def test_no_real_letter_leaves_where_it_is_not_all_set_up(lob, settings, changes):
    for name, value in changes.items():
        setattr(settings, name, value)

    assert refused().endpoint
    assert lob.asked == []


def test_a_rehearsal_goes_to_the_catcher_and_never_to_lob(lob, monkeypatch):
    caught = []
    monkeypatch.setattr(channel.email, "send", caught.append)
    channel.send(sealed(rehearsal=True))

    assert lob.asked == []
    assert caught[0].rehearsal
    assert b"16 W JONES ST" in caught[0].message


@pytest.mark.parametrize(
    "one",
    [
        letter(to=Postal("N" * 41, "", "1 ELM ST", "POLK", "MD", "20715")),
        letter(to=Postal("ANA", "A" * 26, "B" * 25, "POLK", "MD", "20715")),
    ],
)
def test_an_address_that_lob_would_refuse_is_refused_here(lob, one):
    assert refused(one).permanent
    assert lob.asked == []


def test_a_letter_whose_text_is_no_longer_kept_is_refused_for_good(lob):
    with pytest.raises(ChannelError) as error:
        channel.send(sealed()._replace(message=b""))

    assert error.value.permanent


@pytest.mark.django_db(transaction=True)
def test_the_key_stands_in_no_evidence(lob, settings):
    lob.answer(401, "Your API key is not valid.")
    row = waiting(key="letter/lob/secret")
    deliver.deliver("lob")

    assert settings.LOB_KEY not in " ".join(row.attempts.values_list("answer", flat=True))


@pytest.fixture
def event(client, settings):
    settings.LOB_WEBHOOK_SECRET = SECRET

    def post(kind, row, *, number="evt_1", sent_at=None, secret=SECRET, **changes):
        about = {"id": "ltr_1", "metadata": {"delivery_id": row.public_id.hex}} | changes
        body = json.dumps({"id": number, "event_type": {"id": kind}, "body": about}).encode()
        at = str(int((time.time() if sent_at is None else sent_at) * 1000))
        signed = hmac.digest(secret.encode(), f"{at}.".encode() + body, "sha256").hex()
        headers = {"Lob-Signature": signed, "Lob-Signature-Timestamp": at}
        return client.post("/hooks/lob/", body, content_type="application/json", headers=headers)

    return post


def sent():
    row = waiting()
    Delivery.objects.filter(pk=row.pk).update(state="sent", settled_at=timezone.now())
    return row


@pytest.mark.parametrize(
    ("kind", "kept"),
    [
        ("letter.mailed", "relayed"),
        ("letter.delivered", "delivered"),
        ("letter.re-routed", "delayed"),
    ],
)
def test_what_lob_tells_later_is_kept_once_and_changes_no_state(event, kind, kept):
    row = sent()

    assert event(kind, row).json() == {"kept": True}
    event(kind, row)
    assert [one.kind for one in Return.objects.all()] == [kept]
    assert reload(row).state == "sent"


def test_a_letter_that_the_postal_service_sends_back_has_failed(event):
    row = sent()
    event("letter.returned_to_sender", row)

    assert reload(row).state == "failed"
    assert "sent it back" in row.attempts.last().answer


def test_an_event_about_a_doubtful_letter_ends_the_doubt(event):
    row = sent()
    Delivery.objects.update(state="uncertain")
    event("letter.created", row)

    assert reload(row).state == "sent"


def test_an_event_that_is_not_lobs_or_is_old_or_about_nothing_of_ours_changes_nothing(
    event, settings
):
    row = sent()

    assert event("letter.failed", row, secret="somebody else's").status_code == 403
    assert event("letter.failed", row, sent_at=time.time() - 600).status_code == 403
    for odd in (
        {"metadata": {"delivery_id": "x"}},
        {"metadata": {}},
        {"metadata": None},
        {"metadata": {"delivery_id": "b" * 32}},
    ):
        assert event("letter.failed", row, **odd).json() == {"kept": False}
    assert event("postcard.failed", row).json() == {"kept": False}
    settings.LOB_WEBHOOK_SECRET = ""
    assert event("letter.failed", row).status_code == 404
    assert reload(row).state == "sent"
    assert not Return.objects.exists()


def test_a_letter_that_people_print_is_not_lobs_to_judge(event):
    [row] = paper.posted(rehearsal=False)
    Delivery.objects.update(state="sent")

    assert event("letter.failed", row).json() == {"kept": False}
    assert reload(row).state == "sent"
