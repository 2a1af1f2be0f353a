"""Under 13 nothing is kept but a voice; from 13 to 17 nothing is shown, listed or mailed."""

import re

import pytest
from django import forms

from actions.models import Action, Voice
from supporters.forms import AgeField
from supporters.models import Supporter
from tests import build
from tests.actions.browsing import ACT, ME, fields, mailed_link, press, send
from tests.clock import signing_at
from worker.models import Delivery

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_hurry")]


def test_a_child_under_13_leaves_a_voice_and_not_a_byte_more(client, petition):
    page = send(client, client.get(ACT), step="address", zip="00001", age="12")
    assert "given_name" not in page.content.decode()
    answer = send(client, page, step="voice")

    assert answer.status_code == 303
    assert Voice.objects.count() == 1
    assert not Supporter.objects.exists()
    assert not Delivery.objects.exists()


def test_going_back_and_typing_another_age_changes_nothing(client, petition):
    send(client, client.get(ACT), step="address", zip="00001", age="12")
    page = send(client, client.get(ACT), step="address", zip="00001", age="40")

    assert "given_name" not in page.content.decode()


def test_a_young_person_is_offered_no_list_and_no_public_name(client, petition):
    page = send(client, client.get(ACT), step="address", zip="00001", age="15")
    assert not fields(page).boxes
    send(client, page, step="write", newsletter="on", public_name="on", **ME)

    press(client, mailed_link("confirm"))
    action = Action.objects.get()
    assert action.supporter.is_minor
    assert not action.name_is_public
    assert not action.newsletter_wording


def join(client, age):
    return client.post(
        "/newsletter/", {"given_name": "Nora", "email": "nora@example.org", "age": age}
    )


def test_a_child_s_answer_is_remembered_from_each_form_to_each(client, petition):
    """Every form that asks for an age: the newsletter's and a campaign's first step."""
    asking = [lambda age: join(client, age)]
    asking += [lambda age: send(client, client.get(ACT), step="address", zip="00001", age=str(age))]
    for first in asking:
        for then in asking:
            client.cookies.clear()
            first(12)
            page = then(40)

            assert "given_name" not in page.content.decode()
            assert not Supporter.objects.exists()
            assert not Delivery.objects.exists()
    client.cookies.clear()
    join(client, 40)
    assert Supporter.objects.exists()


def test_a_child_s_mark_ends_two_hours_after_the_answer_and_with_the_browser_s_session(
    client, petition
):
    def type_age(age):
        answer = send(client, client.get(ACT), step="address", zip="00001", age=str(age))
        return "given_name" in answer.content.decode()

    assert not type_age(12)
    mark = client.cookies["take-action-step"]
    assert (mark["max-age"], mark["expires"]) == ("", "")
    with signing_at(119 * 60):
        # Another age does not begin it anew.
        assert not type_age(40)
    with signing_at(121 * 60):
        assert type_age(40)


def test_a_mark_that_somebody_made_up_is_none(client, petition):
    client.cookies["take-action-step"] = "1"
    page = send(client, client.get(ACT), step="address", zip="00001", age="40")

    assert "given_name" in page.content.decode()


def test_a_child_is_led_nowhere_else_before_the_press_and_after_it(client, petition):
    build.ask("call", campaign=petition.campaign)
    page = send(client, client.get(ACT), step="address", zip="00001", age="12")
    counted = client.get(send(client, page, step="voice").headers["Location"])

    assert counted.status_code == 200
    for answer in (page, counted):
        inside = answer.content.decode().partition("<main")[2].partition("</main>")[0]
        assert not re.findall(r'href="[^"]*/act/[^"]*"', inside)
        assert "tel:" not in inside
        assert "data-share" not in inside
        assert "mailto:" not in inside


def test_a_young_person_who_asks_for_news_is_told_that_nothing_was_sent(client, db):
    known = build.supporter(email="nora@example.org", is_minor=True)
    for age in (12, 15):
        client.cookies.clear()
        answer = join(client, age).content.decode()
        assert "Nothing was sent" in answer
        assert "We have sent" not in answer
        assert "mailbox" not in answer
    assert not client.cookies

    # Nor is anything sent to a mailbox that we know as theirs, whatever age is typed.
    join(client, 40)
    assert not Delivery.objects.exists()
    assert list(Supporter.objects.all()) == [known]


def test_every_form_that_asks_an_age_is_one_of_those():
    asking = {
        kind.__name__
        for kind in all_below(forms.Form)
        if any(isinstance(field, AgeField) for field in kind.base_fields.values())
        and not kind.__module__.startswith("desk.")
    }

    assert asking == {"NewsletterForm", "AddressForm"}


def all_below(kind):
    for one in kind.__subclasses__():
        yield one
        yield from all_below(one)
