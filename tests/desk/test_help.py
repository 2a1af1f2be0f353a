"""Help behind a question mark on every page of the console, in words that need no learning."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from desk.help.pages import HELP, help_for, pages_then
from tests import build
from tests.desk.access import ROUTES

pytestmark = pytest.mark.django_db
# What we say among ourselves; each has a word for pages in docs/glossary.md.
AMONG_OURSELVES = r"\b(lanes?|ladders?|caught|on the wire|audit log|circuit|quarantined?)\b"
SAID = re.compile(r"""(?:translate "|translate '|trimmed[^%]*%\})([^"'%]*)""")


def test_every_page_that_somebody_can_open_has_help(client):
    client.force_login(build.user("administrator"))
    paths = [reverse(f"desk:{name}", kwargs=filled) for name, filled in ROUTES.items()]
    opened = [path for path in paths if client.get(path).status_code != 405]

    assert [path for path in opened if help_for(path) is None] == []


def test_help_is_two_to_six_sentences_and_leads_on_to_pages_of_the_menu():
    readers = [build.user("administrator"), build.user("partner")]

    for name, found in HELP.items():
        assert 2 <= len(re.findall(r"[.:?!](?= |$)", str(found.text))) <= 6, name
        assert len(found.then) in {len(pages_then(found, reader)) for reader in readers}, name


def test_help_stands_on_the_page_and_leads_nobody_to_a_closed_door(client):
    client.force_login(build.user("read-only"))
    page = client.get("/desk/campaigns/").content.decode()
    text = re.search(r'<details class="page-help">.*?</details>', page, re.DOTALL).group()

    assert "Every campaign with its numbers." in text
    assert 'href="/desk/issues/"' not in text


def test_the_pages_of_a_form_that_was_refused_have_its_help(client):
    client.force_login(build.user("staff"))
    page = client.post("/outbox/holds/place/", {"what": "everything|"})

    assert page.status_code == 422
    assert "Stop letters from leaving" in page.content.decode()


def test_no_page_of_the_console_says_what_only_we_understand():
    found = [
        f"{path.name}: {said}"
        for path in (settings.BASE_DIR / "templates/desk").rglob("*.html")
        for said in SAID.findall(path.read_text())
        if re.search(AMONG_OURSELVES, said, re.IGNORECASE)
    ]

    assert found == []
