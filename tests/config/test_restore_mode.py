"""While a restored database is looked through the site is read, takes back, and takes in no more."""

import datetime as dt
import uuid

import pytest
from django.urls import get_resolver
from django.utils import timezone

from actions import take
from actions.confirm import confirm
from actions.models import Action, Submission
from config import restore_mode
from supporters import consent, links
from supporters.journal import Deed, reading
from supporters.models import Consent, Supporter
from tests import build
from worker.models import Restore
from worker.restoring import mode

pytestmark = pytest.mark.django_db
# Where the link of a purpose leads, if not to its name.
AT = {"status": "letters", "updates": "no-updates"}
AT |= {"hero": "heroes/yours", "hero-confirm": "heroes/confirm", "hero-withdraw": "heroes/withdraw"}
AT |= {"sign-on": "sign-on/confirm", "sign-on-own": "sign-on/withdraw"}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path, monkeypatch):
    # What a test before this one was told.
    monkeypatch.setattr(restore_mode, "no_until", 0.0)
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
    rooms = get_resolver().namespace_dict
    names = {
        f"{room}:{name}"
        for room in ("actions", "desk")
        for name in rooms[room][1].reverse_dict
        if isinstance(name, str)
    }
    assert names >= restore_mode.TAKES_BACK


def test_pages_do_not_claim_what_a_restored_database_cannot_know(client, letter_ask, folder):
    action = confirm(take.take_action(letter_ask, build.filled_form(letter_ask)))
    person = action.supporter
    gone = {purpose: uuid.uuid4() for purpose in links.LASTS}
    old = {purpose: links.make(purpose, lost) for purpose, lost in gone.items()}
    mode.begin("by hand", moment=timezone.now() - dt.timedelta(minutes=5))

    status = f"/letters/{links.make('status', action.public_id)}/"
    assert "restored our records from a backup" in client.get(status).content.decode()
    for purpose, token in old.items():
        shown = client.get(f"/{AT.get(purpose, purpose)}/{token}/", follow=True)
        assert (shown.status_code, shown["Cache-Control"]) == (410, "no-store, private")
        assert "We lost this" in shown.content.decode()
    # Taken back all the same, in case that it is found.
    for purpose, path in (("withdraw", "withdraw"), ("unsubscribe", "unsubscribe")):
        assert client.post(f"/{path}/{old[purpose]}/").status_code == 200
    noted = {(line.deed, *line.facts.values()) for line in reading.read_all(folder).lines}
    assert noted == {
        (Deed.WITHDRAWN, gone["withdraw"].hex),
        (Deed.CONSENT_ENDED, gone["unsubscribe"].hex, "newsletter"),
    }

    mode.end(by="ana", reason="Looked through", nothing_was_lost=True)
    assert "restored our records from a backup" in client.get(status).content.decode()
    assert client.get(f"/letters/{old['status']}/").status_code == 410
    Restore.objects.update(found_at=timezone.now() - dt.timedelta(days=31))
    assert "restored our records" not in client.get(status).content.decode()
    assert client.get(f"/unsubscribe/{links.make('unsubscribe', uuid.uuid4())}/").status_code == 404
    assert (
        client.get(f"/unsubscribe/{links.make('unsubscribe', person.public_id)}/").status_code
        == 200
    )
