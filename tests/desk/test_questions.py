"""Writing an ask's questions: in order, in two languages, taken away and asked again; copied with
their campaign, put back by its history, answered in its numbers.
"""

import pytest
from django.urls import reverse

from actions.models import Action
from actions.recount import recount
from campaigns.carrying.copying import clone
from campaigns.models import Question
from campaigns.preflight import preflight
from tests import build
from tests.desk.rows import action

pytestmark = pytest.mark.django_db
TYPED = {
    "kind": "one",
    "text": "How would you help?",
    "choices": "Marching\nSinging",
    "text_es": "¿Cómo ayudaría?",
    "choices_es": "Marchando\nCantando",
}


@pytest.fixture
def ask():
    made = build.ask("petition")
    build.petition_text(made)
    return made


@pytest.fixture
def organizer(client):
    client.force_login(build.user("organizer"))
    return client


def at(name, ask, *more):
    return reverse(f"desk:{name}", args=[ask.campaign.slug, ask.pk, *more])


def written(organizer, ask, **typed):
    answer = organizer.post(at("question_new", ask), {**TYPED, **typed})
    assert answer.status_code == 302, answer.content.decode()
    return ask.asked.last()


def test_questions_are_written_in_both_languages_ordered_taken_away_and_asked_again(organizer, ask):
    first = written(organizer, ask)
    second = written(organizer, ask, kind="long", text="What happened?", text_es="", choices_es="")
    assert first.words("es").choices == dict(
        zip(first.keys, ["Marchando", "Cantando"], strict=True)
    )
    assert second.choices == []
    organizer.post(at("question_move", ask, second.pk), {"way": "up"})
    assert list(ask.asked) == [second, first]

    organizer.post(at("question", ask, first.pk), {**TYPED, "choices": "Singing\nDancing"})
    first.refresh_from_db()
    assert list(first.past_choices.values()) == ["Marching"]
    organizer.post(at("question_remove", ask, first.pk))
    assert list(ask.asked) == [second]
    page = organizer.get(at("questions", ask)).content.decode()
    assert "Ask it again" in page
    change = ask.campaign.changes.first()
    form = organizer.get(at("question", ask, first.pk), {"put_back": change.pk}).context["form"]
    assert form["choices"].value() == "Singing\nDancing"
    organizer.post(at("question", ask, first.pk), TYPED | {"put_back": change.pk})
    assert list(ask.asked) == [second, first]

    twin = clone(ask.campaign, author=build.user("organizer"), title="Once more").asks.get()
    asked_there = [(one.text, one.choices, one.translations) for one in twin.asked]
    assert asked_there == [(one.text, one.choices, one.translations) for one in ask.asked]


def test_what_is_wrong_stands_beside_its_field_and_a_handful_is_enough(organizer, ask):
    wrong = {**TYPED, "choices": "Marching", "choices_es": "Marchando\nCantando"}
    answer = organizer.post(at("question_new", ask), wrong)
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"choices"}
    wrong = {**TYPED, "choices_es": "Marchando"}
    answer = organizer.post(at("question_new", ask), wrong)
    assert answer.context["form"].errors.keys() == {"choices_es"}

    for _ in range(Question.MOST):
        written(organizer, ask)
    answer = organizer.post(at("question_new", ask), TYPED)
    assert answer.status_code == 422
    assert "How would you help?" in answer.content.decode()
    assert ask.asked.count() == Question.MOST


def test_a_sensitive_question_is_said_before_the_launch_and_without_the_age_there_is_none(ask):
    ask.questions.create(kind="yes_no", text="Are you an immigrant, or of any religion?")
    said = {one.label: one.blocking for one in preflight(ask.campaign)}
    assert any("can hurt people" in label and not is_bar for label, is_bar in said.items())

    ask.campaign.asks_age = False
    found = [one for one in preflight(ask.campaign) if "a child would be asked" in one.label]
    assert [one.blocking for one in found] == [True]


def test_answers_are_read_with_a_name_by_staff_and_as_numbers_without_by_organizers(client, ask):
    question = ask.questions.create(kind="one", text="How?", choices=["Marching", "Singing"])
    marching, singing = question.keys
    for key, words in [(marching, "Marching")] * 6 + [(singing, "Singing")] * 2:
        said = {"question": question.pk, "asked": "How?", "said": [words], "keys": [key]}
        action(ask, answers=[said])
    recount(everything=True)

    client.force_login(build.user("organizer"))
    assert client.get(at("answers", ask)).status_code == 403
    numbers = reverse("desk:campaign_numbers", args=[ask.campaign.slug])
    table = client.get(numbers).context["questions"][0]
    assert [(row.label, row.cells[0].number) for row in table.rows] == [
        ("Marching", None),
        ("Singing", None),
    ]
    csv = client.get(f"{numbers}question-{question.pk}.csv").content.decode("utf-8-sig")
    assert csv.replace('"', "").splitlines()[1:] == ["Marching,kept back", "Singing,<5"]

    client.force_login(build.user("staff"))
    page = client.get(at("answers", ask)).content.decode()
    assert page.count("Marching") == 6
    assert Action.objects.first().supporter.name in page
