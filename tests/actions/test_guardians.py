"""Somebody of 13 to 17 may name a grown-up, who is asked once and reads nothing of it."""

import datetime as dt
from email import message_from_bytes, policy

import pytest
import time_machine
from django.utils import timezone

from actions import guardians, retention
from actions.models import Action, Guardian, Submission
from actions.replaying import replay
from actions.take import take_action
from supporters.journal import reading
from tests import build
from tests.actions.browsing import ACT, ME, fields, mailed_link, press, send
from worker.models import Delivery

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_hurry")]
GRANDMA = "grandma@elsewhere.example"
WORDS = "Our bus stops too far away."


@pytest.fixture
def asks(letter_ask):
    build.zip_district("00001", letter_ask)
    letter_ask.campaign.asks_guardian = True
    letter_ask.campaign.save()
    return letter_ask


def write(client, age, **typed):
    page = send(client, client.get(ACT), step="address", zip="00001", age=str(age))
    return page, send(client, page, step="write", own_words=WORDS, **ME, **typed)


def to(mailbox):
    return Delivery.objects.filter(recipient=mailbox)


def everything():
    rows = [str(row) for model in (Guardian, Submission, Action) for row in model.objects.values()]
    sealed = [
        f"{row.recipient} {bytes(row.message)} {row.subject}" for row in Delivery.objects.all()
    ]
    return "\n".join(rows + sealed)


def named(client, asks):
    write(client, 15, guardian=GRANDMA)
    press(client, mailed_link("confirm"))
    return Guardian.objects.get()


def test_only_somebody_of_13_to_17_is_told_and_offered_it_and_may_leave_it_empty(client, asks):
    page, _ = write(client, 15, guardian="")
    assert "guardian" in fields(page).values
    assert "neither what you wrote nor what this is about" in page.content.decode()
    press(client, mailed_link("confirm"))
    assert (Action.objects.counted().count(), Guardian.objects.count()) == (1, 0)

    _, own = write(client, 15, guardian=ME["email"])
    assert "This is your own mailbox" in own.content.decode()
    grown, _ = write(client, 40, guardian=GRANDMA)
    assert "guardian" not in fields(grown).values
    assert GRANDMA not in everything()
    asks.campaign.asks_guardian = False
    asks.campaign.save()
    assert "guardian" not in fields(write(client, 15)[0]).values


def test_one_mail_after_the_young_person_s_own_yes_and_nothing_of_it_in_mail_or_page(client, asks):
    write(client, 15, guardian=GRANDMA)
    assert not to(GRANDMA).exists()
    confirming = client.get(mailed_link("confirm")).content.decode()
    assert GRANDMA in confirming
    press(client, mailed_link("confirm"))
    guardians.ask(Action.objects.get(), GRANDMA)

    mail = message_from_bytes(bytes(to(GRANDMA).get().message), policy=policy.default)
    texts = [mail.get_body((kind,)).get_content() for kind in ("plain", "html")]
    link = mailed_link("guardian", to(GRANDMA).get())
    page = client.get(link).content.decode()
    for text in (*texts, mail["Subject"], page):
        for typed in (WORDS, "Nora", "lvarez", "nora@", "playground", "Playground"):
            assert typed not in text
    assert [text.count("/guardian/") for text in texts] == [1, 1]
    # Reading it answers nothing; what the press says is kept with its words, and the mail is not.
    guardian = Guardian.objects.get()
    assert guardian.said_yes_at is None
    client.post(link, {"answer": "yes"})
    guardian.refresh_from_db()
    assert guardian.said_yes_at
    assert guardian.wording in page
    assert not to(GRANDMA).exists()
    assert Submission.objects.get().guardian == ""

    with time_machine.travel(timezone.now() + dt.timedelta(days=8)):
        guardians.forget_old()
    assert Guardian.objects.exists()
    Action.objects.update(supporter=None)
    guardians.forget_old()
    assert GRANDMA not in everything()


def test_a_no_takes_it_back_for_good_and_tells_whoever_named_them(client, asks, settings):
    guardian = named(client, asks)
    link = mailed_link("guardian", to(GRANDMA).get())
    assert "taken back" in client.post(link, {"answer": "no"}).content.decode()

    assert Action.objects.get().state == "withdrawn"
    told = Delivery.objects.filter(recipient=ME["email"]).last()
    assert told.subject.startswith("It is taken back")
    assert GRANDMA not in everything()
    assert client.get(link).status_code == 410
    journal = "".join(path.read_text() for path in settings.JOURNAL_DIR.glob("*.journal"))
    assert f"guardian_refused action={Action.objects.get().public_id.hex}" in journal
    # A restore brings their mailbox back, and the journal's replay takes it away once more.
    Guardian.objects.create(action=guardian.action, email=GRANDMA, asked_at=timezone.now())
    assert replay(reading.read_all(settings.JOURNAL_DIR).lines, dry_run=False)
    assert GRANDMA not in everything()


def test_unanswered_it_and_the_mailbox_are_deleted_after_seven_days(client, asks):
    named(client, asks)
    with time_machine.travel(timezone.now() + dt.timedelta(days=6)):
        retention.forget_unconfirmed()
    assert GRANDMA in everything()
    with time_machine.travel(timezone.now() + dt.timedelta(days=7, minutes=1)):
        retention.forget_unconfirmed()
    assert GRANDMA not in everything()
    assert Action.objects.counted().exists()


def test_what_the_young_did_not_confirm_lives_seven_days_also_when_held_but_an_appeal_waits(
    petition,
):
    def sent(name, **typed):
        entry = build.entry(email=f"{name}@example.org", given_name=name, is_minor=True)
        form = build.filled_form(petition, entry=entry, **typed)
        return take_action(petition, form)

    held = {"suspicion": "filled the hidden field"}
    sent("waits")
    sent("held", **held)
    appeals = sent("asks", **held)
    now = timezone.now()
    Submission.objects.filter(pk=appeals.pk).update(appealed_at=now)
    # Whatever staff did meanwhile gives it no longer life.
    with time_machine.travel(now + dt.timedelta(days=7, minutes=1)):
        Submission.objects.update(changed_at=timezone.now())
        retention.forget_unconfirmed()
    assert [row.pk for row in Submission.objects.all()] == [appeals.pk]
