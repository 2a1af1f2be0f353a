"""An invited colleague in a real browser: from the link to a list that leaves, with a second factor.

At localhost, since a passkey belongs to a name and not to a number.
"""

import os
import re

import pytest

from accounts import one_use_links, people
from accounts.models import User
from config.children import free_port
from desk.exports import job
from desk.models import Export
from tests import build, processes
from tests.accounts.authenticator import code
from tests.accounts.joining import NEWCOMER, PASSWORD, add_app, make_account, press
from tests.axe import flaws
from tests.desk import rows
from tests.pages.visits import arrive

SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def link(transactional_db):
    """What an administrator would hand over."""
    boss = build.user("administrator", email="boss@example.org", name="Bo Boss")
    made = people.invite(NEWCOMER, ["staff", "exporter"], author=boss)
    return f"/invited/{one_use_links.give_token(made)}/"


@pytest.fixture
def look(new_page):
    """A page on a site of its own name, and what axe objects to on each stop, with a picture of it
    where SHOTS names a folder.
    """
    with processes.web(SITE_URL=f"http://localhost:{free_port()}") as url:
        page = new_page(base_url=url, viewport={"width": 390, "height": 844})
        page.found = []

        def stop(name):
            page.found += flaws(page)
            page.found += [f"{name} scrolls sideways"] if page.evaluate(SIDEWAYS) else []
            if folder := os.environ.get("SHOTS"):
                for width in (390, 1280):
                    page.set_viewport_size({"width": width, "height": 900})
                    page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
                page.set_viewport_size({"width": 390, "height": 844})

        page.stop = stop
        yield page


def test_an_invited_colleague_signs_in_with_a_second_factor_and_opens_an_export(link, look):
    rows.person()
    page = look
    make_account(page, link, page.stop)
    page.goto("/desk/exports/")
    arrive(page, "/account/second-factor/.*")
    page.stop("second-factor-asked")
    key = add_app(page, page.stop)
    arrive(page, "/desk/exports/")
    sign_in_with(page, code(key, steps=1))
    take_a_list(page)
    with_a_passkey(page)

    assert page.found == []
    assert Export.objects.get().rows_done == 1


def sign_in_with(page, shown):
    press(page, "Menu")
    press(page, "Sign out")
    arrive(page, "/login/")
    page.goto("/login/?next=/desk/exports/")
    page.get_by_label("E-mail address").fill(NEWCOMER)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")
    arrive(page, "/login/second/.*")
    page.stop("second-step")
    page.get_by_label("Code").fill(shown)
    press(page, "Go on")
    arrive(page, "/desk/exports/")


def take_a_list(page):
    page.get_by_label("What is it for?").select_option("newsletter")
    page.get_by_label("Why, in your own words").fill("Invitations for the May meeting")
    press(page, "Count the rows")
    arrive(page, "/desk/exports/[0-9a-f-]{36}/")
    press(page, "Write the file")
    job.write(Export.objects.get().pk)
    page.reload()
    with page.expect_download() as taken:
        page.get_by_role("button", name=re.compile("Download|Take")).click()
    assert taken.value.path().read_text().count("@example.org") == 1


def with_a_passkey(page):
    """Made and shown by Chromium's own authenticator."""
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "isUserVerified": True}
    options = {**kind, "hasResidentKey": True, "hasUserVerification": True}
    line.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto("/account/second-factor/passkey/")
    page.stop("add-passkey")
    page.get_by_label("Name").fill("Office laptop")
    press(page, "Make the passkey")
    page.locator("main").get_by_text("Office laptop").or_(
        page.get_by_text("recovery codes are left")
    ).first.wait_for()
    page.goto("/account/second-factor/")
    page.get_by_text("Office laptop").wait_for()
    page.stop("second-factor")
    page.goto("/login/again/?next=/account/")
    page.stop("again")
    press(page, "Use a passkey")
    arrive(page, "/account/")
    page.stop("account")
    assert User.objects.get(email=NEWCOMER).is_active
