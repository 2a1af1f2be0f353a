"""Stories of people who were harmed: adults only, allowed by purpose, looked at by two, and gone at
once from everything of ours when they are taken back.
"""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError
from django.utils import timezone

from accounts.models import AuditEntry
from actions import retention
from actions.erasing import How, erase
from actions.models import Story, StoryConsent
from actions.my_page import data
from actions.replaying import Became, replay
from actions.stories import reviewing
from campaigns.models import Brand
from config import restore_mode
from supporters import links
from supporters.journal import Deed, reading
from supporters.models import FormerKey, Supporter
from tests import build, traces
from tests.actions.browsing import fields, mailed_link, send
from worker.models import Delivery, Restore

pytestmark = pytest.mark.django_db
TELL = "/stories/tell/"
# Words that stand nowhere else.
TITLE, NAME, LAST, MAILBOX = "Borborygmous night", "Zephyrina", "Quincunx", "zeph@zyzzyva.example"
TEXT = "They asked me xylographic questions.\n\nThen somebody listened."
CANARIES = ("borborygm", "xylograph", "zephyrina", "quincunx", "zyzzyva")
ALLOWED = {"allows_page": "on", "allows_press": "on"}
TOLD = {
    "step": "story",
    "title": TITLE,
    "text": TEXT,
    "notes": ["locked-up"],
    "named": "first",
    "given_name": NAME,
    "family_name": LAST,
    "years": "2",
    "email": MAILBOX,
    "email_again": MAILBOX,
    **ALLOWED,
}


@pytest.fixture
def reviewers():
    """The form is open: two may look."""
    Brand.objects.create(name="Children First", takes_stories=True)
    return [build.user("story reviewer", email=f"{who}@example.org") for who in ("ana", "bo")]


def form_page(client, **typed):
    return client.post(TELL, {"step": "begin", "danger": "no", "age": "34", **typed})


def tell(client, **typed):
    return send(client, form_page(client), TELL, **TOLD | typed)


def told(client, **typed):
    """A story whose mailbox has answered."""
    tell(client, **typed)
    link = mailed_link("own")
    client.post(link, {"do": "confirm"})
    return Story.objects.get(), link


def approved(client, reviewers, **typed):
    story, link = told(client, **typed)
    for one in reviewers:
        story.refresh_from_db()
        reviewing.approve(story, ["locked-up"], by=one, read=story.fingerprint)
    return Story.objects.get(), link


def places_of(*words):
    """The tables in which these words lie."""
    return {table for table, row in traces.tables() if any(word in row.lower() for word in words)}


def test_danger_and_age_are_asked_before_the_form_and_neither_answer_is_stored(client, reviewers):
    before = dict(traces.tables())
    asked = client.get(TELL)
    assert "danger" in fields(asked).boxes
    assert "text" not in fields(asked).values

    for answer in ("yes", "unsure"):
        helped = client.post(TELL, {"step": "begin", "danger": answer})
        assert b"988" in helped.content
        assert "text" not in fields(helped).values
    young = form_page(client, age="17")
    assert b"it is not your fault" in young.content
    assert b"988" in young.content
    assert young.cookies == {}
    # However it is sent, nothing of somebody under 18 is kept.
    assert b"it is not your fault" in client.post(TELL, TOLD | {"age": "17"}).content
    assert b"it is not your fault" in client.post(TELL, TOLD | {"age": "9"}).content
    assert b"it is not your fault" in form_page(client, age="34").content
    assert dict(traces.tables()) == before


def test_the_form_is_closed_without_two_who_may_look(client, reviewers):
    reviewers[0].groups.clear()

    assert b"We take no stories" in client.get(TELL).content
    assert b"We take no stories" in tell(client).content
    assert not Story.objects.exists()


def test_nothing_is_ticked_and_nothing_is_kept_that_is_not_allowed(client, reviewers):
    page = form_page(client)
    assert not {"allows_page", "allows_press", "named", "years"} & fields(page).values.keys()
    for missing in ({"allows_page": "", "allows_press": ""}, {"named": ""}, {"years": ""}):
        assert send(client, page, TELL, **{**TOLD, **missing}).status_code == 422
    assert tell(client, email_again="other@example.org").status_code == 422
    assert tell(client, named="whole", family_name="").status_code == 422
    assert tell(client, website="machine").status_code == 200
    assert not Story.objects.exists()

    tell(client, named="none", allows_press="")
    story = Story.objects.get()
    assert (story.given_name, story.family_name, story.allows_press) == ("", "", False)
    [line] = StoryConsent.objects.all()
    assert (line.purpose, line.granted, line.channel) == ("story_page", True, "web")
    assert line.wording.startswith("Show my story")


def test_its_mailbox_answers_before_anybody_reads_it_and_no_mail_says_what_it_is(client, reviewers):
    page = form_page(client)
    for _ in range(2):
        assert MAILBOX in send(client, page, TELL, **TOLD).content.decode()
    [mail] = Delivery.objects.all()
    assert places_of("borborygm", "xylograph") == {"actions_story"}
    assert "story" not in f"{mail.subject} {traces.as_text(mail.message)}".lower()
    assert not Supporter.objects.exists()

    link = mailed_link("own")
    asked = client.get(link)
    assert TITLE not in asked.content.decode()
    client.force_login(reviewers[0])
    assert client.get(f"/desk/stories/{Story.objects.get().pk}/").status_code == 404
    client.logout()
    own = client.post(link, {"do": "confirm"}, follow=True)
    assert TEXT.split("\n")[0] in own.content.decode()
    assert own["Cache-Control"] == "no-store, private"
    assert Story.objects.get().state == "waiting"


def test_two_different_people_approve_it_and_each_look_is_in_the_log_without_a_word_of_it(
    client, reviewers
):
    story, _link = told(client)
    desk, ticks = f"/desk/stories/{story.pk}/", {"nobody_else": "on", "of_an_adult": "on"}
    ana, _bo = reviewers
    client.force_login(ana)
    page = client.get(desk).content.decode()
    assert page.index("being locked up") < page.index(TITLE)
    assert client.post(desk, {"do": "approve"}).status_code == 422
    ticks |= {"do": "approve", "notes": ["locked-up"], "read": story.fingerprint}
    for _ in range(2):
        client.post(desk, ticks)
    assert (Story.objects.get().state, Story.objects.get().first_by) == ("waiting", ana)
    assert client.get(f"/stories/{story.code}/").status_code == 404
    with pytest.raises(IntegrityError):
        Story.objects.update(second_by=ana)


def test_the_second_look_publishes_it_with_its_notes_first_and_kept_nowhere(client, reviewers):
    story, _link = approved(client, reviewers)
    page = client.get(f"/stories/{story.code}/")
    text = page.content.decode()
    assert text.index("being locked up") < text.index("xylographic")
    assert f"Told by {NAME}" in text
    assert LAST not in text
    assert "og:" not in text
    assert 'rel="canonical"' not in text
    assert (page["Cache-Control"], page["X-Robots-Tag"]) == ("no-store, private", "noindex")
    spanish = client.get(f"/es/stories/{story.code}/").content.decode()
    assert "no traducimos" in spanish
    listed = client.get("/stories/")
    assert TITLE in listed.content.decode()
    assert "xylographic" not in listed.content.decode()
    assert "weather.gov" in text


def test_what_a_reviewer_would_change_needs_its_tellers_yes_and_two_looks_again(client, reviewers):
    story, link = approved(client, reviewers)
    reviewing.propose(story, title="", text="They asked me questions.", by=reviewers[0])

    assert client.get(f"/stories/{story.code}/").status_code == 404
    asked = client.get(link).content.decode()
    assert "They asked me questions." in asked
    story.refresh_from_db()
    assert client.post(link, {"do": "yes", "read": story.fingerprint}).status_code == 302
    story.refresh_from_db()
    assert (story.text, story.state, story.first_by) == (
        "They asked me questions.",
        "waiting",
        None,
    )
    asked = reviewing.propose(story, title="X", text="Not mine.", by=reviewers[0])
    client.post(link, {"do": "no", "read": asked.fingerprint})
    story.refresh_from_db()
    assert (story.text, story.proposed) == ("They asked me questions.", {})


def test_nobody_says_yes_to_words_that_are_others_since_their_page_was_opened(client, reviewers):
    story, link = told(client)
    ana, bo = reviewers
    seen = story.fingerprint
    asked = reviewing.propose(story, title="A", text="With my name.", by=ana).fingerprint
    reviewing.propose(story, title="B", text="With my street.", by=ana)

    said = client.post(link, {"do": "yes", "read": asked}, follow=True).content.decode()
    assert "your answer was not taken" in said
    assert Story.objects.get().state == "asked"
    client.post(link, {"do": "yes", "read": Story.objects.get().fingerprint})
    assert Story.objects.get().text == "With my street."
    with pytest.raises(reviewing.NotNow):
        reviewing.approve(story, [], by=bo, read=seen)


def test_a_form_sent_again_from_another_mailbox_is_another_story_and_the_same_is_once(
    client, reviewers
):
    page = form_page(client)
    for mailbox in (MAILBOX, MAILBOX, "put.right@example.org"):
        send(client, page, TELL, **TOLD | {"email": mailbox, "email_again": mailbox})
    sent = Story.objects.order_by("pk").values_list("email", flat=True)
    assert list(sent) == [MAILBOX, "put.right@example.org"]


def test_less_is_allowed_at_once_and_again_after_a_restore(client, reviewers, tmp_path, settings):
    settings.JOURNAL_DIR = tmp_path
    story, link = approved(client, reviewers, named="whole")
    first = {"named": "none", "until": timezone.localdate().isoformat(), "allows_press": "on"}
    assert client.post(link, {"do": "choices", **first}).status_code == 302
    less = Story.objects.get()
    assert (less.given_name, less.family_name, less.allows_page) == ("", "", False)
    assert client.get(f"/stories/{story.code}/").status_code == 404
    assert client.post(link, {"do": "choices", **first, "allows_press": ""}).status_code == 422

    story.save()
    for _ in range(2):
        counts = replay(reading.read_all(tmp_path).lines, dry_run=False)
    again = Story.objects.get()
    assert (again.given_name, again.named, again.allows_page) == ("", "none", False)
    assert again.until == timezone.localdate()
    assert counts[Deed.STORY_LESS, Became.STANDS] == 3


@pytest.mark.parametrize("is_refused", [True, False])
def test_what_reviewers_took_down_is_shown_no_more_after_a_restore(
    client, reviewers, tmp_path, settings, is_refused
):
    settings.JOURNAL_DIR = tmp_path
    story, _link = approved(client, reviewers)
    before = Story.objects.get()
    if is_refused:
        reviewing.refuse(story, "others", by=reviewers[0])
    else:
        reviewing.propose(story, title="X", text="Less of it.", by=reviewers[0])

    before.save()
    assert Story.objects.public().exists()
    for again in (Became.DONE, Became.STANDS):
        counts = replay(reading.read_all(tmp_path).lines, dry_run=False)
        assert counts[Deed.STORY_TAKEN_DOWN, again] == 1
        assert not Story.objects.public().exists()
    stands = Story.objects.get()
    expected = ("refused", "others") if is_refused else ("waiting", "")
    assert (stands.state, stands.refused_because) == expected
    # What two looked at since holds.
    if not is_refused:
        for one in reviewers:
            stands.refresh_from_db()
            reviewing.approve(stands, [], by=one, read=stands.fingerprint)
        counts = replay(reading.read_all(tmp_path).lines, dry_run=False)
        assert counts[Deed.STORY_TAKEN_DOWN, Became.NEWER] == 1


def test_taken_back_it_is_in_no_answer_no_table_and_no_mail(client, reviewers, tmp_path, settings):
    settings.JOURNAL_DIR = tmp_path
    story, link = approved(client, reviewers)
    reviewing.hand_on(story, "Franklin Herald", by=reviewers[0])
    story.refresh_from_db()
    consents = list(story.consents.all())
    assert "Franklin Herald" in client.get(f"{link}withdraw/").content.decode()
    gone = client.post(f"{link}withdraw/")
    assert "Franklin Herald" in gone.content.decode()

    assert places_of(*CANARIES) == set()
    assert client.get(link).status_code == 410
    assert client.get(f"/stories/{story.code}/").status_code == 404
    assert "story taken back" in AuditEntry.objects.values_list("deed", flat=True)

    # As a restored database has it again.
    story.save(force_insert=True)
    StoryConsent.objects.bulk_create(consents)
    replay(reading.read_all(tmp_path).lines, dry_run=False)
    assert places_of(*CANARIES) == set()


def test_it_may_be_taken_back_while_a_restored_database_is_looked_through(
    client, reviewers, tmp_path, settings, monkeypatch
):
    settings.JOURNAL_DIR = tmp_path
    _story, link = approved(client, reviewers)
    monkeypatch.setattr(restore_mode, "no_until", 0.0)
    lost = f"/own/{links.make('own', build.supporter().public_id)}/"
    now = timezone.now()
    Restore.objects.create(identity="x", moment=now - dt.timedelta(hours=1), found_at=now)

    assert client.post(link, {"do": "choices"}).status_code == 503
    noted = client.post(client.get(lost).url)
    assert "written down" in noted.content.decode()
    assert client.post(f"{link}withdraw/").status_code == 200
    assert not Story.objects.exists()
    deeds = [line.deed for line in reading.read_all(tmp_path).lines]
    assert deeds == [Deed.STORY_WITHDRAWN] * 2


def test_what_is_unproven_refused_or_ended_is_deleted_in_its_time(client, reviewers):
    tell(client)
    with time_machine.travel(timezone.now() + dt.timedelta(days=6)):
        retention.forget_unconfirmed()
        assert Story.objects.exists()
    with time_machine.travel(timezone.now() + dt.timedelta(days=8)):
        retention.forget_unconfirmed()
        assert places_of(*CANARIES) == set()
    story, link = told(client)
    reviewing.refuse(story, "others", by=reviewers[0])
    assert b"could be recognized" in client.get(link).content
    with time_machine.travel(timezone.now() + dt.timedelta(days=31)):
        retention.forget_unconfirmed()
    assert places_of(*CANARIES) == set()


def test_it_is_shown_no_longer_than_allowed_and_its_teller_hears_before(client, reviewers):
    story, _link = approved(client, reviewers)
    mails_before = Delivery.objects.count()
    with time_machine.travel(f"{story.until - dt.timedelta(days=20)}T12:00Z"):
        for _ in range(2):
            retention.forget_unconfirmed()
        assert Delivery.objects.count() == mails_before + 1
        assert client.get(f"/stories/{story.code}/").status_code == 200
    with time_machine.travel(f"{story.until + dt.timedelta(days=2)}T12:00Z"):
        assert client.get(f"/stories/{story.code}/").status_code == 404
    with time_machine.travel(f"{story.until + dt.timedelta(days=33)}T12:00Z"):
        retention.forget_unconfirmed()
    assert places_of(*CANARIES) == set()


def test_it_goes_with_its_person_and_stands_in_their_own_data(client, reviewers):
    story, _link = approved(client, reviewers)
    person = build.supporter(given_name=NAME, family_name="Other", email=MAILBOX)
    assert "xylographic" in str(data.everything(person))

    # A household: what carries another name is another's.
    build.supporter(given_name="Otto", email=MAILBOX)
    assert "xylographic" not in str(data.everything(person))
    FormerKey.objects.create(supporter=person, key=story.key)
    assert "xylographic" in str(data.everything(person))
    erase(person, by="ana", how=How.POST)
    assert not Story.objects.exists()


def test_of_a_mailbox_known_as_a_childs_nothing_is_kept(client, reviewers):
    build.supporter(email=MAILBOX, is_minor=True)

    assert MAILBOX in tell(client).content.decode()
    assert not Story.objects.exists()
    assert not Delivery.objects.exists()


def test_what_is_entered_here_says_how_it_was_allowed_and_its_link_proves_itself_first(
    client, reviewers
):
    client.force_login(reviewers[0])
    entry = TOLD | {"language": "es", "how_given": "telephone", "email_again": ""}
    assert client.post("/desk/stories/new/", entry).status_code == 422
    client.post("/desk/stories/new/", entry | {"is_adult": "on"})
    story = Story.objects.get()
    assert (story.state, story.how_given, story.entered_by) == (
        "waiting",
        "telephone",
        reviewers[0],
    )
    assert {line.channel for line in story.consents.all()} == {"telephone"}

    # Mistyped here: whoever reads that mailbox sees nothing, and deletes nothing.
    link = mailed_link("es/own")
    assert TITLE not in client.get(link).content.decode()
    client.post(f"{link}withdraw/")
    assert Story.objects.get().email == ""
    assert client.get(link).status_code == 410
    assert "zyzzyva" not in f"{Delivery.objects.get().recipient} {client.get('/outbox/').content}"

    # Its teller calls: what was told here is taken back here.
    client.post(f"/desk/stories/{story.pk}/withdraw/", {"how": "telephone"})
    assert not Story.objects.exists()
    line = AuditEntry.objects.get(deed="story taken back")
    assert (line.subject, line.detail) == (f"story {story.pk}", {"how": "telephone"})
