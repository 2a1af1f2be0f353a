"""No page reads more rows because its tables have grown, whoever looks and whatever they chose."""

import re

import pytest
from django.db import connection
from django.test import Client

from actions.models import Action
from benchmarks.scale import LISTS
from supporters import links
from supporters.models import Supporter
from tests import build, many_rows
from tests.addresses import filled, patterns
from worker.models import Delivery

pytestmark = pytest.mark.django_db
ROWS = 10_000
# A number stops at a thousand (desk.at_most), and some pages have several.
MOST = 4_000
# Three read more, and say so on the page: ten thousand people are counted by a button; an office's
# history looks at its last five thousand letters; a delivery book is about all that one office got.
BOUNDED = re.compile(r"^/desk/supporters/count/|/history/$|/book/\d+/$")
READ = """SELECT sum(pg_stat_get_xact_tuples_returned(oid)) FROM pg_class
    WHERE relkind IN ('r', 'i') AND relnamespace = 'public'::regnamespace"""
# Django's own lists; what changes something; what hands out a file.
NOT_PAGES = re.compile(r"^/admin/|/log(in|out)|^/hooks/|\.(pdf|png|ics|css|csv)$|^/proof/")


@pytest.fixture
def browser(settings):
    settings.RATELIMIT_ENABLE = False
    person = build.user("administrator")
    person.is_superuser = person.is_staff = True
    person.save()
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


def rows_read():
    """In this transaction, of tables and of indexes."""
    with connection.cursor() as cursor:
        cursor.execute(READ)
        return cursor.fetchone()[0]


def test_no_page_reads_more_rows_because_there_are_more(browser):
    if connection.vendor != "postgresql":
        pytest.skip("asks PostgreSQL how many rows it read")
    asks = many_rows.fill(ROWS, asks=5, hosts=2)
    with connection.cursor() as cursor:
        # As it plans for tables that are too large to be read.
        cursor.execute("SET LOCAL enable_seqscan TO off")
    places = {
        "slug": asks[0].campaign.slug,
        "token": links.make("status", Action.objects.filter(ask=asks[0]).first().public_id),
        "uuid": str(Delivery.objects.filter(lane__startswith="letters").first().public_id),
        "public_id": str(Supporter.objects.first().public_id),
        "ask_id": asks[0].pk,
        "seat_id": 1,
        "position": 1,
    }
    pages = {filled(path, places) for path, _ in patterns() if not NOT_PAGES.search(path)}
    read, answered = {}, 0
    for address in sorted(pages | set(LISTS)):
        before = rows_read()
        answered += browser.get(address).status_code == 200
        read[address] = rows_read() - before

    assert answered > 100
    assert {
        page for page, rows in read.items() if rows > MOST and not BOUNDED.search(page)
    } == set()
