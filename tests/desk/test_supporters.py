"""The list of supporters: conditions, groups of them, pages, and who is never on it."""

import datetime as dt
import itertools
import re

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.models import Partner
from desk.models import Segment, SupporterDistrict
from desk.supporters import filters, listing
from supporters import consent
from supporters.models import Supporter, Suppression, Tag, Tagged
from tests import build
from tests.desk import rows

LIST = "/desk/supporters/"


@pytest.fixture
def staff(client, db):
    client.force_login(build.user("staff"))
    return client


def listed(client, query=""):
    return [person.email for person in client.get(f"{LIST}?{query}").context["people"]]


def test_newest_come_first_and_minors_unproven_and_suppressed_never(staff):
    rows.person(is_minor=True)
    rows.person(age_is_known=False)
    rows.person(proven_at=None)
    rows.action(build.ask("petition"), rows.person(), entry={"is_minor": True}, state="pending")
    Suppression.objects.create(mailbox=rows.person().mailbox, reason="not_me")
    first, second = rows.person(newsletter=None), rows.person()

    for anybody in ("", "standing=verified", "match=none&source=x", "language=es&match=none"):
        assert listed(staff, anybody) == [second.email, first.email], anybody


def people_of_all_kinds():
    """By name, each with what sets them apart; and the address line that finds only them."""
    ramps, swings = build.campaign("ramps"), build.campaign("swings", topic="Play")
    ask, other = build.ask("petition", campaign=ramps), build.ask("petition", campaign=swings)
    library = Partner.objects.create(slug="library", name="Library")
    build.jurisdiction("MD")
    found = {}

    def person(name, line, ask=None, of_person=None, **of_action):
        who = rows.person(given_name=name, newsletter=None, **(of_person or {}))
        if ask:
            rows.action(ask, who, **of_action)
        found[name] = (who, line)
        return who

    long_ago = timezone.now() - dt.timedelta(days=400)
    person("Campaign", f"campaign={swings.pk}", other)
    person("Issue", f"issue={swings.issue_id}&since=2020-01-01&source=i", other, source="i")
    person("Ask", f"ask={ask.pk}&source=a", ask, source="a")
    person("Source", "source=library-flyer", ask, source="library-flyer")
    person("Words", "own_words=yes", ask, own_words="We need ramps.")
    person(
        "Long ago", f"until={(long_ago + dt.timedelta(days=1)).date()}", ask, confirmed_at=long_ago
    )
    person("State", "state=MD", of_person={"state": "MD"})
    person("Language", "language=es", of_person={"language": "es"})
    for layer in ("cd", "sldu", "sldl"):
        who = person(layer, f"{layer}=md-7")
        SupporterDistrict.objects.create(
            supporter=who,
            layer=layer,
            division=f"ocd-division/country:us/state:md/{layer}:7",
            certain=True,
            found_on="2026-01-01",
        )
    for key, of in (("post", None), (library.purpose, None), (f"updates-{ramps.pk}", ramps)):
        who = person(key, f"allows={key}")
        consent.grant(who, "updates" if of else key, "Yes.", campaign=of)
    tag = Tag.objects.create(name="Speaks")
    Tagged.objects.create(supporter=person("Tagged", f"tag={tag.pk}"), tag=tag, author="Bo")
    person("Pending", "standing=pending", of_person={"proven_at": None})
    return found


def test_every_condition_finds_whom_it_says_and_nobody_else(staff):
    found = people_of_all_kinds()
    campaign = {"Campaign", "Issue"}

    for name, (who, line) in found.items():
        names = {person.given_name for person in staff.get(f"{LIST}?{line}").context["people"]}
        assert names == (campaign if name == "Campaign" else {name}), line
        # What is kept of it finds the same, and says it in words.
        chosen = filters.read(QueryDict(line))
        kept = filters.Filter.from_json(chosen.as_json())
        assert who in kept.people()
        assert filters.read(QueryDict(kept.query())).people().count() == chosen.people().count()
        assert len(kept.said()) == 1


def test_groups_are_joined_by_and_or_and_not_as_sets_are(staff):
    """Every way to join two groups of two conditions, against sets of Python."""
    for state, language, city in itertools.product(("MD", "FK"), ("en", "es"), ("Polk", "Elm")):
        build.jurisdiction(state)
        rows.person(state=state, language=language, city=city)
    everybody = {p.pk: p for p in Supporter.objects.all()}
    conditions = {
        "state=MD": lambda p: p.state == "MD",
        "language=es": lambda p: p.language == "es",
    }
    ways = {"all": all, "any": any, "none": lambda found: not any(found)}

    for one, two, whole in itertools.product(ways, ways, ("all", "any")):
        line = f"match={one}&groups={whole}&state=MD&language=es&2.match={two}&2.state=FK"
        wanted = {
            pk
            for pk, p in everybody.items()
            if ways[whole](
                [
                    ways[one]([fits(p) for fits in conditions.values()]),
                    ways[two]([p.state == "FK"]),
                ]
            )
        }
        found = filters.read(QueryDict(line)).people().values_list("pk", flat=True)
        assert set(found) == wanted, line


def test_what_one_group_says_of_actions_is_of_one_action(staff):
    ask, other = build.ask("petition"), build.ask("petition", campaign=build.campaign("swings"))
    both = rows.person()
    rows.action(ask, both, source="flyer")
    rows.action(other, both)
    one = f"campaign={other.campaign_id}"

    assert listed(staff, f"{one}&source=flyer") == []
    assert listed(staff, f"{one}&2.source=flyer") == [both.email]
    assert listed(staff, f"{one}&2.match=none&2.source=flyer") == []


def test_the_form_works_without_scripts(staff):
    page = staff.get(f"{LIST}?state=&add=source&more=group").content.decode()
    assert 'name="source"' in page
    assert 'name="2.campaign"' in page
    page = staff.get(f"{LIST}?2.add=cd&2.match=none&2.state=MD").content.decode()
    assert 'name="2.cd"' in page
    assert '<option value="none" selected>' in page
    assert '<option value="MD" selected>' in page


def test_pages_follow_each_other_without_a_gap(staff):
    everybody = [rows.person().email for _ in range(120)]
    seen, further = [], "?language=en"
    while further:
        page = staff.get(LIST + further)
        seen += [person.email for person in page.context["people"]]
        further = page.context["next_page"]

    assert seen == everybody[::-1]


def test_the_number_is_exact_to_ten_thousand_and_asked_for_apart(staff, monkeypatch):
    monkeypatch.setattr(listing, "COUNTED_TO", 2)
    for said in ("1 person", "2 people", "More than 2 people", "More than 2 people"):
        rows.person()
        assert said in staff.get(f"{LIST}count/?state=FK").content.decode()
    assert re.search(r'data-how-many="[^"]+/count/\?', staff.get(LIST).content.decode())


def test_the_number_of_queries_does_not_follow_the_number_of_people(
    staff, django_assert_num_queries
):
    rows.person()
    staff.get(LIST)
    with CaptureQueriesContext(connection) as one:
        staff.get(LIST)
    for _ in range(30):
        rows.person()
    with django_assert_num_queries(len(one)):
        staff.get(LIST)


def test_a_filter_that_makes_no_sense_is_explained_and_left_out(staff):
    rows.person(newsletter=None)
    page = staff.get(LIST, {"cd": "Elm Street", "before": "9" * 40})

    assert page.status_code == 200
    assert "Type the state and its number" in page.content.decode()
    assert len(page.context["people"]) == 1


def test_export_is_offered_only_to_those_who_may_and_takes_the_conditions_along(staff, client):
    rows.person()
    assert "Export these" not in staff.get(LIST).content.decode()
    client.force_login(build.user("administrator"))

    assert "/desk/exports/?language=en" in client.get(f"{LIST}?language=en").content.decode()


def test_a_segment_is_its_owners_until_it_is_shared(staff, client):
    build.jurisdiction("FK")
    rows.person()
    staff.post("/desk/segments/keep/", {"name": "Franklin", "chosen": "state=FK&nonsense=1"})
    staff.post("/desk/segments/keep/", {"name": "Everybody", "chosen": ""})
    segment = Segment.objects.get()
    assert segment.filters["groups"] == [{"match": "all", "conditions": [["state", "FK"]]}]
    assert "State: Franklin" in staff.get("/desk/segments/").content.decode()
    boss = build.user("administrator", email="boss@example.org")
    client.force_login(boss)
    theirs = {"name": "Mine", "is_shared": "on"}
    assert "Franklin" not in client.get("/desk/segments/").content.decode()
    for deed in ("", "remove/"):
        assert client.post(f"/desk/segments/{segment.pk}/{deed}", theirs).status_code == 404
    Segment.objects.update(is_shared=True)
    assert "Shared by" in client.get("/desk/segments/").content.decode()
    assert client.post(f"/desk/segments/{segment.pk}/remove/").status_code == 404
    assert f"segment={segment.pk}" in client.get("/desk/segments/").content.decode()
    typed = {"purpose_key": "newsletter", "purpose": "A letter for May", "format": "csv"}
    client.post("/desk/exports/new/", typed | {"segment": segment.pk})
    assert segment.exports.get().rows_expected == 1
    assert "Used for 1 export" in client.get("/desk/segments/").content.decode()
