"""A campaign's page and a signature against a bare Django view (benchmarks/_bare.py): same gunicorn
settings, same database, alternating.

Ours is all of it: every middleware, limits counted in Redis, the confirmation mail composed and
posted, a worker woken. Each signer is another person at another network address, as a proxy would
report it. No worker runs beside. The client and PostgreSQL share the machine's cores with both
servers, so the ratios say more than the rates; CPU is that of the web server's processes alone.
"""

import argparse
import datetime as dt
import http.client
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
        with servers(Path(folder)) as (ours, bare):
            compare("page GET", reading(ours, ask), reading(bare, None), options)
            signed = compare("sign POST", signing(ours, ask), signing(bare, None), options)
        check(ask, page, *signed)


def fill():
    """The demonstration, whose petition is signed, and the bare page with as long a story."""
    from django.core.management import call_command
    from django.db import connection

    from benchmarks._bare import Page, Signature
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
    said = words.of(ask.campaign, "en")
    return ask, Page.objects.create(slug="petition", title=said.title, story=said.story)


@contextmanager
def servers(folder):
    """Both running all the time, as production runs: hashed static files, our own proxy trusted."""
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
        for application in ([], ["benchmarks._bare:application"]):
            port = free_port()
            # The site's own address is http: no redirect, and the Host header is the one
            # ALLOWED_HOSTS names.
            child = start([*gunicorn, "--bind", f"127.0.0.1:{port}", *application], env=env)
            wait_until(lambda port=port: is_listening(port), child, what="The web server")
            running.append((child, f"http://127.0.0.1:{port}"))
        yield running
    finally:
        for child, _ in running:
            stop(child)


def reading(server, ask):
    child, address = server
    return child, address, lambda _: ("GET", path(ask), None, {}), 200


def signing(server, ask):
    """A form that is complete and valid, by somebody who never signed before."""
    from actions.screening.machines import new_token

    child, address = server

    def request(number):
        person = {
            "given_name": "Nora",
            "family_name": f"North {number}",
            "email": f"nora{number}@example.org",
            "zip": "00101",
        }
        if ask:
            person |= {
                "step": "write",
                "country": "US",
                "age": "40",
                "token": new_token(ask.pk).sign(),
            }
        seen_from = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Forwarded-For": seen_from,
        }
        return "POST", path(ask), urlencode(person), headers

    return child, address, request, 303


def path(ask):
    return f"/act/{ask.campaign.slug}/" if ask else "/petition/"


def compare(what, ours, bare, options):
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
            if turn:  # the first round only warms up
                windows[name].append(measured)
    report(what, windows, options)
    return list(answered.values())


def window(child, address, make, expected, numbers, options):
    """Requests over keep-alive connections for some seconds: how many, how fast, each one's CPU."""
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
    ours, bare = medians.values()
    print(
        f"  we use {ours['cpu'] / bare['cpu']:.2f}x its CPU, at {ours['rate'] / bare['rate']:.2f}x"
        " its rate",
        flush=True,
    )


def check(ask, page, ours, bare):
    """Every answer stands for a row, no more and no fewer."""
    from django.utils import timezone

    from actions.models import Action
    from benchmarks._bare import Signature
    from worker.models import Delivery

    since = timezone.now() - dt.timedelta(hours=1)
    kept = Action.objects.filter(
        ask=ask, state="pending", supporter__email__startswith="nora", created_at__gte=since
    ).count()
    mails = Delivery.objects.filter(lane="mail", posted_at__gte=since).count()
    bare_kept = Signature.objects.filter(page=page).count()
    print(
        f"signatures: {ours} answered, {kept} kept with {mails} mails; bare: {bare} answered,"
        f" {bare_kept} kept"
    )
    if not (ours == kept == mails and bare == bare_kept):
        sys.exit("answers and rows differ")


if __name__ == "__main__":
    main()
