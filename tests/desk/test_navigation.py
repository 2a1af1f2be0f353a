"""The menus: whoever sees an entry may open it, whoever may open it sees it, and the page one is
on is marked.
"""

import re

import pytest
from django.urls import reverse

from desk.navigation import ENTRIES, MAIN, OFFICIALS, OUTBOX, PEOPLE
from tests import build

pytestmark = pytest.mark.django_db
ROLES = (
    "partner",
    "read-only",
    "organizer",
    "staff",
    "officials",
    "exporter",
    "administrator",
)
TABS = {OUTBOX: "/outbox/deliveries/", OFFICIALS: "/desk/officials/", PEOPLE: "/desk/people/"}
LINK = re.compile(r'<a href="([^"]*)"( aria-current="page")?>')


def menu(page, css_class):
    """(address, is it marked) of each link in the list of this class."""
    found = re.search(rf'<ul class="{css_class}">(.*?)</ul>', page.content.decode(), re.DOTALL)
    return [(url, bool(mark)) for url, mark in LINK.findall(found.group(1))] if found else []


def marked(page, css_class="console-nav"):
    return [url for url, is_marked in menu(page, css_class) if is_marked]


@pytest.mark.parametrize("role", ROLES)
def test_every_entry_opens_for_exactly_those_who_see_it(client, role):
    client.force_login(build.user(role))
    main = {url for url, _mark in menu(client.get("/desk/"), "console-nav")}
    shown = {MAIN: main} | {
        section: {url for url, _mark in menu(client.get(page), "tabs")}
        for section, page in TABS.items()
    }

    for entry in ENTRIES:
        is_shown = entry.url in shown[entry.section]
        assert is_shown == (client.get(entry.url).status_code in (200, 302)), entry.url


def test_every_entry_marks_itself_and_nothing_else(client):
    client.force_login(build.user("administrator"))

    for entry in ENTRIES:
        page = client.get(entry.url, follow=True)
        if page.request["PATH_INFO"] == entry.url:
            assert marked(page, "console-nav" if entry.section == MAIN else "tabs") == [entry.url]


@pytest.mark.parametrize(
    ("page", "belongs_to"),
    [
        ("desk:issues", "desk:campaigns"),
        ("desk:issue_new", "desk:campaigns"),
        ("desk:resend", "desk:outbox"),
        ("desk:holds", "desk:outbox"),
    ],
)
def test_a_page_further_in_marks_the_entry_it_belongs_to(client, page, belongs_to):
    client.force_login(build.user("administrator"))

    assert marked(client.get(reverse(page))) == [reverse(belongs_to)]


def test_an_entry_is_in_a_menu_that_some_page_prints():
    assert {entry.section for entry in ENTRIES} == {MAIN, OUTBOX, OFFICIALS, PEOPLE}
