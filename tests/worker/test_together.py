"""On a small machine all programs are children of one."""

import os
import signal
import subprocess
import sys
import time

from worker import together

CREW = """
import os, sys, time
from worker import together

together.PAUSE_S = 0.05

def program(name):
    with open(sys.argv[1], "a") as log:
        log.write(f"{name} {os.getpid()}\\n")
    time.sleep(60)

names = ("mail", "beat")
sys.exit(together.Crew({name: lambda name=name: program(name) for name in names}).watch())
"""


def test_what_ends_is_started_again_and_all_end_with_their_parent(tmp_path):
    log = tmp_path / "log"
    log.touch()
    parent = subprocess.Popen([sys.executable, "-c", CREW, str(log)])
    try:
        first = lines(log, 2)
        killed = dict(line.split() for line in first)["mail"]
        os.kill(int(killed), signal.SIGKILL)
        third = lines(log, 3)[2]
        parent.terminate()

        assert third.split()[0] == "mail"
        assert third.split()[1] != killed
        assert parent.wait(20) == 0
        children = [line.split()[1] for line in log.read_text().splitlines()]
        assert not any(os.path.exists(f"/proc/{pid}") for pid in children)
    finally:
        parent.kill()


def test_who_is_told_to_end_while_a_child_is_forked_tells_that_one_too(monkeypatch):
    told, crew = [], together.Crew({"mail": print})

    def fork():
        signal.raise_signal(signal.SIGTERM)
        return 4242

    monkeypatch.setattr(together.os, "fork", fork)
    monkeypatch.setattr(together.os, "kill", lambda pid, _signal: told.append(pid))
    before = signal.signal(signal.SIGTERM, crew.end)
    try:
        crew.start("mail")
    finally:
        signal.signal(signal.SIGTERM, before)

    assert told == [4242]


def lines(log, number, patience_s=60):
    until = time.monotonic() + patience_s
    while len(found := log.read_text().splitlines()) < number and time.monotonic() < until:
        time.sleep(0.05)
    return found
