"""A story stands on its own pages and nowhere else; taken back, it stands nowhere."""

import pytest

from actions.models import Story, StoryConsent
from actions.my_page import keys
from campaigns.models import Brand, Publication
from tests import build, traces
from tests.actions.browsing import press

pytestmark = pytest.mark.django_db
TITLE, TEXT = "Borborygmous night", "They asked me xylographic questions."
TELLER = {"given_name": "Zephyrina", "family_name": "Quincunx", "email": "zeph@zyzzyva.example"}
CANARIES = ("borborygm", "xylograph", "zephyrina", "quincunx", "zyzzyva")
PUBLIC = (
    *("/", "/issues/children/", "/act/playgrounds/", "/act/playgrounds/count.json", "/news/"),
    *("/news/feed.atom", "/issues/children/feed.atom", "/news/report/", "/bills/", "/states/"),
    *(
        "/search/?q=xylographic",
        "/search/?q=Zephyrina",
        "/impact/",
        "/impact.json",
        "/counts.jsonl",
    ),
    *("/embed/impact/", "/sitemap.xml", "/robots.txt", "/manifest.webmanifest", "/newsletter/"),
    *("/api/v2/campaigns/", "/stories/tell/", "/representatives/"),
)
DESK = (
    *("/desk/", "/desk/supporters/", "/desk/exports/", "/desk/issues/", "/desk/people/log/"),
    *("/outbox/", "/outbox/deliveries/", "/desk/publications/"),
)


@pytest.fixture
def story(letter_ask):
    """Public, of an issue that is, told by somebody who is a supporter too."""
    Brand.objects.create(name="Children First", takes_stories=True)
    issue = letter_ask.campaign.issue
    report = Publication.objects.create(slug="report", publish_at="2026-01-01T00:00Z")
    report.words.create(title="A report", summary="Read it.")
    report.issues.add(issue)
    first, second = (build.user("story reviewer") for _ in range(2))
    teller = build.supporter(**TELLER)
    made = Story.objects.create(
        **TELLER,
        mailbox=teller.mailbox,
        key=teller.key,
        state="approved",
        title=TITLE,
        text=TEXT,
        issue=issue,
        named="whole",
        until="2099-01-01",
        allows_page=True,
        first_by=first,
        second_by=second,
    )
    StoryConsent.objects.create(story=made, purpose="story_page", granted=True, wording="Yes.")
    # Only the story is looked for.
    type(teller).objects.filter(pk=teller.pk).update(
        given_name="Nora", family_name="", email="n@example.org"
    )
    return made


def found_in(client, *addresses):
    """Those of these addresses whose answers hold a word of it."""
    answers = {address: client.get(address).getvalue().decode().lower() for address in addresses}
    # What was looked for is said back by the page itself.
    said = {
        a: text.replace(a.partition("?q=")[2].lower() or "?", "") for a, text in answers.items()
    }
    return {a for a, text in said.items() if any(word in text for word in CANARIES)}


def test_a_story_stands_on_its_own_pages_and_taken_back_on_none(client, story):
    own = ("/stories/", f"/stories/{story.code}/", "/stories/?issue=children")
    everywhere = [prefix + one for one in (*PUBLIC, *own) for prefix in ("", "/es")]
    assert found_in(client, *everywhere) == {p + one for one in own for p in ("", "/es")}
    issue = client.get("/issues/children/")
    assert b'href="/stories/?issue=children"' in issue.content
    assert "no-store" not in issue["Cache-Control"]

    client.force_login(build.user("administrator"))
    reading = (f"/desk/stories/{story.pk}/", f"/desk/stories/{story.pk}/words/")
    assert found_in(client, *DESK, "/desk/stories/?state=approved", *reading) == set(reading)
    client.logout()

    person = type(build.supporter()).objects.get(key=story.key)
    assert client.post(f"/me/open/{keys.make(person)}/").status_code == 303
    assert found_in(client, "/me/", "/me/data/?file=json") == {"/me/data/?file=json"}
    link = client.get("/me/").content.decode().partition("/own/")[2].partition('"')[0]
    assert press(client, f"/own/{link}withdraw/").status_code == 200

    assert found_in(client, *everywhere, "/me/data/?file=json", f"/own/{link}") == set()
    client.force_login(build.user("administrator"))
    assert found_in(client, *DESK, "/desk/stories/?state=approved", *reading) == set()
    assert {t for t, row in traces.tables() if any(w in row.lower() for w in CANARIES)} == set()
