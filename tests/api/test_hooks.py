"""Relays that hand mail in over https: only those who know the secret, and each mail once."""

import subprocess
import sys
import time

import pytest
from django.db import connection

from api.hooks import signature
from config.children import free_port
from tests import processes
from tests.build import posted
from tests.worker.inbound import corpus
from worker.channels import verp
from worker.models import Delivery, Return

pytestmark = pytest.mark.django_db
SECRET = "known to the relay and to us only, 0123456789"


@pytest.fixture
def letter():
    (row,) = posted(rehearsal=False)
    Delivery.objects.filter(pk=row.pk).update(state="sent", settled_at=row.posted_at)
    return row


@pytest.fixture
def hand_in(client, settings):
    settings.RETURNS_HOOK_SECRET = SECRET

    def post(content, recipient, *, sent_at=None, signed=None):
        at = str(int(time.time()) if sent_at is None else sent_at)
        headers = {
            "X-Recipient": recipient,
            "X-Sent-At": at,
            "X-Signature": signed or signature(recipient, at, content),
        }
        return client.post("/hooks/mail/", content, content_type="message/rfc822", headers=headers)

    return post


def test_a_bounce_handed_in_ends_its_letter_once(hand_in, letter, settings):
    bounce, to = corpus.filled(corpus.POSTFIX, letter), verp.address(letter.public_id.hex)

    assert hand_in(bounce, to).json() == {"kind": "failed", "matched": True, "refused": ""}
    assert hand_in(bounce, to).status_code == 200

    assert Delivery.objects.get().state == "failed"
    assert Return.objects.get().source == "hook"


def test_without_a_secret_there_is_no_door(hand_in, letter, settings):
    settings.RETURNS_HOOK_SECRET = ""

    answer = hand_in(b"", "somebody@example.org")

    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not_found"


@pytest.mark.parametrize(
    "wrong",
    [
        {"signed": "0" * 64},
        {"signed": "é"},
        {"sent_at": 0},
        {"sent_at": int(time.time()) + 3600},
        {"sent_at": "soon"},
    ],
)
def test_nobody_else_hands_anything_in(hand_in, letter, wrong):
    answer = hand_in(
        corpus.filled(corpus.POSTFIX, letter), verp.address(letter.public_id.hex), **wrong
    )

    assert answer.status_code == 403
    assert set(answer.json()["error"]) == {"code", "message", "fields"}
    assert not Return.objects.exists()


def test_a_signature_is_for_one_recipient(hand_in, letter):
    at, bounce = str(int(time.time())), corpus.filled(corpus.POSTFIX, letter)

    assert (
        hand_in(
            bounce,
            verp.address(letter.public_id.hex),
            sent_at=at,
            signed=signature("other@x.org", at, bounce),
        ).status_code
        == 403
    )


def test_a_large_mail_is_taken_and_a_huge_one_is_not(hand_in, letter):
    bounce, to = corpus.filled(corpus.POSTFIX, letter), verp.address(letter.public_id.hex)

    assert hand_in(bounce + b"x" * 1_100_000, to).status_code == 413
    assert hand_in(bounce + b"x" * 500_000, to).json()["matched"]


def test_a_person_who_answered_is_to_be_told(hand_in, letter):
    assert (
        "Reply-To"
        in hand_in(corpus.filled(corpus.ANSWER, letter), verp.address(letter.public_id.hex)).json()[
            "refused"
        ]
    )


@pytest.mark.django_db(transaction=True)
def test_the_script_for_a_relays_pipe_hands_in_and_tells_what_to_do(letter, settings, tmp_path):
    if connection.vendor != "postgresql":
        pytest.skip("needs the servers that bin/test starts")
    secret = tmp_path / "secret"
    secret.write_text(SECRET + "\n")
    script, to = settings.BASE_DIR / "docs/deploy/hand-in-mail", verp.address(letter.public_id.hex)

    def pipe(text, site):
        command = [sys.executable, script, to, f"{site}/hooks/mail/", secret]
        return subprocess.run(
            command, input=corpus.filled(text, letter), capture_output=True, check=False
        )

    with processes.web(
        SITE_URL=f"http://127.0.0.1:{free_port()}", RETURNS_HOOK_SECRET=SECRET
    ) as site:
        answered, bounced = pipe(corpus.ANSWER, site), pipe(corpus.POSTFIX, site)
    away = pipe(corpus.POSTFIX, site)

    assert (answered.returncode, bounced.returncode, away.returncode) == (77, 0, 75)
    assert answered.stdout.startswith(b"5.7.1 Nobody reads")
    assert Delivery.objects.get().state == "failed"
