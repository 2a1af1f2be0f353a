"""Whatever is typed, pasted or forged into a public page: an answer for people, never a fault of
ours.
"""

import pytest
from django.test import Client

from actions.confirm import confirm
from actions.models import Action, Submission
from actions.screening.machines import new_token
from supporters import links
from tests import build
from tests.actions.browsing import is_taken, press

pytestmark = pytest.mark.django_db
URL = "/act/playgrounds/"
ODD = {
    "NUL": "a\x00b",
    "right to left": "\u202egro.live",
    "astral": "\U0001d4dd\U0001f9d2\U0010ffff",
    "line ends": "Nora\r\nBcc: x@example.org",
    "long": "x" * 9_000,
    "zero width": "\u200b\u2060\ufeff",
    "e-mail": "josé@bücher.example",
    "IDN": "a@\u2603.example",
    "old IDN": "a@faß.example",
    "long IDN": "a@" + "ü" * 60 + ".example",
    "phone": "+49 123456789012345",
    "braces": "{legislator.__class__} {{7*7}} {% include 'x' %}",
}


@pytest.fixture
def browser():
    return Client(raise_request_exception=False)


@pytest.fixture(autouse=True)
def _no_hurry(settings):
    settings.FORM_LEAST_SECONDS = 0
    settings.RATELIMIT_ENABLE = False


@pytest.fixture(params=["letter", "petition"])
def ask(request, letter_ask):
    if request.param == "letter":
        build.zip_district("00001", letter_ask)
        return letter_ask
    ask = build.ask("petition", campaign=letter_ask.campaign, position=2)
    build.petition_text(ask)
    return ask


def form_for(ask):
    good = {
        "step": "write",
        "street": "",
        "city": "Polk",
        "zip": "00001",
        "age": "30",
        "country": "US",
        "token": new_token(ask.pk).sign(),
    }
    good |= {
        "given_name": "Nora",
        "family_name": "Álvarez",
        "email": "nora@example.org",
        "phone": "",
        "website": "",
    }
    return good | {
        "subject": "Open",
        "statement": "Please.",
        "own_words": "My words.",
        "newsletter": "on",
        "public_name": "on",
    }


# What alone seldom stops a form: all of it is odd at once.
NAMES = ["given_name", "family_name", "country"]
FREE = ["street", "city", "subject", "statement", "own_words", "newsletter", "public_name"]
FREE += ["choice_state_lower", "outcome_1"]


@pytest.mark.parametrize("odd", ODD)
def test_no_field_of_a_form_can_break_the_page_its_mail_or_what_follows(browser, ask, odd):
    url = f"/act/playgrounds/{ask.position}/"

    def post(*names):
        browser.cookies.clear()  # a step that counted a child is remembered
        response = browser.post(url, form_for(ask) | dict.fromkeys(names, ODD[odd]))
        assert response.status_code in (200, 413, 422), names
        return is_taken(response)

    alone = [name for name in form_for(ask) if name not in [*NAMES, *FREE]]
    if not post(*NAMES, *FREE):  # then some of it stopped the form, and the rest was never taken in
        for some in (NAMES, FREE):
            if not post(*some):
                alone += some
    # A petition reads these fields by the same form: there each meets every third odd value.
    turn = list(ODD).index(odd)
    for n, name in enumerate(alone):
        if ask.kind == "letter" or (n + turn) % 3 == 0:
            post(name)
    for step in ("address", "choose", "change", "voice"):
        browser.cookies.clear()
        assert browser.post(
            url, dict.fromkeys(form_for(ask), ODD[odd]) | {"step": step}
        ).status_code in (200, 413, 422), step
    for submission in Submission.objects.all():
        confirmed = press(browser, f"/confirm/{links.make('confirm', submission.public_id)}/")
        assert confirmed.status_code == 200
    for action in Action.objects.all():
        status = browser.get(f"/letters/{links.make('status', action.public_id)}/")
        assert status.status_code == 200
    assert browser.get(url).status_code == 200


@pytest.mark.parametrize(
    "text", ["%00", "9" * 30, "9" * 5_000, "-1", "%d9%a3", "%ff", "%c2%b2", "x", ""]
)
def test_no_query_can_break_a_page(browser, petition, text):
    for name in ("ask", "sample", "page", "voice"):
        for path in (URL, f"/es{URL}thanks/", f"{URL}count.json", "/api/v2/campaigns/"):
            assert browser.get(f"{path}?{name}={text}").status_code in (200, 404), (path, name)
    assert is_taken(browser.post(f"{URL}?source={text}", form_for(petition)))


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/act/%00/",
            "/act/playgrounds/99999999999999999999999/",
            f"/act/playgrounds/{'9' * 5_000}/",
            "/issues/%00/",
            "/[",
            "/es//[",
        ),
        *(
            "/confirm/%00/",
            "/confirm/%ff/",
            "/letters/a.b.c/",
            "/unsubscribe/%ed%a0%80/",
            "/api/v2/campaigns/%00/",
        ),
    ],
)
def test_no_address_can_break_the_site(browser, petition, path):
    assert browser.get(path).status_code in (301, 302, 404)


@pytest.mark.parametrize(
    "origin", ["http://[", "null", "\x00", "http://testserver:99999999", "x" * 5_000]
)
def test_no_origin_can_break_the_guard(browser, petition, origin):
    assert browser.post(URL, form_for(petition), headers={"Origin": origin}).status_code == 403


@pytest.mark.parametrize(
    "charset", ["unicode_escape", "utf-7", "rot13", "utf-16", "idna", "no-such"]
)
def test_no_charset_can_break_a_form(browser, petition, charset):
    for name in ("given_name", "email"):
        body = "".join(
            f'--B\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in (form_for(petition) | {name: "\\ud800"}).items()
        )
        kind = f"multipart/form-data; boundary=B; charset={charset}"
        assert (
            browser.generic(
                "POST", URL, (body + "--B--\r\n").encode(), content_type=kind
            ).status_code
            < 500
        )
        kind = f"application/x-www-form-urlencoded; charset={charset}"
        assert (
            browser.generic("POST", URL, b"step=address&zip=\\ud800", content_type=kind).status_code
            < 500
        )


@pytest.mark.parametrize("seat", ["\x00", "9" * 30, "9" * 5_000, "-1", "\u0663", ""])
def test_no_office_can_break_the_status_page(browser, petition, seat):
    browser.post(URL, form_for(petition))
    token = links.make("status", confirm(Submission.objects.get()).public_id)

    assert browser.post(f"/letters/{token}/", {"seat": seat, "what": "form"}).status_code == 303


@pytest.mark.parametrize("odd", ODD)
def test_no_field_can_break_the_newsletter(browser, db, odd):
    good = {"given_name": "Nora", "email": "nora@example.org", "age": "30"}
    for name in [*good, "website"]:
        assert browser.post("/newsletter/", good | {name: ODD[odd]}).status_code in (200, 422), name


def test_marks_that_turn_text_around_are_not_kept_in_a_name(browser, petition):
    browser.post(
        f"{URL}?source=news\u202eletter",
        form_for(petition) | {"given_name": "\u202eNo\u200bra\x00"},
    )

    action = confirm(Submission.objects.get())
    assert (action.supporter.given_name, action.source) == ("Nora", "newsletter")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Nora@FAß.example", "Nora@xn--fa-hia.example"), ("o'hara@b.example", "o'hara@b.example")],
)
def test_a_mailbox_is_kept_as_mail_servers_know_it(browser, petition, typed, kept):
    browser.post(URL, form_for(petition) | {"email": typed})

    assert confirm(Submission.objects.get()).supporter.email == kept
