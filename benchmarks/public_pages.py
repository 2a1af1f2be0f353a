"""The public pages of a site with a hundred thousand campaigns, bills and publications, against
those of one with a hundred: CPU milliseconds of the page and of its database, as a ratio.

Two databases stand beside each other and are asked by turns, so that both meet the same noise; a
page is drawn anew each time, while what is counted once a minute is kept. What that costs is the
row "once a minute". Bar: 1.2.
"""

import argparse
import logging
import os
import resource
import statistics
import sys
from contextlib import ExitStack, contextmanager

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
FEW, MANY = 100, 100_000
LIVE = 12  # campaigns; all others are over
# Maryland has so many of a hundred that each of its pages is full: a fuller page is no slower one.
STATES = "CASE WHEN n % 10 < 6 THEN 'MD' ELSE (ARRAY['TX', 'WI', 'CA', 'US'])[1 + n % 4] END"
STAGES = "(ARRAY['law', 'introduced', 'law', 'committee', 'passed', 'failed'])[1 + n % 6]"
BAR = 1.2
PAGES = (
    "/",
    "/issues/many/",
    "/issues/many/?state=MD&stage=law",
    "/issues/many/feed.atom",
    "/bills/",
    "/bills/?state=MD&position=pro",
    "/bills/?page=2",
    "/bills/17/",
    "/states/",
    "/states/md/",
    "/states/md/feed.atom",
    "/news/",
    "/news/?kind=report",
    "/news/?state=MD",
    "/news/paper-17/",
    "/news/feed.atom",
    "/impact/",
    "/impact.json",
    "/search/?q=number+17",
    "/act/many-7/",
)


def main() -> None:
    import django

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=MANY)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--only", help="pages whose address has this in it")
    options = parser.parse_args()
    django.setup()
    logging.disable(logging.WARNING)

    from django.conf import settings
    from django.test import Client

    settings.RATELIMIT_ENABLE = False
    client = Client(headers={"host": "localhost"})
    with ExitStack() as stack:
        sites = [stack.enter_context(a_site(rows)) for rows in (FEW, options.rows)]
        print(f"\n{'CPU of a page and its database':42} {FEW:>9,} {options.rows:>11,}  ratio")
        pages = [page for page in PAGES if not options.only or options.only in page]
        worst = max(row(client, sites, page, options.rounds) for page in pages)
    print(f"  worst {worst:.2f} (bar {BAR})")


def row(client, sites, page, rounds) -> float:
    """Print the medians of one page; its ratio."""
    runs = [[], []]
    for _turn in range(rounds):
        for name, found in zip(sites, runs, strict=True):
            on(name)
            client.get(page, secure=True)
            found.append(cpu_of(client, page))
    few, many = (statistics.median(found) * 1000 for found in runs)
    print(f"  {page:40} {few:6.1f} ms {many:8.1f} ms {many / few:6.2f}", flush=True)
    if many / few > BAR:
        print(f"      {slowest(client, page)}", flush=True)
    return many / few


def slowest(client, page) -> str:
    """The query that takes longest, of the site that was asked last."""
    from benchmarks.scale import QUOTED, watched

    with watched() as said:
        client.get(page, secure=True)
    ms, statement = max(said, default=(0.0, "none"))
    return f"{ms:.1f} ms: {statement[:QUOTED]}"


def cpu_of(client, page, times=10) -> float:
    """Seconds of ours and of PostgreSQL's process for this connection, each time."""
    from django.db import connection

    from benchmarks import _cpu

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [server] = cursor.fetchone()

    def spent() -> float:
        ours = resource.getrusage(resource.RUSAGE_SELF)
        return ours.ru_utime + ours.ru_stime + _cpu.of_process(server)

    began = spent()
    for _time in range(times):
        answer = client.get(page, secure=True)
        if answer.status_code != 200:
            sys.exit(f"{page} was answered {answer.status_code}")
    return (spent() - began) / times


@contextmanager
def a_site(rows):
    """A database with so many of each; its name."""
    from django.db import connection

    from benchmarks._database import a_database

    with a_database(f"_{rows}"):
        fill(rows)
        name = connection.settings_dict["NAME"]
        connection.close()
        try:
            yield name
        finally:
            connection.close()
            connection.settings_dict["NAME"] = name


def on(name):
    """From now on that database is asked, with nothing kept of the other."""
    from django.core.cache import cache
    from django.db import connection

    from campaigns import kept

    connection.close()
    connection.settings_dict["NAME"] = name
    cache.clear()
    kept.forget()


def fill(rows) -> None:
    from django.db import connection

    from campaigns.models import (
        Ask,
        Bill,
        Campaign,
        CampaignWords,
        PetitionText,
        Publication,
        PublicationState,
        PublicationWords,
        Tally,
    )
    from tests import build
    from tests.many_rows import load

    issue = build.issue("many").pk
    title = "'A matter of number ' || n"
    tables = (
        (
            Campaign,
            {
                "slug": "'many-' || n",
                "issue_id": f"{issue}",
                "state": f"CASE WHEN n <= {LIVE} THEN 'live' ELSE 'closed' END",
                "launched_at": "at",
                "closed_at": f"CASE WHEN n > {LIVE} THEN at END",
                "created_at": "at",
            },
        ),
        (
            CampaignWords,
            {"campaign_id": "n", "language": "'en'", "title": title, "summary": "'They wait.'"},
        ),
        (Ask, {"campaign_id": "n", "kind": "'petition'", "position": "1"}),
        (
            PetitionText,
            {"ask_id": "n", "language": "'en'", "version": "1", "text": "'We ask for wells.'"},
        ),
        (Tally, {"ask_id": "n", "state": "'MD'", "verified": "n % 700"}),
        (
            Bill,
            {
                "jurisdiction": STATES,
                "session": "'2026'",
                "identifier": "'HB ' || n",
                "normalized": "'HB ' || n",
                "title": title,
                "stance": "CASE WHEN n % 10 IN (5, 8) THEN '' ELSE 'pro' END",
                "stage": STAGES,
                "stage_on": "at::date",
                "is_public": "true",
                "links": "'[]'",
            },
        ),
        (Bill.issues.through, {"bill_id": "n", "issue_id": f"{issue}"}),
        (
            Publication,
            {
                "slug": "'paper-' || n",
                "kind": "(ARRAY['news', 'report', 'brief', 'facts'])[1 + n % 4]",
                "dated_on": "at::date",
                "publish_at": "at",
            },
        ),
        (
            PublicationWords,
            {
                "publication_id": "n",
                "language": "'en'",
                "title": title,
                "summary": "'We counted.'",
                "story": "'Four wells were closed.'",
                "corrections": "'[]'",
            },
        ),
        (PublicationState, {"publication_id": "n", "code": STATES}),
        (Publication.issues.through, {"publication_id": "n", "issue_id": f"{issue}"}),
    )
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for model, columns in tables:
            load(cursor, model, rows, columns)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    main()
