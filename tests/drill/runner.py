"""docs/runbook.md, "Restoring", word for word on real servers: a backup, acts, the loss of the
machine, a restore, and what must be true afterwards. Behind bin/drill.
"""

import argparse
import datetime as dt
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.chaos.asking import ask
from tests.chaos.crowd import Crowd
from tests.chaos.ground import Ground
from tests.chaos.house import House
from tests.chaos.play import Part
from tests.chaos.scene import ADA, LETTER, TARGETS
from tests.drill import relay
from tests.drill.archive import Archived

ZIP = "00001"
CAMPAIGN = "SELECT 'campaign:' || id FROM campaigns_campaign WHERE slug = %s"
OFFICE = "SELECT recipient_key FROM worker_delivery WHERE recipient = %s LIMIT 1"
LETTERS = "SELECT message_id, recipient, state FROM worker_delivery WHERE recipient = ANY(%s)"
STATES = """
    SELECT a.state FROM actions_action a JOIN supporters_supporter s ON s.id = a.supporter_id
    WHERE s.email = %s"""
CONSENT = """
    SELECT c.granted FROM supporters_consent c JOIN supporters_supporter s ON s.id = c.supporter_id
    WHERE s.email = %s AND c.purpose = 'newsletter' ORDER BY c.id DESC LIMIT 1"""
WAITED = "SELECT count(*) FROM worker_delivery WHERE state IN ('queued', 'claimed', 'data')"


class Drill:
    def __init__(self, folder, *, seed, people, archive_timeout_s):
        self.began_at, self.seed, self.many = time.monotonic(), seed, people
        self.folder = folder
        self.database = Archived(folder, archive_timeout_s=archive_timeout_s)
        self.ground = Ground(folder, self.database)
        self.failures, self.numbers = [], 0

    def say(self, text):
        print(f"{time.monotonic() - self.began_at:6.1f} s  {text}", flush=True)

    def check(self, is_so, text):
        self.say(f"{'ok  ' if is_so else 'FAIL'} {text}")
        if not is_so:
            self.failures.append(text)

    def run(self):
        self.database.watch("drill")
        self.ground.build()
        self.house = House(self.ground, "drill")
        self.database.keep_journal(Path(self.house.env["JOURNAL_DIR"]))
        relay.write_down(self.house.sink, self.database.relay_log)
        self.house.open()
        self.house.send()
        try:
            self.act_before_the_backup()
            self.act_in_the_gap()
            self.lose_the_machine()
            self.restore()
            self.look_before_anybody_did_anything()
            self.look_through()
            self.judge()
        finally:
            self.house.stop()
            self.ground.stop()
        return self.failures

    # What happens

    def act_before_the_backup(self):
        self.first = self.people(self.many)
        self.play(self.first, "submit", "confirm")
        self.house.settle()
        self.database.backup("base")
        self.say("A base backup is made.")
        self.campaign = self.house.ask(CAMPAIGN, LETTER[0])[0][0]
        self.office = self.house.ask(OFFICE, ADA)[0][0]
        self.inside("pause", "campaign", self.campaign)
        self.inside("pause", "office", self.office)
        self.second = self.people(self.many)
        self.play(self.second, "submit", "confirm")
        self.inside("allow_news", self.first[0].email, self.first[1].email)
        self.waited = self.house.ask(WAITED)[0][0]
        self.database.archive_now()
        self.database.backup("off")
        self.say(f"What is committed is archived; {self.waited} letters wait.")

    def act_in_the_gap(self):
        """After the last WAL that was archived: all that a restore by the book used to undo."""
        self.inside("resume", "campaign", self.campaign)
        self.sweep()
        self.third = self.people(self.many // 2)
        self.play(self.third, "submit", "confirm")
        self.sweep()
        self.erased = [self.first[2], self.second[2]]
        self.inside("erase", *(part.email for part in self.erased))
        self.inside("end_news", self.first[0].email)
        self.inside("suppress", self.first[1].email)
        self.withdrawn = [self.first[3], self.second[3], self.second[4]]
        self.play(self.withdrawn, "withdraw")
        self.database.backup("off")
        gone = self.waited - self.house.ask(WAITED)[0][0]
        self.say(
            f"Since then {gone} letters left, {len(self.third)} people signed,"
            f" {len(self.withdrawn)} withdrew, {len(self.erased)} were erased."
        )

    def lose_the_machine(self):
        self.lost_at, self.lost_time = time.monotonic(), dt.datetime.now(dt.UTC)
        self.house.end([*self.house.senders, self.house.web])
        self.database.lose()
        self.house.broker.forget()
        self.caught_at_loss = len(self.house.sink.all_caught())
        self.say("The machine is lost with its disk.")

    def restore(self):
        self.say(self.database.bring_back())
        # Nobody remembers anything: all is started as it always was.
        self.house.open()
        self.house.send()

    def look_before_anybody_did_anything(self):
        for task in ("worker.tasks.sweep", "actions.tasks.keep_schedules"):
            self.house.ring(task)
        self.house.finish_work()
        status = self.manage("restore_mode")
        self.check("is on" in status, "restore mode began by itself")
        known = re.search(r"until (\S+ \S+) (\S+)\.", status)
        self.moment = self.house.ask("SELECT moment FROM worker_restore")[0][0]
        self.say(f"It knew what happened until {known[1]}.")
        arrived = len(self.house.sink.all_caught()) - self.caught_at_loss
        self.check(arrived == 0, f"{arrived} letters left a database that nobody looked through")
        page = f"/act/{LETTER[0]}/{LETTER[1]}/"
        self.check(self.ask("GET", page).status == 200, "pages are read")
        answer = self.ask("POST", page, {"step": "write", "own_words": "Mend the swings."})
        is_kept = answer.status == 503 and "Mend the swings." in answer.text
        self.check(is_kept, "a form is answered 503, with its words")
        # Somebody takes back now what the backup still has in line.
        self.late = self.second[5]
        self.play([self.late], "withdraw")
        self.withdrawn.append(self.late)

    def look_through(self):
        """The three steps of the runbook."""
        log, lost = self.folder / "relay.log", self.folder / "lost"
        self.database.backup("logs", log, ARCHIVE_IDENTITY=str(self.database.key))
        self.say(self.manage("settle_restored", log, "--complete").strip())
        self.manage("settle_restored", log, "--complete", "--really", "--lost", lost)
        copies = self.database.elsewhere / "journal"
        self.say(self.manage("replay_journal", copies, self.database.journal).strip())
        self.manage("replay_journal", copies, self.database.journal, "--really")
        self.manage("restore_mode", "--end", "The drill")
        self.rto_s = time.monotonic() - self.lost_at
        self.lost = [line.split()[1] for line in lost.read_text().splitlines()]
        for scope, key in (("campaign", self.campaign), ("office", self.office)):
            self.inside("resume", scope, key)
        self.sweep()

    # What must be true

    def judge(self):
        copies = self.house.sink.copies()
        twice = {mid for mid, number in copies.items() if number > 1}
        self.check(not twice, f"{len(twice)} messages arrived twice, of {len(copies)}")
        offices = list(TARGETS[ZIP])
        rows = self.house.ask(LETTERS, offices)
        untrue = [row for row in rows if row[2] == "sent" and not copies.get(row[0])]
        self.check(not untrue, f"{len(untrue)} letters are called sent and never arrived")
        left = {row[0] for row in rows if copies.get(row[0])}
        denied = [row for row in rows if row[0] in left and row[2] != "sent"]
        self.check(not denied, f"{len(denied)} letters arrived and are called {denied[:1]}")
        back = [
            part.email
            for part in self.erased
            if self.house.ask("SELECT 1 FROM supporters_supporter WHERE email = %s", part.email)
        ]
        self.check(not back, f"{len(back)} of {len(self.erased)} erased people are back")
        stand = [part.email for part in self.withdrawn if self.state(part) == "withdrawn"]
        self.check(
            len(stand) == len(self.withdrawn),
            f"{len(stand)} of {len(self.withdrawn)} withdrawals stand",
        )
        granted = self.house.ask(CONSENT, self.first[0].email)
        self.check(granted == [(False,)], "who left the newsletter is out of it")
        suppressed = self.house.ask("SELECT count(*) FROM supporters_suppression")[0][0]
        self.check(suppressed >= 1, "who wants no mail gets none")
        waits = self.house.ask(WAITED)[0][0]
        self.check(waits == 0, f"{waits} letters still wait")
        self.tell_lost()
        rpo_s = (self.lost_time - self.moment).total_seconds()
        self.say(f"RPO {rpo_s:.0f} s: what happened in that time is lost, but for what is above.")
        self.say(f"RTO {self.rto_s:.0f} s: from the loss until everything was taken in again.")

    def tell_lost(self):
        """Who signed in the gap: their rows are gone, unless their WAL came away in time."""
        gone = [part.email for part in self.third if not self.state(part)]
        told = [email for email in gone if email in self.lost]
        self.check(
            len(told) == len(gone),
            f"{len(told)} of {len(gone)} people whose rows are lost stand in the list to write to",
        )

    # Beneath

    def people(self, number):
        self.numbers += number
        first = self.numbers - number
        return [Part(n, self.seed, LETTER, ZIP, []) for n in range(first, self.numbers)]

    def play(self, parts, *deeds):
        for part in parts:
            part.deeds = list(deeds)
            part.looked_at = ("", 0)
        crowd = Crowd(self.house, parts)
        crowd.begin()
        if not crowd.join(240) or crowd.failures:
            raise RuntimeError(f"People could not act: {crowd.failures}")
        self.house.finish_work()

    def sweep(self):
        self.house.settle(timeout_s=60)

    def state(self, part):
        found = self.house.ask(STATES, part.email)
        return found[0][0] if found else ""

    def ask(self, method, path, form=None):
        return ask(self.house.site, method, path, form, {"X-Forwarded-For": "10.8.8.8"})

    def manage(self, *command):
        return self.process("manage.py", *command)

    def inside(self, *deed):
        return self.process("-m", "tests.drill.inside", *deed)

    def process(self, *command):
        done = subprocess.run(
            [sys.executable, *map(str, command)],
            env=self.house.env,
            cwd=self.house.code,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(map(str, command))}: {done.stdout}{done.stderr}")
        return done.stdout


def main():
    parser = argparse.ArgumentParser(prog="bin/drill", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--people", type=int, default=12, help="before the backup, and after it")
    parser.add_argument("--archive-timeout", type=int, default=60, help="seconds, as on a server")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="take-action-drill-") as folder:
        Path(folder).chmod(0o711)
        failures = Drill(
            Path(folder),
            seed=options.seed,
            people=options.people,
            archive_timeout_s=options.archive_timeout,
        ).run()
    print("\n".join([f"FAILED: {text}" for text in failures] or ["Everything held."]))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
