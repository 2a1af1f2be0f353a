"""Odd input at the desk and its door: an answer, never a fault of ours."""

import pytest
from django.test import Client

from tests import build

pytestmark = pytest.mark.django_db
NARROWING = ("campaign", "state", "allows", "cd", "since")
LISTS = {
    "/desk/supporters/": NARROWING,
    "/desk/supporters/count/": NARROWING,
    "/desk/exports/": ("before",),
    "/outbox/": (),
    "/outbox/deliveries/": ("lane", "state", "before"),
    "/outbox/holds/": ("before",),
}
# Whoever reads none of it still must not break when it is there.
ANY = (*NARROWING, "before", "lane", "purpose", "sort", "page")
ODD = ["\x00", "9" * 30, "9" * 5_000, "\u202e\U0001d4dd", "x" * 9_000, "["]


@pytest.fixture
def desk():
    browser = Client(raise_request_exception=False)
    browser.force_login(build.user("administrator"))
    return browser


@pytest.mark.parametrize("odd", ODD)
def test_no_query_of_a_list_can_break_it(desk, odd):
    for path, read in LISTS.items():
        for names in (*((name,) for name in read), ANY):
            answer = desk.get(path, dict.fromkeys(names, odd))
            assert answer.status_code in (200, 302), (path, names)


@pytest.mark.parametrize("odd", ODD)
def test_no_field_of_a_form_at_the_desk_can_break_it(desk, odd):
    ask = build.ask("letter")
    campaign = f"/desk/campaigns/{ask.campaign.slug}"
    forms = {
        "/desk/exports/new/": ("purpose_key", "purpose", "segment", "format", "chosen"),
        "/desk/segments/keep/": ("name", "chosen"),
        "/outbox/": ("recipient",),
        "/outbox/holds/place/": ("what", "office", "reason"),
        "/outbox/holds/lift/": ("scope", "key"),
        "/desk/brand/": ("name", "accent", "deep", "donate_url", "contact_email"),
        "/desk/campaigns/new/": ("starter", "issue", "title", "bill", "states"),
        "/desk/issues/new/": ("name", "summary", "story"),
        f"{campaign}/words/en/": ("title", "summary", "story"),
        f"{campaign}/settings/": ("slug", "issue", "goal", "successor"),
        f"{campaign}/asks/add/": ("kind",),
        f"{campaign}/asks/{ask.pk}/targets/": ("states", "chambers", "parties"),
        f"{campaign}/asks/{ask.pk}/letter/": ("letter_subject", "letter_body"),
        f"{campaign}/asks/{ask.pk}/preview/": ("street", "zip", "name"),
        f"{campaign}/do/close/": ("note", "closing_message"),
    }
    good = {
        "purpose": "printing invitations",
        "reason": "because",
        "title": "A title",
        "name": "A name",
        "consent": "anyone",
    }
    for path, names in forms.items():
        for name in names:
            assert desk.post(path, good | {name: odd}).status_code in (200, 302, 400, 422), (
                path,
                name,
            )


@pytest.mark.parametrize("odd", ODD)
def test_nothing_typed_at_the_door_can_break_it(db, odd):
    browser = Client(raise_request_exception=False)
    for path in ("/login/", "/login/demo/", "/admin/login/"):
        for name in ("username", "password", "email", "next"):
            answer = browser.post(
                path,
                {"username": "a@example.org", "password": "x", "email": "a@example.org"}
                | {name: odd},
            )
            assert answer.status_code in (200, 302, 404, 422, 429), (path, name)
