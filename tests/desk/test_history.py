"""Who changed what is read word by word, and an earlier version comes back as an edit does."""

import random
import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from campaigns import petitions
from desk.history.differences import GONE, NEW, SAME, differences
from tests import build
from tests.actions.browsing import Fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def organizer(client):
    client.force_login(build.user("organizer", email="olga@example.org"))
    return client


@pytest.fixture
def letter():
    ask = build.ask(letter_subject="Playgrounds", letter_body="Please open the playgrounds.")
    build.rule(ask, chambers=["state_lower"])
    build.term(build.seat(), build.legislator("Ada Smith", email="ada@legislature.example"))
    return ask


def at(name, ask, *more):
    return reverse(f"desk:{name}", args=[ask.campaign.slug, *more])


def stands(client, page, name):
    return Fields(client.get(page).content.decode()).values[name].strip()


def edit(client, page, **typed):
    """Through the form, as a browser does."""
    form = Fields(client.get(page).content.decode()).values
    return client.post(page, form | typed)


def history(client, ask):
    return client.get(at("campaign_history", ask)).content.decode()


def put_back(client, ask, nth=0):
    """Press the nth link of the history and save the form that it opens."""
    links = re.findall(r'href="([^"]*put_back=[^"]*)"', history(client, ask))
    page = unescape(links[nth])
    shown = client.get(page)
    assert "This is how it was before" in shown.content.decode()
    return client.post(page, Fields(shown.content.decode()).values)


def test_the_history_says_who_changed_which_words_and_marks_them_in_signs_and_for_the_ear(
    organizer, letter
):
    page = at("ask_letter", letter, letter.pk)
    edit(organizer, page, letter_body="Please open <all> the playgrounds now.")

    text = history(organizer, letter)

    assert "olga@example.org" in text
    assert "Ask 1 (Letter)" in text
    assert re.search(r"<ins\s*><span[^>]*>\[came: </span>&lt;all&gt; <span", text)
    assert re.search(r"<del\s*><span[^>]*>\[went: </span>playgrounds\.<span", text)
    assert "<all>" not in text


def test_of_a_long_text_the_surroundings_are_shown_and_the_whole_one_press_away(organizer, letter):
    story = " ".join(f"Word{n}." for n in range(600))
    letter.campaign.words.update(story=story)
    edit(organizer, at("campaign_words", letter, "en"), story=story.replace("Word300.", "Changed."))

    listed = history(organizer, letter)
    whole = re.search(r'href="([^"]*/history/\d+/)"', listed)[1]

    assert "Word299." in listed
    assert "Word5." not in listed
    assert "Word5." in organizer.get(whole).content.decode()


def test_a_long_new_text_is_cut_in_the_list_and_a_sign_stands_beside_its_words(organizer, letter):
    added = "\n\n" + "More of it. " * 200 + "The very end."
    edit(organizer, at("ask_letter", letter, letter.pk), letter_body=letter.letter_body + added)

    listed = history(organizer, letter)
    whole = organizer.get(re.search(r'href="([^"]*/history/\d+/)"', listed)[1]).content.decode()

    assert "The very end." not in listed
    assert "The very end." in whole
    assert re.search(r"<ins\s*><span[^>]*>\[came: </span>More of it", whole)


def test_letters_scripts_words_and_settings_come_back_as_edits_of_their_own(organizer, letter):
    call = build.ask("call", campaign=letter.campaign)
    build.rule(call, chambers=["state_lower"])
    letter.campaign.state = "draft"
    letter.campaign.save()
    for page, name, typed in (
        (at("ask_letter", letter, letter.pk), "letter_body", "Other words."),
        (at("ask_words", letter, call.pk, "en"), "text", "Other words."),
        (at("campaign_words", letter, "en"), "story", "Other words."),
        (at("campaign_settings", letter), "sender_name", "Somebody else"),
    ):
        before = stands(organizer, page, name)
        edit(organizer, page, **{name: typed})
        assert stands(organizer, page, name) == typed

        assert put_back(organizer, letter).status_code == 302

        assert stands(organizer, page, name) == before
        last = letter.campaign.changes.first()
        assert (last.deed, last.after[name]) == ("put back", before)


def test_a_petition_comes_back_as_a_new_version_and_old_signatures_keep_theirs(organizer):
    ask = build.ask("petition")
    build.petition_text(ask, "We ask for this.")
    edit(organizer, at("ask_words", ask, ask.pk, "en"), text="We ask for that.")

    put_back(organizer, ask)

    assert petitions.current_text(ask).version == 3
    assert [t.text for t in ask.petition_texts.order_by("version")] == [
        "We ask for this.",
        "We ask for that.",
        "We ask for this.",
    ]


def test_a_group_of_targets_that_was_removed_comes_back(organizer, letter):
    second = build.rule(letter, chambers=["state_upper"])
    organizer.post(at("ask_rule_remove", letter, letter.pk, second.pk), {"sure": "remove"})
    assert letter.rules.count() == 1
    assert "State senate" in history(organizer, letter)

    put_back(organizer, letter)

    assert letter.rules.latest("pk").chambers == ["state_upper"]


def test_what_a_live_campaign_refuses_is_refused_of_an_earlier_version_too(organizer, letter):
    letter.campaign.state = "draft"
    letter.campaign.save()
    letter.letter_body = "Because [why]."
    letter.save()
    edit(organizer, at("ask_letter", letter, letter.pk), letter_body="Because of the children.")
    letter.campaign.state = "live"
    letter.campaign.save()

    refused = put_back(organizer, letter)

    assert refused.status_code == 422
    assert "still to fill in: [why]" in refused.content.decode()
    letter.refresh_from_db()
    assert letter.letter_body == "Because of the children."


def test_putting_back_meets_what_a_colleague_saved_meanwhile(organizer, letter):
    page = at("ask_letter", letter, letter.pk)
    edit(organizer, page, letter_body="Second.")
    link = unescape(re.findall(r'href="([^"]*put_back=[^"]*)"', history(organizer, letter))[0])
    form = Fields(organizer.get(link).content.decode()).values
    otto = Client()
    otto.force_login(build.user("organizer", email="otto@example.org"))
    edit(otto, page, letter_body="Otto's.")

    answer = organizer.post(link, form)

    assert answer.status_code == 409
    assert "Otto&#x27;s." in re.sub(r"</?mark\s*>", "", answer.content.decode())
    letter.refresh_from_db()
    assert letter.letter_body == "Otto's."


def test_asks_added_moved_and_removed_are_read_with_their_words(organizer, letter):
    letter.campaign.state = "draft"
    letter.campaign.save()
    second = build.ask("letter", campaign=letter.campaign, letter_body="Soon gone.")
    build.rule(second, chambers=["state_lower"])
    organizer.post(at("ask_move", letter, second.pk), {"way": "up"})
    organizer.post(at("ask_remove", letter, second.pk))

    text = history(organizer, letter)

    assert "Soon gone." in text
    assert "Asks, in their order" in text
    assert letter.campaign.changes.count() == 2


def test_a_history_of_many_changes_has_pages_and_a_change_of_another_campaign_is_not_found(
    organizer, letter
):
    for number in range(60):
        letter.campaign.changes.create(deed="words", author=f"o{number}@example.org")
    first = history(organizer, letter)
    elsewhere = build.campaign("elsewhere")

    assert "o59@example.org" in first
    assert "o0@example.org" not in first
    page = at("campaign_history", letter) + re.search(r'href="(\?before=\d+)"', first)[1]
    assert "o0@example.org" in organizer.get(page).content.decode()
    foreign = reverse(
        "desk:campaign_change", args=[elsewhere.slug, letter.campaign.changes.first().pk]
    )
    assert organizer.get(foreign).status_code == 404


def test_both_versions_can_be_read_out_of_the_pieces_whatever_was_changed():
    drawn = random.Random(7)
    for _ in range(200):
        before, after = (
            "".join(drawn.choice(["a ", "b ", "c\n", "\n", "d", "  "]) for _ in range(30))
            for _ in "xy"
        )
        pieces = differences(before, after)
        assert "".join(p.text for p in pieces if p.kind in (SAME, GONE)) == before
        assert "".join(p.text for p in pieces if p.kind in (SAME, NEW)) == after
