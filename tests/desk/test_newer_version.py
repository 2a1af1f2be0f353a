"""Two people edit the same thing: nobody's words are overwritten unseen, and none are lost."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.models import Brand, Campaign
from tests import build
from tests.together import together

pytestmark = pytest.mark.django_db

LETTER = {"letter_subject": "Playgrounds", "letter_body": "Please open the playgrounds."}


def signed_in(email, role="organizer"):
    client = Client()
    client.force_login(build.user(role, email=email))
    return client


@pytest.fixture
def letter():
    ask = build.ask(**LETTER)
    build.rule(ask, chambers=["state_lower"])
    build.term(build.seat(), build.legislator("Ada Smith", email="ada@legislature.example"))
    return ask


@pytest.fixture
def page(letter):
    return reverse("desk:ask_letter", args=[letter.campaign.slug, letter.pk])


def opened(client, page):
    """The hidden field of the page's form, as a browser would send it back."""
    return {"opened_with": read(client.get(page), "opened_with")}


def read(answer, name):
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())
    return found[1].replace("&quot;", '"')


def test_a_newer_version_is_shown_beside_what_was_typed_and_is_not_overwritten(letter, page):
    olga, otto = signed_in("olga@example.org"), signed_in("otto@example.org")
    seen = opened(olga, page)
    otto.post(page, LETTER | opened(otto, page) | {"letter_body": "Otto's words."})

    answer = olga.post(page, LETTER | seen | {"letter_body": "Olga's words."})

    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Saved by otto@example.org" in text
    assert "Olga&#x27;s words." in text
    assert re.search(r"<mark\s*>Otto&#x27;s</mark>", text)
    letter.refresh_from_db()
    assert letter.letter_body == "Otto's words."


@pytest.mark.parametrize(
    ("choice", "box", "saved"),
    [
        ("saved", "Olga's words.", "Otto's words."),
        ("mine", "Olga's words.", "Olga's words."),
        ("mine", "Otto's and Olga's words.", "Otto's and Olga's words."),
    ],
)
def test_each_field_is_chosen_or_brought_together(letter, page, choice, box, saved):
    olga, otto = signed_in("olga@example.org"), signed_in("otto@example.org")
    seen = opened(olga, page)
    otto.post(page, LETTER | opened(otto, page) | {"letter_body": "Otto's words."})
    answer = olga.post(page, LETTER | seen | {"letter_body": "Olga's words."})
    asked = {"opened_with": read(answer, "opened_with"), "undecided": "letter_body"}

    undecided = olga.post(page, LETTER | asked | {"letter_body": box})
    done = olga.post(page, LETTER | asked | {"letter_body": box, "choice-letter_body": choice})

    assert undecided.status_code == 409
    assert "Choose one of the two." in undecided.content.decode()
    assert done.status_code == 302
    letter.refresh_from_db()
    assert letter.letter_body == saved


def test_a_third_version_is_shown_again_and_a_fault_in_between_decides_nothing(letter, page):
    olga, otto = signed_in("olga@example.org"), signed_in("otto@example.org")
    seen = opened(olga, page)
    otto.post(page, LETTER | opened(otto, page) | {"letter_body": "Otto's words."})
    answer = olga.post(page, LETTER | seen | {"letter_body": "Olga's words."})
    asked = {"opened_with": read(answer, "opened_with"), "undecided": "letter_body"}

    faulty = olga.post(page, LETTER | asked | {"letter_subject": "", "letter_body": "Olga's."})
    mended = LETTER | {"opened_with": read(faulty, "opened_with"), "letter_body": "Olga's."}
    assert (faulty.status_code, olga.post(page, mended).status_code) == (422, 409)

    otto.post(page, LETTER | opened(otto, page) | {"letter_body": "Otto's last words."})
    chosen = LETTER | asked | {"letter_body": "Olga's.", "choice-letter_body": "mine"}
    third = olga.post(page, chosen)
    assert third.status_code == 409
    assert "last" in third.content.decode()


def test_fields_that_only_one_of_them_changed_are_both_kept_and_it_is_said(letter, page):
    olga, otto = signed_in("olga@example.org"), signed_in("otto@example.org")
    seen = opened(olga, page)
    otto.post(page, LETTER | opened(otto, page) | {"letter_subject": "Otto's subject"})

    answer = olga.post(page, LETTER | seen | {"letter_body": "Olga's words."}, follow=True)

    letter.refresh_from_db()
    assert (letter.letter_subject, letter.letter_body) == ("Otto's subject", "Olga's words.")
    assert "kept as it is: Subject." in answer.content.decode()
    change = letter.campaign.changes.first()
    assert (change.thing, change.before, change.after) == (
        f"ask:{letter.pk}:letter",
        {"letter_body": LETTER["letter_body"]},
        {"letter_body": "Olga's words."},
    )


def test_every_form_of_a_campaign_refuses_to_overwrite(letter):
    call = build.ask("petition", campaign=letter.campaign)
    slug, organizer = letter.campaign.slug, "organizer"
    Brand.objects.create(name="Children First")
    words = {"title": "T", "summary": "S", "story": "S", "consent": "C"}
    settings = {"issue": letter.campaign.issue_id, "goal": "100", "sender_name": "C"}
    colours = {"name": "C", "accent": "#F5B52E", "deep": "#2B1B3D"}
    for path, typed, name, role in (
        (f"campaigns/{slug}/words/en/", words, "title", organizer),
        (f"campaigns/{slug}/words/es/", words, "story", organizer),
        (f"campaigns/{slug}/settings/", settings, "sender_name", organizer),
        (
            f"campaigns/{slug}/asks/{call.pk}/words/en/",
            {"heading": "H", "text": "T"},
            "text",
            organizer,
        ),
        (f"campaigns/{slug}/asks/{letter.pk}/words/es/", {"heading": "H"}, "heading", organizer),
        ("issues/children/en/", {"name": "N", "summary": "S"}, "summary", organizer),
        ("brand/", colours, "name", "administrator"),
        (f"campaigns/{slug}/do/close/", {"closing_message": "C"}, "closing_message", organizer),
    ):
        page = f"/desk/{path}"
        first, second = (signed_in(f"{n}{next(build.number)}@example.org", role) for n in "ab")
        seen = opened(second, page)
        if "/do/" in path:
            letter.campaign.words.filter(language="en").update(closing_message="Theirs")
        else:
            saved = first.post(page, typed | opened(first, page) | {name: "Theirs"})
            assert saved.status_code == 302, path

        answer = second.post(page, typed | seen | {name: "Mine, as typed"})

        assert answer.status_code == 409, path
        assert "Mine, as typed" in answer.content.decode(), path
        assert "Theirs" in re.sub(r"</?mark\s*>", "", answer.content.decode()), path


def test_a_group_of_targets_that_a_colleague_changed_is_not_overwritten(letter):
    Campaign.objects.update(state="draft")
    rule = letter.rules.get()
    page = reverse("desk:ask_rule", args=[letter.campaign.slug, letter.pk, rule.pk])
    olga, otto = signed_in("olga@example.org"), signed_in("otto@example.org")
    seen = opened(olga, page)
    otto.post(page, opened(otto, page) | {"chambers": ["state_upper"]})

    answer = olga.post(page, seen | {"chambers": ["state_lower", "us_house"]})

    assert answer.status_code == 409
    rule.refresh_from_db()
    assert rule.chambers == ["state_upper"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("several_writers")
def test_of_two_who_save_in_the_same_moment_one_meets_the_others_words():
    letter = build.ask(**LETTER)
    page = reverse("desk:ask_letter", args=[letter.campaign.slug, letter.pk])
    olga, otto = signed_in("olga@example.org"), signed_in("otto@example.org")
    seen, answers = opened(olga, page), []

    together(
        *(
            lambda client=client, words=words: answers.append(
                client.post(page, LETTER | seen | {"letter_body": words})
            )
            for client, words in ((olga, "Olga's words."), (otto, "Otto's words."))
        )
    )

    assert sorted(answer.status_code for answer in answers) == [302, 409]
    letter.refresh_from_db()
    beaten = next(answer for answer in answers if answer.status_code == 409)
    assert letter.letter_body.split("&")[0][:4] in beaten.content.decode()
    assert Campaign.objects.get().changes.filter(deed="letter").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("several_writers")
def test_two_first_saves_of_the_organization_make_one_row_and_the_second_meets_the_first():
    ana, ben = (signed_in(f"{name}@example.org", "administrator") for name in ("ana", "ben"))
    page, answers = "/desk/brand/", []
    colours = {"accent": "#F5B52E", "deep": "#2B1B3D"}
    typed = {
        client: colours | opened(client, page) | {"name": f"Name {number}"}
        for number, client in enumerate((ana, ben))
    }

    together(*(lambda c=client: answers.append(c.post(page, typed[c])) for client in (ana, ben)))

    assert sorted(answer.status_code for answer in answers) == [302, 409]
    assert Brand.objects.count() == 1
