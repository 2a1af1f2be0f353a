"""Somebody real who acts in the demonstration."""

import uuid

from actions.take import FilledForm, take_action
from campaigns.models import (
    Ask,
)
from supporters.people import Entry


def ask(slug, position=1):
    return Ask.objects.select_related("campaign").get(campaign__slug=slug, position=position)


def act(on, *, email="nora@example.org", places=()):
    entry = Entry(
        given_name="Nora",
        family_name="Real",
        email=email,
        street="1 Real St",
        city="Bath",
        state="ME",
        zip="04530",
    )
    return take_action(
        on,
        FilledForm(
            key=uuid.uuid4(), entry=entry, places=places, subject="Hello", statement="Please."
        ),
    )
