"""Nobody writes to no one: with no office to write to or to call, the page says why and goes on."""

import pytest

from actions import take
from actions.models import Action, Submission
from legislators.models import Term, ZipDistrict
from tests import build
from tests.actions.browsing import ACT, ME, fields, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_hurry")]
OWN = "My son plays there."


def as_text(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def split_zip(letter_ask):
    """ZIP 00001 lies in districts 7 and 8, and nobody else is written to."""
    other = build.seat(district="8")
    build.term(other, build.legislator("Cy Young", email="cy@house.franklin.example"))
    build.zip_district("00001", letter_ask)
    edition = ZipDistrict.objects.get().edition
    ZipDistrict.objects.create(zip="00001", edition=edition, state="FK", division=other.division)
    petition = build.ask("petition", campaign=letter_ask.campaign)
    build.petition_text(petition)
    return letter_ask


def unsure(client):
    page = send(client, client.get(ACT), step="address", zip="00001", age="34")
    assert "only the offices we are sure of are written to" not in page.content.decode()
    return send(client, page, step="choose", choice_state_lower="not-sure")


def test_whoever_is_not_sure_is_asked_for_the_street_and_shown_the_petition(client, split_zip):
    page = unsure(client)

    assert page.status_code == 200
    assert "We do not know yet who represents you" in as_text(page)
    assert "Sign my letter" not in as_text(page)
    assert 'value="write"' not in as_text(page)
    assert f"{ACT}2/" in as_text(page)
    again = send(client, page, step="address")
    assert "choice_state_lower" in fields(again).boxes
    back = send(client, page, step="change")
    assert fields(back).values["zip"] == "00001"


def test_a_crafted_letter_to_nobody_is_refused_and_no_word_of_it_is_lost(client, split_zip):
    page = unsure(client)
    crafted = {**fields(page).values, **ME, "choice_state_lower": "not-sure"}
    refused = client.post(ACT, {**crafted, "step": "write", "own_words": OWN, "subject": "Mine"})

    assert refused.status_code == 422
    assert OWN in as_text(refused)
    assert not Submission.objects.exists()
    kept = fields(send(client, refused, step="change")).values
    assert (kept["own_words"], kept["subject"], kept["email"]) == (OWN, "Mine", ME["email"])

    with pytest.raises(take.NobodyToWrite):
        take.take_action(split_zip, build.filled_form(split_zip, places=()))


def test_a_letter_to_empty_seats_alone_is_a_letter_to_nobody(client, letter_ask, whole_zip):
    Term.objects.all().delete()
    page = send(client, client.get(ACT), step="address", zip="00001", age="34")

    assert "There is nobody to write to just now" in as_text(page)
    assert "State house, Franklin district 7" in as_text(page)


def test_calls_to_nobody_are_answered_alike(client, db):
    ask = build.ask("call")
    build.term(build.seat(district="7"), build.legislator("Ada Smith"))
    build.rule(ask, states=["FK"], chambers=["state_lower"])
    build.zip_district("00001", ask)
    page = send(client, client.get(ACT), step="address", zip="00001", age="34")

    assert "There is nobody to call just now" in as_text(page)


def test_a_seat_that_fell_empty_before_the_mailbox_answered_gets_no_letter_that_counts(
    client, letter_ask, whole_zip
):
    petition = build.ask("petition", campaign=letter_ask.campaign)
    submission = take.take_action(letter_ask, build.filled_form(letter_ask))
    Term.objects.all().delete()
    link = confirm_link(submission)
    page = client.get(link)

    assert "Nobody sits there any more" in as_text(page)
    assert "<button" not in as_text(page).partition("<main")[2].partition("</main")[0]
    assert OWN in as_text(page)
    assert f'href="{ACT}{petition.position}/"' in as_text(page)
    assert "{" not in as_text(page).partition("<main")[2].partition("</main")[0]
    client.post(link, {"shown": ""})
    assert not Action.objects.exists()
    assert Submission.objects.get().state == "waiting"


def test_an_empty_seat_is_no_second_reader(client, letter_ask, whole_zip):
    Term.objects.get(legislator__name="Bo Diaz").delete()
    page = send(client, client.get(ACT), step="address", zip="00001", age="34")

    # One reader: the letter names them, and needs no word about letters that differ.
    assert fields(page).values["statement"].strip() == (
        "Please open the playgrounds, Delegate Ada Smith."
    )
    assert "each office’s letter says a little more" not in as_text(page)
    send(client, page, step="write", **ME)
    asked = client.get(confirm_link(Submission.objects.get()))
    assert "Your letter, word for word" in as_text(asked)
    assert "Yes, send my letter " in as_text(asked).replace("<", " <")


def confirm_link(submission):
    from supporters import links

    return f"/confirm/{links.make('confirm', submission.public_id)}/"
