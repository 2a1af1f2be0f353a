"""People who act stand on our pages by their own word, for as long as they like, and nobody else."""

import logging
import re
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from accounts.models import AuditEntry
from actions.erasing import How, erase
from actions.heroes import forgetting, invitation, of_a_person, reading, telling
from actions.models import Action, Hero
from actions.my_page.sums import sums_of
from actions.replaying import Became, replay
from campaigns.published import changing
from supporters import consent, journal, links
from supporters.journal import Deed
from supporters.journal import reading as journal_reading
from supporters.models import Consent, Supporter
from tests import build, traces
from tests.actions.browsing import fields
from tests.actions.own_page import visit
from tests.clock import signing_at
from worker.models import Delivery

pytestmark = pytest.mark.django_db
TYPED = {
    "age": "41",
    "given_name": "Rosalind",
    "family_name": "Quackenbush",
    "named": "first",
    "place": "Millbrook",
    "deed": "I drove the thistlewick families to every hearing.",
    "own_words": "Somebody had to begin, so I borrowed a bus.",
    "email": "bus@zyzzyva.example",
    "consent": "on",
}
TRACES = ("rosalind", "quackenbush", "thistlewick", "borrowed a bus", "millbrook", "zyzzyva")
ANA = "ana@example.org"


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.VAR_DIR, settings.JOURNAL_DIR = tmp_path / "var", tmp_path / "journal"
    return settings.VAR_DIR, settings.JOURNAL_DIR


def form_path(client):
    [path] = set(re.findall(r"/heroes/for-you/[^/\"\s]+/", text(client.get("/heroes/nominate/"))))
    return path


def text(answer):
    return answer.content.decode()


def sent(client, **fields):
    answer = client.post(form_path(client), TYPED | fields)
    assert answer.status_code == 200, text(answer)[-2000:]
    return Hero.objects.latest("pk")


def url(place, purpose, hero):
    return f"/heroes/{place}/{links.make(purpose, hero.public_id)}/"


def confirmed(client, **fields):
    hero = sent(client, **fields)
    client.post(url("confirm", "hero-confirm", hero))
    return Hero.objects.get(pk=hero.pk)


def public(client, **fields):
    hero = confirmed(client, **fields)
    reading.accept(hero, author=ANA)
    Hero.objects.filter(pk=hero.pk).update(publish_at=timezone.now())
    return Hero.objects.get(pk=hero.pk)


def changed(client, hero, **fields):
    typed = {name: TYPED[name] for name in (*telling.OF_HERO, *telling.OF_WORDS)}
    return client.post(url("yours", "hero", hero), typed | fields)


def left(caplog, *folders):
    """Which of their words lie anywhere."""
    found = [text for _table, text in traces.tables()] + [*traces.redis_texts()]
    found += [text for _path, text in traces.files(*folders)]
    # Django's own log of queries is kept by nobody.
    found += [r.getMessage() for r in caplog.records if r.name != "django.db.backends"]
    everything = "\n".join(found).lower()
    return [trace for trace in TRACES if trace in everything]


def test_a_hero_confirms_is_read_is_shown_changes_and_is_gone(client):
    hero = sent(client)
    assert sent(client) == hero  # pressed twice
    assert hero.confirmed_at is None
    assert not Supporter.objects.exists()
    asked = bytes(Delivery.objects.get().message).decode().lower()
    assert [trace for trace in TRACES if trace in asked] == ["zyzzyva"]
    assert not Hero.objects.confirmed().exists()
    confirm = url("confirm", "hero-confirm", hero)
    # Mail scanners read.
    assert TYPED["own_words"] in text(client.get(confirm))
    assert Hero.objects.get().confirmed_at is None
    assert f"/heroes/yours/{hero.public_id.hex}." in text(client.post(confirm))
    line = Consent.objects.get()
    assert (line.purpose, line.granted) == ("hero", True)
    assert "public pages of people who act" in line.wording
    assert list(Hero.objects.to_read()) == [hero]

    page = f"/heroes/{hero.slug}/"
    assert "rosalind" not in page
    Hero.objects.update(publish_at=timezone.now())
    assert client.get(page).status_code == 404  # nobody has read it
    hero = Hero.objects.get()
    reading.accept(hero, author=ANA)
    shown = client.get(page)
    assert (shown["Cache-Control"], shown["X-Robots-Tag"]) == ("no-store", "noarchive")
    assert TYPED["deed"] in text(shown)
    assert "Rosalind" in text(shown)
    assert "Quackenbush" not in text(shown)
    listed = client.get("/heroes/")
    assert listed["Cache-Control"] == "no-store"
    assert page in text(listed)
    # Read in the language that it was told in, and so said.
    assert "Este texto está en inglés" in text(client.get(f"/es{page}"))

    hero.words.create(language="es", deed="Llevé a las familias.", own_words="Alguien tenía que.")
    # Nobody here has read their last name.
    assert "hidden until somebody here has read it." in text(changed(client, hero, named="full"))
    assert client.get(page).status_code == 404
    reading.accept(Hero.objects.get(), author=ANA)
    assert "Rosalind Quackenbush" in text(client.get(page))
    changed(client, hero, named="first")
    assert "Quackenbush" not in text(client.get(page))
    assert hero.words.count() == 2
    changed(client, hero, own_words="I would do it again.")
    assert client.get(page).status_code == 404
    assert [words.language for words in hero.words.all()] == ["en"]
    reading.accept(Hero.objects.get(), author=ANA)
    assert "I would do it again." in text(client.get(page))

    taken = client.post(url("withdraw", "hero-withdraw", hero))
    assert "gone from our pages" in text(taken)
    assert client.get(page).status_code == 404
    assert page not in text(client.get("/heroes/"))
    for gone in (url("yours", "hero", hero), confirm):
        assert client.get(gone).status_code == 410
    # Known by nothing else, they are known no more.
    assert not Supporter.objects.exists()


def test_of_whoever_is_thought_of_nothing_is_kept_and_of_a_child_not_a_byte(
    client, caplog, folders, settings
):
    settings.RATELIMIT_ENABLE = False
    caplog.set_level(logging.DEBUG)
    before = sorted(traces.tables())
    nominate = client.get("/heroes/nominate/")
    path = form_path(client)
    assert nominate["Cache-Control"] == "no-store, private"
    assert not fields(nominate).values  # nothing to type
    page = client.get(path)
    # Asked of everybody, and no hint which answer passes.
    assert "18" not in re.sub(r"<[^>]+>", "", text(page).split("<main")[1])
    assert 'name="consent"' in text(page)
    assert "checked" not in text(page)
    assert sorted(traces.tables()) == before
    for age in ("12", "17", "0"):
        client.cookies.clear()
        for typed in (TYPED, {"age": age}, TYPED | {"email": "no mailbox"}):
            answer = client.post(path, typed | {"age": age})
            assert "Thank you for what you do" in text(answer)
    # A child who goes back and is older now.
    client.post(path, TYPED | {"age": "12"})
    assert "Thank you for what you do" in text(client.post(path, TYPED))
    # Nor of somebody who was told apart as young before, and says another age now.
    client.cookies.clear()
    client.post(path, TYPED | {"website": "https://machine.example"})
    client.post(path, {**TYPED, "consent": ""})
    assert left(caplog, *folders) == []
    young = build.supporter(
        given_name="Rosalind", family_name="Quackenbush", email=TYPED["email"], is_minor=True
    )
    hero = sent(client)
    answer = client.post(url("confirm", "hero-confirm", hero))
    assert "Thank you for what you do" in text(answer)
    assert not Hero.objects.exists()
    assert not consent.is_granted(young, "hero")


def test_a_link_is_signed_ends_and_asks_for_a_whole_form(client):
    with signing_at(-invitation.LASTS.total_seconds() - 60):
        old = form_path(client)
    made_up = f"/heroes/for-you/{links.make('hero', uuid.uuid4())}/"
    for path in (old, made_up, "/heroes/for-you/x/"):
        assert client.get(path).status_code == client.post(path, TYPED).status_code == 410
    assert client.post(form_path(client), {**TYPED, "own_words": " "}).status_code == 422
    assert not Hero.objects.exists()


def test_whoever_stood_on_our_pages_is_told_that_they_were_taken_off(client):
    shown, new = confirmed(client), confirmed(client, email="wim@example.org")
    reading.accept(shown, author=ANA)
    changing.publish(shown, author=ANA)
    for hero in (shown, new):
        reading.decline(hero, "others", author=ANA)
    for hero, is_off in ((shown, True), (new, False)):
        told = Delivery.objects.filter(key__startswith=f"hero_news:{hero.public_id.hex}")
        said = traces.as_text(told.latest("pk").message)
        own = text(client.get(url("yours", "hero", hero)))
        for one in (said, own):
            assert ("took it off our pages" in one) is is_off
            assert (" put it on our pages" in one) is not is_off


def test_what_is_not_confirmed_not_read_or_declined_is_forgotten_in_its_time(client, settings):
    days = timedelta(days=1)
    asked, waits, no, stays = (
        sent(client),
        *(confirmed(client, email=f"{name}@example.org") for name in ("wim", "lea", "uma")),
    )
    reading.decline(no, "others", author=ANA)
    reading.accept(stays, author=ANA)
    assert "Somebody else can be recognized" in text(client.get(url("yours", "hero", no)))
    changed(client, waits, place="Millbrook, FK")
    forgetting.forget_old()
    assert Hero.objects.count() == 4

    def age(hero, **by):
        Hero.objects.filter(pk=hero.pk).update(
            **{name: timezone.now() - number * days for name, number in by.items()}
        )

    age(asked, sent_at=settings.UNCONFIRMED_KEPT_DAYS + 1)
    age(waits, sent_at=settings.QUARANTINED_KEPT_DAYS + 1)
    age(no, sent_at=200, declined_at=settings.REFUSED_KEPT_DAYS + 1)
    age(stays, sent_at=2000)
    forgetting.forget_old()
    forgetting.forget_old()
    assert list(Hero.objects.all()) == [stays]
    assert [person.email for person in Supporter.objects.all()] == ["uma@example.org"]
    assert not Delivery.objects.exclude(message=b"").filter(recipient=TYPED["email"]).exists()
    # Whoever was not read in time is told.
    assert Delivery.objects.filter(key__contains=":unread:").count() == 1


def test_what_was_taken_back_or_changed_stays_so_after_a_restore(client, folders):
    gone, other = public(client), public(client, email="wim@example.org")
    before = {row.pk: row for row in Hero.objects.all()}
    texts = list(gone.words.all())
    person = gone.supporter
    acted = build.supporter(email="acts@example.org")
    consent.grant(acted, "newsletter", "News.")
    third = public(client, email="acts@example.org", given_name="Nora", family_name="Álvarez")
    client.post(url("withdraw", "hero-withdraw", gone))
    client.post(url("withdraw", "hero-withdraw", third))
    changed(client, other, deed="I drove.")
    assert Supporter.objects.filter(pk=acted.pk).exists()

    # As a dump knows them.
    person.save(force_insert=True)
    for row in (*before.values(), *texts, third):
        row.save()
    consent.grant(person, "hero", "Yes.")
    Consent.objects.filter(supporter=acted, purpose="hero", granted=False).delete()
    Consent.objects.update(at=timezone.now() - timedelta(hours=1))
    Supporter.objects.update(created_at=timezone.now() - timedelta(hours=1))
    Hero.objects.update(sent_at=timezone.now() - timedelta(hours=1))
    assert Hero.objects.public().count() == 3
    replay(journal_reading.read_all(folders[1]).lines, dry_run=False)
    assert not Hero.objects.public().exists()
    assert list(Hero.objects.to_read()) == [other]
    forgetting.forget_old()
    assert list(Hero.objects.all()) == [other]


def test_what_people_here_took_down_stays_so_after_a_restore(client, folders):
    declined, down, read_anew, up_again = (
        public(client, email=f"{who}@example.org") for who in ("ada", "bo", "cy", "di")
    )
    before = [*Hero.objects.all()]
    client.force_login(build.user("organizer", email=ANA))
    for hero in (declined, read_anew):
        reading.decline(hero, "others", author=ANA)
    for hero in (down, up_again):
        taken = {"do": "unpublish", "to": "/heroes/", "leads": "page"}
        answer = client.post(f"/desk/heroes/{hero.slug}/times/", taken)
        assert answer.status_code == 302, text(answer)
    client.post(f"/desk/heroes/{up_again.slug}/times/", {"do": "now"})
    reading.accept(read_anew, author=ANA)

    # As a dump of now knows the two that are public again, and one of before the others.
    for row in before:
        if row in (declined, down):
            row.save()
    assert Hero.objects.public().count() == 4
    for again in (Became.DONE, Became.STANDS):
        counts = replay(journal_reading.read_all(folders[1]).lines, dry_run=False)
        assert counts[Deed.HERO_TAKEN_DOWN, again] == 2
        assert counts[Deed.HERO_TAKEN_DOWN, Became.NEWER] == 2
        assert {*Hero.objects.public()} == {read_anew, up_again}
    assert Hero.objects.get(pk=declined.pk).declined_because == "others"


def test_at_the_desk_it_is_said_what_somebody_s_page_is_about(client):
    hero, issue = confirmed(client), build.issue("water")
    client.force_login(build.user("organizer", email=ANA))
    path = f"/desk/heroes/{hero.slug}/about/"

    assert client.post(path, {"issue": issue.pk, "campaign": "", "state": ""}).status_code == 302
    assert Hero.objects.get().issue == issue
    page = text(client.get(path))
    assert f'value="{issue.pk}" selected' in page
    # Of somebody's own page no draft is kept.
    assert "Save draft" not in page


def test_a_person_who_is_deleted_is_no_hero_any_more_and_no_log_knows_their_words(
    client, caplog, folders
):
    caplog.set_level(logging.DEBUG)
    hero = public(client)
    sent(client)  # once more, and never confirmed
    data = text(visit_data(client, hero.supporter))
    for said in (TYPED["deed"], TYPED["own_words"], "public pages of people who act"):
        assert said in data
    _key, _title, [held, _waits] = of_a_person.data(hero.supporter)
    assert (held["name"], held["family_name"]) == (TYPED["given_name"], TYPED["family_name"])
    client.force_login(build.user("organizer", email=ANA))
    client.post(f"/desk/heroes/{hero.slug}/en/", {"deed": "A", "own_words": "B", "correction": "C"})
    client.post(f"/desk/heroes/{hero.slug}/times/", {"do": "unpublish"})
    client.logout()
    erase(hero.supporter, by=ANA, how=How.POST)
    assert not Hero.objects.exists()
    assert left(caplog, *folders) == []


def visit_data(client, supporter):
    visit(client, supporter)
    return client.get("/me/data/")


def test_their_own_page_leads_to_it_and_unticking_takes_it_down(client, folders):
    hero = public(client)
    page = visit(client, hero.supporter)
    assert "/heroes/yours/" in page
    choices = text(client.get("/me/choices/"))
    assert "Show my page among the people who act" in choices
    client.post("/me/choices/", {"allow_newsletter": ""})
    assert client.get(f"/heroes/{hero.slug}/").status_code == 404
    assert not Hero.objects.exists()
    noted = {line.deed for line in journal_reading.read_all(folders[1]).lines}
    assert journal.Deed.CONSENT_ENDED in noted


def test_whoever_works_here_reads_only_what_was_confirmed_and_publishes_only_what_was_read(client):
    waits, hero = sent(client), confirmed(client, email="wim@example.org", named="full")
    client.force_login(build.user("organizer", email=ANA))
    desk = f"/desk/heroes/{hero.slug}/"
    listed = text(client.get("/desk/heroes/"))
    assert hero.slug in listed
    assert waits.slug not in listed
    for page in ("read/", "en/", "about/", "times/"):
        assert client.get(f"/desk/heroes/{waits.slug}/{page}").status_code == 404
    assert "1 <" in text(client.get("/desk/")) or "waits to be read" in text(client.get("/desk/"))
    assert client.post(f"{desk}times/", {"do": "now"}).status_code == 422

    def decide(do, **typed):
        as_read = Hero.objects.get(pk=hero.pk).sent_at.isoformat()
        return client.post(f"{desk}read/", {"do": do, "sent_at": as_read} | typed)

    # What they change while somebody reads is read anew.
    assert "changed it since" in text(decide("accept", sent_at="2026-01-01"))
    assert decide("decline").status_code == 422
    decide("decline", why="others")
    decide("accept")
    # Gone without a word to them it would be: declining tells them.
    assert "Decline it instead" in text(client.get(f"{desk}times/"))
    client.post(f"{desk}times/", {"do": "delete", "sure": "delete"})
    assert Hero.objects.filter(pk=hero.pk).exists()
    water = build.issue("water")
    client.post(f"{desk}about/", {"issue": water.pk, "state": "MD"})
    thanks = {"deed": TYPED["deed"], "own_words": TYPED["own_words"], "thanks": "You were there."}
    client.post(f"{desk}en/", thanks)
    client.post(f"{desk}es/", {"deed": "Llevé.", "own_words": "Alguien.", "thanks": "Gracias."})
    assert "You were there." in text(client.get(f"/drafts/heroes/{hero.slug}/"))
    client.post(f"{desk}times/", {"do": "now"})
    page = f"/heroes/{hero.slug}/"
    assert "You were there." in text(client.get(page))
    assert "Alguien." in text(client.get(f"/es{page}"))
    assert 'href="/issues/water/"' in text(client.get(page))
    # Where it is about something that page leads here, and names nobody.
    of_issue = client.get("/issues/water/")
    assert "/heroes/?issue=water" in text(of_issue)
    assert "Rosalind" not in text(of_issue)
    assert page in text(client.get("/heroes/?issue=water"))
    assert page not in text(client.get("/heroes/?state=FK"))
    correction = {**thanks, "deed": "I drove them.", "correction": "She drove a van."}
    client.post(f"{desk}en/", correction)
    assert "She drove a van." in text(client.get(page))
    assert not AuditEntry.objects.filter(detail__icontains="van").exists()
    client.post(f"{desk}times/", {"do": "unpublish", "to": "/heroes/"})
    assert client.get(page)["Location"] == "/heroes/"


def test_ones_own_sums_are_counted_from_evidence_for_their_person_alone_in_the_right_plural(client):
    person = build.supporter()
    assert "for your eyes only" not in visit(client, person)

    def act(kind, number, **fields):
        campaign = build.campaign(f"{kind}{number}")
        return Action.objects.create(
            ask=build.ask(kind, campaign=campaign),
            supporter=person,
            idempotency_key=uuid.uuid4(),
            created_at=timezone.now(),
            changed_at=timezone.now(),
            **{"state": "confirmed", **fields},
        )

    act("petition", 1)
    act("petition", 2, state="withdrawn")
    call = act("call", 1)
    seats = [build.seat(district=str(number)) for number in range(5)]
    call.calls.create(seat=seats[0], outcome="talked")
    call.calls.create(seat=seats[1], outcome="no_answer")
    letters = act("letter", 1)
    [sent, rehearsed, failed] = build.posted(3)
    Delivery.objects.filter(pk__in=[sent.pk, failed.pk]).update(rehearsal=False)
    Delivery.objects.filter(pk__in=[sent.pk, rehearsed.pk]).update(state="sent")
    Delivery.objects.filter(pk=failed.pk).update(state="failed")
    for seat, delivery in zip(seats, (sent, rehearsed, failed), strict=False):
        letters.letters.create(seat=seat, route="email", delivery=delivery)
    assert sums_of(person) == [
        "You wrote to one office.",
        "You signed one petition.",
        "You called once.",
    ]
    letters.letters.create(seat=seats[3], route="assisted", reported_at=timezone.now())
    letters.letters.create(seat=seats[4], route="assisted")
    act("petition", 3)
    call.calls.create(seat=seats[2], outcome="voicemail")
    with translation.override("es"):
        assert sums_of(person) == [
            "Escribiste a dos oficinas.",
            "Firmaste dos peticiones.",
            "Llamaste dos veces.",
        ]
    assert "You wrote to two offices." in text(client.get("/me/"))
