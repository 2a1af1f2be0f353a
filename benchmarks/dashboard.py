"""The page of a campaign's numbers with ten million actions behind it against ten thousand; and how
long a count takes that follows ten new actions on an ask of many and on one of few.

The page is asked of tallies and breakdowns only, so these are made and not the actions behind them:
a nation's districts, offices and sources, a year of days, three asks. Both campaigns stand in one
database and are asked in turns through Django's client; the medians are compared, and so is the
number of questions. The count is measured on real rows: actions are made straight into the tables,
both asks' ledgers are built, then ten people act on each, in turns. The bars: at most 1.2 times.
"""

import argparse
import datetime as dt
import os
import statistics
import sys
import time
import uuid

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
BAR = 1.2
MANY, FEW = 10_000_000, 10_000
AT_ONCE = 5_000


def main() -> None:
    import django

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--actions", type=int, default=1_000_000, help="behind the busy ask")
    options = parser.parse_args()
    django.setup()
    from benchmarks._database import a_database

    with a_database():
        page(options.rounds)
        count(options.rounds, options.actions)


def page(rounds: int) -> None:
    """Print both medians and their ratio."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tests import build

    paths = {number: numbered_campaign(number) for number in (MANY, FEW)}
    client = Client(headers={"host": "localhost"})
    client.force_login(build.user("organizer"))
    times, asked = {number: [] for number in paths}, {}
    for turn in range(rounds + 2):
        for number, path in paths.items():
            began = time.perf_counter()
            with CaptureQueriesContext(connection) as questions:
                answer = client.get(path, secure=True)
            if answer.status_code != 200:
                sys.exit(f"{path} answered {answer.status_code}")
            if turn > 1:  # the first rounds only warm up
                times[number].append((time.perf_counter() - began) * 1000)
            asked[number] = len(questions)
    for number, runs in times.items():
        print(
            f"  numbers page, {number:>10,} actions {statistics.median(runs):7.1f} ms"
            f"  {asked[number]} questions  {rows_of(paths[number]):,} numbers"
        )
    say("page", times[MANY], times[FEW])


def numbered_campaign(number: int) -> str:
    """A campaign of three asks with so many actions' worth of numbers. Its page's address."""
    from django.utils import timezone

    from actions.models import Ledger
    from campaigns.models import Breakdown, Tally
    from tests import build

    campaign = build.campaign(f"bench-{number}")
    for kind in ("letter", "petition", "call"):
        ask = build.ask(kind, campaign=campaign)
        made = list(numbers(ask, number // 3))
        Breakdown.objects.bulk_create(made, batch_size=AT_ONCE)
        Tally.objects.create(ask=ask, state="", verified=number // 3, counted_at=timezone.now())
        Ledger.objects.create(ask=ask, is_whole=True, counted_at=timezone.now())
    return f"/desk/campaigns/{campaign.slug}/numbers/"


def numbers(ask, actions: int):
    """Along every side; as many values of each as so many actions would have."""
    from django.utils import timezone

    from campaigns.models import Breakdown, Side
    from legislators.states import STATES

    today = timezone.localdate()
    values = {
        Side.WHOLE: [""],
        Side.STATE: [*STATES, ""],
        Side.LANGUAGE: ["en", "es"],
        Side.WORDS: ["own", "ours"],
        Side.DAY: [(today - dt.timedelta(days=n)).isoformat() for n in range(365)],
        Side.HOUR: [
            (timezone.now() - dt.timedelta(hours=n)).strftime("%Y-%m-%dT%H") for n in range(72)
        ],
        Side.SOURCE: [f"code-{n}" for n in range(min(200, actions // 100))],
        Side.OFFICE: [str(n) for n in range(min(7_900, actions // 2))],
        Side.CONGRESSIONAL: divisions("cd", min(436, actions)),
        Side.UPPER: divisions("sldu", min(1_970, actions)),
        Side.LOWER: divisions("sldl", min(4_830, actions)),
        Side.EVIDENCE: ["accepted", "under_way", "refused", "by_hand"],
        Side.HOST: [f"letters:host{n}.example" for n in range(60)],
    }
    metrics = {Side.EVIDENCE: ["letters"], Side.HOST: ["accepted", "refused"]}
    metrics[Side.WHOLE] = ["views", "starts", "unanswered"]
    for side, found in values.items():
        for metric in metrics.get(side, ["verified", "pending"]):
            each = max(1, actions // max(1, len(found)))
            for value in found:
                yield Breakdown(ask=ask, side=side, value=value, metric=metric, number=each)


def divisions(layer: str, number: int) -> list[str]:
    return [f"ocd-division/country:us/state:{n % 50:02}/{layer}:{n}" for n in range(number)]


def rows_of(path: str) -> int:
    from campaigns.models import Breakdown

    return Breakdown.objects.filter(ask__campaign__slug=path.split("/")[3]).count()


def count(rounds: int, busy: int) -> None:
    """Print how long a count takes after ten new actions, and the ratio."""
    from django.db import connection

    from actions import recount
    from tests import build

    campaign = build.campaign("bench-count")
    asks = {}
    for number in (busy, FEW):
        ask = build.ask("petition", campaign=campaign)
        began = time.perf_counter()
        act(ask, number)
        made = time.perf_counter()
        recount.building.build(ask, patience_s=None)
        took = time.perf_counter() - made
        print(
            f"  {number:,} actions made in {made - began:.0f} s; first count of them {took:.1f} s,"
            f" {number / took:,.0f} a second",
            flush=True,
        )
        asks[number] = ask
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    times = {number: [] for number in asks}
    # What was made just now would be looked at again by the first counts.
    age(asks.values())
    for turn in range(rounds + 2):
        for number, ask in asks.items():
            act(ask, 10)
            began = time.perf_counter()
            recount.recount_ask(ask)
            if turn > 1:
                times[number].append((time.perf_counter() - began) * 1000)
            age([ask])
    for number, runs in times.items():
        print(f"  count after 10 actions, {number:>10,} before {statistics.median(runs):7.1f} ms")
    say("count", times[busy], times[FEW])
    check(asks.values())


def act(ask, number: int) -> None:
    """So many people's confirmed actions, straight into the tables."""
    from django.utils import timezone

    from actions.models import Action
    from legislators.states import STATES
    from supporters.models import Supporter

    now, states = timezone.now(), list(STATES)
    for start in range(0, number, AT_ONCE):
        keys = [uuid.uuid4().hex for _ in range(min(AT_ONCE, number - start))]
        people = Supporter.objects.bulk_create(
            Supporter(key=key, mailbox=key, given_name="Nora", email=f"{key}@example.org")
            for key in keys
        )
        Action.objects.bulk_create(
            Action(
                ask=ask,
                supporter=person,
                idempotency_key=uuid.uuid4(),
                state="confirmed",
                us_state=states[n % len(states)],
                source=f"code-{n % 20}",
                created_at=now - dt.timedelta(hours=n % 700),
                changed_at=timezone.now(),
            )
            for n, person in enumerate(people)
        )


def age(asks) -> None:
    """As if their last count were long ago, and nothing had happened since."""
    from django.db.models.functions import Now

    from actions import recount
    from actions.models import Action, Ledger

    for ask in asks:
        lately = Action.objects.filter(ask=ask, changed_at__gte=Now() - dt.timedelta(hours=3))
        lately.update(changed_at=Now() - 4 * recount.OVERLAP - dt.timedelta(hours=3))
        Ledger.objects.filter(ask=ask).update(counted_at=Now())


def check(asks) -> None:
    """A count that is quick and wrong would be no count."""
    from actions.breakdowns.true_numbers import true_numbers
    from campaigns.models import Breakdown

    for ask in asks:
        rows = Breakdown.objects.filter(ask=ask).values_list("side", "value", "metric", "number")
        written = {(side, value, metric): number for side, value, metric, number in rows}
        if written != dict(true_numbers(ask)):
            sys.exit("the numbers are not those of the rows")
    print("  every number is what the rows say")


def say(what: str, many: list[float], few: list[float]) -> None:
    ratio = statistics.median(many) / statistics.median(few)
    verdict = "met" if ratio <= BAR else "MISSED"
    print(f"  {what}: {ratio:.2f} times, at most {BAR}: {verdict}", flush=True)


if __name__ == "__main__":
    main()
