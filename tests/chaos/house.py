"""All of our own processes, as in production, from any folder of code: the web, two senders, beat.

They can be killed one by one.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
from celery import Celery

from config.children import free_port, is_listening, stop, wait_until
from tests.chaos import machine, sink
from tests.chaos.ground import HERE, children_of, environment
from tests.chaos.servers import TEMPLATE, Broker
from tests.chaos.standing import AGE, DUE, STANDING
from tests.chaos.turn import Turn

QUEUES = ("work", "mail", "letters", "desk")
QUIET = ["--loglevel=INFO", "--without-gossip", "--without-mingle", "--without-heartbeat"]
SENDERS = 2


class House:
    """One scenario's processes over a database, a Redis and a world of mail servers of its own."""

    def __init__(self, ground, name, *, code=HERE, template=TEMPLATE, **env):
        self.name, self.code, self.database = name, code, ground.database
        self.folder = ground.folder / name
        self.folder.mkdir()
        self.broker = Broker(self.folder)
        self.sink = sink.World()
        self.sink.up()
        self.site = free_port()
        self.has_small_disk = machine.small_disk(self.folder / "journal")
        url = self.database.new(name, template=template)
        self.env = environment(
            DATABASE_URL=url,
            REDIS_URL=self.broker.url,
            SITE_URL=f"http://127.0.0.1:{self.site}",
            SMTP_URL=self.sink.url,
            JOURNAL_DIR=str(self.folder / "journal"),
            METRICS_FROM="127.0.0.0/8",
            code=code,
            **env,
        )
        # A round starts some thirty processes, a scenario with worse code a web and two senders.
        self.nursery = ground.nursery.branch(self.env, code)
        self.web, self.beats, self.senders, self.started = None, [], [], 0
        self.kills, self.cut_off, self.poisoned, self.expired, self.wrong = 0, 0, [], set(), {}
        # Under 13, by their mailbox; and what was done at the desk, as the audit log should name it.
        self.children, self.deeds_of_staff = set(), []
        self.is_thorough = False  # looks that cost seconds
        self.bell = Celery(broker=self.broker.url, set_as_current=False)
        self.bell.conf.update(broker_connection_timeout=1, task_publish_retry=False)

    # Rows

    def ask(self, sql, *values):
        return self.database.ask(sql, *values, name=self.name)

    def count(self, where="true"):
        return self.ask(f"SELECT count(*) FROM worker_delivery WHERE {where}")[0][0]

    def waiting(self, but=""):
        """Whatever should not stay as it is; without what goes to one address."""
        [(number,)] = self.ask(
            "SELECT count(*) FROM worker_delivery WHERE state IN ('queued', 'claimed', 'data') AND"
            " recipient <> %s",
            but,
        )
        return number

    @contextlib.contextmanager
    def holding_turn(self, email):
        """Whoever wants this mailbox's turn (supporters.people.take_turns) waits until the end."""
        [(mailbox,), *_] = self.ask(
            "SELECT mailbox FROM actions_submission WHERE entry ->> 'email' = %s", email
        )
        with psycopg.connect(self.database.url(self.name)) as line:
            yield Turn(line, int(mailbox[:15], 16))

    def hurry(self):
        for sql in DUE:
            self.ask(sql)

    # Processes

    def open(self):
        """The web, by the real gunicorn.py."""
        self.begin_open()
        self.opened()

    def begin_open(self):
        command = ["-m", "gunicorn", "-c", "config/gunicorn.py", "--bind", f"127.0.0.1:{self.site}"]
        self.web = self.begin(command, "web")

    def opened(self):
        wait_until(lambda: is_listening(self.site), self.web, what="The web server", timeout_s=90)

    def send(self, number=SENDERS, **wrong):
        """Start so many senders more, and wait until they take work.

        `wrong`: what tests.chaos.launcher should make so.
        """
        begun = [self.begin_sender(**wrong) for _ in range(number)]
        for sender in begun:
            wait_until(
                lambda sender=sender: " ready." in sender.log.read_text(errors="replace"),
                sender,
                what=f"A sender ({sender.log})",
                timeout_s=90,
            )
        return begun

    def begin_sender(self, **wrong):
        wrong = self.wrong | wrong
        program = "tests.chaos.launcher" if wrong else "celery"
        self.started += 1
        command = ["-m", program, "-A", "worker.celery", "worker", "--concurrency=1", *QUIET]
        sender = self.begin(
            [*command, f"--hostname=sender{self.started}@%h"], f"sender-{self.started}", **wrong
        )
        self.senders.append(sender)
        return sender

    def tick(self):
        command = ["celery", "-A", "worker.celery", "beat", "--pidfile="]
        self.beats.append(self.begin(["-m", *command], f"beat-{len(self.beats)}"))

    def begin(self, command, name, **env):
        child = self.nursery.start(
            command, env=self.env | env, log=self.folder / f"{name}.log", cwd=self.code
        )
        child.log = self.folder / f"{name}.log"
        child.log.touch()
        return child

    def kill(self, senders=None):
        """kill -9 of every sender and all its children at once.

        Their leases are over: they are certainly dead.
        """
        self.kills += len(self.senders if senders is None else senders)
        self.end(self.senders if senders is None else senders)
        self.sink.behave()
        self.ask(AGE)

    def kill_hands(self):
        """kill -9 of the processes that send, as the system does when memory ends; Celery's own
        process starts others.
        """
        hands = [int(pid) for sender in self.senders for pid in children_of(sender.pid)]
        self.kills += len(hands)
        for pid in hands:
            os.kill(pid, signal.SIGKILL)
        while any(Path(f"/proc/{pid}").exists() for pid in hands):
            time.sleep(0.01)
        self.sink.behave()
        self.ask(AGE)

    def web_hands(self):
        return children_of(self.web.pid)

    def kill_web_hands(self):
        """kill -9 of the processes that answer; gunicorn's own starts others."""
        for pid in self.web_hands():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)

    def end(self, processes):
        for process in list(processes):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            self.forget(process)

    def drain(self, *, timeout_s=60):
        """TERM, as a deploy does, until all have gone; then nobody holds a lease.

        Whether all went in time.
        """
        for sender in self.senders:
            sender.terminate()
        deadline = time.monotonic() + timeout_s
        for sender in self.senders:
            with contextlib.suppress(subprocess.TimeoutExpired):
                sender.wait(max(0.1, deadline - time.monotonic()))
        late = [sender for sender in self.senders if sender.poll() is None]
        self.kills += len(late)
        self.end(self.senders)
        return not late

    def kill_redis(self, *, down_s=1.0):
        """kill -9 of Redis, and back without its memory.

        Celery cannot acknowledge any more what its senders are doing, and so it ends them as if by
        kill (CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS).
        """
        self.cut_off += len(self.senders)
        self.broker.kill()
        time.sleep(down_s)
        self.broker.up()

    @property
    def doubts_made(self):
        """How many letters the faults so far can have left in doubt.

        A sender has one letter on the wire. A restart of the database is not among them: the
        engine waits for it, and says the same turn again.
        """
        return self.kills + self.cut_off + self.died_of_poison() + self.sink.dropped

    def replace_a_sender(self, **wrong):
        """One goes, as in a deploy, and one with something wrong comes."""
        [old] = self.senders[:1]
        old.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            old.wait(60)
        self.kills += old.poll() is None
        self.end([old])
        self.send(1, **wrong)

    def poison(self, word, *, at="carry"):
        """Whoever carries, or only begins, a letter with this in it (its writer's address, its
        Message-ID) dies: every sender that is started from now on.
        """
        self.poisoned.append(word)
        self.wrong = {
            "CHAOS_POISON": "\n".join(self.poisoned),
            "CHAOS_POISON_AT": at,
            "CHAOS_DEATHS": str(self.deaths),
        }

    @property
    def deaths(self):
        return self.folder / "deaths"

    def died_of_poison(self):
        return len(self.deaths.read_text().split()) if self.deaths.exists() else 0

    def forget(self, process):
        if process in self.senders:
            self.senders.remove(process)

    # Bells

    def ring(self, task, *arguments, queue="work"):
        """Say it once more, as a second beat would; a Redis that is away is nobody's fault."""
        with contextlib.suppress(Exception):
            self.bell.send_task(task, arguments, queue=queue, retry=False)

    def sweep(self):
        self.ring("worker.tasks.sweep")

    def settle(self, *, timeout_s=120, also=(), but=""):
        """Sweep, with every pause cut short, until nothing waits (`but` to one address) or three
        sweeps have changed nothing at all.

        Whether nothing waits.
        """
        deadline, seen, unchanged = time.monotonic() + timeout_s, None, 0
        while self.waiting(but) and unchanged < 3 and time.monotonic() < deadline:
            self.hurry()
            for task in ("worker.tasks.sweep", *also):
                self.ring(task)
            self.finish_work()
            now = (sorted(self.ask(STANDING)), len(self.sink.all_caught()), self.died_of_poison())
            seen, unchanged = now, unchanged + 1 if now == seen else 0
        return not self.waiting(but)

    def finish_work(self, *, timeout_s=60):
        """Until no bell is left and nobody works, seen twice: between a queue and the hand that
        takes from it a bell is nowhere.
        """
        idle, deadline = 0, time.monotonic() + timeout_s
        while idle < 2 and time.monotonic() < deadline:
            time.sleep(0.05)
            idle = idle + 1 if self.is_idle() else 0

    def is_idle(self):
        redis = self.broker.line()
        busy = redis.hlen("unacked") or any(redis.llen(queue) for queue in QUEUES)
        redis.close()
        return not busy

    def count_again(self):
        """As beat does every ten seconds."""
        for _ in range(2):
            self.ring("actions.tasks.count")
            self.finish_work()

    def expire(self, recipient):
        """These have been tried for 72 hours."""
        self.expired.add(recipient)
        self.ask(
            "UPDATE worker_delivery SET expires_at = now() WHERE state = 'queued' AND recipient"
            " = %s",
            recipient,
        )

    def manage(self, command):
        """What a command of ours complains of, "" for nothing."""
        program = [sys.executable, "manage.py", command]
        ended = subprocess.run(program, env=self.env, cwd=self.code, capture_output=True, text=True)
        return ended.stderr.strip().rpartition("\n")[2] if ended.returncode else ""

    def logs(self):
        """Of all that ran here, the database's too where it is ours alone."""
        server = getattr(self.database, "log", None)
        return [*self.folder.glob("*.log"), *([Path(server.name)] if server else [])]

    def stop(self):
        children = [*self.senders, *self.beats, *([self.web] if self.web else [])]
        for child in children:
            child.terminate()
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)  # nothing is asked of them any more
            stop(child)
        self.nursery.stop()
        self.sink.behave()
        self.sink.down()
        self.bell.close()
        self.broker.stop()
        machine.take_off(self.folder / "journal")
        self.ask_server_to_drop()

    def ask_server_to_drop(self):
        with contextlib.suppress(Exception):
            self.database.drop(self.name)
