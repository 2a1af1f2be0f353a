"""People whose signature counts, and who allowed updates or did not."""

from django.utils import timezone

from actions.models import Action
from supporters import consent
from supporters.models import Consent
from tests import build


def signer(ask, *, allows=True, **fields):
    person = build.supporter(**fields)
    now = timezone.now()
    Action.objects.create(
        ask=ask,
        supporter=person,
        idempotency_key=person.public_id,
        state="confirmed",
        created_at=now,
        confirmed_at=now,
        changed_at=now,
    )
    if allows:
        allow(person, ask.campaign)
    return person


def allow(person, campaign):
    consent.grant(person, Consent.Purpose.UPDATES, "Tell me.", campaign=campaign)
