"""Letters that leave on paper: when that is offered, what is sealed, and what is refused while its
writer is still here.
"""

import pytest
from django.urls import reverse
from django.utils import timezone

from actions.confirm import confirm
from actions.followup import tell_writers
from actions.letters import ladders, paper
from actions.letters.coverage import cover
from actions.models import Ladder, Route
from actions.status import items
from actions.status.self_reports import note_self_report
from actions.take import take_action
from actions.withdraw import withdraw
from campaigns.models import Brand
from legislators.models import Contact, Seat
from supporters import links
from tests import build
from tests.paper import text
from worker.models import LIFE_ON_PAPER, Delivery
from worker.paper import batches
from worker.paper.printed_letter import PrintedLetter

OFFICE = "Room 156, Lowe House Office Building 6 Bladen St., Annapolis, MD 21401"


@pytest.fixture
def printing(settings, db):
    """People here print, and letters go on paper before any other route."""
    settings.PAPER_BY = "print"
    Ladder.objects.update(routes=["paper", "email", "assisted"])
    return Brand.objects.create(
        name="Children First, Inc.", postal_address="120 Harbor St, Annapolis, MD 21401"
    )


@pytest.fixture
def ask(db):
    """One seat whose holder has an office and an address for mail."""
    made = build.ask()
    build.rule(made, chambers=["state_lower"])
    ada = build.term(build.seat(), build.legislator(email="ada@house.franklin.example")).legislator
    Contact.objects.create(
        legislator=ada, kind="address", value=OFFICE, office="capitol", source=build.source()
    )
    return made


def written(ask, **fields):
    action = confirm(take_action(ask, build.filled_form(ask, **fields)))
    return action, action.letters.get()


def test_a_letter_on_paper_is_sealed_for_the_office(printing, ask):
    _action, letter = written(ask)

    delivery = letter.delivery
    assert (letter.route, delivery.channel, delivery.lane, delivery.state) == (
        Route.PAPER,
        "paper",
        "paper",
        "queued",
    )
    assert delivery.expires_at - delivery.due_at == LIFE_ON_PAPER
    sealed = PrintedLetter.from_bytes(bytes(delivery.message))
    assert sealed.to.lines[1:] == [
        "RM 156 LOWE HOUSE OFFICE BLDG",
        "6 BLADEN ST",
        "ANNAPOLIS MD 21401",
    ]
    assert sealed.sender.lines == ["CHILDREN FIRST INC", "120 HARBOR ST", "ANNAPOLIS MD 21401"]
    assert sealed.sender_name == "Children First, Inc."
    assert "My son plays there." in sealed.text
    assert sealed.closing[:3] == ("Sincerely,", "Nora Álvarez", "1 Elm St")


def test_paragraphs_typed_into_a_browser_are_paragraphs_on_paper(printing, ask):
    _action, letter = written(ask, statement="One.\r\n\r\nTwo.\r\nThree.")

    sealed = PrintedLetter.from_bytes(bytes(letter.delivery.message))
    assert sealed.text[2:4] == ("One.", "Two.\nThree.")


def test_paper_is_offered_only_where_somebody_prints_and_the_organization_has_an_address(
    printing, ask, settings
):
    assert paper.is_offered()
    settings.PAPER_BY = ""
    assert not paper.is_offered()
    settings.PAPER_BY = "lob"
    assert not paper.is_offered(), "Lob is not set up"
    settings.PAPER_BY = "print"
    Brand.objects.update(postal_address="Harbor Street")
    assert not paper.is_offered()
    assert written(ask)[1].route == Route.EMAIL


def test_an_office_without_a_postal_address_gets_its_letter_another_way(printing, ask):
    Contact.objects.filter(kind="address").update(value="State Capitol")

    assert str(cover(Seat.objects.all())) == "1 of 1 by e-mail", (
        "what can't be sealed is not counted as paper"
    )
    assert written(ask)[1].route == Route.EMAIL


def test_an_office_with_a_postal_address_is_counted_on_paper(printing, ask):
    assert str(cover(Seat.objects.all())) == "1 of 1 on paper"


def test_a_letter_with_a_character_that_can_not_be_printed_goes_another_way_when_it_is_sealed(
    printing, ask
):
    assert written(ask, own_words="𓇋 is a reed.")[1].route == Route.EMAIL


def test_a_demonstration_and_a_site_that_does_not_deliver_print_rehearsals_only(
    printing, ask, settings
):
    _action, letter = written(ask)
    settings.DELIVERY_ENABLED = True

    assert letter.delivery.rehearsal
    assert batches.close(author="wanda@example.org", rehearsal=False) is None


def test_whoever_takes_their_action_back_takes_their_letter_out_of_the_batch(
    printing, ask, monkeypatch
):
    monkeypatch.setattr("worker.queue.call", lambda *_, **__: None)
    action, letter = written(ask)
    batch = batches.close(author="wanda@example.org", rehearsal=True)
    withdraw(action)

    assert Delivery.objects.get(pk=letter.delivery_id).state == "cancelled"
    assert batch.items.get().void_reason == "withdrawn by its writer"


def test_a_letter_in_a_batch_that_nobody_mails_is_told_when_its_life_is_over_and_is_its_writers_then(
    printing, ask, monkeypatch
):
    monkeypatch.setattr("worker.queue.call", lambda *_, **__: None)
    action = written(ask)[0]
    batch = batches.close(author="wanda@example.org", rehearsal=True)
    assert tell_writers.tell() == 0
    Delivery.objects.filter(pk=action.letters.get().delivery_id).update(expires_at=timezone.now())

    assert (tell_writers.tell(), tell_writers.tell()) == (1, 0)
    assert Delivery.objects.filter(key__startswith="late:").count() == 1
    [item] = items.letters_of(action)
    assert item["needs"] == items.EVERYTHING
    assert note_self_report(action, seat_id=item["seat_id"], what="mailed", at=timezone.now())
    assert batch.items.get().void_reason == "its writer sent it by hand"


def test_lob_takes_paper_when_it_is_set_up(printing, ask, settings):
    settings.PAPER_BY, settings.LOB_KEY = "lob", "live_made_up"
    _action, letter = written(ask)

    assert (letter.route, letter.delivery.channel, letter.delivery.lane) == (
        Route.PAPER,
        "lob",
        "lob",
    )


def test_without_paper_nobody_is_asked_for_an_address(ask, settings, django_assert_num_queries):
    settings.PAPER_BY = ""
    with django_assert_num_queries(0):
        assert not paper.is_offered()
    assert "paper" in ladders.STATE_LADDER


@pytest.fixture
def by_hand(ask):
    """An action whose one letter its writer has to bring there."""
    Ladder.objects.update(routes=["assisted"])
    action, _letter = written(ask)
    return action


def own_print(client, action, seat_id=None):
    path = reverse("actions:status", args=[links.make("status", action.public_id)])
    return client.get(f"{path}{seat_id or action.letters.get().seat_id}.pdf")


def test_whoever_has_to_bring_it_there_prints_it_addressed_and_with_room_for_their_name(
    by_hand, client
):
    answer = own_print(client, by_hand)

    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (
        200,
        "application/pdf",
        "no-store, private",
    )
    printed = text(answer.content)
    assert "6 BLADEN ST" in printed
    assert "My son plays there." in printed
    assert printed.count("Nora Álvarez") == 2, "above, where it comes back to, and below"
    assert "Children First" not in printed
    page = client.get(
        reverse("actions:status", args=[links.make("status", by_hand.public_id)])
    ).content.decode()
    assert f'href="{by_hand.letters.get().seat_id}.pdf"' in page


def test_a_letter_that_we_bring_there_or_that_was_taken_back_is_not_handed_out_to_print(
    printing, ask, by_hand, client
):
    assert own_print(client, by_hand, seat_id=999_999).status_code == 404
    withdraw(by_hand)
    assert own_print(client, by_hand).status_code == 404
    Ladder.objects.update(routes=["paper"])
    other, _letter = written(ask, entry=build.entry(email="ines@example.org", given_name="Ines"))
    assert own_print(client, other).status_code == 404


def test_a_letter_that_can_not_be_printed_is_copied_instead(ask, client):
    Ladder.objects.update(routes=["assisted"])
    action, _letter = written(ask, own_words="𓇋 is a reed.")
    answer = own_print(client, action)

    assert answer.status_code == 200
    assert "a character that we can’t print" in answer.content.decode()
    assert "𓇋 is a reed." in answer.content.decode()


def test_an_office_without_an_address_still_has_a_letter_to_hand_in(by_hand, client):
    Contact.objects.filter(kind="address").delete()

    assert "DELEGATE ADA SMITH" in text(own_print(client, by_hand).content)


@pytest.mark.parametrize("breaks", ["\n", "\r\n", "\n\n"])
def test_no_letter_of_line_breaks_is_sealed_for_paper(printing, ask, breaks):
    """It takes another way; the form has asked for fewer lines before."""
    _action, letter = written(ask, own_words=breaks.join("a" * 1_300))

    assert letter.route != Route.PAPER
    assert not Delivery.objects.filter(channel="paper").exists()


def test_the_longest_letter_that_the_form_takes_is_sealed_for_paper(printing, ask):
    words = " ".join(["word"] * 790)
    _action, letter = written(ask, own_words=words, statement=" ".join(["word"] * 1590))

    assert letter.route == Route.PAPER
