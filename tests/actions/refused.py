"""A letter that an office did not take, and the mail that tells its writer."""

from email import message_from_bytes, policy

from django.utils import timezone

from actions import take
from actions.confirm import confirm
from tests import build
from worker.models import Attempt, Delivery


def written(ask, **typed):
    action = take.take_action(ask, build.filled_form(ask, entry=build.entry(**typed)))
    return confirm(action)


def refused(action):
    """Its letter by mail, which the office's mail server did not take."""
    letter = action.letters.get(route="email")
    Delivery.objects.filter(pk=letter.delivery_id).update(state="failed", settled_at=timezone.now())
    Attempt.objects.create(
        delivery=letter.delivery,
        at=timezone.now(),
        state="failed",
        code=550,
        answer="5.1.1 gone",
        author="worker",
    )
    return letter


def notices():
    return [
        message_from_bytes(bytes(row.message), policy=policy.default)
        for row in Delivery.objects.filter(key__startswith="failed:")
    ]


def text_of(message):
    return message.get_body(("plain",)).get_content().replace("\r\n", "\n")
