"""The menus: whoever sees an entry may open it, whoever may open it sees it, and the page one is
on is marked.
"""

import re

import pytest
from django.urls import reverse

from desk.navigation import MAIN, TABS
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
MENU = [entry for entries in MAIN.values() for entry in entries]
BESIDE = {
    "outbox": "/outbox/deliveries/",
    "officials": "/desk/officials/",
    "people": "/desk/people/",
    "quarantine": "/desk/quarantine/",
    "supporters": "/desk/supporters/tags/",
}
LINK = re.compile(r'<a href="([^"]*)"( aria-current="page")?>')


def menu(page, css_class="console-nav"):
    """(address, is it marked) of each link in the lists of this class."""
    lists = re.findall(rf'<ul class="{css_class}".*?</ul>', page.content.decode(), re.DOTALL)
    return [(url, bool(mark)) for found in lists for url, mark in LINK.findall(found)]


def marked(page, css_class="console-nav"):
    return [url for url, is_marked in menu(page, css_class) if is_marked]


@pytest.mark.parametrize("role", ROLES)
def test_every_entry_opens_for_exactly_those_who_see_it(client, role):
    user = build.user(role)
    client.force_login(user)
    shown = {url for url, _mark in menu(client.get("/desk/"))}
    beside = {
        section: {url for url, _mark in menu(client.get(page), "tabs")}
        for section, page in BESIDE.items()
    }

    for entry, is_shown in [(entry, entry.url in shown) for entry in MENU] + [
        (entry, entry.url in beside[section]) for section in TABS for entry in TABS[section]
    ]:
        opens = client.get(entry.url).status_code in (200, 302)
        has_more = bool(entry.unless) and user.holds(entry.unless)
        assert is_shown == (opens and not has_more), entry.url


@pytest.mark.parametrize(
    ("entries", "css_class"), [(MENU, "console-nav"), *((rows, "tabs") for rows in TABS.values())]
)
def test_every_entry_marks_itself_and_nothing_else(client, entries, css_class):
    client.force_login(build.user("administrator"))

    for entry in (one for one in entries if not one.unless):
        page = client.get(entry.url, follow=True)
        if page.request["PATH_INFO"] == entry.url:
            assert marked(page, css_class) == [entry.url]


@pytest.mark.parametrize(
    ("page", "belongs_to"),
    [
        ("desk:issue_new", "desk:issues"),
        ("desk:resend", "desk:outbox"),
        ("desk:holds", "desk:outbox"),
    ],
)
def test_a_page_further_in_marks_the_entry_it_belongs_to(client, page, belongs_to):
    client.force_login(build.user("administrator"))

    assert marked(client.get(reverse(page))) == [reverse(belongs_to)]


def test_on_a_phone_the_menus_button_says_where_one_is_and_opens_without_scripts(client):
    client.force_login(build.user("administrator"))
    page = " ".join(client.get("/desk/issues/").content.decode().split())

    assert 'popovertarget="menu">Menu: Issues</button>' in page
    assert '<div id="menu" class="console-menu" popover>' in page


def test_nothing_leads_to_the_raw_admin_site(client):
    client.force_login(build.user("administrator"))

    for entry in MENU:
        assert "/admin/" not in client.get(entry.url, follow=True).content.decode(), entry.url
