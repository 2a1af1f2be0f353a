"""A live campaign cannot be broken by a press, and whoever is acting on it loses no words."""

import pytest
from django.urls import reverse

from campaigns.models import Ask
from tests import build
from tests.actions.browsing import ACT, Fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def organizer(client):
    client.force_login(build.user("organizer", email="olga@example.org"))
    return client


@pytest.fixture
def letter():
    ask = build.ask()
    build.rule(ask, chambers=["state_lower"])
    build.term(build.seat(), build.legislator("Ada Smith", email="ada@legislature.example"))
    return ask


@pytest.fixture
def second(letter):
    ask = build.ask("letter", campaign=letter.campaign)
    build.rule(ask, chambers=["state_lower"])
    return ask


def at(name, ask, *more):
    return reverse(f"desk:{name}", args=[ask.campaign.slug, ask.pk, *more])


@pytest.mark.parametrize(
    ("page", "typed", "why"),
    [
        ("letter", {"letter_body": "Please, [why], {title}."}, "still to fill in: [why]"),
        ("words/en", {"heading": "[Your heading]"}, "still to fill in"),
        ("words/es", {"heading": "[Tu título]"}, "still to fill in"),
        ("settings", {"sender_name": "", "goal": "7"}, "No sender name"),
        ("story", {"consent": "", "title": "A new title"}, "no consent wording"),
        ("story", {"story": "Read on at {link}."}, "{link}"),
    ],
)
def test_an_edit_that_its_launch_would_refuse_is_refused_with_every_word_kept(
    organizer, letter, page, typed, why
):
    campaign = letter.campaign
    before = {
        "letter": {"letter_subject": "Hello", "letter_body": "B"},
        "settings": {"issue": campaign.issue_id, "goal": "100", "sender_name": "C"},
        "story": {"title": "T", "summary": "S", "story": "S", "consent": "C"},
    }.get(page, {})
    path = {
        "settings": f"/desk/campaigns/{campaign.slug}/settings/",
        "story": f"/desk/campaigns/{campaign.slug}/words/en/",
    }.get(page, f"/desk/campaigns/{campaign.slug}/asks/{letter.pk}/{page}/")

    refused = organizer.post(path, before | typed)

    assert refused.status_code == 422
    text = refused.content.decode()
    assert why in text
    assert all(value in text for value in typed.values())
    assert not campaign.changes.exists()

    campaign.state = "paused"
    campaign.save()
    assert organizer.post(path, before | typed).status_code == 302


def test_the_last_group_and_the_last_ask_of_a_live_campaign_stay(organizer, letter):
    group = at("ask_rule_remove", letter, letter.rules.get().pk)

    for path, why in ((group, "addresses no seat"), (at("ask_remove", letter), "asks for nothing")):
        page = organizer.post(path, {"sure": "remove"}, follow=True).content.decode()
        assert why in page
    assert letter.rules.count() == 1


def test_fewer_seats_want_a_typed_word_and_say_how_many(organizer, letter):
    build.term(build.seat("state_upper"), build.legislator(email="b@legislature.example"))
    upper = build.rule(letter, chambers=["state_upper"])
    build.rule(letter, states=["MD"])
    path = at("ask_rule_remove", letter, upper.pk)

    asked = organizer.post(path)
    wrong = organizer.post(path, {"sure": "yes"})
    assert (asked.status_code, wrong.status_code) == (409, 422)
    assert "Of the 2 seats that this ask addresses now, 1 stay." in asked.content.decode()
    assert letter.rules.count() == 3

    organizer.post(path, {"sure": " Remove "})
    assert letter.rules.count() == 2


def test_a_group_changed_to_fewer_seats_is_asked_about_with_its_ticks_kept(organizer, letter):
    build.term(build.seat("state_upper"), build.legislator(email="b@legislature.example"))
    rule = letter.rules.get()
    page = at("ask_rule", letter, rule.pk)

    asked = organizer.post(page, {"chambers": ["state_upper"], "do": "save"})
    sent = Fields(asked.content.decode()).values
    assert asked.status_code == 409
    assert organizer.post(page, sent | {"sure": "remove"}).status_code == 302

    rule.refresh_from_db()
    assert rule.chambers == ["state_upper"]


def test_who_is_in_the_form_of_an_ask_that_is_removed_reads_so_and_keeps_their_words(
    organizer, letter, second
):
    path = f"{ACT}2/"
    form = Fields(organizer.get(path).content.decode()).values

    assert organizer.post(at("ask_remove", second)).status_code == 409
    assert Ask.objects.count() == 2
    organizer.post(at("ask_remove", second), {"sure": "remove"})
    late = organizer.post(path, form | {"step": "write", "own_words": "My son plays there."})

    assert Ask.objects.get() == letter
    for answer in (late, organizer.get(path)):
        assert answer.status_code == 410
        assert "This is no longer asked for" in answer.content.decode()
    assert "My son plays there." in late.content.decode()
    assert "ya no se pide" in organizer.get(f"/es{path}").content.decode()


def test_who_is_in_the_form_of_an_ask_that_moved_goes_on_with_it(organizer, letter, second):
    form = Fields(organizer.get(ACT).content.decode()).values
    organizer.post(at("ask_move", letter), {"way": "down"})

    page = organizer.post(ACT, form | {"step": "address", "zip": "nonsense"}).content.decode()

    assert Fields(page).values["of_ask"] == str(letter.pk)


def test_a_place_that_no_ask_ever_had_is_a_404(client, letter):
    assert client.get(f"{ACT}9/").status_code == 404


def test_a_new_ask_is_added_to_a_paused_campaign_only(organizer, letter):
    path = reverse("desk:ask_add", args=[letter.campaign.slug])

    page = organizer.post(path, {"kind": "letter"}, follow=True).content.decode()

    assert "pause it first" in page
    assert letter.campaign.asks.count() == 1
