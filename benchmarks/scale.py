"""A site with a million actions and two million deliveries against one with ten thousand: what
people wait for, and what the clock does, each as a ratio to its own time there.

Rows are made by the database (tests/many_rows.py). Every page of the console, of the public and of
the API that needs nothing but an address is asked for, medians of some rounds; of each the slowest
query is named. A signature is posted through Django's client while nothing else happens, while the
counts of all asks are made in another process, and while unconfirmed submissions are forgotten
there. `--ten` makes ten millions. Ratios say more than times: the machine is shared.
"""

import argparse
import logging
import os
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
FEW, MANY, TEN = 10_000, 1_000_000, 10_000_000
ASKS = 60
QUOTED = 400  # characters of a query
TO_FORGET, TO_TELL = 48_889, 500
# Lists as people narrow and turn them.
LISTS = [
    "/outbox/deliveries/?state=failed",
    "/outbox/deliveries/?state=sent",
    "/outbox/deliveries/?state=uncertain",
    "/outbox/deliveries/?state=held&waits_for=review",
    "/outbox/deliveries/?lane=mail",
    "/outbox/deliveries/?lane=letters:house7.example&state=failed",
    "/outbox/deliveries/?before=9000",
    "/outbox/lane/?name=letters:house7.example",
    "/outbox/lane/?name=mail",
]
# What is begun for each row of the bench, in a process of its own, until it is stopped.
BESIDE = {
    # What it costs that another process is busy at all: the others are held against this.
    "a core is busy": "while True: pass",
    "counted": "from actions import recount\nwhile True: recount.recount(everything=True)",
    "forgotten": "from actions import retention\nretention.forget_unconfirmed()",
}


def main() -> None:
    import django

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ten", action="store_true", help="ten million actions")
    parser.add_argument("--actions", type=int, default=MANY)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", help="rows whose name has this in it")
    options = parser.parse_args()
    django.setup()
    logging.disable(logging.WARNING)  # of addresses that answer nobody
    many = TEN if options.ten else options.actions
    few, slowest = measured(FEW, options)
    found, slowest = measured(many, options)
    print(f"\n{'':44} {FEW:>12,} {many:>12,}  ratio")
    for name, ms in found.items():
        before = few.get(name, ms)
        print(f"  {name:42} {before:9.1f} ms {ms:9.1f} ms {ms / before:6.2f}")
        if said := slowest.get(name):
            print(f"      {said}")


def measured(number, options):
    """Milliseconds of each row, and each page's slowest query."""
    from benchmarks._database import a_database
    from tests import many_rows

    times, slowest = {}, {}
    with a_database():
        began = time.perf_counter()
        asks = many_rows.fill(number, asks=ASKS)
        print(f"{number:,} actions made in {time.perf_counter() - began:.0f} s", flush=True)
        for row in (pages, counting, signing, telling, forgetting):
            row(times, slowest, asks, options)
    return times, slowest


def wanted(name, options):
    return not options.only or options.only in name


def pages(times, slowest, asks, options):
    """Every address that answers 200, as somebody who may do everything."""
    client, places = somebody(), of_rows(asks)
    for name, path in addresses(places):
        if not wanted(name, options):
            continue
        runs, worst = [], (0.0, "")
        for turn in range(options.rounds + 1):
            began = time.perf_counter()
            with watched() as said:
                answer = client.get(path, secure=True)
            if answer.status_code != 200:
                break
            if turn:  # the first only warms up
                runs.append((time.perf_counter() - began) * 1000)
                worst = max([worst, *said])
        if runs:
            times[name] = statistics.median(runs)
            slowest[name] = f"{worst[0]:.1f} ms: {worst[1][:QUOTED]}"


def addresses(places):
    """Those that are read, and say the same when they are read again."""
    from tests.addresses import filled, patterns

    once = ("/admin/", "/login", "/logout", "/hooks/", "share.png", ".pdf", "proof")
    yield from zip(LISTS, LISTS, strict=True)
    for pattern, _view in sorted(dict(patterns()).items()):
        if not any(part in pattern for part in once):
            yield pattern, filled(pattern, places)


def of_rows(asks):
    """What stands in the gaps of an address."""
    from actions.models import Action
    from supporters import links
    from supporters.models import Supporter
    from worker.models import Delivery

    action = Action.objects.filter(ask=asks[0]).order_by("pk").first()
    return {
        "slug": asks[0].campaign.slug,
        "token": links.make("status", action.public_id),
        "uuid": Delivery.objects.order_by("pk").first().public_id,
        "public_id": Supporter.objects.order_by("pk").first().public_id,
        "ask_id": asks[0].pk,
        "pk": asks[0].pk,
        "seat_id": action.letters.first().seat_id,
        "position": 1,
    }


def somebody():
    from django.conf import settings
    from django.test import Client

    from tests import build

    settings.RATELIMIT_ENABLE = False
    person = build.user("administrator")
    person.is_superuser = person.is_staff = True
    person.save()
    client = Client(headers={"host": "localhost"}, raise_request_exception=False)
    client.force_login(person)
    return client


@contextmanager
def watched():
    """(milliseconds, statement) of each query."""
    from django.db import connection

    said = []

    def timed(execute, sql, params, many, context):
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            said.append(((time.perf_counter() - began) * 1000, " ".join(str(sql).split())))

    with connection.execute_wrapper(timed):
        yield said


def counting(times, slowest, asks, options):
    """What the clock does every ten seconds, after ten people acted on each of two asks."""
    from django.utils import timezone

    from actions import recount
    from actions.models import Action

    name = "count, 60 asks, 2 busy"
    if not wanted(name, options):
        return
    first_count(times, asks)
    recount.recount()
    runs = []
    for _turn in range(options.rounds):
        for ask in asks[:2]:
            these = Action.objects.filter(ask=ask).order_by("-pk").values("pk")[:10]
            Action.objects.filter(pk__in=list(these.values_list("pk", flat=True))).update(
                changed_at=timezone.now()
            )
        began = time.perf_counter()
        with watched() as said:
            recount.recount()
        runs.append((time.perf_counter() - began) * 1000)
    times[name] = statistics.median(runs)
    worst = max(said)
    slowest[name] = f"{worst[0]:.1f} ms: {worst[1][:QUOTED]}"


def first_count(times, asks):
    """As after an upgrade: milliseconds for each person of the busiest ask."""
    from actions.breakdowns import building
    from actions.models import Counted

    building.begin_again(asks[0])
    began = time.perf_counter()
    building.build(asks[0], patience_s=None)
    people = Counted.objects.filter(ask=asks[0]).count()
    times["first count, each person"] = (time.perf_counter() - began) * 1000 / people


def signing(times, slowest, asks, options):
    """A signature, while nothing happens and while others work in the same tables."""
    if not wanted("sign POST", options):
        return
    make_old(TO_FORGET)
    client, petition = visitor(), a_petition(asks[0].campaign)
    sign_for_a_while(client, petition, seconds=1)
    times["sign POST, quiet"] = sign_for_a_while(client, petition)
    for what, code in BESIDE.items():
        with beside(code):
            times[f"sign POST while {what}"] = sign_for_a_while(client, petition)


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
            "email": f"nora{key.hex}@example.org",
            "zip": "00001",
            "step": "write",
            "country": "US",
            "age": "40",
            "token": FormToken(key, ask.pk, time.time() - 60).sign(),
        }
        path = f"/act/{ask.campaign.slug}/{ask.position}/"
        began = time.perf_counter()
        answer = client.post(path, form, secure=True)
        if b"one-step-left" not in answer.content:
            sys.exit(f"a signature was answered {answer.status_code}")
        runs.append((time.perf_counter() - began) * 1000)
    return statistics.median(runs)


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


def telling(times, slowest, asks, options):
    """Writers of letters that failed: milliseconds for each mail."""
    from actions.followup import tell_writers

    name = "telling a writer of a failure"
    if not wanted(name, options):
        return
    began = time.perf_counter()
    with patience(tell_writers, 20), watched() as said:
        told = tell_writers.tell()
    times[name] = (time.perf_counter() - began) * 1000 / max(1, told)
    worst = max(said)
    slowest[name] = f"{told} mails; {worst[0]:.1f} ms: {worst[1][:QUOTED]}"


@contextmanager
def patience(module, seconds):
    kept, module.BUDGET_S = module.BUDGET_S, seconds
    try:
        yield
    finally:
        module.BUDGET_S = kept


def forgetting(times, slowest, asks, options):
    """Unconfirmed submissions: milliseconds for each."""
    from actions import retention

    name = "forgetting, each submission"
    if not wanted(name, options):
        return
    make_old(TO_FORGET)
    began = time.perf_counter()
    with watched() as said:
        gone = retention.forget_unconfirmed()
    times[name] = (time.perf_counter() - began) * 1000 / max(1, gone)
    worst = max(said)
    slowest[name] = f"{gone} of them; {worst[0]:.1f} ms: {worst[1][:QUOTED]}"


if __name__ == "__main__":
    main()
