"""A campaign's mails can be read by whoever works on it: they go to their own mailbox and nowhere
else, and nobody has acted.
"""

from email import message_from_bytes, policy

import pytest

from actions.confirm import confirm
from actions.models import Action, Letter, Submission
from actions.take import take_action
from campaigns.models import Campaign, CampaignWords, Tally
from supporters import mail
from supporters.models import Supporter
from tests import build
from worker.models import Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def olga(client):
    client.force_login(build.user("organizer", email="olga@example.org"))
    return client


@pytest.fixture
def letter():
    ask = build.ask(campaign=build.campaign(state="draft"))
    build.rule(ask, chambers=["state_lower"])
    build.term(build.seat(), build.legislator("Ada Smith", email="ada@legislature.example"))
    CampaignWords.objects.create(campaign=ask.campaign, language="es", title="Abran los parques")
    return ask


def send(client, ask, what, language="en", **more):
    typed = {"mail": f"{ask.pk}:{what}", "language": language} | more
    return client.post(f"/desk/campaigns/{ask.campaign.slug}/test/", typed, follow=True)


def sent():
    [row] = Delivery.objects.all()
    message = message_from_bytes(bytes(row.message), policy=policy.default)
    return row, message["Subject"], message.get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    ("what", "language", "subject", "words"),
    [
        (
            "confirmation",
            "en",
            "TEST: Please confirm: Open the playgrounds",
            "One letter goes out.",
        ),
        ("confirmation", "es", "TEST: Confirma, por favor: Abran los parques", "Abran los parques"),
        (
            "receipt",
            "en",
            "TEST: Thank you: Open the playgrounds",
            "Please open the playgrounds, D",
        ),
        ("receipt", "es", "TEST: Gracias: Abran los parques", "Please open the playgrounds, D"),
        ("letter", "en", "TEST: Playgrounds in 1", "the office named in it got nothing"),
    ],
)
def test_a_draft_s_mails_reach_their_reader_marked_and_nobody_has_acted(
    olga, letter, settings, what, language, subject, words
):
    settings.DELIVERY_ENABLED = True
    answer = send(olga, letter, what, language, to="somebody@else.example")

    row, said, text = sent()
    assert (row.recipient, said, row.rehearsal) == ("olga@example.org", subject, False)
    assert words in text
    assert "ada@legislature.example" not in bytes(row.message).decode()
    assert "A test is on its way to olga@example.org" in answer.content.decode()
    for rows in (Supporter, Submission, Action, Letter, Tally):
        assert not rows.objects.exists()


def test_in_practice_it_is_read_in_the_outbox(olga, letter):
    answer = send(olga, letter, "receipt")

    assert sent()[0].rehearsal
    assert "read it in the Outbox" in answer.content.decode()


def test_a_demonstration_s_test_never_leaves(olga, letter, settings):
    settings.DELIVERY_ENABLED = True
    Campaign.objects.update(is_demo=True)

    send(olga, letter, "confirmation")

    assert sent()[0].rehearsal


def test_there_are_thirty_in_an_hour(olga, letter, monkeypatch):
    monkeypatch.setattr("desk.organizing.mails_to_oneself.MOST_AN_HOUR", 2)
    for _ in range(2):
        send(olga, letter, "receipt")

    answer = send(olga, letter, "confirmation")

    assert "2 tests in an hour" in answer.content.decode()
    assert Delivery.objects.count() == 2


def test_what_is_no_mail_of_this_campaign_is_none(olga, letter):
    petition = build.ask("petition", campaign=build.campaign("another"))
    for typed in (
        "",
        "x:receipt",
        f"{letter.pk}:bomb",
        f"{petition.pk}:receipt",
        "9" * 30 + ":receipt",
    ):
        answer = olga.post(f"/desk/campaigns/{letter.campaign.slug}/test/", {"mail": typed})
        assert answer.status_code == 404
    assert not Delivery.objects.exists()


def test_samples_know_all_that_the_real_mails_are_written_from(olga, letter, monkeypatch):
    notes, write = {}, mail.envelope

    def noted(supporter, note):
        notes.setdefault(note.template, []).append(set(note.context))
        return write(supporter, note)

    monkeypatch.setattr(mail, "envelope", noted)
    Campaign.objects.update(state="live")
    letter.campaign.refresh_from_db()
    confirm(take_action(letter, build.filled_form(letter)))
    for what in ("confirmation", "receipt"):
        send(olga, letter, what)

    for real, sample in notes.values():
        # Our name is everybody's: whoever has read it already brings it along.
        assert real - {"brand"} <= sample
    assert set(notes) == {"confirmation", "receipt"}
