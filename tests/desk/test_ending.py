"""Close and Win at the desk: whom it concerns is said before, and undone by one press after."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions.confirm import confirm
from actions.take import take_action
from campaigns.models import Campaign, Ending
from tests import build
from worker.models import Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def organizer(client):
    client.force_login(build.user("organizer", email="olga@example.org"))
    return client


@pytest.fixture
def slug(letter_ask):
    confirm(take_action(letter_ask, build.filled_form(letter_ask)))
    return letter_ask.campaign.slug


def press(client, slug, deed="close", **typed):
    path = reverse("desk:campaign_deed", args=[slug, deed])
    return client.post(path, {"closing_message": "The gates are open."} | typed, follow=True)


def page_of(client, slug):
    return client.get(reverse("desk:campaign", args=[slug])).content.decode()


def figures(page):
    found = re.findall(r'figure"><dd>(\d+)</dd><dt>([^<]*)', page)
    return {name: int(number) for number, name in found if "letters" in name or "offices" in name}


def undo(client, slug):
    return client.post(reverse("desk:campaign_undo", args=[slug]), follow=True).content.decode()


def test_the_page_says_whom_it_concerns_counts_down_and_undoes_it_by_one_press(organizer, slug):
    asked = organizer.get(reverse("desk:campaign_deed", args=[slug, "close"])).content.decode()
    assert figures(asked) == {"letters that have not left": 1, "offices they go to": 1}

    press(organizer, slug)
    page = page_of(organizer, slug)
    assert figures(page) == figures(asked)
    assert re.search(r'data-seconds-left="1[78]\d\d">\s*30 minutes', page)
    assert "olga@example.org" in page
    assert "Undo: make it live again" in page

    assert "everything is as it was before" in undo(organizer, slug)
    assert Campaign.objects.get().state == "live"
    assert "data-seconds-left" not in page_of(organizer, slug)
    assert "nothing to undo any more" in undo(organizer, slug)


def test_the_overview_tells_colleagues_that_a_campaign_can_still_be_undone(organizer, slug):
    press(organizer, slug)

    home = organizer.get(reverse("desk:home"), follow=True).content.decode()
    listed = organizer.get(reverse("desk:campaigns")).content.decode()

    assert "ended within the last half hour" in home
    assert "Can be undone" in listed


def test_a_colleague_who_only_looks_sees_the_time_and_no_button(organizer, slug):
    press(organizer, slug, "win")
    looker = Client()
    looker.force_login(build.user("read-only", email="lea@example.org"))

    page = page_of(looker, slug)

    assert "data-seconds-left" in page
    assert "Undo" not in page
    assert looker.post(reverse("desk:campaign_undo", args=[slug])).status_code == 403


def test_letters_go_on_where_that_was_chosen(organizer, slug):
    press(organizer, slug, letters="go")

    assert "Letters that have not left still go." in page_of(organizer, slug)
    assert Delivery.objects.filter(key__startswith="letter:").not_paused().exists()


def test_once_the_half_hour_is_over_the_page_says_so_until_the_job_has_come(organizer, slug):
    press(organizer, slug)
    Ending.objects.update(due_at=timezone.now())
    assert "it is being made final" in page_of(organizer, slug)

    Ending.objects.update(finishing_since=timezone.now())
    assert "Undo" not in page_of(organizer, slug)
    assert "nothing to undo any more" in undo(organizer, slug)
