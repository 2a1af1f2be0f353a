"""Signing in: who gets in, how often one may try, and how long it lasts."""

import socket

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from redis import Redis
from redis.exceptions import OutOfMemoryError

from accounts import limits, middleware
from accounts.models import AuditEntry, User
from tests import build

LOGIN = "/login/"


@pytest.fixture(autouse=True)
def _few_tries(monkeypatch):
    """Each try hashes and draws a page: the limits are read anew for each, and soon reached."""
    monkeypatch.setattr(limits, "PER_ACCOUNT", 4)
    monkeypatch.setattr(limits, "PER_NETWORK", 24)


@pytest.fixture(autouse=True)
def fresh_limits():
    limits._local.clear()


@pytest.fixture
def ana(db):
    return build.user("staff", email="ana@example.org")


def sign_in(client, email="ana@example.org", password=build.PASSWORD, **extra):
    return client.post(LOGIN, {"username": email, "password": password}, **extra)


def is_in(client):
    return client.get(reverse("desk:home")).status_code == 200


def test_the_right_password_opens_the_desk_and_is_written_down(client, ana):
    answer = sign_in(client, email="ANA@example.org")

    assert answer["Location"] == reverse("desk:home")
    assert is_in(client)
    assert AuditEntry.objects.filter(actor=ana.email, deed="signed in").count() == 1


def test_a_wrong_password_and_an_unknown_account_get_the_same_words(client, ana):
    wrong = sign_in(client, password="not it at all").content.decode()
    unknown = sign_in(client, email="bob@example.org").content.decode()

    assert "don&#x27;t belong together" in wrong
    assert mask(wrong) == mask(unknown.replace("bob@", "ana@"))


def mask(page):
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_a_switched_off_account_is_out_at_once(client, ana):
    sign_in(client)
    User.objects.update(is_active=False)

    assert not is_in(client)
    assert sign_in(client).status_code == 200


def test_the_session_is_a_new_one_after_signing_in(client, ana, settings):
    sign_in(client)
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    sign_in(client)
    after = client.cookies[settings.SESSION_COOKIE_NAME].value

    assert after != before
    client.cookies[settings.SESSION_COOKIE_NAME] = before
    assert not is_in(client)


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_to_another_site(client, ana, wanted):
    answer = client.post(LOGIN, {"username": ana.email, "password": build.PASSWORD, "next": wanted})

    assert answer["Location"] == reverse("desk:home")


def test_the_page_they_came_for_is_where_they_go(client, ana):
    answer = client.post(
        LOGIN, {"username": ana.email, "password": build.PASSWORD, "next": "/outbox/"}
    )

    assert answer["Location"] == "/outbox/"


def test_too_many_tries_wait_and_keep_the_email_even_with_the_right_password(client, ana):
    for _ in range(limits.PER_ACCOUNT):
        sign_in(client, password="guess")
    answer = sign_in(client)

    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "ana@example.org" in answer.content.decode()
    assert not is_in(client)


def test_tries_that_were_right_do_not_count(client, ana):
    for _ in range(limits.PER_ACCOUNT - 1):
        sign_in(client, password="guess")
    for _ in range(limits.PER_ACCOUNT):
        assert sign_in(client).status_code == 302
        client.post("/logout/")

    assert sign_in(client, password="guess").status_code == 200
    assert sign_in(client).status_code == 429


def test_no_spelling_of_an_account_has_tries_of_its_own(client, db):
    """Each of these finds the same account, or none."""
    build.user("staff", email="skipi@example.org")
    spellings = ["skipi", "SKIPI", "\u017fkipi", "s\u212aipi", "sk\u0131pi", " skipi ", "ｓkipi"]
    for spelling in spellings * 2:
        sign_in(client, email=f"{spelling}@example.org", password="wrong")

    assert sign_in(client, email="skipi@example.org").status_code == 429


@pytest.mark.parametrize("odd", ["", "@", "a@" + "ü" * 300, "\x00", "x" * 5_000, "a@\u2603..b"])
def test_no_text_breaks_what_counts_the_tries(client, db, odd):
    assert sign_in(client, email=odd).status_code == 200


def test_a_stranger_guessing_elsewhere_does_not_lock_the_person_out(client, ana):
    for _ in range(limits.PER_ACCOUNT + 5):
        sign_in(client, password="guess", REMOTE_ADDR="203.0.113.9")

    assert sign_in(client, REMOTE_ADDR="198.51.100.7").status_code == 302


def test_one_network_cannot_try_many_accounts(client, ana):
    for n in range(limits.PER_NETWORK):
        sign_in(client, email=f"somebody{n}@example.org")

    assert sign_in(client).status_code == 429


def test_addresses_of_one_ipv6_customer_count_as_one(client, ana):
    for n in range(limits.PER_ACCOUNT):
        sign_in(client, password="guess", REMOTE_ADDR=f"2001:db8:1:2::{n:x}")

    assert sign_in(client, REMOTE_ADDR="2001:db8:1:2:ffff::1").status_code == 429


@pytest.mark.parametrize("trouble", ["down", "full"])
def test_with_redis_down_or_full_staff_get_in_but_guessing_is_still_stopped(
    client, ana, settings, monkeypatch, trouble
):
    monkeypatch.setattr("config.cache._resting_until", 0.0)
    if trouble == "down":
        nowhere = {"LOCATION": f"redis://127.0.0.1:{closed_port()}"}
        settings.CACHES = {name: cache | nowhere for name, cache in settings.CACHES.items()}
    else:
        monkeypatch.setattr(Redis, "execute_command", full)

    assert sign_in(client).status_code == 302
    answers = [sign_in(client, password="guess").status_code for _ in range(limits.PER_ACCOUNT)]
    assert answers[-1] == 429


def full(self, *args, **options):
    raise OutOfMemoryError("command not allowed when used memory > 'maxmemory'.")


def closed_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_demo_accounts_are_one_click_away_in_practice(client, db):
    build.user("organizer", email="demo@example.org", is_demo=True)

    assert "demo@example.org" in client.get(LOGIN).content.decode()
    client.post("/login/demo/", {"email": "demo@example.org"})
    assert is_in(client)


def test_one_click_never_opens_a_real_account(client, ana):
    assert client.post("/login/demo/", {"email": ana.email}).status_code == 404
    assert not is_in(client)


def test_demo_accounts_are_refused_with_a_reason_once_delivery_is_on(client, db, settings):
    build.user("organizer", email="demo@example.org", is_demo=True)
    sign_in(client, email="demo@example.org")
    settings.DELIVERY_ENABLED = True

    assert not is_in(client), "a session from practice must not survive"
    assert "demonstration account" in sign_in(client, email="demo@example.org").content.decode()
    assert client.post("/login/demo/", {"email": "demo@example.org"}).status_code == 403
    assert "demo@example.org" not in client.get(LOGIN).content.decode()


@pytest.fixture
def clock(monkeypatch):
    """The middleware's clock, to be moved by hand."""

    class Clock:
        now = 1_800_000_000.0

        def time(self):
            return self.now

    clock = Clock()
    monkeypatch.setattr(middleware, "time", clock)
    return clock


def test_half_an_hour_without_a_page_ends_the_session(client, ana, clock):
    sign_in(client)
    assert is_in(client)
    clock.now += 29 * 60
    assert is_in(client)
    clock.now += 29 * 60
    assert is_in(client), "each page starts the half hour again"
    clock.now += 31 * 60
    assert not is_in(client)


def test_twelve_hours_end_the_session_however_busy(client, ana, clock):
    sign_in(client)
    for _ in range(25):
        assert is_in(client)
        clock.now += 29 * 60
    assert not is_in(client)


def test_signing_in_again_after_the_end_starts_a_new_session(client, ana, clock):
    sign_in(client)
    is_in(client)
    clock.now += 13 * 60 * 60
    sign_in(client)

    assert is_in(client)


def test_a_public_page_touches_no_session(client, ana):
    sign_in(client)

    assert "Cookie" not in client.get("/i18n-probe-that-is-not-there/").headers.get("Vary", "")


def test_a_form_that_lost_its_token_is_answered_in_our_words(ana):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(LOGIN, {"username": ana.email, "password": build.PASSWORD})

    assert answer.status_code == 403
    assert "Nothing was changed" in answer.content.decode()
    assert not is_in(strict)


def test_signing_out_takes_a_post(client, ana):
    sign_in(client)
    assert client.get("/logout/").status_code == 405
    client.post("/logout/")

    assert not is_in(client)


def test_the_administration_has_no_second_door_without_limits(client, ana):
    for _ in range(limits.PER_ACCOUNT):
        client.post("/admin/login/", {"username": ana.email, "password": "guess"})

    assert (
        client.post(
            "/admin/login/", {"username": ana.email, "password": build.PASSWORD}
        ).status_code
        == 429
    )


def test_createsuperuser_makes_an_administrator_who_can_sign_in(client, db, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", build.PASSWORD)
    call_command("createsuperuser", email="root@example.org", interactive=False, verbosity=0)
    sign_in(client, email="root@example.org")

    assert client.get("/desk/brand/").status_code == 200
    asked = client.get("/admin/accounts/user/")["Location"]
    assert asked.startswith("/account/second-factor/")


def test_a_change_of_role_in_the_administration_is_written_down(client, ana):
    client.force_login(User.objects.create_superuser("root@example.org", build.PASSWORD))
    group = ana.groups.get()
    client.post(
        f"/admin/accounts/user/{ana.pk}/change/",
        {"email": ana.email, "name": "Ana", "groups": [group.pk]},
    )

    line = AuditEntry.objects.get(deed="account changed")
    assert (line.actor, line.subject, line.detail["roles"]) == (
        "root@example.org",
        ana.email,
        ["staff"],
    )


def test_the_administration_shows_the_audit_log_and_changes_none_of_it(client, ana):
    client.force_login(User.objects.create_superuser("root@example.org", build.PASSWORD))
    sign_in(client)
    client.force_login(User.objects.get(email="root@example.org"))
    line = AuditEntry.objects.first()

    assert client.get("/admin/accounts/auditentry/").status_code == 200
    assert (
        client.post(f"/admin/accounts/auditentry/{line.pk}/delete/", {"post": "yes"}).status_code
        == 403
    )


def test_whoever_installs_gets_one_link_to_choose_a_password_and_no_second_administrator(
    client, db, capsys
):
    with pytest.raises(CommandError):
        call_command("first_administrator", "--is-there")
    call_command("first_administrator", "Ana@example.org")
    call_command("first_administrator", "ana@example.org")
    link = capsys.readouterr().out.split()[-1].removeprefix(settings.SITE_URL)
    chosen = {"new_password1": build.PASSWORD, "new_password2": build.PASSWORD}

    assert client.post(link, chosen).status_code == 302
    assert client.get(link).status_code == 410
    sign_in(client)
    assert is_in(client)
    call_command("first_administrator", "--is-there")
    call_command("first_administrator", "eve@example.org")
    assert User.objects.get().is_superuser
    deeds = AuditEntry.objects.filter(actor="manage.py first_administrator")
    assert {entry.subject for entry in deeds} == {"ana@example.org"}
