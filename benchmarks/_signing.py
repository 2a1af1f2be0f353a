"""A signature posted through Django's client while others work in the same tables, in a process of
their own. On two cores whatever works beside it takes a core from it: so it is also said what part
of the time it waited for locks, which is what others could keep from it on any machine.
"""

import statistics
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

TO_FORGET = 48_889
LOOKS_APART_S = 0.01
# What is begun for each row of the bench, in a process of its own, until it is stopped.
BESIDE = {
    # What it costs that another process is busy at all: the others are held against this.
    "a core is busy": "while True: pass",
    "counted": "from actions import recount\nwhile True: recount.recount(everything=True)",
    "forgotten": "from actions import retention\nretention.forget_unconfirmed()",
}


def signing(times, said, asks):
    """Milliseconds of each, while nothing happens and while others work."""
    make_old(TO_FORGET)
    client, petition = visitor(), a_petition(asks[0].campaign)
    sign_for_a_while(client, petition, seconds=1)
    times["sign POST, quiet"] = sign_for_a_while(client, petition)
    for what, code in BESIDE.items():
        name = f"sign POST while {what}"
        with beside(code), lock_waits() as looks:
            times[name] = sign_for_a_while(client, petition)
        share = sum(looks) / max(1, len(looks))
        said[name] = f"waited for locks {share:.1%} of the time"


def a_petition(campaign):
    from tests import build

    ask = build.ask("petition", campaign=campaign)
    build.petition_text(ask)
    return ask


def visitor():
    from django.test import Client

    return Client(headers={"host": "localhost"})


def sign_for_a_while(client, ask, seconds=8.0):
    """The median of so many signatures as fit."""
    import uuid

    from actions.screening.machines import FormToken

    runs, until = [], time.perf_counter() + seconds
    while time.perf_counter() < until:
        key = uuid.uuid4()
        form = {
            "given_name": "Nora",
            "family_name": f"North {key.hex[:8]}",
            "email": f"nora{key.hex}@gmail.com",
            "zip": "00001",
            "step": "write",
            "country": "US",
            "age": "40",
            "token": FormToken(key, ask.pk, time.time() - 60).sign(),
        }
        path = f"/act/{ask.campaign.slug}/{ask.position}/"
        began = time.perf_counter()
        # Each from another network: together they would be a burst.
        seen_from = ".".join(map(str, (10, *key.bytes[:3])))
        answer = client.post(path, form, secure=True, REMOTE_ADDR=seen_from)
        if b"one-step-left" not in answer.content:
            sys.exit(f"a signature was answered {answer.status_code}")
        runs.append((time.perf_counter() - began) * 1000)
    return statistics.median(runs)


@contextmanager
def lock_waits():
    """Looks at our connection, a hundred a second: whether it waits for somebody else's lock."""
    from django.db import connection
    from psycopg import connect

    looks, is_over = [], threading.Event()
    connection.ensure_connection()
    of_ours = connection.connection.info
    ask = "SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = %s"

    def look():
        with connect(of_ours.dsn, password=of_ours.password, autocommit=True) as other:
            while not is_over.wait(LOOKS_APART_S):
                looks.append(other.execute(ask, [of_ours.backend_pid]).fetchone() == (True,))

    looker = threading.Thread(target=look)
    looker.start()
    try:
        yield looks
    finally:
        is_over.set()
        looker.join()


@contextmanager
def beside(code):
    """The same database, another process."""
    from django.db import connection

    from tests.processes import environment

    begin = "import django; django.setup()\n"
    child = subprocess.Popen([sys.executable, "-c", begin + code], env=environment())
    time.sleep(3)  # until it has loaded
    if child.poll():
        sys.exit(f"what should run beside ended: {code}")
    try:
        yield
    finally:
        child.kill()
        child.wait()
        connection.close()


def make_old(number):
    """So many submissions that nobody confirmed in time."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE actions_submission SET state = 'waiting', action_id = NULL,
                created_at = now() - interval '80 days', changed_at = now() - interval '80 days'
            WHERE id IN (SELECT id FROM actions_submission WHERE state = 'confirmed' LIMIT %s)""",
            [number],
        )
