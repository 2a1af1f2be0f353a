"""The list of supporters: filters, pages, and who is never on it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from supporters.models import Suppression
from tests import build
from tests.desk import rows

LIST = "/desk/supporters/"


@pytest.fixture
def staff(client, db):
    client.force_login(build.user("staff"))
    return client


def listed(client, **chosen):
    return [person.email for person in client.get(LIST, chosen).context["people"]]


def test_newest_come_first_and_minors_unproven_and_suppressed_never(staff):
    rows.person(is_minor=True)
    rows.person(proven_at=None)
    Suppression.objects.create(mailbox=rows.person().mailbox, reason="not_me")
    first, second = rows.person(newsletter=None), rows.person()

    assert listed(staff) == [second.email, first.email]


def test_filters_add_up(staff):
    build.jurisdiction("FK")
    build.jurisdiction("MD")
    ask = build.ask("petition")
    wanted = rows.person(state="MD")
    for person in (wanted, rows.person(state="FK"), rows.person(state="MD", newsletter=None)):
        rows.action(ask, person)
    rows.person(state="MD")

    assert listed(staff, campaign=ask.campaign_id, state="MD", consent="newsletter") == [
        wanted.email
    ]


def test_pages_follow_each_other_without_a_gap(staff):
    everybody = [rows.person().email for _ in range(120)]
    seen, further = [], "?consent=anyone"
    while further:
        page = staff.get(LIST + further)
        seen += [person.email for person in page.context["people"]]
        further = page.context["next_page"]

    assert seen == everybody[::-1]


def test_the_number_of_queries_does_not_follow_the_number_of_people(
    staff, django_assert_num_queries
):
    rows.person()
    staff.get(LIST)
    with CaptureQueriesContext(connection) as one:
        staff.get(LIST)
    for _ in range(30):
        rows.person()
    with django_assert_num_queries(len(one)):
        staff.get(LIST)


def test_a_filter_that_makes_no_sense_is_explained_and_shows_the_careful_list(staff):
    rows.person(newsletter=None)
    page = staff.get(LIST, {"state": "ZZ", "before": "9" * 40})

    assert page.status_code == 200
    assert "ZZ" in page.content.decode()


def test_export_is_offered_only_to_those_who_may(staff, client):
    rows.person()
    assert "Export these" not in staff.get(LIST).content.decode()
    client.force_login(build.user("administrator"))

    assert "/desk/exports/?consent=anyone" in client.get(LIST).content.decode()
