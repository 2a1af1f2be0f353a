"""An organizer's questions in the form: answered by adults, kept with the action, counted by choice;
whatever changes while somebody is filling it in, nothing that was typed is lost.
"""

import pytest

from actions.answers import answers_of
from actions.breakdowns.checking import check
from actions.erasing.erasure import How, erase
from actions.models import Action, Submission
from actions.recount import recount
from campaigns.models import Breakdown, Question, Side
from tests import build
from tests.actions.browsing import ACT, ME, is_taken, mailed_link, press, send
from tests.desk.rows import action

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_hurry")]


@pytest.fixture
def story(petition):
    return petition.questions.create(kind="long", text="What happened to you?")


@pytest.fixture
def helps(petition):
    spanish = {"es": {"text": "¿Cómo ayuda?", "help": "", "choices": ["Marchando", "Cantando"]}}
    return petition.questions.create(
        kind="several",
        position=2,
        text="How would you help?",
        choices=["Marching", "Singing"],
        is_required=True,
        translations=spanish,
    )


def form_page(client, age="34", **typed):
    return send(client, client.get(ACT), step="address", zip="00001", age=age, **typed)


def test_what_an_adult_answers_is_confirmed_with_the_action_and_counted_by_choice(
    client, petition, story, helps
):
    marching, singing = helps.keys
    page = form_page(client)
    assert "What happened to you?" in page.content.decode()
    told = {f"answer_{story.pk}": "The swing broke.", **ME}

    refused = send(client, page, step="write", **told)
    assert refused.status_code == 422
    assert "Please answer this question." in refused.content.decode()
    assert "The swing broke." in refused.content.decode()
    sent = send(client, refused, step="write", **{f"answer_{helps.pk}": [marching, singing]})
    assert is_taken(sent)

    link = mailed_link("confirm")
    assert "The swing broke." in client.get(link).content.decode()
    press(client, link)
    made = Action.objects.get()
    assert [(one.asked, one.text) for one in answers_of(made)] == [
        ("What happened to you?", "The swing broke."),
        ("How would you help?", "Marching; Singing"),
    ]
    assert Submission.objects.get().answers == []
    recount()
    counted = Breakdown.objects.filter(side=Side.CHOICE).values_list("value", "number")
    assert dict(counted) == {f"{helps.pk}:{marching}": 1, f"{helps.pk}:{singing}": 1}
    assert check(petition) == {}

    erase(made.supporter, by="sam@example.org", how=How.MAILBOX)
    assert Action.objects.get().answers == []
    assert check(petition) == {}
    assert not Breakdown.objects.filter(side=Side.CHOICE).exists()


def test_a_question_that_is_added_or_reworded_meanwhile_comes_with_every_word(
    client, petition, story
):
    page = form_page(client)
    told = {f"answer_{story.pk}": "The swing broke.", **ME}
    Question.objects.filter(pk=story.pk).update(text="What did not happen to you?")
    new = petition.questions.create(kind="yes_no", text="May we call?", is_required=True)

    again = send(client, page, step="write", **told)
    shown = again.content.decode()
    assert again.status_code == 422
    assert "This question has changed since you opened the page." in shown
    assert "Please answer this question." in shown
    assert "The swing broke." in shown
    assert ME["email"] in shown

    new.delete()
    assert is_taken(send(client, again, step="write"))
    assert Submission.objects.get().answers[0]["asked"] == "What did not happen to you?"


def test_answers_go_along_to_the_address_and_back_each_choice_of_several(client, petition, helps):
    page = form_page(client)
    marching, singing = helps.keys
    back = send(client, page, step="change", **{f"answer_{helps.pk}": [marching, singing], **ME})
    values = [
        (name, value) for name, value in back.context["carried"] if name.startswith("answer_")
    ]
    assert values == [(f"answer_{helps.pk}", marching), (f"answer_{helps.pk}", singing)]

    again = form_page(client, **{f"answer_{helps.pk}": [marching, singing]})
    assert again.content.decode().count("checked") == 2


def test_a_spanish_page_asks_in_spanish_and_says_what_it_has_in_english_only(
    client, petition, story, helps
):
    typed = {"step": "address", "zip": "00001", "age": "34", "country": "US"}
    shown = client.post(f"/es{ACT}", typed).content.decode()

    assert "¿Cómo ayuda?" in shown
    assert "Marchando" in shown
    assert '<span lang="en">What happened to you?</span>' in shown


def test_whoever_is_known_to_be_young_leaves_no_answer_even_by_an_older_form(
    client, petition, story
):
    young = build.supporter(**ME, is_minor=True)
    elsewhere = build.ask("petition", campaign=build.campaign("elsewhere"))
    said = {"question": 1, "asked": "What happened?", "said": ["My story."], "keys": []}
    action(elsewhere, young, answers=[said])
    send(client, form_page(client), step="write", **{f"answer_{story.pk}": "My story.", **ME})

    press(client, mailed_link("confirm"))

    assert [row.answers for row in Action.objects.all()] == [[], []]
    assert Submission.objects.get().answers == []
