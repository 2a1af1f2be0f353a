"""Who works here: invited once, given no more than the inviter has, and gone at once."""

import re
from email import message_from_bytes, policy

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import audit, one_use_links, people, roles
from accounts.models import AuditEntry, OneUseLink, User
from desk.people import link_mail
from tests import build

pytestmark = pytest.mark.django_db
LINK = re.compile(r"http[^\s<\"]+/(?:invited|new-password)/[\w-]{30,}/")
GOOD = {"new_password1": "four words nobody guesses", "new_password2": "four words nobody guesses"}


@pytest.fixture
def ana(client):
    """An administrator, signed in."""
    user = build.user("administrator", email="ana@example.org", name="Ana")
    client.force_login(user)
    return user


def invite(client, email="new@example.org", given=("organizer",), **extra):
    typed = {"email": email, "roles": list(given)} | extra
    return client.post(reverse("desk:person_invite"), typed)


def path_in(answer):
    url = LINK.search(answer.content.decode())[0]
    return url[url.index("/", 8) :]


def post(client, name, user, **typed):
    return client.post(reverse(f"desk:{name}", args=[user.pk]), typed)


def page_of(client, name="people"):
    return client.get(reverse(f"desk:{name}")).content.decode()


def test_an_invited_person_makes_their_account_once_with_the_roles_they_were_given(client, ana):
    path = path_in(invite(client, given=["organizer", "officials"]))
    client.logout()

    assert client.get(path).status_code == client.head(path).status_code == 200
    assert client.post(path, {"name": "Nia"} | GOOD)["Location"] == reverse("desk:home")
    nia = User.objects.get(email="new@example.org")
    assert (roles.roles_of(nia), nia.name, nia.is_staff) == (["organizer", "officials"], "Nia", 0)
    assert client.get("/desk/campaigns/").status_code == 200
    assert client.get(path).status_code == client.post(path, GOOD).status_code == 410


def test_no_table_holds_what_stands_in_a_link(client, ana):
    token = path_in(invite(client)).split("/")[2]
    kept = str(list(OneUseLink.objects.values())) + str(list(AuditEntry.objects.values()))

    assert token not in kept
    assert token not in page_of(client)


def test_an_invitation_ends_by_time_by_being_taken_back_and_with_whoever_gave_it(client, ana):
    other = build.user("administrator")
    paths = [path_in(invite(client, email=f"{n}@example.org")) for n in range(3)]
    OneUseLink.objects.filter(email="0@example.org").update(expires_at=timezone.now())
    client.post(
        reverse("desk:invitation_end", args=[OneUseLink.objects.get(email__startswith=1).pk])
    )
    people.deactivate(ana, author=other)

    assert [client.get(path).status_code for path in paths] == [410, 410, 410]


@pytest.mark.parametrize("given", [["administrator"], ["exporter"], ["organizer", "exporter"]])
def test_nobody_gives_a_right_that_they_do_not_have(client, given):
    author = build.user("organizer")
    author.user_permissions.add(*rights("manage_people"))
    client.force_login(author)

    assert invite(client, given=given).status_code == 422
    with pytest.raises(people.Refused):
        people.invite("new@example.org", given, author=author)
    assert invite(client, given=["organizer"]).status_code == 200
    assert OneUseLink.objects.get().roles == ["organizer"]


def rights(*names):
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(codename__in=names)


def test_whoever_may_do_more_is_not_changed_by_whoever_may_do_less(client, ana):
    root = User.objects.create_superuser("root@example.org", build.PASSWORD)

    for name in ("person", "person_password", "person_deactivate"):
        assert post(client, name, root).status_code == 422, name
    root.refresh_from_db()
    assert root.is_active
    assert not OneUseLink.objects.exists()


def test_a_role_holds_from_the_next_page_on_and_is_written_down(client, ana):
    sam = build.user("staff", email="sam@example.org")
    post(client, "person", sam, roles=["staff", "exporter"])

    assert roles.roles_of(User.objects.get(pk=sam.pk)) == ["staff", "exporter"]
    line = AuditEntry.objects.get(deed="roles changed")
    assert (line.actor, line.subject) == (ana.email, sam.email)
    assert line.detail == {"before": ["staff"], "after": ["exporter", "staff"]}


def test_the_last_administrator_stays_and_nobody_shuts_themselves_out(client, ana):
    assert post(client, "person_deactivate", ana).status_code == 422
    assert post(client, "person", ana, roles=["staff"]).status_code == 422
    bea = build.user("administrator", email="bea@example.org")
    build.user("administrator", is_demo=True)
    build.user("administrator", is_active=False)
    assert post(client, "person_deactivate", bea).status_code == 302
    lone = build.user(email="lone@example.org")
    lone.user_permissions.add(*rights(*(right for right, _ in User._meta.permissions)))
    with pytest.raises(people.Refused, match="last active"):
        people.deactivate(ana, author=lone)
    with pytest.raises(people.Refused, match="last active"):
        people.set_roles(ana, [], author=lone)


def test_whoever_is_deactivated_is_out_at_once_and_an_old_session_never_comes_back(client, ana):
    sam = build.user("staff", email="sam@example.org")
    theirs = client.__class__()
    theirs.force_login(sam)
    post(client, "person_deactivate", sam)
    assert theirs.get("/desk/").status_code == 302
    post(client, "person_reactivate", sam)

    assert theirs.get("/desk/").status_code == 302
    assert theirs.post("/login/", {"username": sam.email, "password": build.PASSWORD})
    assert theirs.get("/desk/").status_code == 200


def test_a_link_by_hand_makes_a_new_password_and_ends_their_sessions(client, ana):
    sam = build.user("staff", email="sam@example.org")
    theirs = client.__class__()
    theirs.force_login(sam)
    path = path_in(post(client, "person_password", sam))
    stranger = client.__class__()
    answer = stranger.post(path, GOOD)

    assert "new password is saved" in stranger.get(answer["Location"]).content.decode()
    assert theirs.get("/desk/").status_code == 302
    assert stranger.post(path, GOOD).status_code == 410
    assert User.objects.get(pk=sam.pk).check_password(GOOD["new_password1"])
    assert stranger.get("/desk/").status_code == 302


def test_a_password_like_ones_own_name_is_refused(client, ana):
    path = path_in(invite(client))
    same = dict.fromkeys(GOOD, "mariannalopez1")

    answer = client.post(path, {"name": "Marianna Lopez"} | same)
    assert answer.status_code == 422
    assert "too similar" in answer.content.decode()


class TestByMail:
    @pytest.fixture(autouse=True)
    def delivering(self, settings, smtp_sink):
        settings.DELIVERY_ENABLED = True
        settings.SMTP_URL = settings.CATCHER_URL
        self.sink = smtp_sink

    def mailed(self):
        link_mail.send()
        link_mail.send()
        texts = [
            message_from_bytes(one.content, policy=policy.default)
            .get_body(("plain",))
            .get_content()
            for one in self.sink.caught
        ]
        return [
            (one.recipient, LINK.search(text)[0])
            for one, text in zip(self.sink.caught, texts, strict=True)
        ]

    def test_an_invitation_is_mailed_once_and_whichever_is_used_ends_the_other(self, client, ana):
        by_hand = path_in(invite(client, is_mailed="on"))
        [(recipient, url)] = self.mailed()
        client.logout()
        by_mail = url[url.index("/", 8) :]

        assert recipient == "new@example.org"
        assert by_mail != by_hand
        assert client.post(by_mail, {"name": "Nia"} | GOOD).status_code == 302
        assert client.get(by_hand).status_code == 410

    def test_a_forgotten_password_is_answered_alike_and_mailed_to_accounts_alone(self, client):
        sam = build.user("staff", email="sam@example.org")
        build.user("staff", email="demo@example.org", is_demo=True)
        build.user("staff", email="gone@example.org", is_active=False)
        typed = ["SAM@example.org", "nobody@example.org", "demo@example.org", "gone@example.org"]
        pages = [client.post("/login/forgotten/", {"email": one}).content for one in typed]
        assert OneUseLink.objects.count() == len(typed)
        [(recipient, url)] = self.mailed()

        assert len({re.sub(rb"csrf.*", b"", page) for page in pages}) == 1
        assert recipient == sam.email
        assert client.post(url[url.index("/", 8) :], GOOD).status_code == 302
        assert OneUseLink.objects.count() == 1

    def test_what_the_relay_does_not_take_is_tried_again_and_the_page_says_so(self, client, ana):
        self.sink.answer("RCPT", "450 4.2.1 later", times=1)
        invite(client, is_mailed="on")
        assert link_mail.send() == 0
        assert "not mailed yet" in page_of(client)
        assert link_mail.send() == 1

        assert "not mailed yet" not in page_of(client)

    def test_asking_too_often_waits_and_takes_no_try_from_signing_in(self, client):
        build.user("staff", email="sam@example.org")
        asked = [
            client.post("/login/forgotten/", {"email": "sam@example.org"}).status_code
            for _ in range(11)
        ]
        assert asked == [200] * 10 + [429]
        typed = {"username": "sam@example.org", "password": build.PASSWORD}
        assert client.post("/login/", typed).status_code == 302


def test_in_practice_mode_no_link_is_mailed_and_both_pages_say_so(client, ana, smtp_sink):
    invite(client, is_mailed="on")
    client.post("/login/forgotten/", {"email": ana.email})

    assert link_mail.send() == 0
    assert smtp_sink.caught == []
    assert "sends no mail yet" in client.get("/login/forgotten/").content.decode()
    assert "is_mailed" not in page_of(client)


def test_links_past_their_end_are_forgotten_after_a_month(client, ana):
    for _ in range(2):
        invite(client)
    old = OneUseLink.objects.first()
    OneUseLink.objects.filter(pk=old.pk).update(
        expires_at=timezone.now() - timezone.timedelta(days=31)
    )
    link_mail.send()

    assert OneUseLink.objects.count() == 1


def test_the_audit_log_is_narrowed_by_who_what_about_whom_and_since(client, ana):
    audit.record("bea@example.org", "hold placed", "lane mail", reason="Too many")
    audit.record("sam@example.org", "hold lifted", "lane mail")
    today = timezone.localdate()

    def found(**asked):
        answer = client.get(reverse("desk:audit_log"), asked)
        return [line["entry"].deed for line in answer.context["lines"]]

    assert found() == ["hold lifted", "hold placed"]
    assert found(who="BEA") == found(deed="hold placed") == ["hold placed"]
    assert found(subject="mail", since=today.isoformat()) == ["hold lifted", "hold placed"]
    assert found(since=(today + timezone.timedelta(days=1)).isoformat()) == []
    assert found(deed="no such deed") == found(since="no day") == []
    assert "Too many" in page_of(client, "audit_log")


class TestOfTheDemonstration:
    """Anybody opens such an account: no real person is seen or touched by it."""

    @pytest.fixture
    def browser(self, client):
        client.force_login(build.user("administrator", email="adira@demo.example", is_demo=True))
        return client

    def test_it_invites_nobody_even_while_nothing_real_is_here(self, browser):
        assert invite(browser).status_code == 422
        assert not OneUseLink.objects.exists()

    def test_it_neither_sees_nor_changes_anybody_real(self, browser):
        ana = build.user("administrator", email="ana@example.org", name="Ana Real")
        audit.record(ana.email, "brand changed", "Children First")
        one_use_links.invitation("new@example.org", [], author=ana)

        for name in ("person", "person_password", "person_deactivate"):
            assert post(browser, name, ana).status_code == 404, name
        for page in (page_of(browser), page_of(browser, "audit_log")):
            assert not re.search("ana@|Ana Real|new@", page)
