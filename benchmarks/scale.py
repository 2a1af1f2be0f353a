"""A site with a million actions and two million deliveries against one with ten thousand: what
people wait for, and what the clock does, each as a ratio to its own time there.

Rows are made by the database (tests/many_rows.py). Every page of the console, of the public and of
the API that needs nothing but an address is asked for, medians of some rounds; of each the slowest
query is named. A signature is posted through Django's client while nothing else happens, while the
counts of all asks are made in another process, and while unconfirmed submissions are forgotten
there (benchmarks/_signing.py). `--ten` makes ten millions. Ratios say more than times: the machine
is shared.
"""

import argparse
import logging
import os
import statistics
import time
from contextlib import contextmanager

from benchmarks._signing import TO_FORGET, make_old, signing

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
FEW, MANY, TEN = 10_000, 1_000_000, 10_000_000
ASKS = 60
QUOTED = 400  # characters of a query
COUNT, CHANGED = "count, 60 asks, 2 busy", 20
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
    if COUNT in found:
        evenly = counted_evenly(many, options)
        print(f"  with 3 asks evenly used {evenly:.1f} ms: {found[COUNT] / evenly:.2f} of that")


def measured(number, options):
    """Milliseconds of each row, and each page's slowest query."""
    from benchmarks._database import a_database
    from tests import many_rows

    times, slowest = {}, {}
    with a_database():
        began = time.perf_counter()
        asks = many_rows.fill(number, asks=ASKS)
        print(f"{number:,} actions made in {time.perf_counter() - began:.0f} s", flush=True)
        for row in (pages, counting, telling, forgetting):
            row(times, slowest, asks, options)
        if wanted("sign", options):
            signing(times, slowest, asks)
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
    """What the clock does every ten seconds, after some people acted on two asks."""
    if not wanted(COUNT, options):
        return
    first_count(times, asks)
    times[COUNT], slowest[COUNT] = count_after(asks[:2], options)


def counted_evenly(number, options):
    """The same milliseconds where three asks have as many actions each."""
    from benchmarks._database import a_database
    from tests import many_rows

    with a_database():
        return count_after(many_rows.fill(number, asks=3, is_even=True), options)[0]


def count_after(busy, options):
    """Some people acted on each of these asks: the milliseconds, and the slowest query."""
    from django.utils import timezone

    from actions import recount
    from actions.models import Action

    recount.recount()
    runs = []
    for _turn in range(options.rounds):
        for ask in busy:
            these = Action.objects.filter(ask=ask).order_by("-pk").values("pk")
            these = list(these.values_list("pk", flat=True)[: -(-CHANGED // len(busy))])
            Action.objects.filter(pk__in=these).update(changed_at=timezone.now())
        began = time.perf_counter()
        with watched() as said:
            recount.recount()
        runs.append((time.perf_counter() - began) * 1000)
    worst = max(said)
    return statistics.median(runs), f"{worst[0]:.1f} ms: {worst[1][:QUOTED]}"


def first_count(times, asks):
    """As after an upgrade: milliseconds for each person of the busiest ask."""
    from actions.breakdowns import building
    from actions.models import Counted

    building.begin_again(asks[0])
    began = time.perf_counter()
    building.build(asks[0], patience_s=None)
    people = Counted.objects.filter(ask=asks[0]).count()
    times["first count, each person"] = (time.perf_counter() - began) * 1000 / people


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
