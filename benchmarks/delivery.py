"""Letters per second and CPU per letter: our engine, django-post_office and plain smtplib loops
carry the same letters.

All in one run, in turns: same machine, same mail server (a process of its own), same PostgreSQL
with fsync and synchronous_commit on, same recipients. Ours never sends twice: it commits before
each letter and after. django-post_office commits once a batch. CPU counts every process of a
contender, its children included, and leaves out PostgreSQL and the mail server for all alike;
starting Python is not counted for anybody. `--crash` kills both six times while they send and
counts what the mail server then has twice.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from contextlib import contextmanager
from urllib.parse import urlsplit

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks._post_office"

# What is printed, and who runs it: a contender of benchmarks/_sender.py, or "workers" and their
# number.
RUNS = {
    "smtplib, ready-made bytes (limit)": "ready_made",
    "smtplib, built in the loop": "built",
    "post_office, defaults": "post_office",
    "post_office, 1,000 x 2 processes": "post_office_best",
    "take action, one process": "ours",
    "take action, worker of 2 processes": "workers 2",
    "take action, worker of 8 processes": "workers 8",
}


def main() -> None:
    import django

    from benchmarks._database import a_database

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, help="5,000, or 3,000 with --crash")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", help="contenders whose name has this in it")
    parser.add_argument(
        "--crash", action="store_true", help="kill -9 six times while sending, and count duplicates"
    )
    options = parser.parse_args()
    with a_mail_server() as (url, ask):
        os.environ["BENCH_SINK_PORT"], os.environ["CATCHER_URL"] = str(urlsplit(url).port), url
        django.setup()
        with a_database():
            if options.crash:
                from benchmarks._crash import compare

                compare(ask, letters=options.letters or 3000)
            else:
                runs = {name: who for name, who in RUNS.items() if options.only in name}
                measure(ask, runs, letters=options.letters or 5000, rounds=options.rounds)


@contextmanager
def a_mail_server():
    """Its address, and a function that asks it: how many messages it has and how many are distinct
    by Message-ID, or how many of each.
    """
    sink = subprocess.Popen(
        [sys.executable, "-m", "tests.smtp_sink"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def ask(question=""):
        sink.stdin.write(f"{question}\n")
        sink.stdin.flush()
        return json.loads(sink.stdout.readline())

    try:
        yield sink.stdout.readline().strip(), ask
    finally:
        sink.stdin.close()
        sink.wait(10)


def measure(ask, runs, *, letters, rounds):
    from benchmarks._letters import letters as campaign

    results = {name: [] for name in runs}
    for turn in range(rounds):
        for name, who in runs.items():
            results[name].append(one_run(who, campaign(f"{turn}/{who}", letters), f"{turn}/{who}"))
    building = one_run("only_building", campaign("building", letters), "building")
    report(results, building_ms=building["cpu"] * 1000 / letters, letters=letters)
    check(ask, letters * rounds * len(runs))


def one_run(who, campaign, run):
    """Seconds and CPU seconds from the moment the letters are due until the last one is settled."""
    from benchmarks._contenders import go, sender
    from benchmarks._database import empty_the_outboxes, settle_down
    from benchmarks._letters import make_ours_due, post_ours, post_theirs

    empty_the_outboxes()
    if who.startswith("post_office"):
        post_theirs(campaign)
    elif who.startswith(("ours", "workers")):
        post_ours(campaign)
    settle_down()
    if who.startswith("workers"):
        from benchmarks._workers import work

        result = work({letter.lane for letter in campaign}, processes=int(who.split()[1]))
    else:
        with sender(who, len(campaign), run) as child:
            if who == "ours":
                make_ours_due()
            result = go(child)
    check_rows(who, len(campaign))
    return result


def check_rows(who, letters):
    """Whatever a contender says of itself, its rows say that every letter was sent."""
    from post_office.models import STATUS, Email

    from worker.models import Delivery

    if who.startswith("post_office"):
        sent = Email.objects.filter(status=STATUS.sent).count()
    elif who.startswith(("ours", "workers")):
        sent = Delivery.objects.filter(state="sent").count()
    else:
        return
    if sent != letters:
        sys.exit(f"{who} calls {sent} of {letters} letters sent")


def report(results, *, building_ms, letters):
    from benchmarks._database import describe
    from benchmarks._letters import DOMAINS, composed, one

    size = len(composed(one("size", 0)))
    rounds = len(next(iter(results.values())))
    print(
        f"{letters} letters of {size} bytes to {DOMAINS} domains, medians of {rounds} rounds in"
        f" turns; {describe()}"
    )
    rates = {name: [letters / run["seconds"] for run in runs] for name, runs in results.items()}
    rate = {name: statistics.median(found) for name, found in rates.items()}
    cpu = {
        name: statistics.median(run["cpu"] * 1000 / letters for run in runs)
        for name, runs in results.items()
    }
    for name, found in rates.items():
        each = " ".join(f"{value:.0f}" for value in found)
        print(f"  {name:34} {rate[name]:6.0f} letters/s {cpu[name]:6.2f} ms CPU each   [{each}]")
    if rate.keys() != RUNS.keys():
        return
    limit, loop, default, best, *ours = RUNS
    print(
        f"  We compose when a letter is posted: {building_ms:.2f} ms CPU each, added to ours in the"
        " CPU ratios below."
    )
    for name in ours:
        against = {other: rate[name] / rate[other] for other in (limit, loop, default, best)}
        told = ", ".join(f"{ratio:.2f}x {other.split(' (')[0]}" for other, ratio in against.items())
        print(f"{name}: its rate is {told}")
        mine = cpu[name] + building_ms
        print(
            f"{name}: its CPU is {mine / cpu[loop]:.2f}x smtplib, built in the loop;"
            f" {mine / cpu[best]:.2f}x post_office, its best"
        )


def check(ask, expected):
    total, distinct = ask()
    print(
        f"The mail server has {total} messages, {distinct} of them distinct; {expected} were sent."
    )
    if not total == distinct == expected:
        sys.exit("letters were lost or doubled")


if __name__ == "__main__":
    main()
