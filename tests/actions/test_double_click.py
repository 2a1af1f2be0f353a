"""A double click sends one mail: whatever arrives twice within a moment is one submission, one action
and one letter, also where both arrive at once.
"""

import datetime as dt

import pytest
from django.db.models import F
from django.test import Client

from actions.confirm import confirm
from actions.models import Action, Submission
from supporters.models import Supporter
from tests.actions.browsing import ACT, ME, fields, send
from tests.together import together
from worker.models import Delivery

pytestmark = pytest.mark.usefixtures("no_hurry", "whole_zip")


def page(client):
    return send(client, client.get(ACT), step="address", zip="00001", age="34")


def filled(shown, **typed):
    return {**fields(shown).values, "step": "write", "own_words": "Hello.", **ME, **typed}


def mails(kind="confirm"):
    return Delivery.objects.filter(key__startswith=f"{kind}:").count()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("pages", [1, 2], ids=["one form", "a page fetched twice"])
def test_two_at_once_are_one_submission_one_mail_one_action_and_one_letter(pages):
    shown = [filled(page(Client())) for _ in range(pages)]
    answers = []

    together(*(lambda n=n: answers.append(Client().post(ACT, shown[n % pages])) for n in range(4)))

    assert {answer.status_code for answer in answers} == {200}
    assert (Submission.objects.count(), mails()) == (1, 1)
    submission = Submission.objects.get()
    together(lambda: confirm(submission), lambda: confirm(submission))
    assert (Action.objects.count(), mails("receipt"), mails("letter")) == (1, 1, 1)


@pytest.mark.django_db
def test_others_of_a_household_other_words_and_a_later_day_are_submissions_of_their_own(client):
    first = filled(page(client))
    client.post(ACT, first)
    client.post(ACT, filled(page(client), given_name="Leo"))
    client.post(ACT, filled(page(client), own_words="Another word."))
    assert Submission.objects.count() == 3

    Submission.objects.update(created_at=F("created_at") - dt.timedelta(minutes=2))
    client.post(ACT, filled(page(client)))
    assert Submission.objects.count() == 4


@pytest.mark.django_db
def test_the_same_form_is_one_submission_also_much_later(client):
    first = filled(page(client))
    client.post(ACT, first)
    Submission.objects.update(created_at=F("created_at") - dt.timedelta(hours=2))
    client.post(ACT, first)

    assert (Submission.objects.count(), mails()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_that_join_the_newsletter_at_once_get_one_mail():
    typed = {"email": "new@example.org", "age": "34"}

    together(*[lambda: Client().post("/newsletter/", typed)] * 3)

    assert (Supporter.objects.count(), mails("newsletter")) == (1, 1)
