"""A password alone opens no page about people: who is asked for more, and how they give it."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import get_resolver, reverse

from accounts import limits, second_factor
from accounts.models import NEED_SECOND_FACTOR, AuditEntry, User
from tests import build
from tests.accounts.authenticator import code, telephone
from tests.proven import forget

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits():
    limits._local.clear()


@pytest.fixture
def ana():
    return build.user("staff", email="ana@example.org", name="Ana")


def sign_in(client, where="/desk/supporters/", email="ana@example.org"):
    typed = {"username": email, "password": build.PASSWORD, "next": where}
    return client.post("/login/", typed)


def give(client, typed, where="/desk/supporters/"):
    return client.post("/login/second/", {"code": typed, "next": where})


def remove(client, row):
    return client.post(reverse("accounts:remove_factor"), {"factor": row.pk})


def deeds():
    lines = AuditEntry.objects.filter(deed__contains="factor").order_by("pk")
    return [(line.actor, line.deed, line.detail.get("kind", "")) for line in lines]


def test_without_one_such_a_page_leads_to_setting_it_up_and_from_there_back(client, ana):
    assert sign_in(client)["Location"] == "/desk/supporters/"
    answer = client.get("/desk/supporters/?state=FK")
    assert answer["Location"] == "/account/second-factor/?next=%2Fdesk%2Fsupporters%2F%3Fstate%3DFK"
    assert "asks for more than a password" in client.get(answer["Location"]).content.decode()
    add = "/account/second-factor/app/?next=/desk/supporters/"
    key = client.get(add).context["key"]
    assert client.post(add, {"code": "000000"}).status_code == 422
    assert client.get(add).context["key"] == key
    saved = client.post(add, {"code": code(key), "next": "/desk/supporters/"})

    codes = client.get(saved["Location"])
    assert len(codes.context["codes"]) == 10
    assert 'href="/desk/supporters/"' in codes.content.decode()
    assert client.get("/desk/supporters/").status_code == 200
    assert client.get(saved["Location"]).context["codes"] == []
    assert deeds() == [(ana.email, "second factor added", "app")]


def test_with_one_signing_in_takes_both_and_a_code_opens_once(client, ana):
    key = telephone(ana)
    assert sign_in(client)["Location"] == "/login/second/?next=%2Fdesk%2Fsupporters%2F"
    assert client.get("/desk/").status_code == 302
    assert give(client, "000000").status_code == 422
    right = code(key, steps=1)
    assert give(client, right)["Location"] == "/desk/supporters/"
    assert client.get("/desk/supporters/").status_code == 200
    assert AuditEntry.objects.get(deed="signed in").detail["second_factor"] == "app"

    again = client.__class__()
    sign_in(again)
    assert give(again, right).status_code == 422
    assert give(again, code(key)).status_code == 422
    assert again.get("/desk/").status_code == 302


def test_the_code_by_which_the_app_was_added_signs_nobody_in(client, ana):
    key = telephone(ana)
    sign_in(client)

    assert give(client, code(key)).status_code == 422


def test_a_recovery_code_opens_once_and_says_how_many_are_left(client, ana):
    telephone(ana)
    [first, *_] = second_factor.show_codes_once(ana)
    sign_in(client)
    answer = give(client, f" {first[:4]} {first[4:]} ")

    assert "9 are left" in client.get(answer["Location"]).content.decode()
    again = client.__class__()
    sign_in(again)
    assert give(again, first).status_code == 422


def test_guessing_codes_waits_from_everywhere_even_with_the_right_one(client, ana):
    key = telephone(ana)
    sign_in(client)
    for n in range(limits.CODES_PER_ACCOUNT):
        client.post("/login/second/", {"code": f"{n:06}"}, REMOTE_ADDR=f"203.0.113.{n // 5}")

    answer = client.post("/login/second/", {"code": code(key, 1)}, REMOTE_ADDR="198.51.100.7")
    assert answer.status_code == 422
    assert "Too many tries" in answer.content.decode()


def test_halfway_in_ends_with_time_and_with_the_password(client, ana, monkeypatch):
    key = telephone(ana)
    sign_in(client)
    ana.set_password("another password altogether")
    ana.save()
    assert give(client, code(key, 1))["Location"] == "/login/"
    ana.set_password(build.PASSWORD)
    ana.save()
    sign_in(client)
    monkeypatch.setattr("accounts.signing_in.HALFWAY_LASTS_S", -1)

    assert give(client, code(key, 1))["Location"] == "/login/"


def test_secrets_lie_encrypted(ana):
    key = telephone(ana)
    kept = str(list(Authenticator.objects.values()))

    assert key not in kept
    assert second_factor.factors(ana).get(type="totp").data["secret"].startswith("gAAAA")


def test_a_right_is_not_had_before_the_factor_is_given_also_where_a_page_asks_for_another(
    client, ana
):
    client.force_login(ana)
    assert client.get("/outbox/").context["perms"]["accounts"]["see_supporters"]
    forget(client)

    page = client.get("/outbox/")
    assert page.status_code == 200
    assert not page.context["perms"]["accounts"]["see_supporters"]
    assert not page.context["perms"]["accounts"]["hold_deliveries"]
    assert client.get("/outbox/deliveries/?lane=mail").status_code == 403
    assert "needs a second factor" in client.get("/desk/").content.decode()


@pytest.mark.parametrize("for_all", [False, True])
def test_a_role_without_such_a_right_is_asked_by_the_setting_only(client, settings, for_all):
    settings.SECOND_FACTOR_FOR_ALL = for_all
    client.force_login(build.user("organizer"))
    forget(client)

    assert client.get("/desk/campaigns/").status_code == (302 if for_all else 200)
    assert client.get("/account/second-factor/").status_code == 200


@pytest.mark.parametrize("delivering", [False, True])
def test_a_demonstration_login_passes_in_practice_mode_and_changes_no_factor(
    client, settings, delivering
):
    user = build.user("administrator", is_demo=True)
    client.post("/login/demo/", {"email": user.email})
    settings.DELIVERY_ENABLED = delivering

    assert client.get("/desk/people/").status_code == (302 if delivering else 200)
    for name in ("add_app", "add_passkey", "password", "end_others", "recovery_codes"):
        refused = client.post(reverse(f"accounts:{name}"), {"code": "1"}).status_code
        assert refused == (302 if delivering else 403), name


def test_the_raw_administration_asks_for_one_on_every_page(client):
    client.force_login(User.objects.create_superuser("root@example.org", build.PASSWORD))
    assert client.get("/admin/accounts/user/").status_code == 200
    forget(client)

    for path in ("/admin/", "/admin/accounts/user/", "/admin/auth/group/add/"):
        assert client.get(path)["Location"].startswith("/account/second-factor/?next=%2Fadmin%2F")
    assert client.post("/admin/accounts/user/add/", {}).status_code == 302


def test_adding_one_ends_the_sessions_that_never_gave_it(client, ana):
    other = client.__class__()
    for browser in (client, other):
        sign_in(browser, where="/desk/")
    key = client.get("/account/second-factor/app/").context["key"]
    client.post("/account/second-factor/app/", {"code": code(key)})

    assert client.get("/desk/supporters/").status_code == 200
    assert other.get("/desk/").status_code == 302


def test_keys_are_added_and_removed_by_whoever_proved_it_a_moment_ago(client, ana):
    telephone(ana)
    row = second_factor.factors(ana).get(type="totp")
    client.force_login(ana)
    forget(client, factor=False)

    assert client.get("/account/second-factor/passkey/")["Location"].startswith("/login/again/")
    assert remove(client, row)["Location"].startswith("/login/again/")
    assert second_factor.is_on(ana)


def test_with_the_last_one_go_its_recovery_codes_and_what_the_session_had_proven(client, ana):
    telephone(ana)
    client.force_login(ana)
    other = second_factor.factors(build.user("staff"))
    row = second_factor.factors(ana).get(type="totp")
    remove(client, row)

    assert not second_factor.factors(ana).exists()
    assert not other.exists()
    assert client.get("/desk/supporters/")["Location"].startswith("/account/second-factor/")
    assert deeds()[-1] == (ana.email, "second factor removed", "app")


def test_nobody_removes_somebody_elses(client, ana):
    telephone(ana)
    client.force_login(build.user("administrator"))
    for row in second_factor.factors(ana):
        remove(client, row)

    assert second_factor.is_on(ana)


def test_an_administrator_removes_that_of_somebody_who_lost_it_and_the_server_anybodys(client, ana):
    telephone(ana)
    boss = build.user("administrator", email="boss@example.org")
    theirs = client.__class__()
    theirs.force_login(ana)
    client.force_login(boss)
    forget(client, factor=False)
    url = reverse("desk:person_factors", args=[ana.pk])
    assert client.post(url)["Location"].startswith("/login/again/")
    client.force_login(boss)
    assert client.post(url).status_code == 302

    assert not second_factor.is_on(ana)
    assert theirs.get("/desk/").status_code == 302
    assert deeds()[-1] == (boss.email, "second factor removed", "all")
    telephone(boss)
    call_command("remove_second_factor", "BOSS@example.org", verbosity=0)
    assert deeds()[-1][1:] == ("second factor removed", "all")


@pytest.mark.parametrize("answer", ["", "[]", "{}", '{"id": 1}', "[" * 3000, "\x00", '{"id":"_"}'])
def test_an_answer_that_somebody_made_up_is_no_passkey_and_no_error(client, ana, answer):
    telephone(ana)
    client.force_login(ana)
    client.get("/account/second-factor/passkey/")
    typed = {"name": "Laptop", "answer": answer}
    assert client.post("/account/second-factor/passkey/", typed).status_code == 422
    client.logout()
    sign_in(client)

    assert client.post("/login/second/", {"passkey": answer}).status_code == 422
    assert not second_factor.factors(ana).filter(type="webauthn").exists()


def test_a_failed_sign_in_is_written_down_without_what_was_typed(client, ana):
    for typed in ("ANA@example.org", "my secret password", "nobody@example.org"):
        client.post("/login/", {"username": typed, "password": "wrong"})

    lines = AuditEntry.objects.filter(deed="sign-in failed").order_by("pk")
    assert [line.subject for line in lines] == [ana.email, "no such account", "no such account"]
    assert not re.search("secret|nobody|wrong", str(list(lines.values())))


def test_what_a_role_allows_is_changed_in_the_administration_and_written_down(client):
    client.force_login(User.objects.create_superuser("root@example.org", build.PASSWORD))
    role = Group.objects.get(name="partner")
    right = Permission.objects.get(codename="see_outbox")
    url = f"/admin/auth/group/{role.pk}/change/"
    client.post(url, {"name": "partner", "permissions": [right.pk]})

    line = AuditEntry.objects.get(deed="role changed")
    assert (line.actor, line.subject) == ("root@example.org", "partner")
    assert line.detail == {"rights": ["see_outbox"]}


def test_of_allauth_no_page_is_reachable():
    def names(resolver):
        for entry in resolver.url_patterns:
            callback = getattr(entry, "callback", None)
            yield callback.__module__ if callback else ""
            if hasattr(entry, "url_patterns"):
                yield from names(entry)

    assert not [module for module in names(get_resolver()) if module.startswith("allauth")]


def test_every_right_that_asks_for_one_is_a_right():
    assert {right for right, _ in User._meta.permissions} >= NEED_SECOND_FACTOR
