"""What a mail that came back does to the delivery it is about, and what it never does."""

import pytest

from tests.build import posted
from tests.worker.inbound import corpus
from worker.channels import email, verp
from worker.engine import settle
from worker.engine.deliver import deliver
from worker.inbound import dead_addresses
from worker.inbound.dead_addresses import find_recent
from worker.inbound.returns import take_in_mail
from worker.models import Attempt, Delivery, Return

LANE = "letters:house.example"
pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    """A letter in a state, as the engine left it there."""

    def make(state="sent", **fields):
        (row,) = posted(**{"rehearsal": False, **fields})
        Delivery.objects.filter(pk=row.pk).update(
            state=state, settled_at=row.posted_at, attempts_made=1
        )
        Attempt.objects.create(
            delivery=row,
            at=row.posted_at,
            state=state,
            code=250,
            answer="2.0.0 queued",
            author="worker",
        )
        return row

    return make


def came(text, row, *, to=None, **kinds):
    return take_in_mail(
        corpus.filled(text, row), recipient=to or verp.address(row.public_id.hex), **kinds
    )


def test_a_letter_that_came_back_failed_with_the_servers_words(letter, state_of, attempts_of):
    row = letter()

    came(corpus.POSTFIX, row)

    assert state_of(row) == "failed"
    state, code, answer, author = attempts_of(row)[-1]
    assert (state, code, author) == ("failed", 550, "bounce")
    assert answer.startswith("5.1.1 <")
    assert "User unknown" in answer


def test_the_same_mail_twice_counts_once_also_by_another_way(letter, attempts_of):
    row = letter()
    first = came(corpus.POSTFIX, row)
    again = take_in_mail(
        b"Received: by elsewhere\n" + corpus.filled(corpus.POSTFIX, row).replace(b"\r\n", b"\n"),
        recipient=verp.address(row.public_id.hex).upper(),
        source="hook",
    )

    assert again == first
    assert len(attempts_of(row)) == 2


@pytest.mark.parametrize(
    "text",
    [corpus.POSTFIX_DELAY, corpus.POSTFIX_DELIVERED, corpus.AWAY, corpus.ANSWER, corpus.COMPLAINT],
)
@pytest.mark.parametrize(
    ("before", "after"),
    [("sent", "sent"), ("uncertain", "sent"), ("data", "sent"), ("cancelled", "cancelled")],
)
def test_whatever_else_comes_back_proves_that_it_left_and_fails_nothing(
    letter, state_of, text, before, after
):
    row = letter(before)

    kept = came(text, row)

    assert state_of(row) == after
    assert kept.delivery == row


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("uncertain", "failed"),
        ("data", "failed"),
        ("queued", "failed"),
        ("cancelled", "cancelled"),
        ("held", "held"),
    ],
)
def test_a_failure_ends_only_what_may_have_left(letter, state_of, before, after):
    row = letter(before)

    came(corpus.POSTFIX, row)

    assert state_of(row) == after


def test_what_a_person_sends_again_is_not_ended_by_an_old_failure_told_twice(letter, state_of):
    row = letter()
    came(corpus.POSTFIX, row)
    settle.retry(row, author="wanda", reason="they mended it")

    came(corpus.POSTFIX, row)
    came(corpus.EXCHANGE, row)

    assert state_of(row) == "queued"


def test_a_worker_that_hears_late_changes_nothing_of_a_failure(
    smtp_sink, state_of, attempts_of, monkeypatch
):
    (row,) = posted()
    send = email.send

    def send_and_bounce(sealed):
        receipt = send(sealed)
        came(corpus.POSTFIX, row)
        return receipt

    monkeypatch.setattr(email, "send", send_and_bounce)
    deliver(LANE)

    assert state_of(row) == "failed"
    assert attempts_of(row)[-1][3] == "bounce"


def test_without_a_return_address_the_message_id_says_which(letter, state_of):
    row = letter()

    came(corpus.POSTFIX, row, to="somebody@mail.example.org")

    assert state_of(row) == "failed"


def test_an_answer_to_the_senders_address_is_about_its_letter(letter):
    row = letter("uncertain")

    kept = came(
        corpus.ANSWER.replace("In-Reply-To: {message_id}\n", ""),
        row,
        to=email.answerable_from(row.message_id),
    )

    assert (kept.delivery, kept.kind, kept.words) == (row, "reply", "")


def test_a_complaint_is_matched_by_the_return_address_it_names(letter):
    row = letter()
    told = corpus.COMPLAINT.replace(
        "Version: 1", f"Original-Mail-From: <{verp.address(row.public_id.hex)}>"
    ).replace("{letter}", "")

    assert came(told, row, to="complaints@bounce.example.org").delivery == row


def test_a_forged_address_is_about_nothing_and_its_words_are_not_kept(letter, state_of):
    row, other = letter(), letter()
    local, _, domain = verp.address(row.public_id.hex).partition("@")
    forged = f"{local[:-8]}aaaaaaaa@{domain}"
    sample = corpus.filled(corpus.POSTFIX.replace("{letter}", ""), row)

    kept = take_in_mail(sample, recipient=forged)

    assert (kept.delivery, kept.words, kept.kind) == (None, "", "failed")
    assert (state_of(row), state_of(other)) == ("sent", "sent")


def test_a_return_address_says_more_than_what_the_mail_claims(letter, state_of):
    mine, anothers = letter(), letter()

    came(corpus.POSTFIX, anothers, to=verp.address(mine.public_id.hex))

    assert (state_of(mine), state_of(anothers)) == ("failed", "sent")


def test_a_bounce_in_no_standard_form_counts_only_for_the_address_written_to(letter, state_of):
    right, wrong = letter(), letter()

    came(corpus.QMAIL, right)
    came(corpus.QMAIL.replace("{recipient}", "elsewhere@example.org"), wrong)

    assert (state_of(right), state_of(wrong)) == ("failed", "sent")
    assert Return.objects.get(delivery=wrong).kind == "unclear"


def test_two_people_whose_letters_came_back_condemn_an_address(letter):
    first, second = (
        letter(recipient="Smith@house.example", writer_key=key) for key in ("nora", "omar")
    )

    came(corpus.POSTFIX, first)
    assert dead_addresses.dead_among(["smith@house.example"]) == set()

    came(corpus.EXCHANGE, second)
    assert dead_addresses.dead_among(["smith@house.example"]) == {"smith@house.example"}


@pytest.mark.parametrize(
    ("text", "writers"),
    [
        (corpus.POSTFIX, ("nora", "nora")),
        (corpus.POSTFIX, ("nora", "")),
        (corpus.POSTFIX_FULL, ("nora", "omar")),
        (corpus.POSTFIX_POLICY, ("nora", "omar")),
        (corpus.POSTFIX_EXPIRED, ("nora", "omar")),
        (corpus.AWAY, ("nora", "omar")),
    ],
)
def test_less_than_two_people_and_other_words_do_not(letter, text, writers):
    for key in writers:
        came(text, letter(recipient="smith@house.example", writer_key=key))

    assert find_recent() == 0
    assert dead_addresses.dead_among(["smith@house.example"]) == set()


def test_practice_condemns_nobody(letter):
    for key in ("nora", "omar"):
        came(
            corpus.POSTFIX, letter(recipient="smith@house.example", writer_key=key, rehearsal=True)
        )

    assert dead_addresses.dead_among(["smith@house.example"]) == set()


def test_what_a_server_says_at_the_door_counts_too(letter, smtp_sink, settings):
    settings.DELIVERY_ENABLED, settings.SMTP_URL, settings.CATCHER_URL = (
        True,
        smtp_sink.url,
        "smtp://127.0.0.1:1",
    )
    smtp_sink.answer("RCPT", "550 5.1.1 no such user")
    posted(recipient="smith@house.example", writer_key="nora", rehearsal=False)
    posted(recipient="smith@house.example", writer_key="omar", rehearsal=False)

    deliver(LANE)

    assert find_recent() == 1
    assert find_recent() == 0
    assert dead_addresses.dead_among(["smith@house.example"]) == {"smith@house.example"}


def test_once_mended_what_was_said_before_counts_no_more(letter):
    for key in ("nora", "omar"):
        came(corpus.POSTFIX, letter(recipient="smith@house.example", writer_key=key))
    dead_addresses.revive("smith@house.example")

    came(corpus.POSTFIX, letter(recipient="smith@house.example", writer_key="pia"))
    assert dead_addresses.dead_among(["smith@house.example"]) == set()

    came(corpus.POSTFIX, letter(recipient="smith@house.example", writer_key="quin"))
    assert dead_addresses.dead_among(["smith@house.example"]) == {"smith@house.example"}
