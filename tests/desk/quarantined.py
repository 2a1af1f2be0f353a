"""What is set aside for a look, one by one and in bulk."""

import datetime as dt

from django.utils import timezone

from actions.confirm import confirm
from actions.models import Submission
from actions.screening import bursts
from actions.take import take_action
from desk.models import Verdict
from tests import build
from tests.desk import rows

MANY = "/desk/quarantine/many/"
WORDS = "Please open the playgrounds before the summer heat reaches our valley and our children."


def set_aside(appealed_at=None, **typed):
    ask = build.ask("petition", campaign=build.campaign(f"campaign-{next(rows.number)}"))
    form = build.filled_form(ask, suspicion="sent in a second", entry=build.entry(**typed))
    submission = take_action(ask, form)
    Submission.objects.filter(pk=submission.pk).update(appealed_at=appealed_at)
    submission.refresh_from_db()
    return submission


def petition():
    ask = build.ask("petition")
    build.petition_text(ask)
    return ask


def sent(ask, name, *, address="192.0.2.7", confirmed=True, own_words=WORDS, **typed):
    entry = build.entry(email=f"{name}@{typed.pop('domain', 'example.org')}", **typed)
    marked = bursts.marks_of(address, entry.email)
    form = build.filled_form(ask, entry=entry, own_words=own_words, marks=marked)
    submission = take_action(ask, form)
    if confirmed:
        confirm(submission)
    return submission


def due(verdict):
    Verdict.objects.filter(pk=verdict.pk).update(begins_at=timezone.now() - dt.timedelta(seconds=1))
