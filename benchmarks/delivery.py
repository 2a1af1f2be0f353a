"""Letters per second and CPU per letter through claim, data and settle, against plain smtplib loops over the same messages.

All in one run: same machine, same mail server (a process of its own), same messages, the current database and its durability.
The engine commits once per letter and opens the next in the same commit; the baselines have no database at all.
"""

import argparse
import os
import smtplib
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

TEXT = (
    "Dear Delegate Smith,\n\n" + "Please open the playgrounds that were closed last winter, and keep them open.\n" * 14 + "\nNora North\n"
)


def main() -> None:
    import django

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    django.setup()
    with a_database(), a_mail_server() as (url, count):
        measure(url, count, letters=options.letters, rounds=options.rounds)


@contextmanager
def a_database():
    """A database of the same kind and settings as the real one, made for this run."""
    from django.db import connection

    with tempfile.TemporaryDirectory(
        dir=None if connection.vendor == "postgresql" else Path(connection.settings_dict["NAME"]).parent
    ) as folder:
        connection.settings_dict["TEST"]["NAME"] = (
            f"bench_{os.getpid()}" if connection.vendor == "postgresql" else f"{folder}/bench.sqlite3"
        )
        before = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(before, verbosity=0)


@contextmanager
def a_mail_server():
    sink = subprocess.Popen([sys.executable, "-m", "tests.smtp_sink"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def count():
        sink.stdin.write("\n")
        sink.stdin.flush()
        return [int(n) for n in sink.stdout.readline().split()]

    try:
        yield sink.stdout.readline().strip(), count
    finally:
        sink.stdin.close()
        sink.wait(10)


def measure(url, count, *, letters, rounds):
    from django.conf import settings
    from django.db import connection

    settings.CATCHER_URL, settings.SMTP_URL = url, ""
    runs = {"smtplib, prebuilt bytes": smtplib_loop, "smtplib, built in the loop": building_loop, "take action, claim to settled": engine}
    results = {name: [] for name in runs}
    for turn in range(rounds):
        for name, run in runs.items():
            envelopes = [an_envelope(f"{turn}/{name}/{n}") for n in range(letters)]
            results[name].append(run(envelopes, url))
    total, distinct = count()
    report(results, letters=letters, vendor=describe(connection))
    expected = letters * rounds * len(runs)
    print(f"the mail server has {total} messages, {distinct} of them distinct; {expected} were sent")
    if not total == distinct == expected:
        sys.exit("letters were lost or doubled")


def an_envelope(key):
    from worker.channels.email import message_id
    from worker.outbox import Envelope

    identity = message_id(key)
    message = composed(identity)
    return Envelope(f"bench/{key}"[:80], "letters:bench", "smith@house.example", "Open the playgrounds", message, identity)


def composed(identity):
    from worker.channels.email import compose

    return compose(
        message_id=identity,
        sender=("Nora North (via Children First)", "letters@mail.example.org"),
        recipient=("Delegate Smith", "smith@house.example"),
        reply_to=("Nora North", "nora@example.org"),
        subject="Open the playgrounds",
        text=TEXT,
    )


def smtplib_loop(envelopes, url):
    with timed(len(envelopes)) as result, open_line(url) as smtp:
        for sealed in envelopes:
            smtp.sendmail("letters@mail.example.org", [sealed.recipient], sealed.message)
    return result


def building_loop(envelopes, url):
    with timed(len(envelopes)) as result, open_line(url) as smtp:
        for sealed in envelopes:
            smtp.sendmail("letters@mail.example.org", [sealed.recipient], composed(sealed.message_id))
    return result


def open_line(url):
    parts = urlsplit(url)
    return smtplib.SMTP(parts.hostname, parts.port, local_hostname="localhost")


def engine(envelopes, _url):
    from worker.delivery import deliver
    from worker.models import Delivery
    from worker.outbox import post

    for start in range(0, len(envelopes), 500):
        post(envelopes[start : start + 500])
    with timed(len(envelopes)) as result:
        while deliver("letters:bench"):
            pass
    states = set(Delivery.objects.values_list("state", flat=True))
    assert states == {"sent"}, states
    return result


@contextmanager
def timed(letters):
    """Letters a second, and CPU milliseconds of this process per letter."""
    result = {}
    wall, cpu = time.perf_counter(), time.process_time()
    yield result
    result["rate"] = letters / (time.perf_counter() - wall)
    result["cpu"] = (time.process_time() - cpu) * 1000 / letters


def describe(connection):
    if connection.vendor != "postgresql":
        return "SQLite, WAL, synchronous=FULL"
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), current_setting('fsync'), current_setting('synchronous_commit')")
        return "PostgreSQL {}, fsync={}, synchronous_commit={}".format(*cursor.fetchone())


def report(results, *, letters, vendor):
    print(f"{letters} letters of {len(composed('<a@b.example>'))} bytes, medians of {len(next(iter(results.values())))} rounds; {vendor}")
    medians = {name: {key: statistics.median(run[key] for run in runs) for key in ("rate", "cpu")} for name, runs in results.items()}
    *_, ours = medians.values()
    for name, median in medians.items():
        ratios = (
            ""
            if median is ours
            else f"   we use {ours['cpu'] / median['cpu']:.2f}x its CPU, at {ours['rate'] / median['rate']:.2f}x its rate"
        )
        print(f"  {name:30} {median['rate']:7.0f} letters/s {median['cpu']:6.2f} ms CPU each{ratios}")


if __name__ == "__main__":
    main()
