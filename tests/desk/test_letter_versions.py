"""Writing a letter in versions: who gets which is counted while it is written, two that name one seat
are said, and a live campaign takes no such change.
"""

import pytest
from django.urls import reverse

from campaigns.models import Ask, LetterVersion
from tests import build

pytestmark = pytest.mark.django_db
WORDS = {"name": "Thanks", "subject": "Thank you, {title}", "body": "Thank you, {title|friend}."}


@pytest.fixture
def organizer(client):
    client.force_login(build.user("organizer"))
    return client


@pytest.fixture
def ask():
    made = build.ask()
    made.rules.create(chambers=["state_lower"])
    for district, (name, party) in enumerate(
        [("Ada Smith", "Democratic"), ("Bo Diaz", "Republican"), ("Cy Cole", "Republican")], start=1
    ):
        person = build.legislator(name, email=f"d{district}@house.example")
        build.term(build.seat(district=str(district)), person, party=party)
    return made


def at(name, ask, *more):
    return reverse(f"desk:{name}", args=[ask.campaign.slug, ask.pk, *more])


def saved(organizer, ask, **typed):
    answer = organizer.post(at("letter_version_new", ask), {**WORDS, **typed})
    assert answer.status_code == 302, answer.content.decode()
    return ask.versions.get(name=typed.get("name", "Thanks"))


def text(answer):
    return " ".join(answer.content.decode().split())


def test_a_version_is_written_for_some_seats_and_the_rest_keep_the_asks_own_letter(organizer, ask):
    made = saved(
        organizer, ask, parties=["Democratic"], more_subjects="Bravo\n\nWell done", in_es="Gracias."
    )

    assert made.more_subjects == ["Bravo", "Well done"]
    assert made.translations == {"es": "Gracias."}
    page = text(organizer.get(at("letter_versions", ask)))
    assert "Thanks" in page
    assert "(1 seat)" in page
    assert "(2 seats)" in page
    shown = organizer.get(at("letter_version", ask, made.pk))
    assert "Bravo\nWell done" in shown.content.decode()
    assert "1 seat gets this version" in text(shown)


def test_who_would_get_it_is_counted_before_a_word_is_written_and_nothing_is_saved(organizer, ask):
    saved(organizer, ask, parties=["Republican"])

    answer = organizer.post(
        at("letter_version_new", ask), {"do": "count", "chambers": "state_lower"}
    )

    assert answer.status_code == 200
    assert "3 seats get this version" in text(answer)
    assert "2 are named by another version too" in text(answer)
    assert "Bo Diaz" in text(answer)
    assert "error-summary" not in text(answer)
    assert ask.versions.count() == 1


def test_a_live_campaign_takes_no_second_version_for_the_same_seat(organizer, ask):
    saved(organizer, ask, parties=["Republican"])

    answer = organizer.post(at("letter_version_new", ask), {**WORDS, "chambers": "state_lower"})

    assert answer.status_code == 422
    assert "2 seats are named by two versions" in text(answer)
    assert "Thank you, {title|friend}." in answer.content.decode()
    assert ask.versions.count() == 1


def test_words_that_nothing_fills_in_and_a_version_for_everybody_are_refused(organizer, ask):
    typed = {**WORDS, "body": "Dear {frist_name|friend}", "more_subjects": "Fine\n{oops}"}
    page = text(organizer.post(at("letter_version_new", ask), typed))

    assert "{frist_name|friend} is not a merge field." in page
    assert "{oops} is not a merge field." in page
    assert "Choose at least one side" in text(organizer.post(at("letter_version_new", ask), WORDS))
    assert not LetterVersion.objects.exists()


def test_a_version_that_was_removed_comes_back_from_the_history_with_its_seats(organizer, ask):
    made = saved(organizer, ask, parties=["Republican"], more_subjects="Again")
    organizer.post(at("letter_version_remove", ask, made.pk))
    assert not ask.versions.exists()

    change = ask.campaign.changes.first()
    page = organizer.get(at("letter_version_new", ask), {"put_back": change.pk})
    form = page.context["form"]
    assert form["body"].value() == WORDS["body"]
    back = {
        **WORDS,
        "put_back": change.pk,
        "parties": form["parties"].value(),
        "more_subjects": form["more_subjects"].value(),
        "opened_with": page.context["opened_with"],
    }
    assert organizer.post(at("letter_version_new", ask), back).status_code == 302

    assert [(one.parties, one.more_subjects) for one in ask.versions.all()] == [
        (["Republican"], ["Again"])
    ]


def test_of_two_who_change_a_version_the_second_meets_the_firsts_words(organizer, ask):
    made = saved(organizer, ask, parties=["Republican"])
    page = at("letter_version", ask, made.pk)
    seen = {"opened_with": organizer.get(page).context["opened_with"]}
    typed = {**WORDS, "parties": ["Republican"]}
    organizer.post(page, {**typed, **seen, "body": "Theirs."})

    answer = organizer.post(page, {**typed, **seen, "body": "Mine."})

    assert answer.status_code == 409
    made.refresh_from_db()
    assert made.body == "Theirs."


def test_several_subjects_and_an_asks_own_questions_are_saved(organizer, ask):
    organizer.post(
        at("ask_letter", ask),
        {"letter_subject": "One", "more_subjects": "Two\r\nThree", "letter_body": "Body {title}"},
    )
    organizer.post(
        reverse("desk:ask_words", args=[ask.campaign.slug, ask.pk, "en"]),
        {"heading": "Write", "prompts": "Which swing?"},
    )

    fresh = Ask.objects.get(pk=ask.pk)
    assert fresh.more_subjects == ["Two", "Three"]
    assert fresh.words.get().prompts == "Which swing?"
