"""The small machine of the document: all but the web server as children of one unit, and back."""

import re
import time

from tests.installing.book import commands
from tests.installing.machine import ask_database, nothing_is_missing, say, visit, wait_until

UNIT = "take-action-together.service"
NAMES = ("work", "mail", "letters", "desk", "beat", "catcher", "returns")
WORKERS = 4
MEGABYTES_AT_MOST = 500
IDLE_AFTER_S = 60
CHILDREN = f"ps -o pid=,comm= --ppid $(systemctl show --value -p MainPID {UNIT})"
ANSWERING = """
set -a; . /etc/take-action/env; cd /srv/take-action
runuser -u take-action -- .venv/bin/celery -A worker.celery inspect ping --timeout 10 || true
"""
SWEPT = "SELECT at > now() - interval '1 minute' FROM worker_heartbeat WHERE name = 'sweep'"


def live_small(machine):
    say("a small machine: one unit for all but the web server")
    machine.tell(commands("install.md", "### A small machine"))
    machine.tell("systemctl restart take-action-web")
    wait_until(lambda: set(children(machine)) == {*NAMES}, "every program")
    assert weigh(machine) < MEGABYTES_AT_MOST
    all_serve(machine)
    for name in NAMES:
        killed = children(machine)[name]
        machine.tell(f"kill -KILL {killed}")
        wait_until(
            lambda name=name, old=killed: children(machine).get(name, old) != old, f"{name} back"
        )
        print(f"  {name}: killed, and started again", flush=True)
    all_serve(machine)
    weigh(machine)
    stop(machine)
    say("and back")
    machine.tell(
        "systemctl disable --now take-action-together; cd /srv/take-action; bin/install-server"
    )
    nothing_is_missing(machine)
    visit(machine)


def all_serve(machine):
    wait_until(lambda: set(children(machine)) == {*NAMES}, "every program")
    wait_until(lambda: machine.tell(ANSWERING).count("pong") == WORKERS, "four workers that answer")
    wait_until(lambda: ask_database(machine, SWEPT) == "t", "a sweep, by beat and its worker")
    machine.tell("ss -ltn | grep -q ':8025 '; ss -ltn | grep -q ':1025 '")
    nothing_is_missing(machine)
    visit(machine)


def weigh(machine):
    """Megabytes of all our programs while nobody comes."""
    time.sleep(IDLE_AFTER_S)
    total = 0
    for unit in (UNIT, "take-action-web.service"):
        pids = processes(machine, unit)
        # Of what several share, each has its part (PSS).
        rows = machine.tell(f"for pid in {' '.join(pids)}; do cat /proc/$pid/smaps_rollup; done")
        size = sum(map(int, re.findall(r"^Pss: +(\d+) kB", rows, re.MULTILINE))) / 1024
        assert size, rows
        print(f"  {unit}: {size:.0f} MB in {len(pids)} processes, idle", flush=True)
        total += size
    return total


def stop(machine):
    pids = processes(machine, UNIT)
    assert len(pids) > len(NAMES), pids
    began = time.monotonic()
    machine.tell(f"systemctl stop {UNIT}")
    took = time.monotonic() - began
    ended = machine.tell(f"systemctl show --value -p Result {UNIT}").strip()
    assert ended == "success", ended
    left = machine.tell(f"ps -o pid=,args= -p {','.join(pids)} || true")
    assert not left.strip(), left
    print(f"  stopped within {took:.1f} s, {len(pids)} processes and none left")


def processes(machine, unit):
    """The unit's own and all that come from it."""
    found = [machine.tell(f"systemctl show --value -p MainPID {unit}").strip()]
    parents = [line.split() for line in machine.tell("ps -eo pid=,ppid=").splitlines()]
    for pid in found:
        found += [child for child, parent in parents if parent == pid]
    return found


def children(machine):
    """Program -> process."""
    found = [line.split() for line in machine.tell(f"{CHILDREN} || true").splitlines()]
    return {name.removeprefix("take-"): pid for pid, name in found if name.startswith("take-")}
