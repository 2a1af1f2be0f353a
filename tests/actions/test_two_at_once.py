"""Two people race over one mailbox: both press a link at the same moment."""

import time

import pytest
from django.db import connection

from actions import confirm as confirm_module
from actions import take
from actions.confirm import confirm
from actions.models import Action, Submission
from tests import build
from tests.together import together
from worker.models import Delivery

pytestmark = pytest.mark.django_db(transaction=True)


def signed(ask, name):
    return take.take_action(ask, build.filled_form(ask, entry=build.entry(given_name=name)))


def test_the_household_is_counted_one_after_the_other(petition, monkeypatch):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer")
    for name in ("Ada", "Bo", "Cy"):
        confirm(signed(petition, name))
    fourth, fifth = signed(petition, "Di"), signed(petition, "Eve")
    look = confirm_module.fills_the_house

    def look_slowly(submission):
        """Long enough for the other to look as well, if nothing keeps it waiting."""
        found = look(submission)
        time.sleep(0.5)
        return found

    monkeypatch.setattr(confirm_module, "fills_the_house", look_slowly)

    together(lambda: confirm(fourth), lambda: confirm(fifth))

    assert Action.objects.counted().count() == confirm_module.HOUSEHOLD
    assert Submission.objects.filter(state=Submission.State.QUARANTINED).count() == 1


def test_of_two_in_one_name_one_counts_whoever_is_first(letter_ask):
    """A stranger's link and the owner's, pressed at once: the letters are one of the two, whole."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer")
    one, other = (
        take.take_action(letter_ask, build.filled_form(letter_ask, own_words=words))
        for words in ("The first words.", "The other words.")
    )

    together(lambda: confirm(one), lambda: confirm(other))

    action = Action.objects.get()
    [chosen] = Submission.objects.filter(state=Submission.State.CONFIRMED)
    [sealed] = Delivery.objects.filter(key__startswith="letter:")
    assert chosen.action == action
    assert action.own_words.encode() in bytes(sealed.message)
