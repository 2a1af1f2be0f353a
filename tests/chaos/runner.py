"""One seeded round after the other: people act, faults happen, then all must come to rest and be
judged. Behind bin/chaos.
"""

import argparse
import contextlib
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import psycopg

from tests.chaos.asking import Staff, ask, token_in
from tests.chaos.checker import judge, red
from tests.chaos.crowd import Crowd
from tests.chaos.faults import FAULTS, PERIODIC
from tests.chaos.ground import Ground
from tests.chaos.house import House
from tests.chaos.ledger import Ledger
from tests.chaos.play import script
from tests.chaos.scene import SESSION
from tests.chaos.servers import Server
from tests.chaos.standing import AGE

PEOPLE, DRAWN = 40, 4
# Quiet for so long means that something waits for a lease: its holder is then stopped, and the
# lease ended.
QUIET_S = 6
STATES = "SELECT state, count(*) FROM worker_delivery GROUP BY 1 ORDER BY 1"


class Run:
    """One house through several rounds.

    What happens is told by `say`; `complaints` are what no check afterwards could see.
    """

    def __init__(self, house, say=print):
        self.house, self.say = house, say
        self.parts, self.complaints, self.began_at = [], [], time.monotonic()
        self.excuses, self.crowd, self.ticking = Counter(), None, threading.Event()

    def round(self, seed, *, people=PEOPLE, faults=None, drawn=DRAWN):
        """Play one seed's script among its faults.

        Invariant -> what offends it, for everything this house has done so far.
        """
        chance = random.Random(f"faults {seed}")
        plan = list(faults) if faults else chance.sample(sorted(FAULTS), drawn)
        self.say(f"seed {seed}: {people} people, faults {', '.join(plan)}")
        parts = script(seed, people)
        self.parts += parts
        self.crowd = Crowd(self.house, parts, may_fail=lambda what: self.excuses[what] > 0)
        before, expected = (
            len(self.house.sink.caught),
            sum(1.5 + 0.7 * len(part.targets) for part in parts),
        )
        ticker = threading.Thread(target=self.tick, daemon=True)
        self.ticking.set()
        ticker.start()
        self.crowd.begin()
        self.others(seed)
        for n, name in enumerate(plan):
            mark = before + expected * (n + 0.5) / (len(plan) + 1)
            self.wait(lambda: len(self.house.sink.caught) >= mark or not self.crowd.busy(), QUIET_S)  # noqa: B023
            self.happen(name, chance)
        self.come_to_rest()
        self.ticking.clear()
        ticker.join()
        return self.judge()

    def others(self, seed):
        """Who comes besides: a child, and somebody who works here, who pauses and resumes."""
        house, child = self.house, f"kid{seed}@kids.example"
        house.children.add(child)
        form = {"given_name": f"Kid{seed}", "email": child, "age": "9"}
        answer = ask(house.site, "POST", "/newsletter/", form, {"X-Forwarded-For": "10.9.9.8"})
        if answer.status != 200:
            self.complain("I10", f"a child was answered {answer.status}")
        staff = Staff(house.site, SESSION)
        token = {"csrfmiddlewaretoken": token_in(staff.ask("GET", "/outbox/holds/"))}
        for path, more, deed in (
            ("place", {"what": "everything|", "reason": "to see that it is noted"}, "hold placed"),
            ("lift", {"scope": "everything", "key": ""}, "hold lifted"),
        ):
            if staff.ask("POST", f"/outbox/holds/{path}/", token | more).status == 302:
                house.deeds_of_staff.append(deed)
            else:
                self.complain("I11", f"{deed}: not done")

    def happen(self, name, chance):
        at, caught = time.monotonic() - self.began_at, len(self.house.sink.caught)
        told = FAULTS[name](self, chance)
        words = FAULTS[name].__name__.replace("_", " ") + (f" ({told})" if told else "")
        self.say(
            f"  {at:6.1f} s  {name:4} {words}, after {caught} messages; took"
            f" {time.monotonic() - self.began_at - at:.1f} s"
        )

    def tick(self):
        """The same bells as beat's, only sooner, and no pause is waited for."""
        while self.ticking.is_set():
            with contextlib.suppress(psycopg.Error):
                self.house.hurry()
                for task in PERIODIC[:1]:
                    self.house.ring(task)
            time.sleep(1)

    def come_to_rest(self):
        """Until everybody is done, every letter is settled and every count is counted.

        All are sent as by a deploy in the end.
        """
        self.let_people_finish()
        self.house.sink.behave()
        if not self.house.drain():
            self.complain("K3", "a sender had not gone after 60 s")
        self.house.wrong = {}
        self.house.ask(AGE)
        self.house.send()
        self.house.settle()
        self.house.ring("actions.tasks.tell_of_failures")
        self.house.finish_work()
        self.house.settle()
        self.house.count_again()

    def let_people_finish(self):
        """What waits for a lease that nobody holds is freed by a restart, as time would."""
        deadline = time.monotonic() + 180
        while self.crowd.busy() and time.monotonic() < deadline:
            self.crowd.rest(self.house, timeout_s=20)
            if self.crowd.busy() and self.house.count("state IN ('claimed', 'data')"):
                self.house.drain()
                self.house.ask(AGE)
                self.house.send()
        if not self.crowd.join(1):
            self.complain(
                "I1",
                "people never had an answer:"
                f" {[part.email for part in self.crowd.parts if part.deeds]}",
            )

    def judge(self):
        failures = [
            ("up", f"{number} x {what}") for what, number in Counter(self.crowd.failures).items()
        ]
        return judge(Ledger(self.house, self.parts, self.complaints + failures))

    # For the faults

    def wait(self, holds, timeout_s):
        deadline = time.monotonic() + timeout_s
        while not (held := holds()) and time.monotonic() < deadline:
            time.sleep(0.05)
        return held

    def complain(self, name, words):
        self.complaints.append((name, words))

    @contextlib.contextmanager
    def excused(self, what):
        """The web may fail in this way meanwhile ("503", "silence"): people try again."""
        self.excuses[what] += 1
        try:
            yield
        finally:
            self.excuses[what] -= 1

    def web_answers(self):
        with contextlib.suppress(OSError):
            return ask(self.house.site, "GET", "/act/playgrounds/thanks/").status == 200
        return False


def report(run, verdict, say=print):
    say("deliveries: " + ", ".join(f"{number} {state}" for state, number in run.house.ask(STATES)))
    actions = Counter(action.state for action in Ledger(run.house, []).actions)
    say("actions: " + ", ".join(f"{number} {state}" for state, number in sorted(actions.items())))
    say(
        f"arrived: {len(run.house.sink.caught)}; senders killed {run.house.kills}, cut off with"
        f" Redis {run.house.cut_off}, replies dropped {run.house.sink.dropped}"
    )
    for name, offences in verdict.items():
        say(f"{name:3} {'RED' if offences else 'green'}")
        for offence in offences[:20]:
            say(f"      {offence}")
        if len(offences) > 20:
            say(f"      and {len(offences) - 20} more")


def main(arguments):
    options = read(arguments)
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(100_000)
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder, contextlib.ExitStack() as stack:
        Path(folder).chmod(0o711)
        ground = Ground(Path(folder), Server(Path(folder)))
        stack.callback(ground.stop)
        ground.build()
        house = House(ground, "chaos")
        stack.callback(house.stop)
        house.is_thorough = True
        house.open()
        house.send()
        house.tick()
        run, stop_at = Run(house), time.monotonic() + options.minutes * 60
        while True:
            verdict = run.round(
                seed, people=options.people, faults=options.faults, drawn=options.drawn
            )
            if red(verdict) or time.monotonic() > stop_at:
                break
            seed += 1
        report(run, verdict)
        if red(verdict) and options.keep:
            input(f"What it left is in {folder}; press Enter to end. ")
        return 1 if red(verdict) else 0


def read(arguments):
    parser = argparse.ArgumentParser(prog="bin/chaos", description=__doc__)
    parser.add_argument("--seed", type=int, help="of the first round; else drawn, and printed")
    parser.add_argument(
        "--minutes",
        type=float,
        default=3,
        help="begin rounds, each with the next seed, for so long (3)",
    )
    parser.add_argument(
        "--faults",
        type=lambda text: [known(name) for name in text.split(",")],
        help="these in every round: K2,K4",
    )
    parser.add_argument(
        "--drawn",
        type=int,
        default=DRAWN,
        help=f"how many faults a seed draws for a round ({DRAWN})",
    )
    parser.add_argument("--people", type=int, default=PEOPLE, help=f"who act in a round ({PEOPLE})")
    parser.add_argument(
        "--keep",
        action="store_true",
        help="when something is red, wait before everything is thrown away",
    )
    return parser.parse_args(arguments)


def known(name):
    if name not in FAULTS:
        raise argparse.ArgumentTypeError(f"there is no {name}; there are {', '.join(FAULTS)}")
    return name


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
