"""Nothing of somebody who was erased is left anywhere, also after a restore of a dump taken before."""

import logging
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from actions import recount, take
from actions.confirm import confirm
from actions.erasing import How, erase, seals
from actions.models import Action, KeptSeal, Ladder, NewMailbox, PageKey
from campaigns.models import Brand
from desk.models import Export, ExportPart, FormDraft, SupporterDistrict
from legislators.models import Contact
from supporters.journal import CannotNote, reading
from supporters.models import Merge, Note, Supporter
from supporters.suppressions import suppress
from tests import build, traces
from worker.models import Attempt, CaughtMail, Delivery, PrintBatch, PrintPart, Return, State
from worker.paper import batches

pytestmark = pytest.mark.django_db

# Unmistakable: her name, mailbox, street, telephone and words, and what only hashes tell.
CANARIES = ("quincunx", "zyzzyva", "xylograph", "5550199177", "borborygm")
ME = {
    "given_name": "Zephyrina",
    "family_name": "Quincunx",
    "email": "Zephyrina.Q@zyzzyva.example",
    "street": "1427 Xylograph Hollow",
    "phone": "+15550199177",
}
WORDS = "My borborygmous daughter plays there."


@pytest.fixture
def logged():
    lines = []

    class Keeper(logging.Handler):
        def emit(self, record):
            lines.append(record.getMessage() + repr(record.exc_info))

    keeper, root = Keeper(logging.DEBUG), logging.getLogger()
    level = root.level
    root.addHandler(keeper)
    root.setLevel(logging.DEBUG)
    yield lines
    root.removeHandler(keeper)
    root.setLevel(level)


@pytest.fixture
def places_of(settings, tmp_path, logged):
    """Where these words lie: names of tables, "redis", "logs", paths of files."""
    settings.VAR_DIR, settings.JOURNAL_DIR = tmp_path / "var", tmp_path / "journal"

    def found(*words):
        texts = [
            *traces.tables(),
            *(("redis", text) for text in traces.redis_texts()),
            *(("logs", line) for line in logged if not line.startswith("(0.")),
            *traces.files(settings.VAR_DIR, settings.JOURNAL_DIR),
        ]
        return {place for place, text in texts if any(word in text.lower() for word in words)}

    return found


@pytest.fixture
def everywhere(letter_ask, settings):
    """Somebody who left something in every place that has room for it."""
    settings.PAPER_BY = "print"
    Ladder.objects.update_or_create(
        chamber="state_upper", seat=None, defaults={"routes": ["paper"]}
    )
    Brand.objects.create(name="Children First", postal_address="1 Bay St, Annapolis, MD 21401")
    by_mail = [acted(letter_ask), *(acted(ask_of_a_seat("state_lower", n)) for n in range(4))]
    on_paper = [acted(ask_of_a_seat("state_upper", n)) for n in range(4, 6)]
    person = by_mail[0].supporter
    take.take_action(
        letter_ask,
        build.filled_form(letter_ask, entry=build.entry(**ME), own_words=f"{WORDS} Again."),
    )

    states = (State.QUEUED, State.SENT, State.UNCERTAIN, State.DATA, State.FAILED)
    for action, state in zip(by_mail, states, strict=True):
        sealed(action).update(state=state, settled_at=timezone.now())
    refused = Delivery.objects.get(pk__in=sealed(by_mail[4]))
    said = f"550 <{ME['email']}> may not write here"
    Attempt.objects.create(delivery=refused, at=timezone.now(), state="failed", answer=said)
    Return.objects.create(delivery=refused, kind="failed", words=said, source="log", digest="1")
    receipt = Delivery.objects.filter(lane="mail").first()
    Attempt.objects.create(delivery=receipt, at=timezone.now(), state="sent", answer=said)
    CaughtMail.objects.create(
        recipient=receipt.recipient, message_id=receipt.message_id, content=receipt.message
    )
    print_batches(*on_paper)
    keep_about(person)
    suppress(person.mailbox, "asked")
    recount.recount(everything=True)
    return person


def keep_about(person):
    """What was found out, asked for and written down here, and who looked."""
    SupporterDistrict.objects.create(
        supporter=person,
        layer="sldl",
        division="zyzzyva",
        method="street",
        certain=True,
        found_on="2026-01-01",
    )
    Note.objects.create(supporter=person, text=f"Rang {ME['phone']}", author="ana@example.org")
    PageKey.objects.create(
        supporter=person, link_hash="1", made_at=timezone.now(), link_ends_at=timezone.now()
    )
    NewMailbox.objects.create(
        supporter=person, email="z@zyzzyva.example", asked_at=timezone.now(), ends_at=timezone.now()
    )
    ana = User.objects.create_user("ana@example.org", "correct horse battery")
    FormDraft.objects.create(
        author=ana,
        thing="brand",
        fields={"note": [f"ask {ME['email']}"]},
        opened_with={},
        page="1",
        saved_at=timezone.now(),
    )
    export = Export.objects.create(author=ana, purpose="Post", state="ready", rows_done=1)
    ExportPart.objects.create(export=export, number=1, content=f"Zephyrina,{ME['email']}".encode())
    # Another spelling of her, found to be the same person.
    other = build.supporter(**ME | {"given_name": "Zeph"})
    Merge.objects.create(kept=person, gone=other, author="ana", reason="one", moved={})
    audit.record("ana@example.org", "person looked at", person.public_id.hex)


def ask_of_a_seat(chamber, number):
    ask = build.ask(
        letter_body="Please open the playgrounds.",
        campaign=build.campaign(slug=f"c{chamber}{number}"),
    )
    seat = build.seat(chamber, district=str(number + 20))
    holder = build.term(seat, build.legislator(email=f"seat{number}@house.example")).legislator
    Contact.objects.create(
        legislator=holder,
        kind="address",
        office="capitol",
        source=build.source(),
        value="Room 156, Lowe House Office Building 6 Bladen St., Annapolis, MD 21401",
    )
    build.rule(ask, chambers=[chamber], states=["FK"])
    ask.targets_one = seat
    return ask


def acted(ask):
    places = [
        place
        for place in build.places(ask)
        if place.seat == getattr(ask, "targets_one", place.seat)
    ]
    form = build.filled_form(
        ask, entry=build.entry(**ME), places=places, own_words=WORDS, permissions={"updates": "Yes"}
    )
    return confirm(take.take_action(ask, form))


def sealed(action):
    return Delivery.objects.filter(sender_key=f"action:{action.public_id}")


def print_batches(first, second):
    """One that is set and waits, and one that was printed."""
    for action, printed in ((first, False), (second, True)):
        sealed(action).update(due_at=timezone.now())
        Delivery.objects.filter(lane="paper").exclude(pk__in=sealed(action)).filter(
            state="queued"
        ).update(due_at="2100-01-01T00:00Z")
        batch = batches.close(author="wanda@example.org", rehearsal=True)
        PrintBatch.objects.filter(pk=batch.pk).update(state="printed" if printed else "ready")
        PrintPart.objects.create(batch=batch, number=0, content=sealed(action).get().message)


def settle_what_may_have_left():
    """The relay tells of the one, and says "not now" to the other."""
    Delivery.objects.filter(state=State.UNCERTAIN).update(state=State.SENT)
    Delivery.objects.filter(state=State.DATA).update(state=State.QUEUED)
    seals.blank_settled()


def test_nothing_of_an_erased_person_is_left_also_after_a_restore(
    everywhere, places_of, letter_ask
):
    person, keys = everywhere, [everywhere.key, everywhere.mailbox]
    seeded = places_of(*CANARIES)
    assert {
        *(
            "supporters_supporter",
            "supporters_note",
            "actions_action",
            "worker_printpart",
            "actions_submission",
        ),
        *("actions_newmailbox", "worker_delivery", "worker_attempt", "worker_return"),
        *("worker_caughtmail", "desk_supporterdistrict", "desk_formdraft", "desk_exportpart"),
    } <= seeded
    assert PrintPart.objects.count() == 2
    before = [Action.objects.counted().count(), recount.count(letter_ask)]

    dump = transaction.savepoint()
    assert erase(person, by="ana@example.org", how=How.LINK).actions == 7
    # The two that may have left keep their seal, and nothing else does.
    assert places_of(*CANARIES) == {"worker_delivery"}
    assert KeptSeal.objects.count() == 2
    settle_what_may_have_left()
    recount.recount()

    assert places_of(*CANARIES) == set()
    assert KeptSeal.objects.count() == PrintPart.objects.count() == 0
    assert Delivery.objects.filter(state=State.QUEUED).count() == 0
    assert places_of(keys[0]) == {"supporters_erasure", *journal_files()}
    assert places_of(keys[1]) <= {"supporters_suppression", "worker_delivery", *journal_files()}
    assert [Action.objects.counted().count(), recount.count(letter_ask)] == before
    assert audit.verify() is None

    transaction.savepoint_rollback(dump)
    assert places_of(*CANARIES) >= seeded - {"logs"}
    said = StringIO()
    call_command("replay_journal", stdout=said)
    assert "Persons erased: 1 done again, 1 stands already" in said.getvalue()
    assert Supporter.objects.count() == 2
    call_command("replay_journal", "--really", stdout=said)
    settle_what_may_have_left()
    recount.recount()

    assert places_of(*CANARIES) == set()
    said = StringIO()
    call_command("replay_journal", "--really", stdout=said)
    assert "Persons erased: 2 stands already" in said.getvalue()
    # A replay writes nothing down anew.
    assert len(reading.read_all(*journal_folders()).lines) == 2


def journal_folders():
    return [settings.JOURNAL_DIR]


def journal_files():
    return {str(path) for folder in journal_folders() for path in folder.iterdir()}


def test_who_cannot_be_noted_is_not_erased(letter_ask, settings, tmp_path):
    person = acted(letter_ask).supporter
    settings.JOURNAL_DIR = tmp_path / "file"
    settings.JOURNAL_DIR.write_text("")

    with pytest.raises(CannotNote):
        erase(person, by="ana", how=How.LINK)
    assert Supporter.objects.get() == person
    assert Action.objects.get().own_words == WORDS
