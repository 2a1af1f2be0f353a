"""Small runs with one thing going wrong at one exact letter, so that a defect in our code must show
at once.

Each takes a house whose processes do not run yet and returns what the checker should judge. The
database holds confirmed letters of
`scene.READY` people, ready to leave, except for `acting`, where people come to the web server.
"""

import time

from tests.chaos.crowd import Crowd
from tests.chaos.ground import children_of
from tests.chaos.ledger import Ledger
from tests.chaos.play import Part
from tests.chaos.scene import ADA, CY, LETTER, OPEN_LETTER, PETITION, SENATOR
from tests.chaos.sink import KEPT, LOST
from tests.chaos.standing import AGE
from tests.smtp_sink import DROP

HOUSE, SENATE = "letters:house.franklin.example", "letters:senate.franklin.example"

PAUSED = """
    INSERT INTO worker_hold (scope, key, reason, author, placed_at)
    SELECT 'campaign', 'campaign:' || id, 'a test', 'a test', now() FROM campaigns_campaign WHERE slug = %s"""


def killed(house):
    """The only sender is killed when a letter has arrived and nobody was told, with others in hand
    and others waiting.
    """
    gate = house.sink.gate(KEPT, after=2)
    house.send(1)
    ring(house, HOUSE)
    assert gate.wait()
    house.kill_hands()
    house.settle()
    return Ledger(house, [])


def cut_off(house):
    """Redis dies while a letter has arrived and nobody was told, with others in hand and others
    waiting.
    """
    gate = house.sink.gate(KEPT, after=2)
    house.send(1)
    ring(house, HOUSE)
    assert gate.wait()
    [busy] = children_of(house.senders[0].pid)
    house.kill_redis(down_s=0)
    until(lambda: busy not in children_of(house.senders[0].pid))
    gate.open()
    house.ask(AGE)
    house.settle()
    return Ledger(house, [])


def killed_and_looked_at(house):
    """The same, and a person opens the page of what is in doubt."""
    house.begin_open()
    ledger = killed(house)
    house.opened()
    return ledger


def hung_up_on(house):
    """One answer is lost after the letter arrived, one before; one office refuses for good, one for
    now and then until it is too late.
    """
    sink = house.sink
    sink.rule("END", DROP, domain=ADA, times=1)
    sink.rule("END", LOST, domain=ADA, times=1)
    sink.rule("RCPT", "550 5.1.1 no such mailbox", domain=CY, times=1)
    sink.rule("RCPT", "451 4.3.0 not now", domain=ADA, times=1)
    late = sink.rule("RCPT", "451 4.3.0 not now", domain=SENATOR, times=None)
    house.send(1)
    house.settle(but=SENATOR)
    house.expire(SENATOR)
    sink.forget(late)
    house.settle()
    return Ledger(house, [])


def outlived(house):
    """A sender is so slow that its lease ends: another takes what it had not begun, then it
    wakes.
    """
    gate = house.sink.gate(KEPT, recipient=ADA)
    house.send(2)
    ring(house, HOUSE)
    assert gate.wait()
    house.ask(AGE)
    house.sweep()
    until(lambda: not house.waiting())
    gate.open()
    until(lambda: not house.count("claim <> '' AND state IN ('claimed', 'data')"))
    house.settle()
    house.drain()
    return Ledger(house, [])


def poisoned(house):
    """One letter kills whoever is about to begin it."""
    [(poison,)] = house.ask(
        "SELECT message_id FROM worker_delivery WHERE recipient = %s ORDER BY id LIMIT 1", SENATOR
    )
    house.poison(poison, at="begin")
    house.send(1)
    for deaths in range(1, 4):
        ring(house, SENATE)
        if not until(lambda: house.died_of_poison() >= deaths or not house.waiting()):  # noqa: B023
            break
        house.ask(AGE)
        house.sweep()
        until(lambda: not house.count("state = 'claimed'"), 3)
        house.hurry()
    house.settle()
    return Ledger(house, [])


def on_hold(house):
    """Everything is stopped while a letter is on the wire; later it goes on."""
    gate = house.sink.gate(KEPT, after=1)
    house.send(1)
    ring(house, HOUSE)
    assert gate.wait()
    house.ask(
        "INSERT INTO worker_hold (scope, key, reason, author, placed_at) VALUES ('everything', '',"
        " 'a test', 'a test', now())"
    )
    arrived = len(house.sink.all_caught())
    gate.open()
    until(lambda: not house.count("state IN ('claimed', 'data')"))
    ledger = Ledger(house, [])
    if leaked := len(house.sink.all_caught()) - arrived:
        ledger.complaints.append(("I9", f"{leaked} letters left while everything was on hold"))
    house.ask("DELETE FROM worker_hold")
    house.settle()
    return ledger


def acting(house):
    """A few people, each with another story. What one of them takes back is paused until then, so
    that it still waits to leave.
    """
    house.ask(PAUSED, OPEN_LETTER[0])
    house.begin_open()
    house.send(1)
    house.opened()
    stories = [
        (LETTER, "00001", ["submit", "confirm"]),
        (LETTER, "00001", ["submit twice at once", "submit again", "confirm", "confirm"]),
        (LETTER, "00003", ["submit"]),
        (LETTER, "00003", ["submit", "not me"]),
        (LETTER, "00001", ["submit", "other words", "confirm first"]),
        (OPEN_LETTER, "00002", ["submit"]),
        (OPEN_LETTER, "00002", ["submit", "confirm", "withdraw"]),
        (PETITION, "00001", ["submit", "confirm", "withdraw"]),
        (LETTER, "00001", ["submit", "other words", "confirm both in line"]),
        (LETTER, "00001", ["submit", "confirm and not me in line"]),
        (LETTER, "00003", ["submit", "not me and confirm in line"]),
        (LETTER, "00003", ["submit", "confirm and send more"]),
    ]
    parts = [Part(n, 0, ask, zip5, list(deeds)) for n, (ask, zip5, deeds) in enumerate(stories)]
    crowd = Crowd(house, parts)
    crowd.begin()
    crowd.rest(house)
    house.ask("DELETE FROM worker_hold")
    house.settle()
    ledger = Ledger(house, parts)
    house.count_again()
    if crowd.failures:
        ledger.complaints.append(("up", f"{crowd.failures}"))
    return ledger


def ring(house, lane):
    house.ring("worker.tasks.deliver", lane, queue="letters")


def until(holds, timeout_s=6):
    deadline = time.monotonic() + timeout_s
    while not (held := holds()) and time.monotonic() < deadline:
        time.sleep(0.03)
    return held
