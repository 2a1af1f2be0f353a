"""One person, one ask, one action; and nothing leaves before their mailbox answers."""

import uuid

import pytest

from actions import recount, take
from actions.confirm import confirm
from actions.letters.fates import Fates
from actions.models import Action, Call, Letter, Submission
from campaigns import counts
from campaigns.models import Campaign
from supporters import consent
from supporters.models import Consent, Supporter
from tests import build
from tests.actions.posted import letters, mails, read
from worker.models import State

pytestmark = pytest.mark.django_db


def test_nothing_comes_of_it_but_one_mail_until_the_mailbox_confirms(letter_ask):
    take.take_action(letter_ask, build.filled_form(letter_ask))

    assert Submission.objects.get().state == "waiting"
    assert not letters().exists()
    assert mails().get().subject.startswith("Please confirm")


def test_a_letter_is_sealed_for_each_seat_that_takes_mail_when_it_is_confirmed(letter_ask):
    action = confirm(take.take_action(letter_ask, build.filled_form(letter_ask)))

    assert [
        (letter.seat.position, letter.route) for letter in action.letters.order_by("seat__position")
    ] == [(1, "email"), (2, "assisted")]
    [sealed] = letters()
    assert (sealed.state, sealed.recipient, sealed.lane, sealed.rehearsal) == (
        State.QUEUED,
        "ada.smith@house.franklin.example",
        "letters:house.franklin.example",
        True,
    )


def test_the_letter_says_who_writes_and_keeps_their_own_words_as_typed(letter_ask):
    form = build.filled_form(letter_ask, own_words="I have {legislator} on my mind.")
    confirm(take.take_action(letter_ask, form))
    letter = read(letters().get())

    assert letter["Subject"] == "Playgrounds in 7"
    assert letter["Reply-To"] == "Nora Álvarez <nora@example.org>"
    assert letter.get_content().replace("\r\n", "\n").split("\n\n") == [
        "Dear Delegate Smith,",
        "I have {legislator} on my mind.",
        "Please open the playgrounds, Delegate Ada Smith.",
        "Sincerely,",
        "Nora Álvarez\n1 Elm St\nPolk, FK 00001\n",
    ]


def test_the_mail_that_asks_an_unproven_mailbox_holds_none_of_the_typed_words(letter_ask):
    typed = build.entry(
        given_name="http://evil.example", family_name="Buy-Pills", street="9 Spam St"
    )
    take.take_action(
        letter_ask, build.filled_form(letter_ask, entry=typed, own_words="CHEAP WATCHES")
    )
    raw = bytes(mails().get().message)

    for word in (b"evil", b"Buy-Pills", b"Spam", b"CHEAP"):
        assert word not in raw


def test_confirming_counts_it_seals_the_letter_and_sends_the_receipt(letter_ask):
    submission = take.take_action(letter_ask, build.filled_form(letter_ask))
    action = confirm(submission)
    assert confirm(submission) == action

    assert action.state == Action.State.CONFIRMED
    assert letters().get().state == State.QUEUED
    assert mails().count() == 2
    assert "My son plays there." in read(mails().last()).get_body(("plain",)).get_content()


def test_acting_twice_counts_once_and_seals_once(letter_ask):
    first = take.take_action(letter_ask, build.filled_form(letter_ask))
    again = take.take_action(
        letter_ask,
        build.filled_form(
            letter_ask, entry=build.entry(email="NORA+x@example.org"), own_words="Other words."
        ),
    )

    assert confirm(again) == confirm(first)
    assert Action.objects.get().own_words == "Other words."
    assert letters().count() == 1


def test_a_double_click_is_one_submission_and_one_mail(letter_ask):
    form = build.filled_form(letter_ask)

    assert take.take_action(letter_ask, form) == take.take_action(letter_ask, form)
    assert Submission.objects.count() == mails().count() == 1


def test_the_same_form_sent_again_under_another_name_is_another_action(petition):
    key = uuid.uuid4()
    typo = take.take_action(
        petition, build.filled_form(petition, key=key, entry=build.entry(email="nroa@example.org"))
    )
    corrected = take.take_action(petition, build.filled_form(petition, key=key))
    again = take.take_action(petition, build.filled_form(petition, key=key))

    assert typo != corrected
    assert corrected == again


def test_a_second_time_is_told_to_the_mailbox_only_and_once_a_day(petition):
    action = take.take_action(petition, build.filled_form(petition))
    confirm(action)
    for _ in range(3):
        take.take_action(petition, build.filled_form(petition))

    subjects = list(mails().order_by("id").values_list("subject", flat=True))
    assert len(subjects) == 3
    assert subjects[-1].startswith("We already have")


def test_a_mailbox_that_never_answered_gets_three_mails_a_day_and_no_more(db):
    for number in range(6):
        ask = build.ask("petition", campaign=build.campaign(f"campaign-{number}"))
        build.petition_text(ask)
        take.take_action(ask, build.filled_form(ask))

    assert Submission.objects.count() == 6
    assert mails().count() == 3


def test_what_was_typed_is_learned_when_the_mailbox_answers_and_not_before(petition):
    nora = build.supporter(
        email="nora@example.org", given_name="Nora", family_name="Álvarez", street="2 Old Rd"
    )
    submission = take.take_action(
        petition, build.filled_form(petition, newsletter_wording="Send me news.")
    )
    nora.refresh_from_db()
    assert nora.street == "2 Old Rd"
    assert not Consent.objects.exists()

    action = confirm(submission)
    nora.refresh_from_db()
    assert nora.street == "1 Elm St"
    assert Consent.objects.get().wording == "Send me news."
    assert action.entry == {}
    submission.refresh_from_db()
    assert (submission.entry, submission.newsletter_wording) == ({}, "")


def test_a_minor_is_never_public_never_subscribed_and_stays_a_minor(petition):
    young = build.entry(is_minor=True)
    action = take.take_action(
        petition,
        build.filled_form(
            petition, entry=young, name_is_public=True, newsletter_wording="Send me news."
        ),
    )
    confirm(action)

    assert Supporter.objects.get().is_minor
    assert not Action.objects.get().name_is_public
    assert not consent.allowing(Consent.Purpose.NEWSLETTER).exists()


def test_where_no_mail_confirms_it_counts_at_once_apart_and_proves_nothing(db):
    ask = build.ask("petition", campaign=build.campaign(confirms_by_mail=False))
    build.petition_text(ask)
    take.take_action(ask, build.filled_form(ask, newsletter_wording="Send me news."))
    recount.recount()

    numbers = counts.of_ask(ask)
    assert (numbers.verified, numbers.pending, numbers.unverified) == (0, 0, 1)
    assert not Supporter.objects.exists()
    assert not Consent.objects.exists()


def test_a_letter_waits_for_the_mailbox_also_where_no_mail_confirms(letter_ask):
    Campaign.objects.update(confirms_by_mail=False)
    letter_ask.campaign.refresh_from_db()
    submission = take.take_action(letter_ask, build.filled_form(letter_ask))

    assert not letters().exists()
    confirm(submission)
    assert letters().get().state == State.QUEUED


def test_a_closed_campaign_takes_nothing(petition):
    petition.campaign.state = Campaign.State.CLOSED

    with pytest.raises(take.CampaignClosed):
        take.take_action(petition, build.filled_form(petition))
    assert not Submission.objects.exists()


def test_a_campaign_that_closed_meanwhile_counts_the_voice_and_sends_no_letter(letter_ask):
    action = take.take_action(letter_ask, build.filled_form(letter_ask))
    Campaign.objects.update(state=Campaign.State.CLOSED)
    confirm(action)

    assert Action.objects.get().state == Action.State.CONFIRMED
    assert letters().get().state == State.CANCELLED


def test_a_signature_keeps_the_text_it_was_given_under(petition):
    submission = take.take_action(petition, build.filled_form(petition))
    build.petition_text(petition, "We ask for something else.")

    action = confirm(submission)
    assert action.petition_text.text == "We ask for playgrounds."


def test_calls_are_kept_as_their_caller_reported_them(db):
    ask = build.ask("call")
    seat = build.seat()
    build.rule(ask, states=["FK"])
    confirm(take.take_action(ask, build.filled_form(ask, outcomes={seat.pk: "voicemail"})))

    assert list(Call.objects.values_list("seat", "outcome")) == [(seat.pk, "voicemail")]


def test_the_number_of_queries_does_not_grow_with_the_letters(
    letter_ask, django_assert_max_num_queries
):
    for district in range(10, 40):
        build.term(
            build.seat(district=str(district)),
            build.legislator(email=f"d{district}@house.franklin.example"),
        )
    form = build.filled_form(letter_ask, fates=Fates(go=31, need_you=1))

    with django_assert_max_num_queries(12):
        submission = take.take_action(letter_ask, form)
    with django_assert_max_num_queries(60):
        confirm(submission)
    assert Letter.objects.count() == 32
