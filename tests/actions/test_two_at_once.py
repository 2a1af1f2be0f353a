"""Two people of one mailbox press their links at the same moment."""

import time

import pytest
from django.db import connection

from actions import take
from actions.models import Action
from tests import build
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)


def signed(ask, name):
    return take.take_action(ask, build.submission(ask, entry=build.entry(given_name=name)))


def test_the_household_is_counted_one_after_the_other(petition, monkeypatch):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer")
    for name in ("Ada", "Bo", "Cy"):
        take.confirm(signed(petition, name))
    fourth, fifth = signed(petition, "Di"), signed(petition, "Eve")
    look = take.fills_the_house

    def look_slowly(action):
        """Long enough for the other to look as well, if nothing keeps it waiting."""
        found = look(action)
        time.sleep(0.5)
        return found

    monkeypatch.setattr(take, "fills_the_house", look_slowly)

    together(lambda: take.confirm(fourth), lambda: take.confirm(fifth))

    assert Action.objects.counted().count() == take.HOUSEHOLD
    assert Action.objects.filter(state=Action.State.QUARANTINED).count() == 1
