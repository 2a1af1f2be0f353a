"""While a restored database is looked through the site is read, takes back, and takes in no more."""

import pytest
from django.urls import get_resolver

from actions import take
from actions.confirm import confirm
from actions.models import Action, Submission
from config.restore_mode import TAKES_BACK
from supporters import consent, links
from supporters.journal import Deed, reading
from supporters.models import Consent, Supporter
from tests import build
from worker.restoring import mode

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.JOURNAL_DIR = tmp_path / "journal"
    return settings.JOURNAL_DIR


def test_it_is_read_and_what_is_typed_comes_back(client, letter_ask):
    mode.begin("by hand")
    page = f"/act/{letter_ask.campaign.slug}/"

    assert client.get(page).status_code == 200
    answer = client.post(
        page, {"step": "write", "own_words": "Mend the swings.", "email": "nora@example.org"}
    )
    assert (answer.status_code, answer["Retry-After"]) == (503, "600")
    shown = answer.content.decode()
    assert "restoring our records" in shown
    assert "Mend the swings." in shown
    assert 'value="nora@example.org"' in shown
    assert "counts once" in shown
    assert client.post("/api/v2/campaigns/", {}).json()["error"]["code"] == "unavailable"
    assert client.post("/newsletter/", {"email": "nora@example.org"}).status_code == 503
    assert not Submission.objects.exists()
    assert client.get("/login/").status_code == 200
    assert client.post("/login/", {"username": "a", "password": "b"}).status_code != 503


def test_what_takes_back_is_done_and_noted(client, letter_ask, folder):
    entry = build.entry(email="wim@example.org")
    form = build.filled_form(letter_ask, entry=entry, newsletter_wording="News.")
    action = confirm(take.take_action(letter_ask, form))
    waiting = take.take_action(
        letter_ask, build.filled_form(letter_ask, entry=build.entry(email="zoe@example.org"))
    )
    mode.begin("by hand")

    for purpose, subject in (
        ("withdraw", action.public_id),
        ("not-me", waiting.public_id),
        ("unsubscribe", action.supporter.public_id),
    ):
        answer = client.post(f"/{purpose}/{links.make(purpose, subject)}/")
        assert answer.status_code == 200

    assert Action.objects.get().state == Action.State.WITHDRAWN
    assert not Submission.objects.filter(pk=waiting.pk).exists()
    assert not consent.is_granted(Supporter.objects.get(), Consent.Purpose.NEWSLETTER)
    noted = {line.deed for line in reading.read_all(folder).lines}
    assert noted >= {Deed.WITHDRAWN, Deed.NOT_ME, Deed.CONSENT_ENDED}


def test_every_door_that_stays_open_is_there():
    names = {
        f"actions:{name}"
        for name in get_resolver().namespace_dict["actions"][1].reverse_dict
        if isinstance(name, str)
    }
    assert names >= TAKES_BACK
