"""After a restore everything that was taken back is taken back again, and nothing else is touched."""

import uuid

import pytest
from django.db import transaction
from django.utils import timezone

from actions import take
from actions.confirm import confirm
from actions.erasing import How, erase
from actions.erasing.promised import take_out
from actions.models import Action, Submission
from actions.replaying import OURS, Became, replay
from actions.withdraw import not_me, withdraw
from supporters import consent, journal, newsletter, updates
from supporters.journal import Deed, reading
from supporters.models import Consent, NotMe, Supporter, Suppression
from supporters.suppressions import suppress
from tests import build

pytestmark = pytest.mark.django_db
# Whose replays come with the rooms that do them.
ELSEWHERE = {Deed.HERO_CHANGED, Deed.STORY_WITHDRAWN, Deed.GUARDIAN_REFUSED, Deed.IMPORT_UNDONE}
ELSEWHERE |= {Deed.SIGN_ON_WITHDRAWN, Deed.STORY_LESS}
ELSEWHERE |= {Deed.HERO_TAKEN_DOWN, Deed.STORY_TAKEN_DOWN}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.JOURNAL_DIR = tmp_path / "journal"
    return settings.JOURNAL_DIR


def sent(ask, name, **fields):
    entry = build.entry(email=f"{name}@example.org", given_name=name.title())
    return take.take_action(ask, build.filled_form(ask, entry=entry, **fields))


def signed(ask, name):
    return confirm(sent(ask, name, newsletter_wording="News.", permissions={"updates": "Yes."}))


def state():
    """All that such deeds change, as one text."""
    return "\n".join(
        str(row)
        for rows in (
            Action.objects.order_by("pk").values_list("state", "supporter", "own_words"),
            Submission.objects.order_by("pk").values_list("public_id"),
            Supporter.objects.order_by("pk").values_list("pk"),
            Consent.objects.order_by("pk").values_list("supporter", "purpose", "granted"),
            Suppression.objects.order_by("mailbox").values_list("mailbox", "reason"),
            NotMe.objects.values_list("mailbox", "ask"),
        )
        for row in rows
    )


def test_every_deed_of_the_journal_is_done_again_once(letter_ask, folder):
    people = {name: signed(letter_ask, name) for name in ("eve", "wim", "lea", "uma", "pia")}
    waiting, stranger = sent(letter_ask, "zoe"), sent(letter_ask, "tim")
    dump = transaction.savepoint()
    later = signed(letter_ask, "ida")  # signed and taken back after the dump

    erase(people["eve"].supporter, by="ana@example.org", how=How.POST)
    withdraw(people["wim"])
    newsletter.leave(people["lea"].supporter)
    updates.leave(people["uma"].supporter)
    take_out([people["pia"].pk])
    not_me(waiting)
    suppress(stranger.mailbox, Suppression.Reason.ASKED)
    withdraw(later)
    Action.objects.filter(pk=later.pk).delete()
    Supporter.objects.filter(pk=later.supporter_id).delete()
    Submission.objects.filter(public_id=later.idempotency_key).delete()
    done, lines = state(), reading.read_all(folder).lines

    # A deed that nothing here repeats would be forgotten by a restore.
    assert {line.deed for line in lines} == set(OURS) == set(Deed) - ELSEWHERE
    transaction.savepoint_rollback(dump)
    before = state()
    counts = replay(lines, dry_run=True)
    assert state() == before
    assert replay(lines, dry_run=False) == counts
    assert state() == done
    unknown = {deed for (deed, became), number in counts.items() if became == Became.UNKNOWN}
    assert unknown == {Deed.WITHDRAWN}
    assert all(became != Became.DONE for _deed, became in replay(lines, dry_run=False))
    assert len(reading.read_all(folder).lines) == len(lines)


def test_what_somebody_did_anew_after_their_deed_stands(letter_ask, folder):
    action = signed(letter_ask, "wim")
    withdraw(action)
    consent.end(action.supporter, Consent.Purpose.NEWSLETTER)
    signed(letter_ask, "wim")
    lines = reading.read_all(folder).lines

    counts = replay(lines, dry_run=False)
    assert counts == {(Deed.WITHDRAWN, Became.NEWER): 1, (Deed.CONSENT_ENDED, Became.NEWER): 1}
    assert Action.objects.get().state == Action.State.CONFIRMED
    assert consent.is_granted(action.supporter, Consent.Purpose.NEWSLETTER)


def test_a_deed_of_a_room_that_is_not_here_is_counted(folder, settings):
    settings.REPLAYED_BY = {}
    journal.note(Deed.STORY_WITHDRAWN, action=uuid.uuid4())
    lines = reading.read_all(folder).lines

    assert replay(lines, dry_run=False) == {(Deed.STORY_WITHDRAWN, Became.NOBODYS): 1}
    assert lines[0].at <= timezone.now()
