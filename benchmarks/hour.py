"""An hour at twenty signatures a second on the processes that the install names: how long each
took, whether memory grows, and whether anything was lost.

Each signer is another person at another network address; each that is not set aside is confirmed by
its link a moment later, as its mailbox would. Processes are never renewed meanwhile. Memory is what
is theirs (PSS, from /proc), a line a minute; its slope is a straight line through the minutes after
the first quarter. What is counted at the end is rows: every answered form a submission with its
mail, every press of the button an action that counts.
"""

import argparse
import http.client
import os
import re
import statistics
import sys
import tempfile
import threading
import time
import uuid
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode, urlsplit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
QUEUES = ("work", "mail", "letters", "desk")
WORKER = "celery -A worker.celery worker --loglevel=WARNING --without-gossip --concurrency=2"
BEAT = "celery -A worker.celery beat --loglevel=WARNING --pidfile="
PRESSERS = 4
MOST_SLOPE = 0.02  # of the memory, from the first quarter's end to the end


def main() -> None:
    import django

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--rate", type=float, default=20, help="signatures a second")
    parser.add_argument("--clients", type=int, default=16)
    options = parser.parse_args()
    django.setup()
    from benchmarks._database import a_database

    with a_database(), ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        ask = a_petition()
        address, children = stack.enter_context(processes(folder))
        found = run(address, ask, children, options)
    report(found, options)


def a_petition():
    from tests import build

    ask = build.ask("petition", campaign=build.campaign("hour", state="live"))
    build.petition_text(ask)
    return ask


def processes(folder):
    """The web server's address and everything that runs: web, four workers, clock, catcher."""
    from contextlib import contextmanager

    from config.children import free_port, is_listening, start, stop, wait_until
    from tests.processes import environment

    @contextmanager
    def running():
        env = environment() | {"TRUSTED_PROXIES": "127.0.0.1", "ACCESS_LOG": "0"}
        python, port, children = [sys.executable, "-m"], free_port(), []
        try:
            web = f"gunicorn -c config/gunicorn.py --bind 127.0.0.1:{port}".split()
            children.append(start([*python, *web], env=env))
            wait_until(lambda: is_listening(port), children[0], what="The web server")
            for queue in QUEUES:
                named = [f"--queues={queue}", f"--hostname={queue}@%h"]
                forever = "--max-tasks-per-child=1000000000"
                children.append(start([*python, *WORKER.split(), *named, forever], env=env))
            beat = [*BEAT.split(), f"--schedule={folder / 'beat'}"]
            children.append(start([*python, *beat], env=env))
            children.append(start([sys.executable, "manage.py", "catch_mail"], env=env))
            yield f"http://127.0.0.1:{port}", children
        finally:
            for child in reversed(children):
                stop(child)

    return running()


def run(address, ask, children, options):
    """Signs until the time is over. Milliseconds of each signature, megabytes of each minute."""
    until = time.monotonic() + options.minutes * 60
    found = {"times": [], "wrong": [], "memory": [], "late": 0, "pressed": 0}
    lock, numbers, began = threading.Lock(), iter(range(1, 100_000_000)), time.monotonic()

    def client():
        line, begun = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60), 0.0
        while time.monotonic() < until:
            with lock:
                number = next(numbers)
            # Each at its own time, also when those before it took long.
            wait = began + number / options.rate - time.monotonic()
            if wait > 0:
                time.sleep(wait)
            elif wait < -1:
                found["late"] += 1
            # The server closes what is quiet for five seconds: nobody is refused by that.
            if time.perf_counter() - begun > 3:
                line.close()
            begun = time.perf_counter()
            try:
                line.request("POST", f"/act/{ask.campaign.slug}/", *form(ask, number))
                answer = line.getresponse()
                is_right = b"one-step-left" in answer.read()
            except OSError as error:
                line.close()
                found["wrong"].append(type(error).__name__)
                continue
            took = (time.perf_counter() - begun) * 1000
            with lock:
                found["times" if is_right else "wrong"].append(took if is_right else answer.status)

    threads = [threading.Thread(target=client) for _ in range(options.clients)]
    for share in range(PRESSERS):
        threads.append(threading.Thread(target=press, args=(address, until, found, lock, share)))
    for thread in threads:
        thread.start()
    while time.monotonic() < until:
        time.sleep(min(60, max(0, until - time.monotonic())))
        found["memory"].append(sum(memory(child.pid) for child in children))
        print(f"  {len(found['times']):,} signatures, {found['memory'][-1]:.0f} MB", flush=True)
    for thread in threads:
        thread.join()
    return found | rows(ask)


def form(ask, number):
    """The body and the headers of somebody who never signed before."""
    from actions.screening.machines import FormToken

    typed = {
        "given_name": "Nora",
        "family_name": f"North {number}",
        "email": f"nora{number}@domain{number % 997}.example",
        "zip": "00001",
        "step": "write",
        "country": "US",
        "age": "40",
        "token": FormToken(uuid.uuid4(), ask.pk, time.time() - 60).sign(),
    }
    # Neighbours in the order in which they sign would be a burst from one network.
    seen_from = f"10.{number & 255}.{number >> 8 & 255}.{number >> 16 & 255}"
    kind = "application/x-www-form-urlencoded"
    return urlencode(typed), {"Content-Type": kind, "X-Forwarded-For": seen_from}


def press(address, until, found, lock, share):
    """The button behind the link of each that waits, about a second after it was sent; of some
    that press, this one's `share`. What is left when the time is over stays unpressed.
    """
    from django.db import connection

    from actions.models import Submission
    from supporters import links

    line, last = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60), 0
    try:
        while time.monotonic() < until:
            time.sleep(1)
            waiting = Submission.objects.filter(pk__gt=last, state=Submission.State.WAITING)
            for pk, public_id in waiting.order_by("pk").values_list("pk", "public_id"):
                last = pk
                if pk % PRESSERS != share:
                    continue
                if time.monotonic() > until:
                    break
                is_taken = pressed(line, links.make("confirm", public_id), pk)
                with lock:
                    found["pressed"] += is_taken
    except OSError as error:
        found["wrong"].append(f"press: {type(error).__name__}")
    finally:
        line.close()
        connection.close()


def pressed(line, token, pk):
    """Whether the page's button was taken. What they saw on the page is sent back with it."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    headers["X-Forwarded-For"] = f"10.{pk >> 16 & 255}.{pk >> 8 & 255}.{pk & 255}"
    line.request("GET", f"/confirm/{token}/", headers=headers)
    seen = re.search(rb'name="shown" value="([^"]+)"', line.getresponse().read())
    line.request("POST", f"/confirm/{token}/", urlencode({"shown": seen[1].decode()}), headers)
    answer = line.getresponse()
    answer.read()
    return answer.status < 400


def memory(session):
    """Megabytes of every process of a session, each shared page shared out (PSS)."""
    from benchmarks._cpu import SESSION

    total = 0
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(status.read_text().rpartition(")")[2].split()[SESSION]) != session:
                continue
            lines = status.with_name("smaps_rollup").read_text().splitlines()
        except OSError:  # it ended meanwhile
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def rows(ask):
    from actions.models import Action, Submission
    from worker.models import Delivery

    mails = Delivery.objects.filter(lane="mail")
    return {
        "submissions": Submission.objects.filter(ask=ask).count(),
        "set_aside": Submission.objects.filter(ask=ask, state="quarantined").count(),
        "asked": mails.filter(key__regex="^(confirm|held):").count(),
        "actions": Action.objects.counted().filter(ask=ask).count(),
    }


def report(found, options):
    times = sorted(found["times"])
    if not times:
        sys.exit(f"nobody could sign: {sorted(set(map(str, found['wrong'])))}")
    print(
        f"{len(times):,} signatures in {options.minutes:g} minutes: p50"
        f" {statistics.median(times):.0f} ms, p99 {times[len(times) * 99 // 100]:.0f} ms,"
        f" {found['late']} begun more than a second late, {len(found['wrong'])} failed"
    )
    after = found["memory"][len(found["memory"]) // 4 :]
    grown = slope(after) * (len(after) - 1) / after[0] if len(after) > 2 else 0.0
    print(f"memory after the first quarter: {after[0]:.0f} MB, {grown:+.1%} by a straight line")
    print(
        f"{found['submissions']:,} rows, {found['set_aside']:,} of them set aside as a burst,"
        f" {found['asked']:,} mails posted; {found['pressed']:,} buttons pressed,"
        f" {found['actions']:,} actions count"
    )
    lost = len(times) > found["submissions"] or found["submissions"] > found["asked"]
    if lost or found["wrong"] or found["pressed"] != found["actions"]:
        sys.exit("answers and rows differ")
    if grown > MOST_SLOPE:
        sys.exit("memory grows")


def slope(values):
    return statistics.linear_regression(range(len(values)), values).slope


if __name__ == "__main__":
    main()
