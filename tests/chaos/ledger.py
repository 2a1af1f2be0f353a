"""What a run left behind: its rows, by plain SQL and none of our own models, and what really arrived."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from tests.chaos.sink import body_text, writer_of


class Delivery(NamedTuple):
    id: int
    public_id: str
    channel: str
    lane: str
    sender_key: str
    recipient_key: str
    recipient: str
    message_id: str
    state: str
    waits_for: str


class Action(NamedTuple):
    id: int
    public_id: str
    ask: tuple
    email: str
    mailbox: str
    state: str
    key: str
    own_words: str
    confirmed_at: object
    withdrawn_at: object


class Submission(NamedTuple):
    id: int
    ask: tuple
    email: str
    state: str
    form_key: str
    own_words: str
    action_id: int


class Sealed(NamedTuple):
    recipient: str
    text: str


SEALED = """
    SELECT sender_key, recipient, message FROM worker_delivery
    WHERE channel = 'email' AND lane <> 'mail' AND state <> 'cancelled'"""
DELIVERIES = """
    SELECT id, public_id::text, channel, lane, sender_key, recipient_key, recipient, message_id, state, held_for FROM worker_delivery"""
ACTIONS = """
    SELECT a.id, a.public_id::text, ARRAY[c.slug, k.position::text], s.email, s.mailbox, a.state, a.idempotency_key::text, a.own_words,
           a.confirmed_at, a.withdrawn_at
    FROM actions_action a JOIN campaigns_ask k ON k.id = a.ask_id JOIN campaigns_campaign c ON c.id = k.campaign_id
    JOIN supporters_supporter s ON s.id = a.supporter_id"""
# What was confirmed has its words and its person where they belong by now: with the action.
SUBMISSIONS = """
    SELECT b.id, ARRAY[c.slug, k.position::text], coalesce(b.entry ->> 'email', s.email), b.state, b.form_key::text,
           coalesce(a.own_words, b.own_words), b.action_id
    FROM actions_submission b JOIN campaigns_ask k ON k.id = b.ask_id JOIN campaigns_campaign c ON c.id = k.campaign_id
    LEFT JOIN actions_action a ON a.id = b.action_id LEFT JOIN supporters_supporter s ON s.id = a.supporter_id"""
LETTERS = "SELECT action_id, seat_id, delivery_id FROM actions_letter"
# Offices whose address had refused too often when the letter was written: their writers are told.
NO_WAY = "SELECT action_id, bad_address FROM actions_letter WHERE bad_address <> ''"
LAST_WORDS = (
    "SELECT delivery_id, string_agg(coalesce(code::text, '') || ' ' || answer, ' / ') FROM"
    " worker_attempt WHERE state = %s GROUP BY 1"
)
# By hand what a tally should say.
TRUTH = """
    SELECT ask_id, us_state, sum(verified), sum(pending) FROM (
        SELECT ask_id, us_state, 1 AS verified, 0 AS pending FROM actions_action WHERE state = 'confirmed'
        UNION ALL
        SELECT DISTINCT b.ask_id, b.us_state, 0, count(DISTINCT b.supporter_key) FROM actions_submission b
        WHERE b.state = 'waiting' AND NOT EXISTS (
            SELECT FROM actions_action a JOIN supporters_supporter s ON s.id = a.supporter_id
            WHERE a.ask_id = b.ask_id AND s.key = b.supporter_key)
        GROUP BY 1, 2) people GROUP BY 1, 2"""
TALLIES = "SELECT ask_id, state, verified, pending FROM campaigns_tally"


@dataclass
class Ledger:
    """What the run left behind, and what it knows of its own faults."""

    house: object
    parts: list
    complaints: list = field(
        default_factory=list
    )  # (invariant, what offends it) that was seen on the way

    @cached_property
    def deliveries(self):
        return [Delivery(*row) for row in self.house.ask(DELIVERIES)]

    @cached_property
    def actions(self):
        return [
            Action(*row)._replace(ask=(row[2][0], int(row[2][1])))
            for row in self.house.ask(ACTIONS)
        ]

    @cached_property
    def submissions(self):
        return [
            Submission(*row)._replace(ask=(row[1][0], int(row[1][1])))
            for row in self.house.ask(SUBMISSIONS)
        ]

    @cached_property
    def letters(self):
        return self.house.ask(LETTERS)

    @cached_property
    def no_way(self):
        found = defaultdict(set)
        for action, address in self.house.ask(NO_WAY):
            if self.house.sink.refused[address]:
                found[action].add(address)
        return found

    @cached_property
    def caught(self):
        return self.house.sink.all_caught()

    @cached_property
    def by_writer(self):
        found = defaultdict(list)
        for caught in self.caught:
            if writer := writer_of(caught):
                found[writer].append(caught)
        return found

    def letters_from(self, part):
        return self.by_writer[part.email]

    @cached_property
    def sealed(self):
        found = defaultdict(list)
        for sender_key, *row in self.house.ask(SEALED):
            found[sender_key].append(Sealed(row[0], body_text(bytes(row[1]))))
        return found

    def sealed_of(self, action):
        return self.sealed[f"action:{action.public_id}"]

    @cached_property
    def copies(self):
        return Counter(caught.message_id for caught in self.caught)

    @cached_property
    def poison(self):
        """Deliveries that kill."""
        theirs = {action.id for action in self.actions if action.email in self.house.poisoned}
        named = {row.id for row in self.deliveries if row.message_id in self.house.poisoned}
        return named | {delivery for action, _seat, delivery in self.letters if action in theirs}

    def of(self, state):
        return [row for row in self.deliveries if row.state == state]

    def sent_by(self, part):
        return [row for row in self.submissions if row.email == part.email and row.ask == part.ask]

    def action_of(self, part):
        return [row for row in self.actions if row.email == part.email and row.ask == part.ask]
