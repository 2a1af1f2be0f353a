"""Everybody's own page: the password, and where they are signed in."""

import pytest

from accounts import limits
from accounts.models import AuditEntry, User
from tests import build
from tests.proven import forget

pytestmark = pytest.mark.django_db
NEW = "four words nobody guesses"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0"


@pytest.fixture(autouse=True)
def fresh_limits():
    limits._local.clear()


@pytest.fixture
def ana(client):
    user = build.user("organizer", email="ana@example.org")
    client.post("/login/", {"username": user.email, "password": build.PASSWORD})
    return user


def change(client, now=build.PASSWORD, new=NEW):
    typed = {"old_password": now, "new_password1": new, "new_password2": new}
    return client.post("/account/password/", typed)


def elsewhere(client):
    other = client.__class__()
    typed = {"username": "ana@example.org", "password": build.PASSWORD}
    other.post("/login/", typed, HTTP_USER_AGENT=FIREFOX)
    return other


def test_a_changed_password_holds_and_ends_every_other_session(client, ana):
    other = elsewhere(client)
    assert change(client, now="wrong").status_code == 422
    assert change(client, new="short").status_code == 422
    assert change(client).status_code == 302

    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302
    assert User.objects.get().check_password(NEW)
    assert AuditEntry.objects.filter(deed="password changed", actor=ana.email).count() == 1


def test_guessing_ones_password_from_an_open_session_waits(client, ana):
    for _ in range(limits.PER_ACCOUNT):
        change(client, now="guess")

    answer = change(client)
    assert answer.status_code == 422
    assert "Too many tries" in answer.content.decode()


def test_other_sessions_are_shown_with_their_browser_and_ended_at_a_press(client, ana):
    build.user("staff")
    other = elsewhere(client)
    page = client.get("/account/").content.decode()
    assert "Firefox, Windows" in page
    assert page.count("this one") == 1
    client.post("/account/sessions/end/")

    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302
    assert "Sign out everywhere else" not in client.get("/account/").content.decode()


def test_asked_again_they_prove_it_by_the_password_and_go_on(client, ana):
    forget(client)
    page = "/account/second-factor/app/"
    asked = client.get(page)["Location"]
    assert client.post(asked, {"password": "wrong"}).status_code == 422

    assert client.post(asked, {"password": build.PASSWORD})["Location"] == page
    assert client.get(page).status_code == 200


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_asked_again_nobody_is_sent_to_another_site(client, ana, wanted):
    answer = client.post("/login/again/", {"password": build.PASSWORD, "next": wanted})

    assert answer["Location"] == "/account/"


def test_somebody_without_any_role_has_the_page_too(client):
    client.force_login(build.user())

    for path in ("/account/", "/account/password/", "/account/second-factor/"):
        assert client.get(path).status_code == 200
        assert "no-store" in client.get(path)["Cache-Control"]
