"""A supporter's mailbox that is gone, or that complains, gets no more mail; one that is full
does.
"""

import pytest

from supporters import bouncing, mail
from supporters.mail import is_suppressed
from supporters.models import Suppression
from supporters.suppressions import lift
from tests import build
from tests.worker.inbound import corpus
from worker.channels import verp
from worker.inbound.returns import take_in_mail
from worker.models import Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailed():
    """A mail that the supporter's own server had accepted."""

    def send(supporter, *, rehearsal=False):
        (row,) = build.posted(
            lane=mail.LANE,
            sender_key=mail.mailbox_key(supporter),
            recipient=supporter.email,
            rehearsal=rehearsal,
        )
        Delivery.objects.filter(pk=row.pk).update(state="sent", settled_at=row.posted_at)
        return row

    return send


def comes_back(row, text):
    take_in_mail(corpus.filled(text, row), recipient=verp.address(row.public_id.hex))


@pytest.mark.parametrize(
    ("text", "reason"),
    [(corpus.POSTFIX, "bounced"), (corpus.EXCHANGE, "bounced"), (corpus.COMPLAINT, "complained")],
)
def test_a_mailbox_that_is_gone_or_complains_gets_no_more_mail(mailed, text, reason):
    nora, omar = build.supporter(), build.supporter()
    comes_back(mailed(nora), text)
    mailed(omar)

    assert bouncing.suppress() == 1
    assert bouncing.suppress() == 0

    assert list(Suppression.objects.values_list("mailbox", "reason")) == [(nora.mailbox, reason)]


@pytest.mark.parametrize(
    "text",
    [
        corpus.POSTFIX_FULL,
        corpus.POSTFIX_POLICY,
        corpus.POSTFIX_DELAY,
        corpus.AWAY,
        corpus.POSTFIX_EXPIRED,
    ],
)
def test_what_says_nothing_about_the_mailbox_changes_nothing(mailed, text):
    comes_back(mailed(build.supporter()), text)

    assert bouncing.suppress() == 0


def test_practice_and_letters_to_offices_suppress_nobody(mailed):
    nora = build.supporter()
    comes_back(mailed(nora, rehearsal=True), corpus.POSTFIX)
    (letter,) = build.posted(rehearsal=False, sender_key=mail.mailbox_key(nora))
    Delivery.objects.filter(pk=letter.pk).update(state="sent")
    comes_back(letter, corpus.POSTFIX)

    assert bouncing.suppress() == 0


def test_whom_a_person_has_let_in_again_stays_in(mailed):
    nora = build.supporter()
    comes_back(mailed(nora), corpus.POSTFIX)
    bouncing.suppress()
    assert lift(Suppression.objects.get())

    assert bouncing.suppress() == 0
    assert not is_suppressed(nora.mailbox)


def test_whose_mailbox_comes_back_once_more_after_that_is_out_again(mailed):
    nora = build.supporter()
    comes_back(mailed(nora), corpus.POSTFIX)
    bouncing.suppress()
    lift(Suppression.objects.get())
    comes_back(mailed(nora), corpus.POSTFIX)

    assert bouncing.suppress() == 1
    assert is_suppressed(nora.mailbox)
