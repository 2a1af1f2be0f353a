"""Words that nobody has written in the page's language yet say which they are in, for who reads
aloud (WCAG 2.2, 3.1.2): what stands here is English, and the pages are Spanish.
"""

from html.parser import HTMLParser

import pytest
from django.core.cache import cache
from django.utils import timezone

from actions.models import Hero, Story
from campaigns.bills import public
from campaigns.bills.attaching import attach
from campaigns.models import (
    AskWords,
    Bill,
    Brand,
    CampaignWords,
    IssueWords,
    Publication,
    PublicationWords,
    SignOnWords,
)
from supporters import consent
from tests import build
from tests.actions import sign_ons

pytestmark = pytest.mark.django_db
# In every English text, and nowhere else.
MARK = "Zyx"


class Spoken(HTMLParser):
    """Texts with MARK that would be read aloud as the page's language."""

    EMPTY = ("meta", "link", "img", "input", "br", "hr", "use", "path", "source", "wbr")

    def __init__(self, page):
        super().__init__()
        self.stack, self.wrong = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag not in self.EMPTY:
            before = self.stack[-1][1] if self.stack else None
            self.stack.append((tag, dict(attrs).get("lang", before)))

    def handle_endtag(self, tag):
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data):
        # A title has one language, and a script is read by machines.
        inside = {tag for tag, _lang in self.stack}
        if MARK in data and not inside & {"title", "script"} and self.stack[-1][1] != "en":
            self.wrong.append(" ".join(data.split()))


@pytest.fixture
def written():
    """One of each thing that has words, all of them English."""
    cache.clear()
    Brand.objects.create(name="Children First", takes_stories=True)
    letter = sign_ons.made()
    petition = build.ask("petition")
    campaign = petition.campaign
    build.petition_text(petition, f"{MARK} we ask.")
    won = build.campaign("won", state="won")
    build.ask("petition", campaign=won)
    issue = campaign.issue
    bill = Bill.objects.create(
        jurisdiction="FK", identifier="SB 1", normalized="SB 1", session="2026", title=f"{MARK} act"
    )
    attach(campaign, bill)
    bill.issues.add(issue)
    public.look_again()
    report = Publication.objects.create(
        slug="wells", dated_on="2026-05-01", publish_at=timezone.now()
    )
    report.words.create(title=MARK, summary=MARK, story=MARK)
    for thing in (report, letter):
        thing.issues.add(issue)
        thing.bills.add(bill)
        thing.states.create(code="FK")
    text = {"title": MARK, "summary": MARK}
    corrected = [{"at": timezone.now().isoformat(), "said": MARK}]
    CampaignWords.objects.update(**text, story=MARK, share_text=MARK, consent=MARK)
    IssueWords.objects.update(name=MARK, summary=MARK, story=MARK, corrections=corrected)
    AskWords.objects.update(heading=MARK, text=MARK, button=MARK)
    SignOnWords.objects.update(**text, addressees=MARK, text=MARK, corrections=corrected)
    PublicationWords.objects.update(corrections=corrected)
    hero = Hero.objects.create(
        supporter=build.supporter(),
        given_name="Rosa",
        sent_at=timezone.now(),
        confirmed_at=timezone.now(),
        accepted_at=timezone.now(),
        publish_at=timezone.now(),
        issue=issue,
        campaign=campaign,
        language="en",
    )
    hero.words.create(language="en", deed=MARK, own_words=MARK, thanks=MARK)
    consent.grant(hero.supporter, "hero", "Yes.")
    story = Story.objects.create(
        title=MARK,
        text=MARK,
        language="en",
        issue=issue,
        state="approved",
        allows_page=True,
        until=timezone.localdate(),
        decided_at=timezone.now(),
        first_by=build.user("story reviewer"),
        second_by=build.user("story reviewer"),
    )
    return {
        "/": 1,
        f"/issues/{issue.slug}/": 8,
        "/bills/": 1,
        f"/bills/{bill.pk}/": 3,
        "/states/fk/": 3,
        "/news/": 2,
        "/news/wells/": 5,
        "/sign-on/": 2,
        sign_ons.PAGE: 6,
        f"/act/{campaign.slug}/": 4,
        f"/act/{won.slug}/": 2,
        "/heroes/": 1,
        f"/heroes/{hero.slug}/": 4,
        "/stories/": 1,
        f"/stories/{story.code}/": 2,
        "/impact/": 0,
        f"/search/?q={MARK}": 2,
    }


def test_english_words_on_spanish_pages_say_that_they_are(client, written):
    wrong = {}
    for path, least in written.items():
        answer = client.get(f"/es{path}")
        assert answer.status_code == 200, path
        page = answer.content.decode()
        assert page.count(MARK) >= least, path
        if texts := Spoken(page).wrong:
            wrong[path] = texts

    assert wrong == {}
    assert Spoken(f'<html lang="es"><p>{MARK}</p>').wrong == [MARK]
