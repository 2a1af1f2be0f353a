"""A session that ended while somebody typed loses nothing: the form comes back to whoever typed it,
and to nobody else.
"""

import re
import time

import pytest
from django.test import Client
from django.urls import reverse

from accounts import limits, unsent
from accounts.middleware import LONGEST_S
from accounts.models import OneUseLink, User
from desk.models import FormDraft
from legislators.models import Contact
from tests import build
from tests.accounts.authenticator import code, telephone
from tests.desk.sent_back import hidden
from tests.proven import forget

pytestmark = pytest.mark.django_db

HERE = {"Origin": "http://testserver"}
WORDS = {"letter_subject": "Playgrounds", "letter_body": "What took two hours to write."}
INVITED = {"email": "new@example.org", "roles": "organizer"}


@pytest.fixture(autouse=True)
def fresh_limits():
    limits._local.clear()


@pytest.fixture
def letter():
    return build.ask(campaign=build.campaign(state="draft"))


@pytest.fixture
def page(letter):
    return reverse("desk:ask_letter", args=[letter.campaign.slug, letter.pk])


def somebody(email="olga@example.org", role="organizer"):
    client = Client(headers=HERE)
    client.force_login(User.objects.filter(email=email).first() or build.user(role, email=email))
    return client


def let_it_end(client):
    session = client.session
    session["signed_in_at"] = time.time() - LONGEST_S - 1
    session.save()


def sealed(answer):
    found = re.search(r'name="unsent" value="([^"]*)"', answer.content.decode())
    return found[1] if found else ""


def sign_in(client, asked, email="olga@example.org"):
    typed = {"username": email, "password": build.PASSWORD, "unsent": sealed(asked)}
    return client.post("/login/", typed)


def test_a_long_letter_comes_back_as_a_draft_once_its_writer_signed_in_again(letter, page):
    olga = somebody()
    form = hidden(olga.get(page)) | WORDS
    let_it_end(olga)

    asked = olga.post(page, form)
    assert asked.status_code == 403
    assert "sign in as olga@example.org within the hour" in asked.content.decode()
    assert WORDS["letter_body"] not in asked.content.decode()
    answer = sign_in(olga, asked)

    assert answer["Location"] == page
    shown = olga.get(page)
    assert shown.context["form"]["letter_body"].value() == WORDS["letter_body"]
    assert "Nothing is saved yet, and nothing is lost" in shown.content.decode()
    letter.refresh_from_db()
    assert letter.letter_body == "Please open the playgrounds, {title}."


def test_through_a_wrong_password_and_a_second_factor_it_is_carried_along(page):
    olga = somebody()
    key = telephone(User.objects.get(email="olga@example.org"))
    form = hidden(olga.get(page)) | WORDS
    let_it_end(olga)
    asked = olga.post(page, form)

    wrong = olga.post("/login/", {"username": "olga@example.org", "unsent": sealed(asked)})
    second = sign_in(olga, wrong)
    mistyped = olga.post("/login/second/", {"code": "000000", "unsent": sealed(second)})
    answer = olga.post("/login/second/", {"code": code(key, 1), "unsent": sealed(mistyped)})

    assert answer["Location"] == page
    assert FormDraft.objects.get().fields["letter_body"] == [WORDS["letter_body"]]


def test_somebody_else_who_signs_in_there_sees_nothing_of_it(page):
    olga = somebody()
    build.user("organizer", email="otto@example.org")
    form = hidden(olga.get(page)) | WORDS
    let_it_end(olga)
    asked = olga.post(page, form)

    answer = sign_in(olga, asked, email="otto@example.org")

    assert answer["Location"] == "/desk/"
    assert WORDS["letter_body"] not in olga.get(page).content.decode()
    assert not FormDraft.objects.exists()


def test_what_is_sealed_says_nothing_and_opens_for_an_hour(page, monkeypatch):
    olga = somebody()
    form = hidden(olga.get(page)) | WORDS
    let_it_end(olga)
    asked = olga.post(page, form)
    monkeypatch.setattr(unsent, "LASTS_S", -1)

    answer = sign_in(olga, asked)

    assert answer.status_code == 302
    assert not FormDraft.objects.exists()
    assert unsent.unseal("nonsense") is None


def test_a_form_that_may_not_be_kept_is_shown_again_and_sent_by_its_writer_alone():
    ana = somebody("ana@example.org", "administrator")
    form = hidden(ana.get("/desk/people/")) | INVITED
    let_it_end(ana)

    asked = ana.post("/desk/people/invite/", form)
    shown = sign_in(ana, asked, email="ana@example.org")

    text = shown.content.decode()
    assert shown.status_code == 200
    assert "Nothing was sent yet" in text
    assert "new@example.org" in text
    assert 'action="/desk/people/invite/"' in text
    assert not OneUseLink.objects.exists()
    assert not FormDraft.objects.exists()


def test_an_office_s_address_is_not_stored_on_the_way():
    seat = build.seat()
    build.term(seat, build.legislator("Ada Smith"))
    sam = somebody("sam@example.org", "staff")
    where = reverse("desk:seat", args=[seat.pk])
    form = hidden(sam.get(where)) | {"value": "ada@house.example", "reason": "By telephone"}
    let_it_end(sam)

    asked = sam.post(reverse("desk:address_correct", args=[seat.pk]), form)
    answer = sign_in(sam, asked, email="sam@example.org")

    assert "ada@house.example" in answer.content.decode()
    assert not Contact.objects.exists()
    assert not FormDraft.objects.exists()


def test_no_other_site_puts_words_into_a_form_that_somebody_here_would_send():
    ana = somebody("ana@example.org", "administrator")
    form = hidden(ana.get("/desk/people/")) | INVITED
    let_it_end(ana)

    for origin in ("https://evil.example", "null", "http://["):
        answer = ana.post("/desk/people/invite/", form, headers={"Origin": origin})
        assert (answer.status_code, sealed(answer)) == (302, "")
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/desk/people/invite/", form, headers={"Origin": "https://evil.example"})
    assert sealed(answer) == ""


def test_passwords_and_codes_are_never_carried():
    olga = somebody()
    form = hidden(olga.get("/account/password/"))
    secrets = {"old_password": build.PASSWORD, "new_password1": "x" * 20, "new_password2": "x" * 20}
    let_it_end(olga)

    answer = olga.post("/account/password/", form | secrets, headers=HERE)

    assert (answer.status_code, sealed(answer)) == (302, "")


def test_without_its_cookie_a_form_gives_back_what_was_typed(page):
    olga = Client(enforce_csrf_checks=True, headers=HERE)
    olga.force_login(build.user("organizer", email="olga@example.org"))
    form = hidden(olga.get(page)) | WORDS

    # The cookie is gone and the session is not: straight back to the form.
    assert olga.post(page, form)["Location"] == page
    assert olga.get(page).context["form"]["letter_body"].value() == WORDS["letter_body"]
    # Somebody else signed in meanwhile: to its writer only.
    olga.force_login(build.user("organizer", email="otto@example.org"))
    other = olga.post(page, form)
    assert other.status_code == 403
    assert "sign in as olga@example.org" in other.content.decode()
    assert WORDS["letter_body"] not in other.content.decode()


def test_a_sign_in_page_left_open_while_its_writer_signed_in_elsewhere_gives_it_back(page):
    olga = Client(enforce_csrf_checks=True, headers=HERE)
    user = build.user("organizer", email="olga@example.org")
    olga.force_login(user)
    form = hidden(olga.get(page)) | WORDS
    olga.logout()
    asked = olga.post(page, form)
    olga.force_login(user)

    answer = olga.post("/login/", {"username": "olga@example.org", "unsent": sealed(asked)})

    assert answer["Location"] == page
    assert FormDraft.objects.get().fields["letter_body"] == [WORDS["letter_body"]]


@pytest.mark.parametrize("has_factor", [True, False])
def test_where_a_second_factor_is_asked_for_meanwhile_nothing_typed_is_lost(
    page, settings, has_factor
):
    olga = somebody()
    if has_factor:
        key = telephone(User.objects.get(email="olga@example.org"))
    form = hidden(olga.get(page)) | WORDS
    settings.SECOND_FACTOR_FOR_ALL = True
    forget(olga)

    answer = olga.post(page, form)
    if has_factor:
        answer = olga.post("/login/again/", {"code": code(key, 1), "unsent": sealed(answer)})
        assert answer["Location"] == page
    else:
        assert answer["Location"].startswith("/account/second-factor/?next=%2Fdesk%2Fcampaigns")
    assert FormDraft.objects.get().fields["letter_body"] == [WORDS["letter_body"]]


def test_inviting_asks_once_more_who_it_is_and_keeps_what_was_typed():
    ana = somebody("ana@example.org", "administrator")
    form = hidden(ana.get("/desk/people/")) | INVITED
    forget(ana, factor=False)

    asked = ana.post("/desk/people/invite/", form)
    assert "ask once more for your password" in asked.content.decode()
    assert not OneUseLink.objects.exists()
    shown = ana.post("/login/again/", {"password": build.PASSWORD, "unsent": sealed(asked)})
    assert "new@example.org" in shown.content.decode()

    fields = dict(
        re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', shown.content.decode())
    )
    assert ana.post("/desk/people/invite/", fields).status_code == 200
    assert OneUseLink.objects.get().email == "new@example.org"


def test_a_script_that_asks_for_a_part_of_a_page_is_told_that_nobody_is_signed_in(page):
    olga = somebody()
    form = hidden(olga.get(page)) | WORDS
    let_it_end(olga)

    answer = olga.post("/desk/drafts/", form, headers={"X-Part": "draft"})

    assert (answer.status_code, answer.content) == (401, b"You are signed out.")
