"""What is published has a time, an end with a way on, corrections, and words per language."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from campaigns.models import Issue, OnwardHost
from campaigns.published import changing
from tests import build

pytestmark = pytest.mark.django_db
YEAR = timezone.now().year + 1
PAGE, TIMES = "/issues/water/", "/desk/issues/water/times/"


@pytest.fixture
def organizer(client):
    client.force_login(build.user("organizer", email="ana@example.org"))
    return client


def test_an_issue_is_a_draft_then_comes_at_its_time_and_leads_on_once_it_is_taken_down(organizer):
    words = {"name": "Water", "summary": "For all.", "story": "Clean.", "why_now": "A vote."}
    answer = organizer.post("/desk/issues/new/", words | {"do": "draft"})

    assert answer["Location"] == TIMES
    assert organizer.get(PAGE).status_code == 404
    assert "Water" not in organizer.get("/").content.decode()
    preview = organizer.get("/drafts/issues/water/")
    assert "This is a preview." in preview.content.decode()
    assert "no-store" in preview["Cache-Control"]
    assert "A vote." in preview.content.decode()

    def do(deed, **typed):
        return organizer.post(TIMES, {"do": deed} | typed, follow=True)

    assert do("schedule", zone="America/Denver", publish_at="2020-01-01T09:00").status_code == 422
    for end in ("0001-01-01T00:00", "9999-12-31T23:59"):
        assert do("schedule", zone="Pacific/Pago_Pago", publish_at=end).status_code == 422
    said = do("schedule", zone="America/Denver", publish_at=f"{YEAR}-06-01T09:00")
    assert f"June 1, {YEAR}, 9:00 a.m. Mountain Time" in said.content.decode()
    assert organizer.get(PAGE).status_code == 404
    assert Issue.objects.public(dt.datetime(YEAR, 6, 1, 15, tzinfo=dt.UTC)).exists()
    do("draft")
    assert Issue.objects.get().publish_at is None
    do("now")
    public = organizer.get(PAGE)
    assert (public.status_code, public["Cache-Control"]) == (200, "public, max-age=10")
    assert "This is a preview." not in public.content.decode()

    refused = (
        "//evil.example/",
        "/nowhere/at/all/",
        "/desk/",
        "/login/",
        PAGE,
        "https://evil.example/",
        "javascript:1",
    )
    assert {do("unpublish", to=to).status_code for to in refused} == {422}
    OnwardHost.objects.create(host="www.example.org", added_by="ada@example.org")
    do("unpublish", to="https://www.example.org/water")
    assert organizer.get(PAGE)["Location"] == "https://www.example.org/water"
    OnwardHost.objects.all().delete()
    gone = organizer.get(PAGE)
    assert (gone.status_code, "taken down" in gone.content.decode()) == (410, True)
    first = Issue.objects.get().publish_at
    do("now")
    assert Issue.objects.get().publish_at == first
    do("unpublish", to="/representatives/")
    assert organizer.get("/es" + PAGE)["Location"] == "/es/representatives/"
    deeds = AuditEntry.objects.filter(subject="water", actor="ana@example.org")
    wanted = {"begin", "schedule", "draft", "publish", "unpublish"}
    assert set(deeds.values_list("deed", flat=True)) == {f"issue.{deed}" for deed in wanted}


def test_a_correction_says_what_and_when_and_a_language_that_is_missing_is_said(organizer):
    issue = build.issue("water", publish_at=None)
    page = reverse("desk:issue", args=["water", "en"])
    typed = {"name": "Water", "summary": "For all.", "story": "Four wells.", "why_now": ""}

    # Nobody has read a draft: nothing is corrected there.
    assert "correction" not in organizer.get(page).content.decode()
    changing.publish(issue, author="ana@example.org")
    organizer.post(page, typed | {"correction": "Four wells were closed, not five."})
    today = timezone.localdate()
    shown = organizer.get(PAGE).content.decode()
    assert "Four wells were closed, not five." in shown
    assert f'datetime="{today:%Y-%m-%d}' in shown
    assert "have not translated" not in shown

    spanish = organizer.get("/es" + PAGE).content.decode()
    assert "Este texto está en inglés" in spanish
    assert "(not written yet)" in organizer.get(page).content.decode()
    organizer.post(reverse("desk:issue", args=["water", "es"]), typed | {"name": "Agua"})
    spanish = organizer.get("/es" + PAGE).content.decode()
    assert "Agua" in spanish
    assert "Este texto está en inglés" not in spanish
    assert "not five" not in spanish

    at = issue.words.get(language="en").corrections[0]["at"]
    organizer.post(reverse("desk:issue_strike", args=["water", "en"]), {"at": at})
    assert "not five" not in organizer.get(PAGE).content.decode()
    assert AuditEntry.objects.filter(
        detail__correction="Four wells were closed, not five."
    ).exists()


def test_what_was_never_public_is_deleted_after_a_word_and_nothing_else_is(organizer):
    draft = build.issue("water", publish_at=None)

    def delete(word="delete"):
        return organizer.post(TIMES, {"do": "delete", "sure": word}, follow=True)

    assert "Delete this draft" in organizer.get(TIMES).content.decode()
    assert delete("yes").status_code == 422
    used = build.campaign(issue=draft)
    assert "Nothing was changed." in delete().content.decode()
    used.delete()
    changing.publish(draft, author="ana@example.org")
    assert "Delete this draft" not in organizer.get(TIMES).content.decode()
    assert "It was public" in delete().content.decode()
    Issue.objects.update(publish_at=None)
    assert "The draft is deleted." in delete().content.decode()
    assert not Issue.objects.exists()
    assert AuditEntry.objects.filter(deed="issue.delete", subject="water").exists()
