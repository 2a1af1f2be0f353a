"""bin/run itself, on SQLite: from nothing to a page, through a death, and back to nothing."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

from config.children import free_port
from tests.journeys.newcomer import Newcomer
from tests.nursery import is_alive

OURS = (
    "DATABASE_URL",
    "REDIS_URL",
    "SITE_URL",
    "ALLOWED_HOSTS",
    "CATCHER_URL",
    "SECRET_KEY",
    "HASH_KEY",
    "STATIC_MANIFEST",
    "VAR_DIR",
    "JOURNAL_DIR",
)


def env(home):
    """As somebody's shell has it, with all that is kept in `home`."""
    theirs = {
        name: value
        for name, value in os.environ.items()
        if name not in OURS and not name.startswith("DJANGO")
    }
    return theirs | {
        "VAR_DIR": str(home / "var"),
        "STATIC_ROOT": str(home / "static"),
        "TAKE_ACTION_VENV_READY": "1",
        "FORM_LEAST_SECONDS": "0",
    }


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Where bin/run keeps everything: whoever starts it first fills it."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def bin_run(home):
    """Start bin/run; whatever the test leaves running is stopped, and its log thrown away."""
    started = []

    def begin(*arguments, port):
        log = (home / "log").open("ab")
        started.append(
            subprocess.Popen(
                [settings.BASE_DIR / "bin/run", *arguments],
                env=env(home) | {"PORT": str(port)},
                stdout=log,
                stderr=log,
            )
        )
        return started[-1]

    yield begin
    for process in started:
        if process.poll() is None:
            process.kill()
            process.wait()
    (home / "log").unlink(missing_ok=True)


def wait_for(claim, timeout_s=300):
    deadline = time.monotonic() + timeout_s
    while not claim():
        assert time.monotonic() < deadline, "not in time"
        time.sleep(0.1)


def is_up(running, home):
    has_ended = running.poll() is not None
    return has_ended or "Ctrl-C stops everything" in (home / "log").read_text()


def children(process):
    """The ids of all its descendants: on Linux only."""
    found, waiting = [], [process.pid]
    while waiting:
        listing = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(waiting.pop())], capture_output=True, text=True
        ).stdout.split()
        found += listing
        waiting += listing
    return [int(pid) for pid in found]


def alive(pids):
    return [pid for pid in pids if is_alive(pid)]


def test_from_an_empty_folder_to_a_page_through_a_death_and_back(bin_run, home):
    port = free_port()
    running = bin_run(port=port)
    wait_for(lambda: is_up(running, home))

    with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
        page = answer.read().decode()
    assert "<h1" in page
    assert f"http://127.0.0.1:{port}/" in (home / "log").read_text()
    assert (home / "var/secrets").stat().st_mode & 0o777 == 0o600

    sign_the_petition(f"http://127.0.0.1:{port}", (home / "log").read_text())

    crew = children(running)
    assert len(crew) >= 5
    web = next(pid for pid in crew if b"gunicorn" in Path(f"/proc/{pid}/cmdline").read_bytes())
    os.kill(web, signal.SIGKILL)
    wait_for(lambda: "web ended with status -9; starting it again" in (home / "log").read_text())
    wait_for(lambda: answers(port))

    crew = {*crew, *children(running)}
    running.send_signal(signal.SIGTERM)
    assert running.wait(60) == 0
    assert alive(crew) == []
    # The next start finds nothing to do.
    assert (
        subprocess.check_output([settings.BASE_DIR / "bin/manage", "set_up"], env=env(home)) == b""
    )


def sign_the_petition(site, log):
    """What a newcomer does first: sign, read the caught mail as one of the printed demo logins,
    confirm, see the count move.
    """
    numbers = f"{site}/act/ratify-the-convention/count.json"
    signed = json.load(urllib.request.urlopen(numbers))["verified"]
    newcomer = Newcomer(site).open("/act/ratify-the-convention/")
    newcomer.send(step="address", zip="00018", age="34")
    newcomer.send(step="write", given_name="Nora", family_name="Newcomer", email="nora@example.org")
    assert "One step left" in newcomer.html

    password = re.search(r"Password for all of them: (\S+)", log)[1]
    newcomer.open("/login/?next=/outbox/").send(
        username=re.search(r"staff@\S+", log)[0], password=password, next="/outbox/"
    )
    newcomer.caught_mail_to("nora@example.org", "Please confirm")
    newcomer.open(newcomer.link("/confirm/")).send()
    assert "It counts. Thank you." in newcomer.html
    wait_for(lambda: json.load(urllib.request.urlopen(numbers))["verified"] == signed + 1)


def test_a_busy_port_is_explained(bin_run, home):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        assert bin_run(port=port).wait(60) == 1
    assert f"Port {port} on 127.0.0.1 cannot be used" in (home / "log").read_text()
    assert "PORT=" in (home / "log").read_text()


SUPERVISOR = """
import os, time
from config.supervise import Crew
crew = Crew(os.environ)
for name in ("one", "other"):
    crew.add(name, ["sleep", "300"])
print(*(child.pid for child in crew.children.values()), flush=True)
time.sleep(300)
"""


def test_nobody_outlives_a_killed_supervisor():
    with subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR], cwd=settings.BASE_DIR, stdout=subprocess.PIPE
    ) as running:
        crew = [int(pid) for pid in running.stdout.readline().split()]
        assert alive(crew) == crew
        running.kill()
    wait_for(lambda: alive(crew) == [])


def answers(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return answer.status == 200
    except (OSError, urllib.error.URLError):
        return False
