"""A form of the desk keeps itself as its author's draft: it comes back when the form is opened, is
nobody else's, and never goes over what somebody saved meanwhile.
"""

import ast
import datetime as dt
import json
import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Brand, Campaign
from desk.form_drafts import keeping
from desk.models import FormDraft
from desk.organizing.asks import ordering
from tests import build
from tests.desk.sent_back import hidden

pytestmark = pytest.mark.django_db

LETTER = {"letter_subject": "Playgrounds", "letter_body": "Please open the playgrounds."}


def signed_in(email, role="organizer"):
    client = Client()
    client.force_login(build.user(role, email=email))
    return client


@pytest.fixture
def letter():
    return build.ask(**LETTER, campaign=build.campaign(state="draft"))


@pytest.fixture
def page(letter):
    return reverse("desk:ask_letter", args=[letter.campaign.slug, letter.pk])


@pytest.fixture
def olga():
    return signed_in("olga@example.org")


def typed(client, page, **fields):
    """The form as it is after somebody opened it and typed."""
    return hidden(client.get(page)) | fields


def keep(client, form, **headers):
    return client.post("/desk/drafts/", form, **headers)


def text_of(answer):
    return answer.content.decode()


def test_what_is_typed_comes_back_when_the_form_is_opened_again(olga, page, letter):
    form = typed(olga, page, letter_subject="Mine", letter_body="")

    said = keep(olga, form, headers={"X-Part": "draft"})

    assert re.match(r"Saved as your draft at \d", text_of(said))
    shown = olga.get(page)
    assert "This is your unsaved draft" in text_of(shown)
    assert shown.context["form"]["letter_subject"].value() == "Mine"
    # An empty field is a draft too, and no fault yet.
    assert shown.context["form"]["letter_body"].value() == ""
    assert not shown.context["form"].errors
    letter.refresh_from_db()
    assert letter.letter_subject == "Playgrounds"


def test_without_scripts_a_button_keeps_the_same_and_leads_back_to_the_form(olga, page):
    answer = keep(olga, typed(olga, page, letter_subject="Mine", letter_body="Words."))

    assert answer.headers["Location"] == page
    assert "Saved as your draft at" in text_of(olga.get(page))
    assert 'formaction="/desk/drafts/"' in text_of(olga.get(page))


def test_a_draft_can_be_looked_behind_and_thrown_away(olga, page):
    keep(olga, typed(olga, page, letter_subject="Mine", letter_body="Words."))

    behind = olga.get(page, {"draft": "saved"})
    assert behind.context["form"]["letter_subject"].value() == "Playgrounds"
    assert "Show my draft" in text_of(behind)
    answer = olga.post("/desk/drafts/throw-away/", hidden(olga.get(page)), follow=True)

    assert answer.context["form"]["letter_subject"].value() == "Playgrounds"
    assert not FormDraft.objects.exists()


def test_saving_the_form_forgets_its_draft(olga, page, letter):
    keep(olga, typed(olga, page, letter_subject="Mine", letter_body="Words."))
    again = typed(olga, page, letter_subject="Mine at last", letter_body="Words.")

    assert olga.post(page, again).status_code == 302

    assert not FormDraft.objects.exists()
    assert "unsaved draft" not in text_of(olga.get(page))


def test_a_draft_begun_from_an_older_version_meets_the_newer_one(olga, page, letter):
    otto = signed_in("otto@example.org")
    keep(olga, typed(olga, page, letter_subject="Playgrounds", letter_body="Olga's."))
    otto.post(page, typed(otto, page, letter_subject="Otto's subject", letter_body="Otto's."))

    shown = olga.get(page)

    assert "A newer version was saved since you began" in text_of(shown)
    # What she left alone is as it is saved now.
    assert shown.context["form"]["letter_subject"].value() == "Otto's subject"
    assert shown.context["form"]["letter_body"].value() == "Olga's."
    answer = olga.post(
        page, hidden(shown) | {"letter_subject": "Otto's subject", "letter_body": "Olga's."}
    )
    assert answer.status_code == 409
    letter.refresh_from_db()
    assert letter.letter_body == "Otto's."


def test_nobody_else_sees_it_nor_keeps_anything_in_its_place(olga, page):
    form = typed(olga, page, letter_subject="Olga's secret", letter_body="Words.")
    keep(olga, form)
    otto = signed_in("otto@example.org")

    assert keep(otto, form | {"letter_subject": "Otto's"}).status_code == 422
    otto.post("/desk/drafts/throw-away/", form)

    assert "Olga&#x27;s secret" not in text_of(otto.get(page))
    [draft] = FormDraft.objects.all()
    assert draft.fields["letter_subject"] == ["Olga's secret"]


def test_of_two_tabs_the_newer_is_shown_and_the_other_is_kept_behind_it(olga, page):
    first, second = (typed(olga, page, letter_body="Words.") for _ in range(2))
    keep(olga, first | {"letter_subject": "First tab"})
    keep(olga, second | {"letter_subject": "Second tab"})
    keep(olga, second | {"letter_subject": "Second tab, longer"})

    shown, other = olga.get(page), olga.get(page, {"draft": "other"})

    assert shown.context["form"]["letter_subject"].value() == "Second tab, longer"
    assert "You wrote in two tabs" in text_of(shown)
    assert other.context["form"]["letter_subject"].value() == "First tab"
    # The second is saved: what the first one kept is not thrown away with it.
    assert olga.post(page, second | {"letter_subject": "Second tab, longer"}).status_code == 302
    left = olga.get(page)
    assert left.context["form"]["letter_subject"].value() == "First tab"
    assert left.context["meeting"].draft.is_older


def test_a_draft_that_says_what_is_saved_anyway_is_not_spoken_of(olga, page):
    keep(olga, typed(olga, page, **LETTER))

    assert "unsaved draft" not in text_of(olga.get(page))


def test_every_form_of_campaigns_and_pages_has_drafts(letter):
    client = signed_in("ana@example.org", "administrator")
    build.rule(letter, chambers=["state_lower"])
    Brand.objects.create(name="Children First")
    slug, campaign = letter.campaign.slug, f"/desk/campaigns/{letter.campaign.slug}"
    call = build.ask("call", campaign=letter.campaign)
    Campaign.objects.filter(slug=slug).update(state="closed")
    pages = {
        f"{campaign}/words/es/": ("title", "T"),
        f"{campaign}/settings/": ("sender_name", "Children First, Polk"),
        f"{campaign}/safeguards/": ("reason", "Because"),
        f"{campaign}/asks/{call.pk}/words/en/": ("text", "Hello"),
        f"{campaign}/asks/{letter.pk}/letter/": ("letter_body", "Dear"),
        f"{campaign}/asks/{letter.pk}/targets/": ("chambers", ["state_upper"]),
        f"{campaign}/asks/{letter.pk}/targets/?new=1": ("chambers", ["us_house"]),
        f"{campaign}/do/archive/": ("note", "Done"),
        "/desk/campaigns/new/": ("title", "Another"),
        "/desk/issues/new/": ("name", "Water"),
        "/desk/issues/children/es/": ("summary", "Cada"),
        "/desk/brand/": ("tagline", "For every child"),
        "/desk/bills/new/?identifier=SB+17": ("title", "Playgrounds"),
        f"{campaign}/asks/{letter.pk}/versions/new/": ("name", "For senators"),
        f"{campaign}/updates/new/": ("subject", "They opened"),
    }
    for path, (name, value) in pages.items():
        answer = keep(client, typed(client, path, **{name: value}))

        assert (answer.status_code, answer.headers.get("Location")) == (302, path)
        shown = client.get(path)
        assert "This is your unsaved draft" in text_of(shown), path
        assert shown.context["form"][name].value() == value, path
    assert FormDraft.objects.count() == len(pages)


def test_no_form_that_meets_newer_versions_is_without_drafts():
    """One that is written tomorrow names a Thing too."""
    without = [
        f"{path}:{call.lineno}"
        for path in sorted((settings.BASE_DIR / "desk").rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "meet"
        if len(call.args) < 3
    ]

    assert without == []


@pytest.mark.parametrize(
    "path", ["/desk/people/", "/desk/officials/offices/new/", "/desk/exports/"]
)
def test_a_form_that_holds_somebody_s_data_has_none(path):
    client = signed_in("ana@example.org", "administrator")

    html = text_of(client.get(path))

    assert "draft_of" not in html


def test_what_is_too_long_is_shown_to_be_copied_and_not_kept(olga, page):
    form = typed(olga, page, letter_subject="Mine", letter_body="word " * 40_000)

    answer = keep(olga, form)

    assert answer.status_code == 413
    assert "too long to be kept" in text_of(answer)
    assert "word word" in text_of(answer)
    assert not FormDraft.objects.exists()


def test_drafts_go_with_what_they_are_about_with_their_author_and_after_thirty_days(olga, page):
    otto, ana = signed_in("otto@example.org"), signed_in("ana@example.org", "administrator")
    for client in (olga, otto):
        keep(client, typed(client, page, letter_subject="Mine", letter_body="Words."))
    keep(ana, typed(ana, "/desk/brand/", name="Mine"))
    old = timezone.now() - dt.timedelta(days=31)
    FormDraft.objects.filter(thing="brand").update(saved_at=old)
    build.User.objects.filter(email="otto@example.org").update(is_active=False)

    assert keeping.forget_old() == 2

    assert [draft.author.email for draft in FormDraft.objects.all()] == ["olga@example.org"]
    ordering.remove(FormDraft.objects.get().ask)
    assert not FormDraft.objects.exists()


def test_a_draft_of_what_was_removed_meanwhile_is_told_so_with_the_words(olga, page, letter):
    form = typed(olga, page, letter_subject="Mine", letter_body="Words of mine.")
    ordering.remove(letter)

    answer = keep(olga, form)

    assert answer.status_code == 410
    assert "Words of mine." in text_of(answer)


def test_the_conflict_page_never_becomes_a_draft_that_settles_it(olga, page, letter):
    """A field that two versions differ in stays undecided, whatever is kept of that page."""
    otto = signed_in("otto@example.org")
    form = typed(olga, page, letter_subject="Playgrounds", letter_body="Olga's.")
    otto.post(page, typed(otto, page, letter_subject="Playgrounds", letter_body="Otto's."))
    conflict = olga.post(page, form)
    again = hidden(conflict) | {"undecided": "letter_body", "letter_body": "Olga's."}

    keep(olga, again | {"letter_subject": "Playgrounds"})

    assert json.loads(olga.get(page).context["opened_with"])["letter_body"] == ""
