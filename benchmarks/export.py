"""A million supporters on PostgreSQL: a list of theirs as CSV and as XLSX against COPY of the same
rows with the same escaping in SQL, and the page of supporters with three conditions against a
bare one.

The rows are made in SQL. An export is written as a worker does it: read by key, sealed, stored, its
hash taken; in a process of its own, whose peak memory is read above what it had before. Meanwhile a
campaign's page is asked for again and again, and its median compared with that of quiet times. COPY
writes to nowhere. Both pages are rendered by the same template. The bars: CSV 0.5 and XLSX 0.03 of
COPY, 60 MB, 1.2 times the latency, 5 times the bare page.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
CSV_BAR, XLSX_BAR, MEMORY_BAR, WEB_BAR, PAGE_BAR = 0.5, 0.03, 60, 1.2, 5
HEARD_FOR_S = 6


def main() -> None:
    import django

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    django.setup()
    from benchmarks._database import a_database, describe
    from benchmarks._people import make_people

    with a_database():
        print(f"  {describe()}")
        began = time.perf_counter()
        campaign = make_people(options.people)
        print(f"  {options.people:,} people made in {time.perf_counter() - began:.0f} s")
        list_page(campaign, options.rounds)
        exports(campaign)


def list_page(campaign, rounds: int) -> None:
    """Print the medians of the page with three conditions and of a bare one, in turns."""
    from django.db import connection
    from django.http import QueryDict
    from django.shortcuts import render
    from django.test import RequestFactory

    from desk.sorting import Table
    from desk.supporters import filters, listing
    from supporters.models import Supporter
    from tests import build

    query = f"campaign={campaign.pk}&state=MD&allows=newsletter"
    user, times = build.user("administrator"), {"three conditions": [], "bare": []}
    view = listing.supporters
    while hasattr(view, "__wrapped__"):
        view = view.__wrapped__

    def bare(request):
        page = Table(request, listing.COLUMNS, usual="-since").by_key(Supporter.objects.all())
        return render(request, "desk/supporters.html", page | {"people": page["rows"]})

    for turn in range(rounds + 2):
        for name, shown in (("three conditions", view), ("bare", bare)):
            request = RequestFactory().get(f"/desk/supporters/?{query}" if shown is view else "/")
            request.user = user
            began = time.perf_counter()
            answer = shown(request)
            if turn > 1:  # the first rounds only warm up
                times[name].append((time.perf_counter() - began) * 1000)
            if answer.content.count(b'<th scope="row">') != 50:
                sys.exit(f"{name}: not a page of fifty")
    told = {name: statistics.median(runs) for name, runs in times.items()}
    for name, median in told.items():
        print(f"  page of supporters, {name:<17} {median:8.1f} ms")
    say("page / bare page", told["three conditions"] / told["bare"], at_most=PAGE_BAR)
    people = filters.read(QueryDict(query)).people()
    began = time.perf_counter()
    count = listing.count(people)
    print(f"  counted to {count:,} in {(time.perf_counter() - began) * 1000:.0f} ms, apart")
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")


def exports(campaign) -> None:
    """Print rows a second of COPY, CSV and XLSX, their ratios, memory, and the web meanwhile."""
    from desk.exports import sheets
    from desk.supporters.filters import Filter
    from supporters import purposes

    purpose = purposes.purpose("newsletter")
    sheet = sheets.sheet(purpose, Filter(), purpose.columns)
    rates: dict[str, list[float]] = {"copy": [], "csv": [], "xlsx": []}
    memory = 0.0
    # In turns, on a quiet machine: what else runs on it then slows all of them.
    for kind in ("copy", "csv", "copy", "csv", "copy", "csv", "xlsx"):
        if kind == "copy":
            rows, seconds = copy(sheet)
        else:
            seconds, above, _heard = export(kind, purpose)
            memory = max(memory, above)
        rates[kind].append(rows / seconds)
        print(f"  {kind:<5} {rows / seconds:10,.0f} rows/s of {rows:,}")
    told = {kind: statistics.median(found) for kind, found in rates.items()}
    say("CSV / COPY", told["csv"] / told["copy"], at_least=CSV_BAR)
    say("XLSX / COPY", told["xlsx"] / told["copy"], at_least=XLSX_BAR)
    say("MB above idle", memory, at_most=MEMORY_BAR)
    quiet, meanwhile = [], []
    for _ in range(2):
        quiet += latencies(HEARD_FOR_S, campaign)
        meanwhile += export("csv", purpose, campaign)[2]
    before, during = statistics.median(quiet), statistics.median(meanwhile)
    print(f"  a campaign's page: {before:.1f} ms, meanwhile {during:.1f} ms")
    say("latency meanwhile", during / before, at_most=WEB_BAR)


def copy(sheet) -> tuple[int, float]:
    """How many rows COPY gives of the same selection and columns, escaped alike, and how long."""
    from django.db import connection

    from desk.exports.columns import cell_sql

    inner, inside = sheet.values(sheet.lined().order_by("pk")).query.sql_with_params()
    told, cells = [], []
    for n, column in enumerate(sheet.columns):
        cell, parameters = cell_sql(column.shape, f"c{n}", is_bare=False)
        cells.append(cell)
        told += parameters
    names = ", ".join(["k", *(f"c{n}" for n in range(len(cells)))])
    sql = (
        f"COPY (SELECT {', '.join(cells)} FROM ({inner}) AS r ({names}))"
        " TO STDOUT (FORMAT csv, FORCE_QUOTE *)"
    )
    rows, began = 0, time.perf_counter()
    with connection.cursor() as cursor, cursor.copy(sql, [*told, *inside]) as page:
        for block in page:
            rows += bytes(block).count(b'"\n')
    return rows, time.perf_counter() - began


def export(kind: str, purpose, campaign=None) -> tuple[float, float, list[float]]:
    """One in a process of its own: its seconds, MB above idle, and the times of a campaign's page
    meanwhile, where one is named.
    """
    from desk.exports import job
    from desk.models import Export
    from desk.supporters.filters import Filter
    from tests import build

    author = build.user("exporter", email=f"{kind}-{time.time()}@example.org")
    asked = job.draft(
        author,
        purpose_key=purpose.key,
        reason="a bench of exports",
        chosen=Filter(),
        format=kind,
    )
    job.count(asked.pk)
    asked.refresh_from_db()
    job.begin(asked, list(purpose.columns))
    Export.objects.filter(pk=asked.pk).update(state=Export.State.WAITING)
    worker = subprocess.Popen(
        [sys.executable, "-m", "benchmarks._export_worker", str(asked.pk), database()],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert worker.stdout
    worker.stdout.readline()  # it is about to begin
    heard = []
    while campaign and worker.poll() is None:
        heard += latencies(0.5, campaign)
    seconds, above = map(float, worker.stdout.read().split())
    asked.refresh_from_db()
    if asked.state != Export.State.READY or asked.rows_done != asked.rows_expected:
        sys.exit(f"the export is {asked.state}: {asked.error}")
    asked.parts.all().delete()
    return seconds, above, heard


def database() -> str:
    from django.db import connection

    return str(connection.settings_dict["NAME"])


def latencies(seconds: float, campaign) -> list[float]:
    """Of a campaign's page, in milliseconds, some twenty a second."""
    from django.test import Client

    client, found = Client(headers={"host": "localhost"}), []
    path, until = f"/act/{campaign.slug}/", time.perf_counter() + seconds
    while time.perf_counter() < until:
        began = time.perf_counter()
        if client.get(path, secure=True).status_code != 200:
            sys.exit(f"{path} does not answer")
        found.append((time.perf_counter() - began) * 1000)
        time.sleep(0.03)
    return found


def say(name: str, ratio: float, *, at_least: float = 0, at_most: float = 0) -> None:
    is_well = ratio >= at_least if at_least else ratio <= at_most
    bar = f"at least {at_least}" if at_least else f"at most {at_most}"
    print(f"  {name:<18} {ratio:8.2f}  {bar}  {'ok' if is_well else 'NOT MET'}")


if __name__ == "__main__":
    main()
