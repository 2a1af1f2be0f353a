"""Under 13 nothing is kept but a voice; from 13 to 17 nothing is shown, listed or mailed."""

import re

import pytest
from django import forms
from django.conf import settings
from django.db import connection
from redis import Redis

from actions.models import Action, Submission, Voice
from campaigns.models import Brand
from supporters.forms import AgeField
from supporters.models import Supporter
from tests import build
from tests.actions import sign_ons
from tests.actions.browsing import ACT, ME, fields, mailed_link, press, send
from tests.clock import signing_at
from tests.kinds import all_below
from worker.models import Delivery

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_hurry")]


def test_a_child_under_13_leaves_a_voice_and_not_a_byte_more(client, petition):
    page = send(client, client.get(ACT), step="address", zip="00001", age="12")
    assert "given_name" not in page.content.decode()
    answer = send(client, page, step="voice")

    assert answer.status_code == 303
    assert Voice.objects.count() == 1
    assert not Supporter.objects.exists()
    assert not Delivery.objects.exists()


CHILD = {
    "given_name": "Zebulina",
    "family_name": "Quackenbush",
    "email": "zebulina@kids.example",
    "guardian": "mum@kids.example",
    "street": "17 Thistlewick Lane",
    "phone": "+1 555 010 7788",
    "own_words": "My hamster Pumpernickel wants a park.",
    "zip": "00001",
    "country": "US",
    "age": "12",
}
TRACES = ("zebulina", "quackenbush", "kids.example", "thistlewick", "0107788", "pumpernickel")


def kept(folders):
    """All that a child could be found in: each row of each table, which is what mail, exports and
    backups are made of; Redis, which is cache and broker; files.
    """
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" AS t')
            yield from (row[0] for row in cursor.fetchall())
            cursor.execute(f'SELECT * FROM "{table}" LIMIT 0')
            blobs = [c.name for c in cursor.description if c.type_code == 17]
            for name in blobs:
                cursor.execute(f'SELECT "{name}" FROM "{table}"')
                yield from (bytes(row[0] or b"").decode("latin-1") for row in cursor.fetchall())
    with Redis.from_url(settings.REDIS_URL) as redis:
        for key in redis.scan_iter(count=1000):
            yield f"{key!r} {redis.dump(key)!r}"
    for folder in folders:
        yield from (p.read_bytes().decode("latin-1") for p in folder.rglob("*") if p.is_file())


def test_of_a_child_not_a_byte_is_kept_by_any_path_whatever_anybody_confirms(
    client, petition, letter_ask_too, caplog
):
    """As a browser goes, and as whoever sends every field at once; by somebody who knows the child
    already, and whose mailbox confirms what an adult sent.
    """
    caplog.set_level("DEBUG")
    token = {}

    def grown(address):
        page = send(client, client.get(address), address, step="address", zip="00001", age="40")
        token[address] = fields(page).values["token"]

    def posted(address, **more):
        return client.post(address, CHILD | {"token": token.get(address, "")} | more)

    asks = [f"/act/{petition.campaign.slug}/", *letter_ask_too]
    paths = [lambda: posted("/newsletter/"), lambda: posted("/representatives/", step="address")]
    for address in asks:
        paths += [
            lambda a=address: posted(a, step="address"),
            # The second step with a grown-up's form, and both steps at once.
            lambda a=address: (grown(a), posted(a, step="write")),
            lambda a=address: (grown(a), posted(a, step="write", together="1")),
            lambda a=address: posted(a, step="read"),
            lambda a=address: posted(a, step="choose"),
            lambda a=address: posted(a, step="change"),
            lambda a=address: (grown(a), posted(a, step="voice")),
            lambda a=address: posted(a, step="write", corrects="1"),
        ]
    for path in paths:
        client.cookies.clear()
        path()

    def traces():
        files = [settings.JOURNAL_DIR, settings.VAR_DIR]
        everything = "\n".join([caplog.text, *kept(files)]).lower()
        return [trace for trace in TRACES if trace in everything]

    assert traces() == []
    assert not Submission.objects.exists()
    assert Voice.objects.count() == len(asks)
    assert {f.name for f in Voice._meta.fields} == {"id", "ask", "idempotency_key", "raised_on"}
    # The same form of somebody grown is found there.
    client.cookies.clear()
    grown(asks[0])
    posted(asks[0], step="write", age="40")
    assert {"zebulina", "quackenbush", "kids.example"} <= set(traces())


@pytest.fixture
def letter_ask_too(petition):
    petition.campaign.asks_guardian = True
    petition.campaign.save()
    seat = build.seat(district="7")
    build.term(seat, build.legislator("Ada Smith", email="ada@house.example", phone="+15550100100"))
    made = [build.ask(kind, campaign=petition.campaign) for kind in ("letter", "call")]
    for ask in made:
        build.rule(ask, states=["FK"], chambers=["state_lower"])
    build.zip_district("00001", made[0])
    return [f"/act/{petition.campaign.slug}/{ask.position}/" for ask in made]


def test_going_back_and_typing_another_age_changes_nothing(client, petition):
    send(client, client.get(ACT), step="address", zip="00001", age="12")
    page = send(client, client.get(ACT), step="address", zip="00001", age="40")

    assert "given_name" not in page.content.decode()


def test_a_young_person_is_offered_no_list_and_no_public_name(client, petition):
    page = send(client, client.get(ACT), step="address", zip="00001", age="15")
    assert not fields(page).boxes
    send(client, page, step="write", newsletter="on", public_name="on", **ME)

    press(client, mailed_link("confirm"))
    action = Action.objects.get()
    assert action.supporter.is_minor
    assert not action.name_is_public
    assert not action.newsletter_wording


def join(client, age):
    return client.post(
        "/newsletter/", {"given_name": "Nora", "email": "nora@example.org", "age": age}
    )


def test_a_child_s_answer_is_remembered_from_each_form_to_each(client, petition):
    """Every form that asks for an age: the newsletter's and a campaign's first step."""
    asking = [lambda age: join(client, age)]
    asking += [lambda age: send(client, client.get(ACT), step="address", zip="00001", age=str(age))]
    for first in asking:
        for then in asking:
            client.cookies.clear()
            first(12)
            page = then(40)

            assert "given_name" not in page.content.decode()
            assert not Supporter.objects.exists()
            assert not Delivery.objects.exists()
    client.cookies.clear()
    join(client, 40)
    assert Supporter.objects.exists()


def test_a_child_s_mark_ends_two_hours_after_the_answer_and_with_the_browser_s_session(
    client, petition
):
    def type_age(age):
        answer = send(client, client.get(ACT), step="address", zip="00001", age=str(age))
        return "given_name" in answer.content.decode()

    assert not type_age(12)
    mark = client.cookies["take-action-step"]
    assert (mark["max-age"], mark["expires"]) == ("", "")
    with signing_at(119 * 60):
        # Another age does not begin it anew.
        assert not type_age(40)
    with signing_at(121 * 60):
        assert type_age(40)


def test_a_mark_that_somebody_made_up_is_none(client, petition):
    client.cookies["take-action-step"] = "1"
    page = send(client, client.get(ACT), step="address", zip="00001", age="40")

    assert "given_name" in page.content.decode()


def test_a_child_is_led_nowhere_else_before_the_press_and_after_it(client, petition):
    build.ask("call", campaign=petition.campaign)
    page = send(client, client.get(ACT), step="address", zip="00001", age="12")
    counted = client.get(send(client, page, step="voice").headers["Location"])

    assert counted.status_code == 200
    for answer in (page, counted):
        inside = answer.content.decode().partition("<main")[2].partition("</main>")[0]
        assert not re.findall(r'href="[^"]*/act/[^"]*"', inside)
        assert "tel:" not in inside
        assert "data-share" not in inside
        assert "mailto:" not in inside


def test_a_young_person_who_asks_for_news_is_told_that_nothing_was_sent(client, db):
    known = build.supporter(email="nora@example.org", is_minor=True)
    for age in (12, 15):
        client.cookies.clear()
        answer = join(client, age).content.decode()
        assert "Nothing was sent" in answer
        assert "We have sent" not in answer
        assert "mailbox" not in answer
    client.cookies.clear()

    # Nor is anything sent to a mailbox that we know as theirs, whatever age is typed.
    join(client, 40)
    assert not Delivery.objects.exists()
    assert list(Supporter.objects.all()) == [known]


def nominated(client):
    page = client.get("/heroes/nominate/").content.decode()
    return re.search(r"/heroes/for-you/[^/\"\s]+/", page)[0]


def test_under_18_stays_so_on_every_form_for_adults_and_on_no_campaign(client, petition):
    """A parent who signs next at the same machine is nobody's child."""
    sign_ons.made()
    Brand.objects.create(name="Children First", takes_stories=True)
    for who in ("ana", "bo"):
        build.user("story reviewer", email=f"{who}@example.org")
    hero = nominated(client)
    posts = {"/newsletter/": {}, sign_ons.PAGE: {}, hero: {}, "/stories/tell/": {"step": "begin"}}

    def is_for(path, age):
        """Whether somebody of that age is asked for the rest of that form."""
        answer = client.post(path, {"age": age} | posts[path])
        return answer.status_code == 422

    for first in ("/newsletter/", sign_ons.PAGE, hero):
        client.cookies.clear()
        assert not is_for(first, 17)
        assert [path for path in posts if is_for(path, 40)] == []
        page = send(client, client.get(ACT), step="address", zip="00001", age="40")
        assert "public_name" in fields(page).boxes
        with signing_at(121 * 60):
            assert is_for(first, 40)
    # An older answer makes a child's mark no less.
    client.cookies.clear()
    assert not is_for(hero, 12)
    assert not is_for(hero, 17)
    page = send(client, client.get(ACT), step="address", zip="00001", age="40")
    assert "given_name" not in page.content.decode()
    # Of a story not even this is stored.
    client.cookies.clear()
    assert not is_for("/stories/tell/", 17)
    assert not client.cookies


def test_each_form_for_adults_says_what_the_browser_remembers_and_leads_on(client, petition):
    sign_ons.made()
    Brand.objects.create(
        name="Children First", takes_stories=True, contact_email="hello@first.example"
    )
    for who in ("ana", "bo"):
        build.user("story reviewer", email=f"{who}@example.org")
    hero = nominated(client)
    remembers = "this browser remembers the answer for two hours"
    for path in ("/newsletter/", sign_ons.PAGE, hero, "/stories/tell/"):
        client.cookies.clear()
        said = [answered(client, path, age) for age in (17, 12, 40)]
        is_story = path == "/stories/tell/"

        assert [remembers in page for page in said] == [not is_story, True, True], path
        for page in said:
            assert "/#campaigns" in page
            assert ("Nothing was stored" in page) == (remembers not in page)
            assert ('mailto:hello@first.example">Or write' in page) == (remembers in page)


def answered(client, path, age):
    return client.post(path, {"step": "begin", "danger": "no", "age": age}).content.decode()


def test_every_form_that_asks_an_age_is_one_of_those():
    asking = {
        kind.__name__
        for kind in all_below(forms.Form)
        if any(isinstance(field, AgeField) for field in kind.base_fields.values())
        and not kind.__module__.startswith("desk.")
    }

    # Each of the last four refuses whoever is under 18, in its own tests.
    adults_only = {"SigningForm", "HeroForm", "WebForm", "BeginForm"}
    assert asking == {"NewsletterForm", "AddressForm"} | adults_only
