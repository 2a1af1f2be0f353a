"""An office's form takes so much: its writer reads it beside their words, and nothing is cut."""

import re

import pytest

from actions.models import Letter, Submission
from legislators.models import OfficeLimit
from tests import build
from tests.actions.browsing import ACT, ME, is_taken, mailed_link, press, send
from tests.actions.posted import letters

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_hurry")]


@pytest.fixture
def ask(db):
    """Two offices: one by e-mail, and one whose form takes 300 characters."""
    made = build.ask(letter_body="Please open the playgrounds.")
    made.rules.create(states=["FK"], chambers=["state_lower"])
    by_mail, by_form = (build.seat(district="7", position=at) for at in (1, 2))
    build.term(by_mail, build.legislator("Ada Smith", email="ada@house.example"))
    build.term(by_form, build.legislator("Bo Diaz", form="https://house.example/diaz/write"))
    build.zip_district("00001", made)
    OfficeLimit.objects.create(seat=by_form, characters=300, said_by="sam@example.org")
    return made


def test_a_letter_too_long_for_one_form_is_said_beside_it_and_goes_to_the_others(client, ask):
    page = send(client, client.get(ACT), step="address", zip="00001", age="34")
    assert "Bo Diaz: their form takes 300 characters." in text(page)

    long = {"own_words": "My son plays there. " * 20, **ME}
    read = send(client, page, step="read", **long)
    assert re.search(r"takes 300 characters\. <strong data-over-by>\d+ too many\.", text(read))
    told = send(client, page, step="write", **long)
    assert "Your letter is too long for one office’s form." in text(told)
    assert "Ada Smith: their form" not in text(told)
    assert long["own_words"].strip() in told.content.decode()
    assert not Submission.objects.exists()

    assert is_taken(send(client, told, step="write"))
    done = press(client, mailed_link("confirm"))
    assert letters().count() == 1
    status = client.get(done.context["status_url"])
    assert "Their form takes 300 characters:" in text(status)
    assert Letter.objects.count() == 2


def test_what_fits_goes_without_a_word(client, ask):
    page = send(client, client.get(ACT), step="address", zip="00001", age="34")

    assert is_taken(send(client, page, step="write", own_words="My son plays there.", **ME))


def text(answer):
    return " ".join(answer.content.decode().split())


def test_staff_say_what_a_form_takes_and_the_dry_run_shows_it(client, ask):
    limit = OfficeLimit.objects.get()
    client.force_login(build.user("staff"))
    at = f"/outbox/seats/{limit.seat_id}/"

    assert client.post(f"{at}limit/", {"characters": "9", "words": ""}).status_code == 422
    client.post(f"{at}limit/", {"characters": "2000", "words": "400"})
    limit.refresh_from_db()
    assert (limit.characters, limit.words) == (2000, 400)
    assert "At most 2,000 characters." in text(client.get(at))
    client.force_login(build.user("organizer"))
    dry = client.get(f"/desk/campaigns/{ask.campaign.slug}/asks/{ask.pk}/preview/?every=1")
    assert "the office’s form takes 2,000 characters and 400 words" in text(dry)
    client.force_login(build.user("staff", email="other@example.org"))
    client.post(f"{at}limit/", {"characters": "", "words": ""})
    assert not OfficeLimit.objects.exists()
