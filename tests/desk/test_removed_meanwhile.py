"""What a form is about is removed while somebody has it open: what they typed is not lost."""

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.models import TargetRule
from desk.form_drafts import keeping
from desk.models import FormDraft
from desk.organizing.asks import ordering
from tests import build
from tests.desk.sent_back import hidden

pytestmark = pytest.mark.django_db


@pytest.fixture
def olga():
    client = Client()
    client.force_login(build.user("organizer", email="olga@example.org"))
    return client


@pytest.fixture
def letter():
    ask = build.ask(campaign=build.campaign(state="draft"))
    for chamber in ("state_lower", "state_upper"):
        build.rule(ask, chambers=[chamber])
    build.seat()
    return ask


def ticked(client, page):
    return hidden(client.get(page)) | {"chambers": ["us_house", "us_senate"]}


def test_the_ticks_of_a_removed_group_stand_in_the_form_and_make_a_new_one(olga, letter):
    rule = letter.rules.last()
    page = reverse("desk:ask_rule", args=[letter.campaign.slug, letter.pk, rule.pk])
    form = ticked(olga, page)
    olga.post("/desk/drafts/", form)
    rule.delete()

    answer = olga.post(page, form | {"do": "save"})

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "This group was removed while you had it open" in text
    assert answer.context["form"]["chambers"].value() == ["us_house", "us_senate"]
    again = f"{reverse('desk:ask_targets', args=[letter.campaign.slug, letter.pk])}?new=1"
    assert f'action="{again}"' in text
    assert olga.post(again, form | hidden(answer)).status_code == 302
    assert TargetRule.objects.filter(chambers=["us_house", "us_senate"]).count() == 1
    assert not FormDraft.objects.exists()


def test_opened_again_a_removed_group_shows_its_draft_or_leads_to_the_others(olga, letter):
    rule = letter.rules.last()
    page = reverse("desk:ask_rule", args=[letter.campaign.slug, letter.pk, rule.pk])
    form = ticked(olga, page)
    rule.delete()

    assert "This group was removed" in olga.get(page, follow=True).content.decode()
    olga.post("/desk/drafts/", form)
    assert olga.get(page).context["form"]["chambers"].value() == ["us_house", "us_senate"]


def test_counting_goes_on_while_the_group_is_gone(olga, letter):
    rule = letter.rules.last()
    page = reverse("desk:ask_rule", args=[letter.campaign.slug, letter.pk, rule.pk])
    form = hidden(olga.get(page)) | {"chambers": ["state_lower"], "do": "count"}
    rule.delete()

    answer = olga.post(page, form, headers={"X-Part": "count"})

    assert answer.status_code == 200
    assert "1 seat" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "more", "typed"),
    [
        ("ask_words", ["en"], {"heading": "A heading that took an hour"}),
        ("ask_letter", [], {"letter_body": "A letter that took an hour"}),
        ("ask_targets", [], {"chambers": ["us_senate"]}),
    ],
)
def test_the_words_of_a_removed_ask_are_shown_to_be_copied(olga, letter, name, more, typed):
    page = reverse(f"desk:{name}", args=[letter.campaign.slug, letter.pk, *more])
    form = hidden(olga.get(page)) | typed
    ordering.remove(letter)

    answer = olga.post(page, form)

    assert answer.status_code == 404
    text = answer.content.decode()
    assert "was removed while you had it open" in text
    assert f'href="/desk/campaigns/{letter.campaign.slug}/"' in text
    [value] = typed.values()
    assert (value if isinstance(value, str) else value[0]) in text
    assert keeping.FormDraft.objects.count() == 0
