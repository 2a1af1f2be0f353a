"""A letter in versions: whoever writes reads and edits the words for each of their offices, and each
office gets what was read for it.
"""

import html
import re

import pytest

from actions.confirm import confirm
from actions.models import Action, Submission
from campaigns import targeting
from campaigns.models import LetterVersion
from tests import build
from tests.actions.browsing import ACT, HOME, ME, fields, is_taken, kept, send
from tests.actions.posted import body
from worker.models import Delivery

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_hurry")]


@pytest.fixture
def ask(letter_ask, whole_zip):
    """Ada is a Democrat, Bo a Republican; both take e-mail."""
    bo = build.holder_of(letter_ask_seat(letter_ask, 2))
    bo.party = "Republican"
    bo.save()
    bo.legislator.contacts.create(
        kind="email", value="bo@house.franklin.example", source=build.source()
    )
    return letter_ask


def letter_ask_seat(ask, position):
    return targeting.seats(ask).get(position=position)


def version(ask, name="Press", parties=("Republican",), **fields):
    words = {"subject": f"{name}: {{title}}", "body": f"{name} words, {{title}} {{legislator}}."}
    return LetterVersion.objects.create(
        ask=ask, name=name, parties=list(parties), **{**words, **fields}
    )


def writing(client):
    return send(client, client.get(ACT), step="address", **HOME)


def filled(page):
    """Its fields, as a person reads them."""
    return {name: value.strip() for name, value in fields(page).values.items()}


def sealed():
    """By its office's address what each letter says."""
    rows = Delivery.objects.filter(key__startswith="letter:")
    return {row.recipient.partition("@")[0]: (row.subject, body(row.message)) for row in rows}


def send_and_confirm(client, page, **typed):
    assert is_taken(send(client, page, step="write", **ME, **typed))
    confirm(Submission.objects.get())


def test_each_office_gets_the_version_that_was_read_for_it_and_everybodys_own_words(client, ask):
    press = version(ask)
    page = writing(client)
    shown = filled(page)

    assert shown["statement"] == "Please open the playgrounds, Delegate Ada Smith."
    assert shown[f"statement_{press.pk}"] == "Press words, Delegate Bo Diaz."
    assert "Your own words go to all of them" in page.content.decode()
    read = send(client, page, step="read", own_words="My son plays there.", **ME)
    to_ada, to_bo = kept(read.content.decode())
    send_and_confirm(client, read)

    letters = sealed()
    assert letters["ada.smith"] == ("Playgrounds in 7", to_ada)
    assert letters["bo"] == ("Press: Delegate", to_bo)
    assert "My son plays there.\n\nPress words, Delegate Bo Diaz." in to_bo
    assert "Press words" not in to_ada
    # What is confirmed was shown behind the mail too, and the copy on the private page is theirs.
    assert not Action.objects.get().statement_edited


def test_who_has_one_version_sees_one_letter_under_its_own_name(client, ask):
    both = version(ask, "Both", parties=("Republican", "Democratic"))
    page = writing(client)

    names = set(fields(page).values)
    assert {f"subject_{both.pk}", f"statement_{both.pk}"} <= names
    assert not {"subject", "statement"} & names
    assert "Please open the playgrounds" not in page.content.decode()
    send_and_confirm(client, page)
    assert {subject for subject, _text in sealed().values()} == {"Both: Delegate"}
    assert Submission.objects.get().versions == []
    assert Action.objects.get().versions == []


def test_one_version_is_changed_and_the_other_stays_the_organizations(client, ask):
    press = version(ask)
    changed = {f"statement_{press.pk}": "Bo, this is mine. {city}"}

    send_and_confirm(client, writing(client), **changed)

    letters = sealed()
    assert "Bo, this is mine. Polk" in letters["bo"][1]
    assert "Please open the playgrounds, Delegate Ada Smith." in letters["ada.smith"][1]
    action = Action.objects.get()
    assert action.statement_edited
    assert [row["is_edited"] for row in action.versions] == [False]


def test_a_paragraph_is_added_in_its_place_where_it_is_ticked_and_only_there(client, ask):
    ask.letter_body = "First, {title}.\n\n[ ] I am a parent of {city}.\n\nLast."
    ask.save()
    page = writing(client)
    [box] = [name for name in fields(page).boxes if name.startswith("paragraph_")]
    assert filled(page)["statement"] == "First, Delegate.\n\nLast."
    assert "I am a parent of Polk." in page.content.decode()

    read = send(client, page, step="read", **ME, **{box: "on"})
    assert "First, Delegate.\n\nI am a parent of Polk.\n\nLast." in kept(read.content.decode())[0]
    assert fields(read).values[box] == "on"
    edited = send(client, read, step="read", statement="Mine.")
    assert "Mine.\n\nI am a parent of Polk." in kept(edited.content.decode())[0]
    send_and_confirm(client, read)

    assert "I am a parent of Polk." in sealed()["bo"][1]
    assert not Action.objects.get().statement_edited


def test_of_several_subjects_the_letters_have_the_one_that_was_shown(client, ask):
    ask.more_subjects = [f"Subject {n} of {{district}}" for n in range(20)]
    ask.save()
    page = writing(client)
    shown = fields(page).values["subject"]
    again = send(client, page, step="read", **ME)

    assert fields(again).values["subject"] == shown
    send_and_confirm(client, again)
    assert {subject for subject, _text in sealed().values()} == {shown}
    assert "{district}" in Action.objects.get().subject


def test_words_that_nobody_has_read_yet_are_shown_before_anything_is_sent(client, ask):
    page = writing(client)
    press = version(ask)

    answer = send(client, page, step="write", own_words="Mine, kept.", **ME)

    assert answer.status_code == 422
    text = answer.content.decode()
    assert "The letter has changed since you opened it." in text
    assert "Mine, kept." in text
    assert not Submission.objects.exists()
    assert filled(answer)[f"statement_{press.pk}"] == "Press words, Delegate Bo Diaz."
    send_and_confirm(client, answer)
    assert "Press words" in sealed()["bo"][1]


def test_an_empty_version_is_refused_beside_its_own_field(client, ask):
    press = version(ask)

    answer = send(client, writing(client), step="write", **ME, **{f"statement_{press.pk}": ""})

    assert answer.status_code == 422
    assert re.search(
        rf'id="id_statement_{press.pk}_error".*?The letter is empty', answer.content.decode(), re.S
    )


def test_a_way_back_to_the_address_keeps_what_was_written_for_each_version(client, ask):
    press = version(ask)
    page = writing(client)
    typed = {f"statement_{press.pk}": "Only for Bo.", "own_words": "Mine."}

    back = send(client, page, step="change", **ME, **typed)
    again = filled(send(client, back, step="address"))

    assert again[f"statement_{press.pk}"] == "Only for Bo."
    assert again["statement"] == "Please open the playgrounds, Delegate Ada Smith."
    ask.campaign.state = "paused"
    ask.campaign.save()
    closed = html.unescape(send(client, page, step="write", **typed).content.decode())
    assert "Only for Bo." in closed


def test_an_asks_own_questions_stand_beside_the_own_words(client, ask):
    ask.words.update(prompts="Which swing was it?\n\nWho went with you?")

    page = writing(client).content.decode()

    assert "<li>Which swing was it?</li>" in page
    assert "<li>Who went with you?</li>" in page
    assert "I am a nurse" not in page


def test_the_words_of_a_version_are_forgotten_with_the_rest(client, ask):
    version(ask)
    send_and_confirm(client, writing(client))

    assert Submission.objects.get().versions == []
