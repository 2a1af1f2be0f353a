"""Tables of the console: sorted and paged by links, in one order, in a constant number of queries."""

import datetime as dt
import re
from urllib.parse import urljoin

import pytest
from django.utils import timezone

from accounts import audit
from desk import paging, sorting
from tests import build
from worker.models import Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client, monkeypatch):
    monkeypatch.setattr(paging, "ON_A_PAGE", 2)
    monkeypatch.setattr(sorting, "ON_A_PAGE", 2)
    client.force_login(build.user("administrator"))
    return client


def failed(number):
    """They failed one after the other, the last two in the same moment."""
    build.posted(number)
    now = timezone.now()
    for nth, row in enumerate(Delivery.objects.order_by("pk")):
        at = now + dt.timedelta(minutes=min(nth, number - 2))
        Delivery.objects.filter(pk=row.pk).update(state="failed", settled_at=at)
    return list(Delivery.objects.order_by("pk").values_list("pk", flat=True))


def walk(client, path, read):
    """What `read` finds on this page and all further ones."""
    found = []
    while path:
        page = client.get(path)
        found += read(page)
        further = page.context["next_page"]
        path = further and urljoin(path, further)
    return found


def failures(page):
    return [row["delivery"].pk for row in page.context["failed"]]


def campaigns(page):
    return [row["campaign"].slug for row in page.context["rows"]]


@pytest.mark.parametrize("sort", ["since", "-since"])
def test_every_row_of_a_long_table_is_met_once_in_either_direction(boss, sort):
    keys = failed(5)

    assert walk(boss, f"/outbox/uncertain/?sort={sort}", failures) == (
        keys if sort == "since" else keys[::-1]
    )


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("verified", ["a", "b", "c"]),
        ("-verified", ["c", "b", "a"]),
        ("live", ["c", "a", "b"]),
        ("-live", ["a", "c", "b"]),
        ("", ["c", "b", "a"]),
    ],
)
def test_a_short_table_sorts_by_any_heading_and_what_is_not_told_comes_last(boss, sort, expected):
    now = timezone.now()
    for slug, verified, launched in (
        ("a", 1, now),
        ("b", 2, None),
        ("c", 3, now - dt.timedelta(1)),
    ):
        ask = build.ask(campaign=build.campaign(slug, launched_at=launched))
        ask.tallies.create(state="FK", verified=verified, counted_at=now)

    assert walk(boss, f"/desk/campaigns/?sort={sort}", campaigns) == expected


@pytest.mark.parametrize(
    "sort", ["password", "-", "--since", "settled_at", "author__password", "\0"]
)
def test_a_column_that_is_not_ours_means_the_usual_order(boss, sort):
    keys = failed(3)
    page = boss.get("/outbox/uncertain/", {"sort": sort})

    assert page.status_code == 200
    assert failures(page) == keys[:0:-1]


def test_headings_say_how_the_table_stands_and_keep_what_it_was_narrowed_to(boss):
    audit.record("ana@example.org", "hold placed", "everything")
    page = boss.get("/desk/people/log/?who=ana&sort=when&before=x").content.decode()

    assert re.search(
        r'aria-sort="ascending">\s*<a class="sort" href="\?who=ana&amp;sort=-when">', page
    )
    assert page.count("aria-sort") == 1


@pytest.mark.parametrize(
    "path",
    [
        "/desk/campaigns/",
        "/desk/issues/",
        "/desk/supporters/",
        "/desk/suppressed/",
        "/desk/exports/",
        "/desk/quarantine/",
        "/desk/rosters/",
        "/desk/people/",
        "/desk/people/log/",
        "/desk/officials/offices/",
        "/outbox/deliveries/",
        "/outbox/uncertain/",
    ],
)
def test_every_heading_of_every_table_sorts_both_ways(boss, path):
    failed(2)
    build.ask(campaign=build.campaign("open-now"))
    build.source()
    for _press in range(2):
        for head in boss.get(path).context.get("heads", []):
            if head["url"]:
                followed = boss.get(urljoin(path, head["url"]))
                assert followed.status_code == 200, head["url"]
                again = [one for one in followed.context["heads"] if one["sorted"]]
                assert [one["label"] for one in again] == [head["label"]]


def test_a_long_table_costs_the_same_on_every_page(boss, django_assert_max_num_queries):
    failed(5)
    pages = [boss.get("/outbox/deliveries/")]
    with django_assert_max_num_queries(60) as first:
        pages.append(boss.get("/outbox/deliveries/"))
    with django_assert_max_num_queries(60) as second:
        boss.get("/outbox/deliveries/" + pages[0].context["next_page"])

    assert len(first) == len(second)
