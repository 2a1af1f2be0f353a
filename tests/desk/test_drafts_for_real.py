"""In a real browser: what is typed is kept while it is typed, and a session that ends under it loses
nothing.
"""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from desk.models import FormDraft
from tests import build
from tests.axe import flaws
from tests.journeys.person import wait_for

SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def letter(transactional_db):
    return build.ask(campaign=build.campaign(state="draft"))


def sign_in(page):
    page.get_by_label("Password").fill(build.PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_words_outlive_a_closed_tab_and_an_ended_session(letter, new_page):
    page = new_page(viewport={"width": 390, "height": 844})
    build.user("organizer", email="olga@example.org")
    where = reverse("desk:ask_letter", args=[letter.campaign.slug, letter.pk])
    page.goto(f"/login/?next={where}")
    page.get_by_label("E-mail address").fill("olga@example.org")
    sign_in(page)
    subject, line = page.get_by_label("Subject", exact=True), page.locator("[data-draft-line]")

    # Kept while it is typed, with the line that says so; and when the page is left at once.
    subject.fill("Open the gates")
    expect(line).to_contain_text("Saved as your draft at")
    subject.fill("Open the gates of all")
    page.goto("/desk/")
    # It travels on its own, after the page is gone.
    wait_for(lambda: "gates of all" in str(FormDraft.objects.get().fields), "the words to arrive")
    page.goto(where)
    expect(subject).to_have_value("Open the gates of all")
    expect(page.get_by_role("heading", name="This is your unsaved draft")).to_be_visible()
    found = flaws(page)
    assert (found, page.evaluate(SIDEWAYS)) == ([], False)

    # Twelve hours later.
    Session.objects.all().delete()
    subject.fill("Open the gates of all playgrounds")
    expect(line).to_contain_text("You are signed out")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Nothing of what you typed is lost")).to_be_visible()
    expect(page.get_by_label("E-mail address")).to_have_value("olga@example.org")
    assert flaws(page) == []
    sign_in(page)
    expect(subject).to_have_value("Open the gates of all playgrounds")
    expect(page.get_by_text("Nothing is saved yet, and nothing is lost")).to_be_visible()

    # Saved, it is nobody's draft any more; and no late request makes it one again.
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    letter.refresh_from_db()
    assert letter.letter_subject == "Open the gates of all playgrounds"
    assert not FormDraft.objects.exists()
