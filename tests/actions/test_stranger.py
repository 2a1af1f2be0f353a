"""A stranger who types Vera's name and address, and what it brings them: nothing.

Each test is one attempt. What counts is what Vera read on the page of her own mail, and confirmed.
"""

import re
from email import message_from_bytes, policy
from html import unescape

import pytest

from actions import take
from actions.confirm import confirm, finished_letters
from actions.models import Action, Letter, Submission
from actions.withdraw import not_me
from campaigns.models import Campaign
from legislators.models import Term
from supporters import links
from supporters.models import Consent, Supporter
from tests import build
from tests.actions.browsing import press, send
from worker.models import Delivery

pytestmark = pytest.mark.django_db

VERA = {"given_name": "Vera", "family_name": "Blum", "email": "vera@example.org"}


def sent(ask, own_words="Vera's own words.", entry=None, **fields):
    """A form in Vera's name, whoever sent it."""
    return take.take_action(
        ask,
        build.filled_form(
            ask, entry=build.entry(**{**VERA, **(entry or {})}), own_words=own_words, **fields
        ),
    )


def by_stranger(ask, **fields):
    """With his words, his phone, his street and his ticks."""
    entry = {"phone": "+15550666666", "street": "9 Crook Ln", "given_name": "VERA"}
    return sent(ask, "The stranger's words.", entry, newsletter_wording="Send me news.", **fields)


def link(submission):
    return f"/confirm/{links.make('confirm', submission.public_id)}/"


def letters():
    return [
        message_from_bytes(bytes(row.message), policy=policy.default).get_content()
        for row in Delivery.objects.exclude(lane="mail").exclude(state="cancelled")
    ]


def mails():
    return Delivery.objects.filter(lane="mail", recipient="vera@example.org")


def as_text(page):
    """What somebody reads, on lines as they are typed."""
    return unescape(re.sub(r"<[^>]+>", "", page.content.decode()))


def test_words_that_came_first_do_not_leave_in_the_name_of_whoever_confirms_hers(
    client, letter_ask
):
    by_stranger(letter_ask)
    hers = sent(letter_ask)
    press(client, link(hers))

    [letter] = letters()
    assert "Vera's own words." in letter
    assert "stranger" not in letter
    assert Action.objects.get().own_words == "Vera's own words."


def test_what_he_typed_is_learned_by_nobody(client, letter_ask):
    vera = build.supporter(**VERA, phone="+15550101010", street="1 Own St")
    by_stranger(letter_ask)
    confirm(sent(letter_ask, entry={"phone": "", "street": ""}))

    vera.refresh_from_db()
    assert (vera.phone, vera.street, vera.given_name) == ("+15550101010", "1 Own St", "Vera")
    assert not Consent.objects.exists()
    assert Supporter.objects.count() == 1


def test_somebody_whom_nobody_confirmed_is_no_supporter_and_no_action(letter_ask):
    by_stranger(letter_ask)

    assert not Supporter.objects.exists()
    assert not Action.objects.exists()
    assert not Letter.objects.exists()


def test_his_mail_leads_to_his_words_and_offers_hers(client, letter_ask):
    his, hers = by_stranger(letter_ask), sent(letter_ask)
    page = client.get(link(his))
    offered = re.findall(r'href="(/confirm/[^"]+)"', page.content.decode())

    letter = as_text(page).partition("Dear Delegate Smith,")[2]
    assert "The stranger's words." in letter
    assert "Vera's own words." not in letter
    press(client, offered[0])
    hers.refresh_from_db()
    assert hers.state == Submission.State.CONFIRMED


def test_what_was_not_chosen_can_be_chosen_no_more(client, letter_ask):
    his, hers = by_stranger(letter_ask), sent(letter_ask)
    page = client.get(link(his))
    confirm(hers)

    answer = send(client, page, link(his))
    assert "You confirmed another one" in as_text(answer)
    assert Action.objects.get().own_words == "Vera's own words."
    assert len(letters()) == 1


def test_all_mails_of_a_day_used_up_do_not_keep_her_from_her_own(client, letter_ask):
    first = by_stranger(letter_ask)
    for number in range(4):
        by_stranger(letter_ask, source=f"{number}")
    before = mails().count()
    hers = sent(letter_ask)

    assert mails().count() == before
    offered = re.findall(r'href="(/confirm/[^"]+)"', client.get(link(first)).content.decode())
    page = client.get(offered[0])
    assert "Vera's own words." in as_text(page)
    send(client, page, offered[0])
    hers.refresh_from_db()
    assert hers.state == Submission.State.CONFIRMED


def test_mails_used_up_in_other_names_and_asks_do_not_either(client, letter_ask):
    other = build.ask("petition", campaign=build.campaign("parks"))
    build.petition_text(other)
    his = [
        *(sent(other, "", {"given_name": f"Crook{n}"}) for n in range(2)),
        *(sent(letter_ask, f"Number {n}.", {"given_name": "Crook"}) for n in range(4)),
    ]
    before = mails().count()
    hers = sent(letter_ask)
    assert mails().count() == before

    page = client.get(link(his[0]))
    offered = re.findall(r'href="(/confirm/[^"]+)"[^>]*>Vera', page.content.decode())
    assert "Vera’s" not in as_text(page)
    assert link(his[1]) not in page.content.decode()
    press(client, offered[0])
    hers.refresh_from_db()
    assert hers.state == Submission.State.CONFIRMED


def test_where_a_campaign_asks_for_no_confirmation_he_changes_nothing_of_hers_either(
    client, letter_ask
):
    vera = build.supporter(**VERA, phone="+15550101010", street="1 Own St")
    Campaign.objects.update(confirms_by_mail=False)
    other = build.ask("petition", campaign=letter_ask.campaign, position=2)
    build.petition_text(other)
    by_stranger(letter_ask)
    by_stranger(other)

    vera.refresh_from_db()
    assert (vera.phone, vera.street, vera.given_name) == ("+15550101010", "1 Own St", "Vera")
    assert not Consent.objects.exists()
    assert not Action.objects.exists()
    assert not letters()


def test_the_page_shows_each_letter_exactly_as_it_leaves_with_name_town_and_ticks(
    client, letter_ask
):
    hers = sent(letter_ask, newsletter_wording="Send me news.")
    page = client.get(link(hers))
    shown = as_text(page)
    send(client, page, link(hers))

    [letter] = letters()
    assert letter.replace("\r\n", "\n").strip() in shown.replace("\r\n", "\n")
    for words in ("Vera Blum", "Polk, FK 00001", "vera@example.org", "Send me news."):
        assert words in shown


def test_what_was_read_before_a_seat_changed_hands_is_read_once_more(client, letter_ask):
    hers = sent(letter_ask)
    page = client.get(link(hers))
    seat = hers.seats[0]
    Term.objects.filter(seat=seat).delete()
    build.term(
        letter_ask_seat(seat), build.legislator("Ida New", email="ida@house.franklin.example")
    )

    answer = send(client, page, link(hers))
    assert "Something changed" in as_text(answer)
    assert not Action.objects.exists()
    send(client, answer, link(hers))
    assert "Dear Delegate New," in letters()[0]


def letter_ask_seat(pk):
    from legislators.models import Seat

    return Seat.objects.get(pk=pk)


def test_a_button_pressed_without_its_page_confirms_nothing(client, letter_ask):
    hers = sent(letter_ask)
    client.post(link(hers))

    assert not Action.objects.exists()


def test_something_suspicious_in_her_name_does_not_set_hers_aside(client, letter_ask):
    by_stranger(letter_ask, suspicion="filled the hidden field")
    hers = sent(letter_ask)

    assert mails().last().subject.startswith("Please confirm")
    assert confirm(hers).state == Action.State.CONFIRMED


def test_not_me_deletes_that_one_and_no_other(client, letter_ask):
    his, hers = by_stranger(letter_ask), sent(letter_ask)
    client.post(f"/not-me/{links.make('not-me', his.public_id)}/")

    assert list(Submission.objects.all()) == [hers]
    assert client.get(link(his)).status_code == 410
    assert confirm(hers).own_words == "Vera's own words."


def test_not_me_takes_back_what_counted_a_moment_before(letter_ask):
    """Both buttons of one page, pressed in two windows: "not me" has the last word."""
    stale = by_stranger(letter_ask)
    action = confirm(Submission.objects.get(pk=stale.pk))
    not_me(stale)

    action.refresh_from_db()
    assert action.state == Action.State.WITHDRAWN
    assert not letters()
    with pytest.raises(Submission.DoesNotExist):
        not_me(Submission(pk=stale.pk, public_id=stale.public_id, mailbox=stale.mailbox))


def test_a_mended_typing_error_sent_by_the_same_form_is_another_to_choose(letter_ask):
    form = build.filled_form(letter_ask, entry=build.entry(**VERA), own_words="Dear Senatro,")
    first = take.take_action(letter_ask, form)
    mended = sent(letter_ask, "Dear Senator,", key=form.key)

    assert first != mended
    confirm(mended)
    confirm(first)
    assert Action.objects.get().own_words == "Dear Senator,"
    assert len(letters()) == 1


def test_the_letters_of_the_page_are_those_that_the_yes_seals(letter_ask):
    hers = sent(letter_ask)
    finished = finished_letters(hers)
    action = confirm(hers)

    assert [(one.seat_id, one.route) for one in finished] == [
        (letter.seat_id, letter.route) for letter in action.letters.order_by("pk")
    ]
    assert not Letter.objects.exclude(action=action).exists()
