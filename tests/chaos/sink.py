"""The world's mail servers in one: a Sink that can be stopped at a chosen letter, and remembers
what it did to whom.
"""

import threading
import time
from collections import Counter
from email import message_from_bytes, policy

from tests.smtp_sink import Sink

KEPT = "KEPT"  # after a letter was kept, before the answer
LOST = "lost"  # hang up as DROP does, but nothing was kept
PATIENCE_S = 30


class Gate:
    """The conversation that comes to `moment` waits here until the gate opens."""

    def __init__(self, moment, after, recipient):
        self.moment, self.after, self.recipient = moment, after, recipient
        self.reached, self.opened = threading.Event(), threading.Event()

    def wait(self, timeout_s=PATIENCE_S):
        return self.reached.wait(timeout_s)

    def open(self):
        self.opened.set()


class World(Sink):
    def __init__(self):
        super().__init__()
        self.gates, self.rules, self.dropped, self.refused, self.arrivals = [], [], 0, Counter(), []

    def gate(self, moment, *, after=0, recipient=None):
        """Stop the conversation at this moment of the letter after `after` more, e.g.

        KEPT: it is here, and nobody was told.
        """
        made = Gate(moment, after, recipient)
        with self.lock:
            self.gates.append(made)
        return made

    def rule(self, moment, reply, *, domain="", times=None):
        """Like `answer`, but several at a time, and for whole domains.

        Returns what `forget` takes back.
        """
        made = [moment, reply, domain, times]
        with self.lock:
            self.rules.append(made)
        return made

    def forget(self, rule):
        with self.lock:
            if rule in self.rules:
                self.rules.remove(rule)

    def reply(self, moment, usual, *, recipient=None):
        self.pass_gates(moment, recipient)
        answer = self.ruled(moment, recipient) or super().reply(moment, usual, recipient=recipient)
        with self.lock:
            # Whether it was taken, that nobody can tell whom this is answered.
            if moment == "END" and answer[:1] not in ("2", "4", "5"):
                self.dropped += 1
            elif moment in ("RCPT", "END") and answer.startswith("5"):
                self.refused[recipient] += 1
        if answer == LOST:
            raise ConnectionAbortedError("hung up")
        return answer

    def ruled(self, moment, recipient):
        with self.lock:
            for rule in self.rules:
                if rule[0] == moment and rule[3] != 0 and (recipient or "").endswith(rule[2]):
                    if rule[3] is not None:
                        rule[3] -= 1
                    return rule[1]
        return None

    def keep(self, caught):
        super().keep(caught)
        with self.lock:
            self.arrivals.append(time.time())
        self.pass_gates(KEPT, caught.recipient)

    def pass_gates(self, moment, recipient):
        with self.lock:
            here = [
                gate
                for gate in self.gates
                if gate.moment == moment and gate.recipient in (None, recipient)
            ]
            for gate in here:
                gate.after -= 1
            stopping = [gate for gate in here if gate.after < 0]
            for gate in stopping:
                self.gates.remove(gate)
        for gate in stopping:
            gate.reached.set()
            gate.opened.wait(PATIENCE_S)

    def behave(self):
        super().behave()
        with self.lock:
            self.rules.clear()
            waiting, self.gates = self.gates, []
        for gate in waiting:
            gate.open()

    def all_caught(self):
        with self.lock:
            return list(self.caught)

    def mails_to(self, recipient):
        return [caught for caught in self.all_caught() if caught.recipient == recipient]


def body_of(caught):
    return body_text(caught.content)


def body_text(message):
    return message_from_bytes(message, policy=policy.default).get_body(("plain",)).get_content()


def writer_of(caught):
    """The supporter whom an office would answer."""
    return (
        message_from_bytes(caught.content, policy=policy.default)
        .get("Reply-To", "")
        .rpartition("<")[2]
        .rstrip(">")
    )
