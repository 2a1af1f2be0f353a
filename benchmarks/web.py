"""A campaign's page against a bare Django view, a signature against a bare transaction of Django
REST framework (benchmarks/_bare.py): same gunicorn settings, same database, alternating.

Ours is all of it: every middleware, limits counted in Redis, the confirmation mail composed and
posted, a worker woken. Each signer is another person at another network address, as a proxy would
report it. No worker runs beside. The client and PostgreSQL share the machine's cores with both
servers, so the ratios say more than the rates; CPU is that of the web server's processes alone.
"""

import argparse
import datetime as dt
import http.client
import json
import os
import statistics
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from benchmarks import _cpu

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def main() -> None:
    import django

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--connections", type=int, default=8)
    options = parser.parse_args()
    django.setup()
    from benchmarks._database import a_database

    with a_database(), tempfile.TemporaryDirectory() as folder:
        ask, page = fill()
        with servers(Path(folder)) as (ours, looking, bare):
            compare("page GET", reading(ours, ask), reading(bare, None), options)
            one = argparse.Namespace(**{**vars(options), "connections": 1})
            sides = reading(looking, ask, changed_by(ask)), reading(bare, None)
            compare("page GET, changed before each", *sides, one)
            sides = signing(ours, ask), signing_bare(bare)
            signed = compare("sign POST", *sides, options, between=make_old)
        check(ask, page, *signed)


def fill():
    """The demonstration, whose petition is signed, and the bare page with as long a story."""
    from django.core.management import call_command
    from django.db import connection

    from benchmarks._bare import Outgoing, Page, Signature
    from campaigns import words
    from campaigns.models import Ask

    call_command("load_demo", verbosity=0)
    ask = (
        Ask.objects.filter(kind="petition", campaign__state="live", position=1)
        .select_related("campaign")
        .first()
    )
    with connection.schema_editor() as editor:
        editor.create_model(Page)
        editor.create_model(Signature)
        editor.create_model(Outgoing)
    said = words.of(ask.campaign, "en")
    return ask, Page.objects.create(slug="petition", title=said.title, story=said.story)


@contextmanager
def servers(folder):
    """All running all the time, as production runs: hashed static files, our own proxy trusted. The
    second is ours, and looks each time whether what it keeps is still right.
    """
    from config.children import free_port, is_listening, start, stop, wait_until
    from tests.processes import environment

    static = {
        "STATIC_MANIFEST": "1",
        "STATIC_ROOT": str(folder / "static"),
        "TRUSTED_PROXIES": "127.0.0.1",
    }
    env = environment() | static
    if start(
        [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"], env=env
    ).wait():
        sys.exit("collectstatic failed")
    gunicorn, running = [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py"], []
    try:
        sides = ({}, []), ({"KEPT_UNCHECKED_S": "0"}, []), ({}, ["benchmarks._bare:application"])
        for more, application in sides:
            port = free_port()
            # The site's own address is http: no redirect, and the Host header is the one
            # ALLOWED_HOSTS names.
            child = start([*gunicorn, "--bind", f"127.0.0.1:{port}", *application], env=env | more)
            wait_until(lambda port=port: is_listening(port), child, what="The web server")
            running.append((child, f"http://127.0.0.1:{port}"))
        yield running
    finally:
        for child, _ in running:
            stop(child)


def reading(server, ask, change=lambda number: None):
    child, address = server

    def request(number):
        change(number)
        return "GET", path(ask), None, {}

    return child, address, request, 200


def changed_by(ask):
    """As many more have signed as requests were made."""
    from campaigns.models import Tally

    return lambda number: Tally.objects.filter(ask=ask).update(verified=number)


def signing(server, ask):
    """A form that is complete and valid, by somebody who never signed before."""
    from actions.screening.machines import new_token

    child, address = server

    def request(number):
        form = person(number) | {
            "step": "write",
            "of_ask": ask.pk,
            "country": "US",
            "age": "40",
            "state": "FK",
            "token": new_token(ask.pk).sign(),
        }
        # Neighbours in the order in which they sign would be a burst from one network.
        seen_from = f"10.{number & 255}.{number >> 8 & 255}.{number >> 16 & 255}"
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Forwarded-For": seen_from,
        }
        return "POST", path(ask), urlencode(form), headers

    return child, address, request, 200


def signing_bare(server):
    child, address = server

    def request(number):
        body, headers = json.dumps(person(number)), {"Content-Type": "application/json"}
        return "POST", path(None) + "sign/", body, headers

    return child, address, request, 201


def person(number):
    """Each of another mailbox, and of one that many have: so no burst is seen."""
    return {
        "given_name": "Nora",
        "family_name": f"North {number}",
        "email": f"nora{number}@gmail.com",
        "zip": "00101",
    }


def path(ask):
    return f"/act/{ask.campaign.slug}/" if ask else "/petition/"


def make_old():
    """What was signed is an hour old, and its mail: a minute of this is more than people send on
    one ask, and would be set aside (actions.screening.bursts), and its mails would take turns.
    """
    from django.db.models import F
    from django.utils import timezone

    from actions.models import Burst, Submission
    from worker.models import Delivery

    hour = dt.timedelta(hours=1)
    new = Submission.objects.filter(created_at__gt=timezone.now() - hour)
    new.update(created_at=F("created_at") - hour, changed_at=F("changed_at") - hour)
    Burst.objects.all().delete()
    Delivery.objects.filter(lane="mail").update(due_at=F("due_at") - hour)


def compare(what, ours, bare, options, *, between=lambda: None):
    """Print both, measured in turns. Returns how many requests each answered."""
    sides = {"take action": ours, "bare Django": bare}
    numbers, windows = (
        {name: iter(range(1, 10_000_000)) for name in sides},
        {name: [] for name in sides},
    )
    answered = dict.fromkeys(sides, 0)
    for turn in range(options.rounds + 1):
        for name, side in sides.items():
            measured = window(*side, numbers[name], options)
            answered[name] += measured["requests"]
            between()
            if turn:  # the first round only warms up
                windows[name].append(measured)
    report(what, windows, options)
    return list(answered.values())


def window(child, address, make, expected, numbers, options):
    """Requests over keep-alive connections for some seconds: how many, how fast, each one's CPU."""
    from django.db import connections

    times, wrong, lock = [], [], threading.Lock()

    def client():
        connection, mine = http.client.HTTPConnection(urlsplit(address).netloc), []
        while time.perf_counter() < deadline:
            with lock:
                number = next(numbers)
            method, url, body, headers = make(number)
            begun = time.perf_counter()
            connection.request(method, url, body, headers)
            answer = connection.getresponse()
            answer.read()
            mine.append(time.perf_counter() - begun)
            if answer.status != expected:
                wrong.append(answer.status)
        connection.close()
        connections.close_all()
        with lock:
            times.extend(mine)

    cpu, begun = _cpu.of_group(child.pid), time.perf_counter()
    deadline = begun + options.seconds
    threads = [threading.Thread(target=client) for _ in range(options.connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        sys.exit(f"{address} answered {sorted(set(wrong))} instead of {expected}")
    spent = _cpu.of_group(child.pid) - cpu
    return {
        "requests": len(times),
        "rate": len(times) / (time.perf_counter() - begun),
        "median": statistics.median(times) * 1000,
        "cpu": spent * 1000 / len(times),
    }


def report(what, windows, options):
    print(
        f"{what}: {options.connections} connections, medians of {options.rounds} windows of"
        f" {options.seconds:g} s each, in turns"
    )
    medians = {
        name: {key: statistics.median(w[key] for w in runs) for key in runs[0]}
        for name, runs in windows.items()
    }
    for name, median in medians.items():
        rates = " ".join(f"{run['rate']:.0f}" for run in windows[name])
        print(
            f"  {name:12} {median['rate']:6.0f}/s {median['median']:7.1f} ms {median['cpu']:6.2f}"
            f" ms CPU each   [{rates}]"
        )
    # Each turn's two windows lie side by side: their ratio says more than that of the medians.
    pairs = list(zip(*windows.values(), strict=True))
    cpu = sorted(ours["cpu"] / bare["cpu"] for ours, bare in pairs)
    rate = sorted(ours["rate"] / bare["rate"] for ours, bare in pairs)
    print(
        f"  we use {statistics.median(cpu):.2f}x its CPU ({cpu[0]:.2f} to {cpu[-1]:.2f}),"
        f" at {statistics.median(rate):.2f}x its rate ({rate[0]:.2f} to {rate[-1]:.2f})",
        flush=True,
    )


def check(ask, page, ours, bare):
    """Every answer stands for a row, no more and no fewer."""
    from actions.models import Submission
    from benchmarks._bare import OFFICES, Outgoing, Signature
    from worker.models import Delivery

    signed = Submission.objects.filter(ask=ask, entry__email__startswith="nora")
    kept, aside = signed.count(), signed.filter(state=Submission.State.QUARANTINED).count()
    asked = Delivery.objects.filter(lane="mail", key__startswith="confirm:")
    mails = asked.filter(recipient__startswith="nora", recipient__endswith="@gmail.com").count()
    bare_kept = Signature.objects.filter(page=page).count()
    outgoing = Outgoing.objects.filter(signature__page=page).count()
    print(
        f"signatures: {ours} answered, {kept} kept, {aside} set aside, {mails} mails; bare:"
        f" {bare} answered, {bare_kept} kept"
    )
    if not (ours == kept == mails and bare == bare_kept and outgoing == OFFICES * bare):
        sys.exit("answers and rows differ")


if __name__ == "__main__":
    main()
