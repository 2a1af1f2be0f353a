"""An update reaches each signer who asked for it, at most once, whatever stops on the way."""

import datetime as dt
from email import message_from_bytes, policy

import pytest
import time_machine
from django.utils import timezone

from actions.followup import campaign_end
from actions.mailings import sending
from actions.mailings.final_check import STOPPED
from actions.mailings.sending import Mailings
from actions.models import Action, Submission, Update
from actions.updates import final_check, outcome
from actions.updates.audience import mailboxes, readers
from actions.updates.sending import UPDATES
from supporters import consent, suppressions, updates
from supporters.models import Consent
from supporters.people import mailbox_of
from tests import build
from tests.actions.browsing import ACT, ME, mailed_link, press, send
from tests.actions.signers import allow, signer
from worker.engine.final_check import TakenBack
from worker.models import Delivery
from worker.queued_letter import queued_letters

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_hurry")]
BOSS = "boss@example.org"


@pytest.fixture(autouse=True)
def called(monkeypatch):
    """The updates for which a worker is called, instead of a call over the network."""
    ids = []
    monkeypatch.setattr(
        "worker.queue.call",
        lambda task, rows, **_: ids.extend(rows) if task == UPDATES.job.task else None,
    )
    return ids


@pytest.fixture
def update(petition):
    return build.update(petition.campaign)


def half_an_hour_later():
    with time_machine.travel(timezone.now() + sending.WAITS + dt.timedelta(seconds=1)):
        UPDATES.start_due()


def recipients():
    return sorted(Delivery.objects.filter(lane="updates").values_list("recipient", flat=True))


def kept_back():
    rows = Delivery.objects.filter(lane="updates")
    return final_check.not_wanted(queued_letters(rows, most=100))


def test_the_box_on_the_form_allows_updates_of_that_campaign_once_the_mailbox_answers(
    client, petition
):
    page = send(client, client.get(ACT), step="address", zip="00001", age="34")
    send(client, page, step="write", **ME, allow_updates="on")
    assert Submission.objects.get().permissions == {
        "updates": "Tell me by e-mail what becomes of this campaign. I can stop it with one click."
    }
    page = client.get(mailed_link("confirm"))
    assert "Tell me by e-mail what becomes of this campaign" in page.content.decode()
    press(client, mailed_link("confirm"))

    line = Consent.objects.get()
    assert (line.purpose, line.granted, line.campaign) == ("updates", True, petition.campaign)
    assert line.wording.startswith("Tell me by e-mail what becomes")
    assert mailboxes(petition.campaign) == 1


def test_nobody_under_18_is_asked_whether_they_want_updates_or_can_want_them(client, petition):
    page = send(client, client.get(ACT), step="address", zip="00001", age="15")
    assert "allow_updates" not in page.content.decode()
    send(client, page, step="write", **ME, allow_updates="on")
    assert Submission.objects.get().permissions == {}


def test_it_goes_to_grown_signers_of_proven_mailboxes_who_asked_for_just_this_campaign(petition):
    wants = signer(petition, email="wants@example.org")
    signer(petition, email="silent@example.org", allows=False)
    signer(petition, email="young@example.org", is_minor=True)
    signer(petition, email="unproven@example.org", proven_at=None)
    left = signer(petition, email="left@example.org")
    updates.leave(left)
    gone = signer(petition, email="gone@example.org")
    Action.objects.filter(supporter=gone).update(state="withdrawn")
    quiet = signer(petition, email="quiet@example.org")
    suppressions.suppress(quiet.mailbox, "complained")
    news = signer(petition, email="news@example.org", allows=False)
    consent.grant(news, Consent.Purpose.NEWSLETTER, "News.", campaign=petition.campaign)
    other = build.ask("petition", campaign=build.campaign("elsewhere"))
    elsewhere = signer(petition, email="elsewhere@example.org", allows=False)
    allow(elsewhere, other.campaign)

    assert list(readers(petition.campaign)) == [wants]


def test_it_waits_half_an_hour_in_which_it_can_be_called_back(petition, update, called):
    signer(petition)
    UPDATES.approve(update, author=BOSS)
    UPDATES.start_due()
    assert called == []
    sending.call_back(update, author=BOSS)
    half_an_hour_later()
    assert called == []

    UPDATES.approve(update, author=BOSS)
    half_an_hour_later()
    assert called == [(update.pk,)]
    with pytest.raises(sending.TooLate):
        sending.call_back(update, author=BOSS)


def test_without_words_or_without_readers_it_does_not_go(petition, update):
    with pytest.raises(sending.NotReady, match="nobody"):
        UPDATES.approve(update, author=BOSS)
    signer(petition)
    update.words.all().delete()
    with pytest.raises(sending.NotReady, match="words"):
        UPDATES.approve(update, author=BOSS)


def sent(update):
    """Approved, its half hour over, and written."""
    UPDATES.approve(update, author=BOSS)
    half_an_hour_later()
    UPDATES.write(update.pk)
    update.refresh_from_db()
    return update


def test_each_mailbox_gets_one_mail_in_its_own_language_with_a_way_out(petition, update):
    signer(petition, email="nora@example.org")
    signer(petition, email="nora@example.org", given_name="Nils")
    signer(petition, email="ana@example.org", language="es")
    sent(update)

    assert update.state == "posted"
    assert recipients() == ["ana@example.org", "nora@example.org"]
    for row in Delivery.objects.filter(lane="updates"):
        mail = message_from_bytes(bytes(row.message), policy=policy.default)
        text = mail.get_body(("plain",)).get_content()
        spanish = row.recipient.startswith("ana")
        assert mail["Subject"] == ("Ganamos" if spanish else "We won")
        assert ("Los parques abren." if spanish else "The playgrounds open.") in text
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert mail["List-Unsubscribe"].strip("<>") in text
        assert "Nora" not in text


class Killed(BaseException):
    """What a worker sees of SIGKILL: nothing of ours runs after it."""


@pytest.mark.parametrize("where", ["before the batch", "within it", "after it"])
def test_a_worker_killed_on_the_way_costs_nobody_a_mail_and_brings_nobody_two(
    petition, update, monkeypatch, where
):
    monkeypatch.setattr(sending, "BATCH", 2)
    monkeypatch.setattr(sending, "SPAN", 3)
    people = [signer(petition, email=f"p{n}@example.org") for n in range(5)]
    post, batches = Mailings._post, []

    def killed_in_the_second(kind, update, some, **key):
        batches.append(some)
        if len(batches) != 2:
            return post(kind, update, some, **key)
        if where == "within it":
            monkeypatch.setattr(sending.outbox, "post", die)
        if where == "after it":
            post(kind, update, some, **key)
        if where != "within it":
            die()
        return post(kind, update, some, **key)

    def die(*_):
        monkeypatch.undo()
        monkeypatch.setattr("worker.queue.call", lambda *_, **__: None)
        raise Killed

    monkeypatch.setattr(Mailings, "_post", killed_in_the_second)
    with pytest.raises(Killed):
        sent(update)
    assert len(recipients()) < 5

    later = timezone.now() + dt.timedelta(hours=1)
    with time_machine.travel(later):
        UPDATES.start_due()
        UPDATES.write(update.pk)
        UPDATES.write(update.pk)
    assert recipients() == sorted(person.email for person in people)
    assert Update.objects.get().state == "posted"


def test_who_leaves_while_it_waits_in_the_outbox_does_not_get_it(client, petition, update):
    for name in ("nora", "bo", "cy"):
        signer(petition, email=f"{name}@example.org")
    sent(update)
    mail = Delivery.objects.get(recipient="nora@example.org")
    page = mailed_link("no-updates", mail)
    client.get(page)
    assert kept_back() == {}
    client.post(page, {"List-Unsubscribe": "One-Click"}, headers={"Origin": "https://x.example"})
    suppressions.suppress(mailbox_of("bo@example.org"), "complained")

    gone = Delivery.objects.exclude(recipient="cy@example.org")
    assert kept_back() == {row.pk: final_check.UNWANTED for row in gone}
    client.post(page, {"undo": "1"})
    assert len(kept_back()) == 1


def test_once_stopped_nothing_more_leaves(petition, update):
    signer(petition)
    sent(update)
    sending.stop(update, author=BOSS)
    assert set(kept_back().values()) == {STOPPED}
    assert isinstance(STOPPED, TakenBack)


def test_a_stop_while_it_is_being_written_ends_the_writing(petition, update, monkeypatch):
    monkeypatch.setattr(sending, "BATCH", 1)
    for _ in range(3):
        signer(petition)
    post = Mailings._post

    def stopped_after_the_first(kind, update, some, **key):
        post(kind, update, some, **key)
        sending.stop(Update.objects.get(), author=BOSS)

    monkeypatch.setattr(Mailings, "_post", stopped_after_the_first)
    UPDATES.approve(update, author=BOSS)
    half_an_hour_later()
    UPDATES.write(update.pk)
    assert Update.objects.get().state == "stopped"
    assert len(recipients()) == 1


def test_the_box_speaks_the_readers_language(client, petition):
    page = client.get("/es" + ACT)
    page = send(client, page, url="/es" + ACT, step="address", zip="00001", age="34")
    assert "Cuéntenme por correo qué pasa con esta campaña" in page.content.decode()


def ended(campaign):
    """Closed at the desk's way, and told to those who asked."""
    campaign.words.update(closing_message="The playgrounds open.")
    boss = build.user("administrator")
    campaign_end.end(campaign, "close", boss)
    return outcome.prepare(campaign, author=boss.email)


def after_the_half_hour():
    with time_machine.travel(timezone.now() + campaign_end.UNDO_FOR + dt.timedelta(seconds=1)):
        campaign_end.finish_all()
        UPDATES.start_due()


def test_the_outcome_is_told_once_the_end_is_final_and_not_before(petition, called):
    signer(petition, email="nora@example.org")
    told = ended(petition.campaign)
    half_an_hour_later()
    assert called == []

    after_the_half_hour()
    assert called == [(told.pk,)]
    UPDATES.write(told.pk)
    assert recipients() == ["nora@example.org"]
    assert Delivery.objects.get(lane="updates").subject == "What came of it: Open the playgrounds"


def test_an_end_that_is_undone_tells_nobody_and_keeps_the_words(petition, called):
    signer(petition)
    told = ended(petition.campaign)
    campaign_end.undo(petition.campaign, build.user("administrator"))
    after_the_half_hour()
    told.refresh_from_db()
    assert (told.state, called) == ("draft", [])
    again = outcome.prepare(petition.campaign, author=BOSS)
    assert again.pk == told.pk
    assert told.words.get().text == "The playgrounds open."
