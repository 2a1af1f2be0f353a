"""No number in an address, a query or a form is too long for us, on either database.

SQLite fails on what does not fit into 64 bits, which PostgreSQL takes: so each number is watched on
its way to the database.
"""

import inspect
import itertools
import re

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from actions import take
from actions.confirm import confirm
from campaigns.models import TargetRule
from supporters import links
from tests import build
from tests.addresses import filled, patterns

pytestmark = pytest.mark.django_db
LARGEST = 2**63 - 1
NUMBERS = ["9" * 21, str(LARGEST + 1), "9" * 5_000]
ROOMS = ("accounts", "actions", "api", "campaigns", "desk", "supporters")


def names_in_queries():
    """Every name that our code reads out of an address line, and those of Django's own lists."""
    told = re.compile(r'\.GET(?:\.get\(|\[|\.getlist\()"(\w+)"')
    for room in ROOMS:
        for file in (settings.BASE_DIR / room).rglob("*.py"):
            yield from told.findall(file.read_text())
    yield from ("page", "p", "id", "id__exact", "o")


VIEWS = dict(patterns())
ADDRESSES = sorted(VIEWS)
QUERIES = sorted(set(names_in_queries()))


@pytest.fixture
def browser(settings):
    """Signed in as somebody who may do everything; a number that no database takes fails."""
    settings.RATELIMIT_ENABLE = False
    person = build.user("administrator")
    person.is_superuser = person.is_staff = True
    person.save()
    client = Client(raise_request_exception=False)
    client.force_login(person)

    def watched(execute, sql, params, many, context):
        flat = itertools.chain(*params) if many else params or ()
        sent = [value for value in flat if isinstance(value, int) and abs(value) > LARGEST]
        if sent:
            raise OverflowError(f"{sent[0]} in {sql}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watched):
        yield client


@pytest.fixture
def places(letter_ask):
    """What stands in the gaps of an address where no number is tried."""
    build.zip_district("00001", letter_ask)
    action = confirm(take.take_action(letter_ask, build.filled_form(letter_ask)))
    return {
        "slug": letter_ask.campaign.slug,
        "token": links.make("status", action.public_id),
        "uuid": str(action.letters.first().delivery.public_id),
        "ask_id": letter_ask.pk,
        "pk": letter_ask.pk,
        "rule_pk": TargetRule.objects.get().pk,
        "seat_id": action.letters.first().seat_id,
        "position": 1,
    }


def test_every_number_in_an_address_is_a_short_one():
    assert [pattern for pattern in ADDRESSES if "<int:" in pattern] == []


def test_what_is_walked_is_found():
    assert {"before", "page", "ask", "sample", "lane"} <= set(QUERIES)
    assert any("<number:seat_id>.pdf" in pattern for pattern in ADDRESSES)


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: f"{len(number)} digits")
def test_no_number_in_an_address_is_too_long(browser, places, number):
    wrong = []
    for pattern in ADDRESSES:
        if "<number:" not in pattern:
            continue
        url = filled(pattern, places, number)
        for status in (browser.get(url).status_code, browser.post(url).status_code):
            if status not in (200, 301, 302, 303, 400, 403, 404, 405, 410, 422):
                wrong.append((pattern, status))

    assert wrong == []


def test_no_number_in_a_query_or_a_form_is_too_long(browser, places):
    fields = dict.fromkeys([*QUERIES, "seat", "number", "letter", "sequence"], NUMBERS[0])
    wrong = []
    for pattern, view in sorted(VIEWS.items()):
        url, source = filled(pattern, places), inspect.getsource(inspect.getmodule(view))
        if pattern.startswith("/admin/"):
            continue  # Django's own lists are its own, and many
        answers = [browser.get(url, fields)] if "request.GET" in source else []
        if "typed_number(request.POST" in source or "getlist(" in source:
            answers.append(browser.post(url, fields))
        wrong += [answer.request for answer in answers if answer.status_code >= 500]

    assert wrong == []
