"""Many found by what they share, set aside, and taken up again: counts follow both ways."""

import os
import signal
from email import message_from_bytes, policy

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import AuditEntry
from actions import recount
from actions.breakdowns import checking
from actions.confirm import confirm
from actions.models import Action, Submission
from actions.screening import bursts
from actions.take import take_action
from desk.models import Verdict
from desk.quarantine import trends, verdicts
from tests import build
from tests.actions.browsing import mailed_link, press
from tests.actions.posted import letters, mails
from tests.desk import quarantined
from tests.desk.quarantined import MANY, WORDS, due, sent
from worker.models import Delivery

WHY = {"reason": "One school, one network"}
COUNTED = "/desk/quarantine/counted/"


@pytest.fixture
def staff(client, db):
    client.force_login(build.user("staff", email="sam@example.org"))
    return client


@pytest.fixture
def petition(db):
    return quarantined.petition()


def killed_in(verdict, *, after):
    """A worker of its own that is killed (9) while it decides about one more than `after`."""
    child = os.fork()
    if child == 0:
        connection.connection = None
        decide, done = verdicts.decide, []

        def die_in_the_middle(*args):
            result = decide(*args)
            done.append(result)
            if len(done) > after:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        verdicts.decide = die_in_the_middle
        verdicts.carry_out(verdict.pk)
        os._exit(1)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL


def carried_out(verdict):
    Verdict.objects.filter(pk=verdict.pk).update(beat_at=None)
    verdicts.carry_out(verdict.pk)
    verdict.refresh_from_db()
    return verdict


def count(ask):
    """As the pages have it; and as a recount of the rows has it."""
    recount.recount_ask(ask)
    assert not checking.check(ask)
    numbers = recount.count(ask)
    assert recount.written(ask) == numbers
    return tuple(sum(row[name] for row in numbers.values()) for name in ("verified", "pending"))


@pytest.mark.django_db(transaction=True)
def test_counts_equal_a_recount_after_a_kill_in_the_middle_and_after_the_undo(
    staff, letter_ask, monkeypatch
):
    monkeypatch.setattr("worker.queue.call", lambda *_, **__: None)
    for n in range(4):
        sent(letter_ask, f"bot{n}")
    sent(letter_ask, "silent", confirmed=False)
    sent(letter_ask, "elsewhere", address="198.51.100.9")
    recount.recount(everything=True)
    assert count(letter_ask) == (5, 1)
    first = letters().order_by("pk").first()
    Delivery.objects.filter(pk=first.pk).update(state="sent")

    # Found by their network, shown with their number, and set aside.
    line = {"network": bursts.network_of("192.0.2.99")}
    page = staff.get(COUNTED, line)
    assert (page.context["total"], page.context["counting"], page.context["gone"]) == (5, 4, 1)
    asked = staff.post(MANY, line | {"all": "1", "counted": "1", "deed": "aside"})
    assert "1 letter has left and cannot be called back" in asked.content.decode()
    newest = asked.context["chosen"].up_to
    sure = {"all": "1", "counted": "1", "confirmed": "1", "reason": "A burst", "up_to": newest}
    staff.post(MANY, line | sure)
    verdict = Verdict.objects.get()
    due(verdict)
    killed_in(verdict, after=2)
    assert Submission.objects.filter(state="quarantined").count() == 2
    assert count(letter_ask) == (3, 1)

    carried_out(verdict)
    assert (verdict.found, verdict.done, verdict.letters_gone) == (5, 5, 1)
    assert count(letter_ask) == (1, 0)
    assert letters().filter(state="queued").count() == 1
    told = mails().filter(subject__startswith="Set aside")
    assert told.count() == 5
    text = message_from_bytes(bytes(told.order_by("pk")[0].message), policy=policy.default)
    assert "1 letter had left before" in text.get_body(("plain",)).get_content()
    assert not verdict.chosen["network"]

    # The writer of the second appeals by confirming.
    appeals = press(staff, mailed_link("confirm", told.order_by("pk")[1]))
    assert "A person will look at it" in appeals.content.decode()
    assert Submission.objects.exclude(appealed_at=None).count() == 1

    undo = f"{MANY}{verdict.pk}/undo/"
    assert "1 letter of theirs has left" in staff.get(undo).content.decode()
    staff.post(undo, {"reason": "It was a school"})
    undoing = Verdict.objects.get(deed="undo")
    carried_out(undoing)

    assert undoing.done == 5
    assert count(letter_ask) == (5, 1)
    # What had left is not written once more; the three others are.
    assert letters().exclude(state="cancelled").count() == 5
    assert mails().filter(subject__startswith="It counts again").count() == 4
    assert not verdicts.undoable().exists()
    deeds = set(AuditEntry.objects.values_list("deed", flat=True))
    assert {"many suspicious actions: aside", "deciding about many undone"} <= deeds
    assert WORDS not in str(list(AuditEntry.objects.values_list("detail", flat=True)))


def test_each_condition_finds_those_and_no_others(staff, petition):
    one = sent(petition, "ana", domain="burst.example", given_name="Zora", own_words=WORDS)
    like = WORDS.replace("Please open", "We beg you to open")
    two = sent(petition, "bea", address="2001:db8::1", own_words=like, confirmed=False)
    other = sent(petition, "cal", address="2001:db8:0:1::1", own_words="Short.")
    young = sent(petition, "dee", given_name="Zora", is_minor=True, own_words=WORDS)
    Submission.objects.filter(pk=other.pk).update(created_at=timezone.now() - verdicts.UNDO_FOR)

    def found(**line):
        page = staff.get(COUNTED, {name: str(value) for name, value in line.items()})
        return {row["submission"].pk for row in page.context.get("rows", ())}

    assert found() == set()
    assert found(domain="@Burst.example") == {one.pk}
    assert found(name="zora") == {one.pk}
    assert found(text="summer HEAT") == {one.pk, two.pk}
    assert found(network=bursts.network_of("2001:db8::ffff")) == {two.pk}
    assert found(form=two.form_key) == {two.pk}
    assert found(answered="no") == {two.pk}
    day = timezone.localtime().strftime("%Y-%m-%d")
    assert found(until=day) == {other.pk}
    assert found(campaign=petition.campaign_id, since=day) == {one.pk, two.pk, young.pk}
    trends.note()
    for row in (one, two, young):
        row.refresh_from_db()
    shared = set(one.likeness.split()) & set(two.likeness.split())
    assert shared
    assert found(likeness=shared.pop()) == {one.pk, two.pk}
    # Nobody under 18 is found by name or words, nor shown by one.
    assert young.likeness == ""
    text = staff.get(COUNTED, {"campaign": petition.campaign_id}).content.decode()
    assert "Somebody under 18" in text
    assert "dee@example.org" not in text
    # No condition is not everything, also where the button is pressed.
    assert staff.post(MANY, {"all": "1", "counted": "1"}).status_code == 302
    assert staff.post(MANY, {"all": "1", "counted": "1", "network": "x"}).status_code == 302


def test_a_refusal_and_a_release_are_undone_and_what_was_decided_since_stands(
    staff, petition, monkeypatch
):
    monkeypatch.setattr("worker.queue.call", lambda *_, **__: None)
    form = {"suspicion": "sent in a second"}
    rows = [
        take_action(petition, build.filled_form(petition, entry=build.entry(email=mail), **form))
        for mail in ("ana@example.org", "bea@example.org", "cal@example.org")
    ]
    confirm(rows[2])

    def states():
        return list(Submission.objects.order_by("pk").values_list("state", flat=True))

    for deed, after in (
        ("refuse", ["refused", "refused", "refused"]),
        ("release", ["waiting", "waiting", "confirmed"]),
    ):
        staff.post(MANY, {"one": [row.pk for row in rows], "deed": deed, "confirmed": "1"} | WHY)
        verdict = Verdict.objects.filter(deed=deed).get()
        due(verdict)
        carried_out(verdict)
        assert states() == after
        staff.post(f"{MANY}{verdict.pk}/undo/", WHY)
        carried_out(Verdict.objects.get(undoes=verdict))
        assert states() == ["quarantined"] * 3
        assert not Action.objects.counted().exists()

    assert set(Submission.objects.values_list("refusals", flat=True)) == {0}
    subjects = set(mails().values_list("subject", flat=True))
    assert any(subject.startswith("We look at it again") for subject in subjects)
