"""What everybody may read of bills and states: lists, maps, one bill, one state and its feed."""

import datetime as dt
import xml.etree.ElementTree as ET

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.safestring import mark_safe

from campaigns import publishing
from campaigns.bills import public, stages
from campaigns.bills.attaching import attach, detach
from campaigns.models import Bill, Campaign
from campaigns.pages.pieces import Piece
from tests import build

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 3)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def no_older_numbers():
    cache.clear()
    yield
    cache.clear()


def bill(identifier, jurisdiction="FK", *, issue=None, stage="", **fields):
    made = Bill.objects.create(
        identifier=identifier,
        normalized=identifier,
        jurisdiction=jurisdiction,
        session="2026",
        **{"stance": "pro", "title": f"An Act about {identifier}"} | fields,
    )
    if stage:
        stages.note(made, stage, author="ana@example.org", happened_on=DAY)
    if issue:
        made.issues.add(issue)
        public.look_again([made.pk])
    return made


def read(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert answer["Cache-Control"] == "public, max-age=10"
    assert "Cookie" not in answer.get("Vary", "")
    return answer.content.decode()


def test_bills_are_found_by_issue_state_stage_and_position_and_no_others_are_shown(client):
    water, schools = build.issue("water"), build.issue("schools")
    bill("SB 1", issue=water, stage="law")
    bill("HB 2", "HV", issue=water, stage="passed_one", stance="con")
    bill("LB 3", "TL", issue=schools, stage="passed_one", stance="")
    secret = bill("SB 99")

    def numbers(query):
        text = read(client, f"/bills/{query}")
        return [one for one in ("SB 1", "HB 2", "LB 3", "SB 99") if f">{one}</a>" in text]

    assert numbers("") == ["SB 1", "HB 2", "LB 3"]
    assert numbers("?issue=water") == ["SB 1", "HB 2"]
    assert numbers("?state=HV") == ["HB 2"]
    assert numbers("?stage=passed_one") == ["HB 2", "LB 3"]
    assert numbers("?position=con") == ["HB 2"]
    assert numbers("?position=watched&stage=passed_one") == ["LB 3"]
    assert numbers("?state=TL&position=pro") == []
    assert "No bill is like that." in read(client, "/bills/?state=TL&position=pro")
    # What is no choice narrows nothing, and breaks nothing.
    assert numbers("?page=99") == []
    assert numbers("?stage=%00&position=x&page=-1&state=") == ["SB 1", "HB 2", "LB 3"]
    assert client.get("/bills/?issue=nothing").status_code == 404
    assert client.get(f"/bills/{secret.pk}/").status_code == 404
    assert "2 bills" in read(client, "/bills/?issue=water")


def test_a_bill_is_public_with_its_campaign_and_its_page_says_what_one_can_do(client):
    author = build.user("organizer", email="ana@example.org")
    campaign = build.campaign("wells", state="draft")
    made = bill("SB 17", stage="introduced")
    attach(campaign, made)
    address = f"/bills/{made.pk}/"
    assert client.get(address).status_code == 404
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(publishing, "insist_on_preflight", lambda campaign: None)
        publishing.launch(campaign, author)
    stages.note(made, "passed_one", author="ana@example.org", happened_on=DAY)
    stages.note(made, "committee", author="ana@example.org", happened_on=dt.date(2026, 2, 1))
    made.words.create(language="en", summary="Clean wells.", reason="Children **drink** there.")
    ada = build.legislator("Ada Smith")
    build.term(build.seat(), ada)
    made.sponsors.create(legislator=ada, name="Rep. Smith", role="sponsor")
    draft = build.campaign("hidden", state="draft", issue=campaign.issue)
    draft.words.update(title="Not yet")
    attach(draft, made)

    text = read(client, address)
    assert text.index("In committee") < text.index("Passed one chamber</strong>")
    for said in ("SB 17", "An Act about SB 17", "Franklin, 2026", "March 3, 2026", "Clean wells."):
        assert said in text
    assert "Children <strong>drink</strong> there." in text
    assert "We support it" in text
    assert "Rep. Smith" in text
    assert "State house" in text
    assert 'href="/representatives/"' in text
    assert 'href="/act/wells/"' in text
    assert "Not yet" not in text
    assert 'aria-current="step"' in text
    spanish = read(client, f"/es{address}")
    assert "Lo apoyamos" in spanish
    assert 'lang="en">Clean wells.' in spanish
    # The campaign's issue keeps it where it is no campaign's any more.
    detach(campaign, made)
    assert "No campaign of ours" in read(client, address)
    made.issues.clear()
    public.look_again()
    assert client.get(address).status_code == 404


def test_an_issues_page_has_its_map_its_table_its_totals_and_what_others_put_there(
    client, settings
):
    water = build.issue("water")
    water.words.update(why_now="A vote comes.")
    bill("SB 1", issue=water, stage="law")
    bill("SB 2", issue=water, stage="committee")
    bill("HB 2", "HV", issue=water, stage="passed_one", stance="con")
    bill("HR 3", "US", issue=water, stage="executive")
    won = build.campaign("won", issue=water, state="won")
    won.words.update(title="Wells are open")

    text = read(client, "/issues/water/")
    assert 'aria-label="Franklin: Became law or was adopted" class="stage stage-law"' in text
    assert 'aria-label="Havenmoor: Only bills that we oppose or watch"' in text
    assert 'href="/states/fk/"' in text
    assert "A vote comes." in text
    assert "Wells are open" in text
    totals = text[text.index('class="totals"') : text.index("</dl>")]
    assert [part.split("<")[0] for part in totals.split("<dd>")[1:]] == ["1", "1", "4", "2"]
    narrowed = read(client, "/issues/water/?position=con")
    assert ">HB 2</a>" in narrowed
    assert ">SB 1</a>" not in narrowed
    spanish = read(client, "/es/issues/water/")
    assert "Este texto está en inglés" in spanish
    assert "Estado por estado" in spanish

    settings.PIECES_OF_PAGES = {"issue": ["tests.campaigns.test_bill_pages.quoted"]}
    answer = client.get("/issues/water/")
    assert "<em>Once told</em>" in answer.content.decode()
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store", "noindex")


def quoted(issue):
    return Piece("stories", "Stories", mark_safe("<em>Once told</em>"), is_never_kept=True)


def test_a_state_has_a_page_where_something_is_and_a_feed_that_readers_take(client):
    home = build.issue("water")
    assert client.get("/states/fk/").status_code == 404
    build.jurisdiction("FK", name="Franklin")
    build.term(build.seat("governor", district=""), build.legislator("Gwen Poole"), party="Meadow")
    build.term(build.seat(district="1"), build.legislator("Ada Smith"), party="Harbor")
    made = bill("SB 1", issue=home, stage="law")
    ask = build.ask(campaign=build.campaign("wells", issue=home, state="won"))
    build.rule(ask, states=["FK"], chambers=["state_lower"])
    long_ago = dt.datetime(2025, 5, 5, tzinfo=dt.UTC)
    Campaign.objects.update(launched_at=long_ago, closed_at=long_ago)

    text = read(client, "/states/fk/")
    for said in ("SB 1", "Open the playgrounds", "Won together", "Gwen Poole", "Harbor: 1"):
        assert said in text
    assert client.get("/states/FK/")["Location"] == "/states/fk/"
    assert client.get("/states/zz/").status_code == 404
    everywhere = read(client, "/states/")
    assert 'href="/states/fk/"' in everywhere
    assert "1 campaign" in everywhere
    feed = client.get("/es/states/fk/feed.atom")
    assert feed["Content-Type"].startswith("application/atom+xml")
    root = ET.fromstring(feed.content)
    for name in ("id", "title", "updated", "author"):
        assert root.find(f"{ATOM}{name}") is not None
    entries = root.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids)) == 3
    assert all(one.startswith("tag:") for one in ids)
    assert f"/es/bills/{made.pk}/" in entries[0].find(f"{ATOM}link").get("href")
    assert "SB 1" in entries[0].findtext(f"{ATOM}title")


def test_no_page_asks_more_where_there_is_more(client):
    water = build.issue("water")
    pages = ["/bills/", "/states/", "/states/fk/", "/issues/water/", "/states/fk/feed.atom"]
    first = bill("SB 1", issue=water, stage="law")
    pages.append(f"/bills/{first.pk}/")

    def asked(page):
        cache.clear()
        with CaptureQueriesContext(connection) as found:
            assert client.get(page).status_code == 200
        return len(found)

    ada = build.legislator("Ada Smith")
    first.sponsors.create(legislator=ada, name="Ada Smith", role="sponsor")
    for number in range(2):
        attach(build.campaign(f"one-{number}", issue=water), first)
    before = [asked(page) for page in pages]
    for number in range(2, 30):
        made = bill(f"SB {number}", issue=water, stage="committee", stance="con")
        attach(build.campaign(f"few-{number}", issue=water), made)
        attach(build.campaign(f"more-{number}", issue=water), first)
        legislator = build.legislator(f"Ada {number}")
        first.sponsors.create(legislator=legislator, name=legislator.name, role="cosponsor")
    assert [asked(page) for page in pages] == before


def test_what_is_said_of_a_bill_at_the_desk_stands_on_its_page_in_both_languages(client):
    water = build.issue("water")
    made = bill("SB 4")
    build.jurisdiction("FK", name="Franklin")
    client.force_login(build.user("organizer", email="ana@example.org"))
    typed = {"jurisdiction": "FK", "session": "2026", "identifier": "SB 4", "title": "Wells"}
    typed |= {"stance": "con", "summary_en": "It shuts wells.", "reason_es": "Hay sed."}
    assert client.get(f"/bills/{made.pk}/").status_code == 404

    client.post(f"/desk/bills/{made.pk}/edit/", typed | {"issues": [water.pk]})
    text = client.get(f"/bills/{made.pk}/").content.decode()
    assert "It shuts wells." in text
    assert "We oppose it" in text
    assert 'href="/issues/water/"' in text
    assert "Hay sed." in client.get(f"/es/bills/{made.pk}/").content.decode()
    client.post(f"/desk/bills/{made.pk}/edit/", typed | {"reason_es": ""})
    assert client.get(f"/bills/{made.pk}/").status_code == 404
    assert not made.words.filter(language="es").exists()
