"""Two people race over one mailbox: both press a link at the same moment."""

import time
from contextlib import suppress

import pytest
from django.db import connection

from actions import confirm as confirm_module
from actions import correcting, merging, recount, take
from actions.breakdowns import checking
from actions.confirm import confirm
from actions.erasing import How, erase
from actions.models import Action, Submission
from actions.withdraw import withdraw
from supporters.models import Supporter
from tests import build
from tests.together import together
from worker.engine import claim, transitions
from worker.models import Delivery, State

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


def confirms(action, second):
    confirm(second)


def takes_it_back(action, second):
    withdraw(action)


def corrects(action, second):
    correcting.correct(action.supporter, {"phone": "+14105550123"})


def is_merged(action, second):
    merging.merge(build.supporter(), action.supporter, author="ana", reason="one person")


def is_erased_again(action, second):
    erase(action.supporter, by="bo@example.org", how=How.POST)


def is_sent(action, second):
    for letter in claim.claim("email", "token").letters:
        transitions.turn(None, letter, "token")


@pytest.mark.parametrize(
    "meanwhile", [confirms, takes_it_back, corrects, is_merged, is_erased_again, is_sent]
)
def test_whoever_is_erased_while_something_else_happens_leaves_no_word(letter_ask, meanwhile):
    """Whichever comes first: what is nobody's has no words and no letter that could still begin."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer")
    action = confirm(signed(letter_ask, "Nora"))
    second = take.take_action(letter_ask, build.filled_form(letter_ask, own_words="Once more."))

    def does():
        # They, or their form, may be gone already.
        with suppress(Supporter.DoesNotExist, Submission.DoesNotExist, merging.CannotMerge):
            meanwhile(action, second)

    together(lambda: erase(action.supporter, by="ana@example.org", how=How.LINK), does)

    for nobodys in Action.objects.filter(supporter=None):
        assert (nobodys.own_words, nobodys.entry, nobodys.statement) == ("", {}, "")
        letters = Delivery.objects.filter(sender_key=f"action:{nobodys.public_id}")
        assert {one.state for one in letters} <= {State.CANCELLED, State.DATA}
    assert Submission.objects.filter(action__supporter=None).exclude(action=None).count() == 0
    recount.recount()
    assert checking.check(letter_ask) == {}
