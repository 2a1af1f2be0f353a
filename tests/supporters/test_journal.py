"""The journal: on disk before the commit, told by ids and hashes only, and readable whatever was torn."""

import uuid

import pytest
from django.db import transaction

from supporters import consent, journal
from supporters.journal import reading, writing
from supporters.journal.lines import Deed
from supporters.models import Consent, Suppression
from supporters.people import keyed_hash
from supporters.suppressions import suppress
from tests import build


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.JOURNAL_DIR = tmp_path / "journal"
    return settings.JOURNAL_DIR


def test_a_line_is_on_disk_before_its_deed_is_committed_and_is_read_back(db, folder):
    person = uuid.uuid4()
    with transaction.atomic():
        journal.note(Deed.CONSENT_ENDED, person=person, purpose="newsletter")
        found = reading.read_all(folder)

    assert [(line.deed, dict(line.facts)) for line in found.lines] == [
        (Deed.CONSENT_ENDED, {"person": person.hex, "purpose": "newsletter"})
    ]
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


@pytest.mark.parametrize(
    "facts",
    [
        {"mailbox": "nora@example.org"},
        {"person": "Nora"},
        {"reason": "She asked"},
        {"name": "nora"},
        {"key": "abc"},
    ],
)
def test_neither_a_name_nor_a_mailbox_nor_a_word_can_be_noted(facts, folder):
    with pytest.raises(ValueError, match="not for the journal") as refused:
        journal.note(Deed.SUPPRESSED, **facts)

    assert not folder.exists()
    assert "ora" not in str(refused.value).removeprefix("not for the journal")


def test_a_torn_last_line_hides_no_other_and_a_forged_one_is_told(folder):
    for mailbox in ("a", "b", "c"):
        journal.note(Deed.SUPPRESSED, mailbox=keyed_hash(mailbox), reason="asked")
    [path] = folder.iterdir()
    whole = path.read_text()
    path.write_text(whole[:-20])
    assert (len(reading.read_all(folder).lines), reading.read_all(folder).torn) == (2, 1)

    journal.note(Deed.SUPPRESSED, mailbox=keyed_hash("d"), reason="asked")
    found = reading.read_all(folder)
    assert (len(found.lines), found.torn, found.damaged) == (3, 0, [f"{path.name}:3"])

    path.write_text(whole.replace("reason=asked", "reason=staff", 1))
    assert reading.read_all(folder).damaged == [f"{path.name}:1"]


def test_copies_from_several_machines_are_read_once_each_in_the_order_of_time(folder, monkeypatch):
    for machine in ("web-2", "web-1", "web-2"):
        monkeypatch.setattr(writing.platform, "node", lambda machine=machine: machine)
        journal.note(Deed.SUPPRESSED, mailbox=keyed_hash(machine), reason="asked")
    copy = folder / "copied" / "there.journal"
    copy.parent.mkdir()
    copy.write_bytes(next(folder.glob("*web-2.journal")).read_bytes())

    lines = reading.read_all(folder).lines
    assert len(lines) == 3
    assert [line.at for line in lines] == sorted(line.at for line in lines)


def test_what_cannot_be_noted_is_not_done(db, folder):
    supporter = build.supporter()
    consent.grant(supporter, Consent.Purpose.NEWSLETTER, "Send me news.")
    folder.write_text("a file where the folder should be")

    with pytest.raises(journal.CannotNote):
        consent.end(supporter, Consent.Purpose.NEWSLETTER)
    with pytest.raises(journal.CannotNote):
        suppress(supporter.mailbox, Suppression.Reason.ASKED)

    assert consent.is_granted(supporter, Consent.Purpose.NEWSLETTER)
    assert not Suppression.objects.exists()
