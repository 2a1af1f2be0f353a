import datetime as dt

import pytest

from accounts.models import AuditEntry
from campaigns import petitions, publishing
from campaigns.models import Campaign
from legislators.models import Term
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return build.user("organizer", email="olga@example.org")


@pytest.fixture
def draft():
    """A draft that is ready: one letter to one reachable seat."""
    campaign = build.campaign(state="draft")
    ask = build.ask(campaign=campaign)
    build.rule(ask, chambers=["state_lower"])
    build.term(build.seat(), build.legislator(email="ada@legislature.example"))
    return campaign


def refused(campaign, author):
    with pytest.raises(publishing.NotReady) as caught:
        publishing.launch(campaign, author)
    campaign.refresh_from_db()
    assert campaign.state == "draft"
    return [finding.label for finding in caught.value.findings]


def test_launching_says_who_and_when_and_writes_the_audit_log(draft, author):
    publishing.launch(draft, author, note="At last")

    draft.refresh_from_db()
    assert draft.is_open
    assert draft.launched_at is not None
    assert [(c.deed, c.author, c.note) for c in draft.changes.all()] == [
        ("launch", "olga@example.org", "At last")
    ]
    assert AuditEntry.objects.filter(
        actor="olga@example.org", deed="campaign.launch", subject=draft.slug
    ).exists()


def test_an_unknown_merge_field_refuses_the_launch_and_is_named(draft, author):
    draft.asks.update(letter_body="Dear {frist_name}")

    assert refused(draft, author) == [
        "1. Letter: uses merge fields that do not exist: {frist_name}"
    ]


def test_a_target_without_seats_refuses_the_launch(draft, author):
    draft.asks.get().rules.update(states=["ZZ"])

    assert refused(draft, author) == ["1. Letter: addresses no seat"]


def test_a_target_that_nothing_reaches_refuses_the_launch(draft, author):
    draft.asks.get().rules.update(chambers=["state_upper"])
    build.term(build.seat("state_upper"), build.legislator())

    assert refused(draft, author) == ["1. Letter: reaches nobody"]


def test_missing_sender_consent_and_letter_refuse_the_launch_all_at_once(draft, author):
    draft.sender_name = ""
    draft.save()
    draft.words.update(consent="")
    draft.asks.update(letter_subject="")

    assert len(refused(draft, author)) == 3


def test_starter_words_left_to_fill_in_refuse_the_launch(draft, author):
    draft.words.update(story="See [our report](https://example.org/report). [Say why.]")

    assert refused(draft, author) == ["The story: still to fill in: [Say why.]"]


def test_a_petition_without_text_and_a_call_without_script_refuse_the_launch(draft, author):
    build.ask("petition", campaign=draft)
    call = build.ask("call", campaign=draft)
    call.words.update(text="")
    build.rule(call, chambers=["state_upper"])
    build.term(build.seat("state_upper"), build.legislator(phone="+15005550006"))

    assert refused(draft, author) == ["2. Petition: has no text to sign", "3. Call: has no script"]


def test_a_call_script_takes_the_state_and_the_bill_and_no_name(draft, author):
    call = build.ask("call", campaign=draft)
    build.rule(call, chambers=["state_upper"])
    build.term(build.seat("state_upper"), build.legislator(phone="+15005550006"))
    call.words.update(text="I live in {state}. Please vote for {bill}. I am {first_name}.")

    assert refused(draft, author) == [
        "2. Call: uses merge fields that do not exist: {first_name}",
        "2. Call: names a bill, but the campaign has none",
    ]


def test_the_list_counts_who_is_reachable_by_which_way(draft):
    build.term(
        build.seat(district="2"), build.legislator("Ben Ito", form="https://ito.example/form")
    )
    build.term(
        build.seat(district="3"),
        build.legislator("Cleo Park", email="cleo@legislature.example", phone="+15005550006"),
    )
    build.seat(district="4")

    labels = [finding.label for finding in publishing.preflight(draft)]

    assert "1. Letter: addresses 4 seats" in labels
    assert "1. Letter: 3 of 4 can be reached" in labels
    assert "1. Letter: 1 seat has no known holder" in labels


@pytest.mark.parametrize(
    ("age", "ok", "blocking"), [(60, True, False), (61, False, False), (366, False, True)]
)
def test_an_old_roster_warns_and_a_very_old_one_blocks(draft, age, ok, blocking):
    as_of = dt.date.today() - dt.timedelta(days=age)
    build.term(
        build.seat(district="2"),
        build.legislator("Ben Ito", email="ben@legislature.example"),
        as_of=as_of,
    )

    finding = next(finding for finding in publishing.preflight(draft) if "roster" in finding.label)

    assert (finding.ok, finding.blocking) == (ok, blocking)


@pytest.mark.parametrize("switch", ["confirms_by_mail", "asks_age"])
def test_a_safeguard_that_is_off_keeps_a_campaign_from_its_launch_until_it_is_said_why(
    draft, author, switch
):
    setattr(draft, switch, False)
    draft.save()
    with pytest.raises(publishing.NotReady, match="no administrator has said why"):
        publishing.launch(draft, author)

    draft.safeguards_because = "A room of children without mailboxes."
    draft.save()
    publishing.launch(draft, author)
    warnings = [found.label for found in publishing.preflight(draft) if not found.ok]
    assert any("is off" in label or "does not ask" in label for label in warnings)


def test_a_campaign_lives_through_its_states_and_each_change_is_kept(draft, author):
    draft.words.update(closing_message="Thanks to you the playgrounds opened.")
    for deed in ("launch", "pause", "resume", "close", "win", "archive"):
        getattr(publishing, deed)(draft, author)

    draft.refresh_from_db()
    assert draft.state == "archived"
    assert [change.deed for change in draft.changes.all()] == [
        "archive",
        "win",
        "close",
        "resume",
        "pause",
        "launch",
    ]


def test_closing_and_winning_need_a_closing_message(draft, author):
    publishing.launch(draft, author)

    for deed in (publishing.close, publishing.win):
        with pytest.raises(publishing.NotReady):
            deed(draft, author)
    draft.refresh_from_db()
    assert draft.is_open


def test_a_deed_that_does_not_fit_the_state_changes_nothing(draft, author):
    for deed in (publishing.pause, publishing.resume, publishing.archive):
        with pytest.raises(publishing.WrongState):
            deed(draft, author)

    assert not draft.changes.exists()


def test_of_two_launches_at_once_the_second_is_told(draft, author):
    seen_by_the_other = type(draft).objects.get(pk=draft.pk)
    publishing.launch(draft, author)

    with pytest.raises(publishing.WrongState):
        publishing.launch(seen_by_the_other, author)
    assert draft.changes.count() == 1


def test_resuming_checks_again(draft, author):
    publishing.launch(draft, author)
    publishing.pause(draft, author)
    draft.asks.update(letter_body="{oops}")

    with pytest.raises(publishing.NotReady):
        publishing.resume(draft, author)


def test_a_ready_petition_launches_without_targets(author):
    campaign = build.campaign("children-first", state="draft")
    petitions.revise(build.ask("petition", campaign=campaign), "en", "We ask.")

    publishing.launch(campaign, author)
    assert campaign.is_open


def test_a_merge_field_that_people_would_read_as_it_stands_refuses_the_launch(draft, author):
    draft.words.update(summary="Open the playgrounds of {city}.")
    build.petition_text(build.ask("petition", campaign=draft), "We ask for {bill}.")

    assert refused(draft, author) == [
        "The summary: people would read {city}, which nothing fills in here",
        "2. Petition: its text: people would read {bill}, which nothing fills in here",
    ]


def test_words_in_one_language_only_are_named_with_the_page_that_mends_them(draft):
    ask = draft.asks.get()
    spanish = {"title": "T", "summary": "S", "story": "S", "language": "es"}

    draft.words.create(**spanish)
    assert half(draft) == [("desk:ask_words", (draft.slug, ask.pk, "es"))]
    ask.words.create(language="es", heading="Escribe")
    assert half(draft) == []
    draft.words.filter(language="es").delete()
    assert half(draft) == [("desk:campaign_words", (draft.slug, "es"))]


def half(campaign):
    found = publishing.preflight(Campaign.objects.get(pk=campaign.pk))
    return [(one.fix_url_name, one.fix_args) for one in found if "half English" in one.label]


def test_an_old_roster_is_mended_where_rosters_are_loaded(draft):
    Term.objects.update(as_of=dt.date.today() - dt.timedelta(days=61))

    old = next(one for one in publishing.preflight(draft) if "days old" in one.label)

    assert old.fix_url_name == "desk:rosters"


@pytest.mark.parametrize(("is_on", "said"), [(True, "mail leave"), (False, "Practice mode")])
def test_whether_anything_leaves_is_said_before_the_launch(draft, settings, is_on, said):
    settings.DELIVERY_ENABLED = is_on

    assert any(said in one.label and one.ok == is_on for one in publishing.preflight(draft))


def test_the_check_names_a_missing_sender_of_mail_and_a_missing_postal_address(settings):
    ask = build.ask("petition", campaign=build.campaign(state="draft"))
    settings.MAIL_FROM = ""
    checked = publishing.preflight(ask.campaign)
    found = {finding.label: finding for finding in checked if not finding.ok}
    [sender] = [one for label, one in found.items() if "MAIL_FROM" in label]
    [address] = [one for label, one in found.items() if "postal address" in label]
    assert sender.blocking
    assert not address.blocking
    assert address.fix_url_name == "desk:brand"
