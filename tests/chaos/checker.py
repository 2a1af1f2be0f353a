"""What must be true once everything is quiet, asked of the database's rows and of what really
arrived; plain SQL, none of our own models.

One function per invariant (docs/safety.md 3.4), each the list of what offends it, in words that
name the row.
"""

import hashlib
import re
from collections import Counter, defaultdict

from tests.chaos.asking import Staff, ask
from tests.chaos.crowd import OWN_WORDS
from tests.chaos.lasting_traces import i10_no_child, i11_audited, i12_discreet, i13_periodic
from tests.chaos.ledger import LAST_WORDS, TALLIES, TRUTH
from tests.chaos.scene import LETTER, OPEN_LETTER, PETITION, SESSION
from tests.chaos.sink import body_of, writer_of


def i1_kept(ledger):
    """Accepted means kept: every accepted form has its row with the same words; a yes, a withdrawal
    and a "not me" stay said; and what counts, and what is sealed and leaves, is what its writer read
    before they said yes.
    """
    for part in ledger.parts:
        yield from (f"{part.email}: {offence}" for offence in kept_for(ledger, part))
        yield from (f"{part.email}: {offence}" for offence in sealed_for(ledger, part))


def kept_for(ledger, part):
    rows, said = ledger.action_of(part), [answer for answer in part.answers if answer in SAYS]
    yield from (letters_kept if part.targets else signature_kept)(ledger, part)
    state = rows[0].state if rows else "none"
    if said and state not in SAYS[said[-1]]:
        yield f"answered {said[-1]!r}, and the action is {state}"
    read = {sha256(words) for words in part.read}
    if state == "confirmed" and part.targets and sha256(rows[0].own_words) not in read:
        yield "what counts is not what they read and confirmed"


def letters_kept(ledger, part):
    """By their words: the same ones twice within a minute are one."""
    kept = {sha256(row.own_words) for row in ledger.sent_by(part)}
    accepted = {own_words for _key, own_words in part.accepted}
    for own_words in accepted - {*part.denied.values()}:
        if sha256(own_words) not in kept and not took_back(part):
            yield f"accepted, and there is no submission that says {own_words!r}"
    for own_words in part.denied.values():
        if sha256(own_words) in kept:
            yield f"said that it was not them, and it is still there: {own_words!r}"


def signature_kept(ledger, part):
    """Signatures of one person are all alike."""
    kept, sent = len(ledger.sent_by(part)), {key for key, _ in part.accepted}
    if sent and not kept and not part.denied:
        yield "accepted, and there is no submission"
    if kept > len(sent) - len(part.denied):
        yield f"{kept} submissions of {len(sent)}, and {len(part.denied)} were not them"


def sealed_for(ledger, part):
    """Each letter holds the words that were confirmed, and nobody's beside them."""
    confirmed, rows = {sha256(words) for words in part.confirmed}, ledger.action_of(part)
    for action in rows:
        for row in ledger.sealed_of(action):
            words = {sha256(found) for found in OWN_WORDS.findall(row.text)}
            if words != {sha256(action.own_words)} and not (words & confirmed and took_back(part)):
                yield f"what was sealed for {row.recipient} is not what was confirmed"
    for caught in ledger.letters_from(part):
        words = {sha256(found) for found in OWN_WORDS.findall(body_of(caught))}
        if len(words) != 1 or not words <= confirmed:
            yield f"what left for {caught.recipient} was never confirmed"


def read(part):
    return {sha256(words) for words in part.read}


def took_back(part):
    """And began again: the action has the newer words."""
    return "withdraw 200" in part.answers


SAYS = {
    "confirm 200": {"confirmed", "withdrawn"},
    "withdraw 200": {"withdrawn"},
    "not me 200": {"none", "withdrawn"},
}


def i2_once(ledger):
    """One submission per form and words, one action per person and ask."""
    sent = Counter((row.form_key, row.own_words) for row in ledger.submissions)
    for (key, _words), number in sent.items():
        if number > 1:
            yield f"form {key}: {number} submissions"
    for (ask_, mailbox), number in Counter(
        (row.ask, row.mailbox) for row in ledger.actions
    ).items():
        if number > 1:
            yield f"mailbox {mailbox[:12]} on {ask_}: {number} actions"


def i3_fan_out(ledger):
    """Every accepted letter has exactly the targets of its writer's address, each once; none where
    that address was known to be dead.
    """
    by_sender, written = (
        defaultdict(list),
        Counter((action, seat) for action, seat, _ in ledger.letters),
    )
    for row in ledger.deliveries:
        by_sender[row.sender_key].append(row)
    for part in ledger.parts:
        for action in ledger.action_of(part):
            mine = [
                row
                for row in by_sender[f"action:{action.public_id}"]
                if row.channel == "email" and row.state != "cancelled"
            ]
            written_to = {row.recipient for row in mine}
            expected = part.targets - (ledger.no_way[action.id] - written_to)
            if action.state == "confirmed" and written_to != expected:
                yield f"{part.email}: wrote to {sorted(written_to)}, not {sorted(expected)}"
            for target, number in Counter(
                row.recipient_key for row in mine if row.state != "failed"
            ).items():
                if number > 1:
                    yield f"{part.email}: {number} deliveries to {target}"
    yield from (
        f"action {action}, seat {seat}: {number} letters"
        for (action, seat), number in written.items()
        if number > 1
    )


def i4_not_twice(ledger):
    """In the world: once by Message-ID, and once by writer and office whatever the Message-ID
    says.
    """
    yield from (
        f"{message_id}: {number} copies"
        for message_id, number in ledger.copies.items()
        if number > 1
    )
    letters = Counter(
        (writer, caught.recipient, campaign_of(ledger, caught))
        for caught in ledger.caught
        if (writer := writer_of(caught))
    )
    yield from (
        f"{writer} to {office} on {campaign}: {number} letters"
        for (writer, office, campaign), number in letters.items()
        if number > 1
    )


def campaign_of(ledger, caught):
    """Nobody writes to an office about two campaigns here: one per writer."""
    return next((part.ask[0] for part in ledger.parts if part.email == writer_of(caught)), "")


def i5_not_lost(ledger):
    """Each is sent, failed with the peer's reason, held for a reason, cancelled with its action, or
    uncertain.
    """
    alive, reasons = confirmed_deliveries(ledger), dict(ledger.house.ask(LAST_WORDS, "failed"))
    for row in ledger.deliveries:
        if row.state in ("queued", "claimed", "data"):
            yield f"{row.message_id} to {row.recipient}: still {row.state}"
        elif row.state == "failed" and not explained(ledger, row):
            yield (
                f"{row.message_id} to {row.recipient}: failed, and nobody refused it"
                f" ({reasons.get(row.id, 'no word')})"
            )
        elif row.state == "failed" and not reasons.get(row.id, "").strip():
            yield f"{row.message_id} to {row.recipient}: failed without a word"
        elif row.state in ("held", "cancelled") and row.id in alive and not row.waits_for:
            yield f"{row.message_id} to {row.recipient}: {row.state}, and its action is confirmed"
        elif row.state not in ("sent", "failed", "held", "cancelled", "uncertain"):
            yield f"{row.message_id}: {row.state}"


def confirmed_deliveries(ledger):
    confirmed = {action.id for action in ledger.actions if action.state == "confirmed"}
    return {
        delivery for action, _seat, delivery in ledger.letters if action in confirmed and delivery
    }


def explained(ledger, row):
    house = ledger.house
    return (
        house.sink.refused[row.recipient] > 0
        or row.recipient in house.expired
        or row.id in ledger.poison
    )


def i6_true(ledger):
    """What is called sent has arrived, and what has arrived is called sent or uncertain."""
    for row in ledger.of("sent"):
        if not ledger.copies[row.message_id]:
            yield f"{row.message_id} to {row.recipient}: called sent, and never arrived"
    known = {row.message_id for row in ledger.deliveries if row.state in ("sent", "uncertain")}
    for message_id in ledger.copies.keys() - known:
        state = next(
            (row.state for row in ledger.deliveries if row.message_id == message_id), "unknown"
        )
        yield f"{message_id}: arrived, and is called {state}"


def i7_bounded(ledger):
    """Doubt is at most what the faults can have made, and a person sees all of it."""
    house, doubt = ledger.house, ledger.of("uncertain")
    if len(doubt) > house.doubts_made:
        words = dict(house.ask(LAST_WORDS, "uncertain"))
        yield f"{len(doubt)} uncertain, of at most {house.doubts_made}: " + ", ".join(
            f"{row.message_id} ({words.get(row.id, 'no word')})" for row in doubt
        )
    if doubt and house.web:
        listed = listed_in_doubt(house.site, len(doubt))
        yield from (
            f"{row.message_id}: uncertain, and on no page"
            for row in doubt
            if row.public_id not in listed
        )


ON_THE_PAGE = 50  # further ones are a link away


def listed_in_doubt(site, number):
    staff, listed, page = Staff(site, SESSION), set(), 1
    first = staff.ask("GET", "/outbox/uncertain/")
    listed |= set(
        re.findall(r"/outbox/deliveries/([0-9a-f-]{36})/", first.text.partition('id="failed"')[0])
    )
    while number > ON_THE_PAGE and len(listed) < number and page <= 1 + number // 20:
        more = staff.ask("GET", f"/outbox/deliveries/?state=uncertain&page={page}")
        listed |= set(re.findall(r"/outbox/deliveries/([0-9a-f-]{36})/", more.text))
        page += 1
    return listed


def i8_counters(ledger):
    """Every stored count equals the rows, and is what the page shows."""
    truth = {
        (ask_, state): (verified, pending)
        for ask_, state, verified, pending in ledger.house.ask(TRUTH)
    }
    stored = {
        (ask_, state): (verified, pending)
        for ask_, state, verified, pending in ledger.house.ask(TALLIES)
    }
    for key in truth.keys() | stored.keys():
        if truth.get(key, (0, 0)) != stored.get(key, (0, 0)):
            yield (
                f"ask {key[0]} in {key[1] or 'no state'}: {stored.get(key, (0, 0))} stored,"
                f" {truth.get(key, (0, 0))} true"
            )
    for slug, position in (LETTER, PETITION, OPEN_LETTER) if ledger.house.web else ():
        shown = re.search(
            r'"verified": (\d+)',
            ask(ledger.house.site, "GET", f"/act/{slug}/count.json?ask={position}").text,
        )
        number = sum(
            action.ask == (slug, position) and action.state == "confirmed"
            for action in ledger.actions
        )
        if not shown or int(shown[1]) != number:
            yield f"{slug} {position}: the page says {shown and shown[1]}, the rows {number}"


def i9_consent(ledger):
    """Nothing leaves for somebody who did not say yes, or who took it back before it was begun."""
    parts = {part.email: part for part in ledger.parts}
    for caught in ledger.caught:
        part = parts.get(writer_of(caught))
        if part and not {"confirm", "confirm 200"} & {*part.pressed, *part.answers}:
            yield (
                f"{part.email} to {caught.recipient}: a letter left, and the mailbox never said yes"
            )
    for part in ledger.parts:
        yield from (
            f"{part.email}: taken back, and delivery {id_} still waits to leave"
            for id_ in part.left_waiting
        )


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


INVARIANTS = {
    "I1": i1_kept,
    "I2": i2_once,
    "I3": i3_fan_out,
    "I4": i4_not_twice,
    "I5": i5_not_lost,
    "I6": i6_true,
    "I7": i7_bounded,
    "I8": i8_counters,
    "I9": i9_consent,
    "I10": i10_no_child,
    "I11": i11_audited,
    "I12": i12_discreet,
    "I13": i13_periodic,
}


def judge(ledger):
    """Invariant -> what offends it; empty when it holds."""
    verdict = {name: list(invariant(ledger)) for name, invariant in INVARIANTS.items()}
    for name, words in ledger.complaints:
        verdict.setdefault(name, []).append(words)
    return verdict


def red(verdict):
    return {name for name, offences in verdict.items() if offences}
