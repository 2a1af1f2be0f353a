"""What is in the demonstration: made up throughout, and as true as the real thing."""

import datetime as dt
import re

import pytest
from django.db.models import Sum
from django.utils import timezone

from accounts.models import User
from actions.confirm import confirm
from actions.followup import tell_writers
from actions.models import Action, Submission
from campaigns import merge_fields, targeting
from campaigns.models import (
    Ask,
    AskWords,
    Brand,
    Breakdown,
    Campaign,
    CampaignWords,
    Issue,
    PetitionText,
    Tally,
)
from campaigns.preflight import preflight
from legislators import franklin, lookup
from legislators.models import (
    Chamber,
    Contact,
    Edition,
    Jurisdiction,
    Layer,
    ZipDistrict,
)
from supporters.models import Consent, Supporter
from tests import build
from tests.demo.acting import act, ask
from worker.models import Attempt, Delivery, State

RESERVED = re.compile(r"@(example\.(org|net|com)|([a-z-]+\.)*[a-z-]+\.example)$")
FOR_FICTION = re.compile(r"^(\+1)?\D*\d{3}\D?555\D?01\d\d$")


def test_seven_campaigns_run_and_four_have_ended(demo):
    states = dict(Campaign.objects.values_list("slug", "state"))
    assert sorted(states.values()) == [
        "closed",
        "closed",
        *["live"] * 7,
        "won",
        "won",
    ]
    assert Campaign.objects.live().filter(is_demo=False).count() == 0
    assert Issue.objects.order_by("position").first().slug == "child-justice"


def test_every_campaign_would_pass_its_own_preflight(demo):
    for campaign in Campaign.objects.all():
        assert [
            finding.label for finding in preflight(campaign) if finding.blocking and not finding.ok
        ] == []


def test_everything_is_said_in_english_and_spanish(demo):
    for campaign in Campaign.objects.all():
        said = {words.language: words for words in CampaignWords.objects.filter(campaign=campaign)}
        assert set(said) == {"en", "es"}
        for words in said.values():
            assert all([words.title, words.summary, words.story, words.share_text, words.consent])
            assert words.closing_message or campaign.is_open
    for one in Ask.objects.all():
        assert {
            words.language
            for words in AskWords.objects.filter(ask=one).exclude(heading="").exclude(thanks="")
        } == {"en", "es"}
        if one.kind == Ask.Kind.PETITION:
            assert {text.language for text in PetitionText.objects.filter(ask=one)} == {"en", "es"}


def test_letters_and_scripts_use_only_fields_that_exist(demo):
    texts = [one.letter_subject + one.letter_body for one in Ask.objects.all()] + [
        words.text for words in AskWords.objects.all()
    ]
    assert any("{" in text for text in texts)
    assert [
        merge_fields.unknown_fields(text) for text in texts if merge_fields.unknown_fields(text)
    ] == []


def test_no_mailbox_and_no_telephone_could_be_anybodys(demo):
    mailboxes = [
        *Supporter.objects.values_list("email", flat=True),
        *User.objects.values_list("email", flat=True),
    ]
    mailboxes += Contact.objects.filter(kind="email").values_list("value", flat=True)
    mailboxes += Delivery.objects.values_list("recipient", flat=True)
    mailboxes.append(Brand.objects.get().contact_email)
    assert [mailbox for mailbox in mailboxes if not RESERVED.search(mailbox)] == []
    phones = [*Supporter.objects.exclude(phone="").values_list("phone", flat=True)]
    phones += Contact.objects.filter(kind="phone").values_list("value", flat=True)
    assert phones
    assert [phone for phone in phones if not FOR_FICTION.match(phone)] == []


def test_its_history_lies_between_launch_and_now(demo):
    now = timezone.now()
    for action in Action.objects.select_related("ask__campaign", "supporter"):
        assert action.ask.campaign.launched_at <= action.created_at < now
        assert action.supporter.created_at <= action.created_at
        if action.confirmed_at:
            assert action.created_at <= action.confirmed_at <= action.changed_at < now
    live = Action.objects.filter(ask__campaign__state="live")
    assert live.filter(created_at__gte=now - dt.timedelta(days=31)).count() == live.count()


def test_nothing_of_its_past_is_waiting_to_leave(demo):
    states = set(Delivery.objects.values_list("state", flat=True))
    assert states == {State.SENT, State.FAILED, State.UNCERTAIN, State.CANCELLED}
    assert not Delivery.objects.filter(rehearsal=False).exists()
    assert set(Submission.objects.values_list("state", flat=True)) == {"waiting", "quarantined"}


def test_nobody_in_it_waits_for_news_of_a_letter(demo):
    assert tell_writers.tell() == 0


def test_no_letter_is_called_sent_without_an_answer(demo):
    sent = Delivery.objects.filter(state=State.SENT).count()
    assert (
        Attempt.objects.filter(state=State.SENT, code=250, delivery__state=State.SENT)
        .exclude(answer="")
        .count()
        == sent
    )


def test_minors_are_never_shown_nor_on_a_list(demo):
    assert Supporter.objects.filter(is_minor=True).exists()
    assert not Action.objects.filter(supporter__is_minor=True, name_is_public=True).exists()
    assert not Consent.objects.filter(supporter__is_minor=True).exists()


def test_each_newsletter_consent_has_the_wording_of_its_campaign(demo):
    granted = Consent.objects.filter(purpose="newsletter", granted=True).select_related("campaign")
    assert granted.count() > 500
    shown = {
        (words.campaign_id, words.language): words.consent for words in CampaignWords.objects.all()
    }
    assert all(
        consent.wording == shown[consent.campaign_id, consent.language] for consent in granted
    )


def test_the_numbers_on_the_home_page_are_the_rows(demo, client):
    by_hand = Action.objects.filter(state="confirmed").count() + 46
    assert client.get("/").context["total"] == by_hand
    pending = sum(Tally.objects.values_list("pending", flat=True))
    assert pending == Submission.objects.filter(state="waiting").count()


def test_more_looked_at_it_and_began_than_acted_and_each_side_adds_up_to_them(demo):
    for one in Ask.objects.filter(campaign__is_demo=True):
        for metric in ("views", "starts"):
            rows = Breakdown.objects.filter(ask=one, metric=metric)
            sides = dict(rows.values_list("side").annotate(n=Sum("number")))
            assert len(set(sides.values())) == 1
            assert sides["whole"] > Action.objects.filter(ask=one, state="confirmed").count()


@pytest.mark.parametrize(
    "path",
    ["/", "/es/", "/act/tell-it-once/", "/act/tell-it-once/2/", "/es/act/ratify-the-convention/"],
)
def test_its_pages_open(demo, client, path):
    assert client.get(path).status_code == 200


def test_each_campaign_and_issue_has_a_page(demo, client):
    for slug in Campaign.objects.values_list("slug", flat=True):
        assert client.get(f"/act/{slug}/").status_code == 200
    for slug in Issue.objects.values_list("slug", flat=True):
        assert client.get(f"/issues/{slug}/").status_code == 200


def test_each_sample_address_finds_its_seats_and_the_state_bill_writes_to_them(demo):
    for sample in franklin.SAMPLES:
        match = lookup.find(sample)
        assert all(place.certain for place in match.places)
        addressed = targeting.choose(ask("tell-it-once"), [place.seat for place in match.places])
        assert {seat.chamber for seat in addressed} == {Chamber.STATE_UPPER, Chamber.STATE_LOWER}
        assert {seat.jurisdiction_id for seat in addressed} == {"FK"}
        federal = targeting.choose(
            ask("a-lawyer-before-the-questions"), [place.seat for place in match.places]
        )
        assert sorted(seat.chamber for seat in federal) == [
            Chamber.US_HOUSE,
            Chamber.US_SENATE,
            Chamber.US_SENATE,
        ]


def test_the_letters_of_its_past_went_to_their_writers_own_seats(demo):
    for action in Action.objects.filter(
        ask__campaign__slug="tell-it-once", ask__position=1
    ).select_related("supporter")[:15]:
        person = action.supporter
        match = lookup.find(lookup.Address(person.street, person.city, person.state, person.zip))
        own = {
            seat.pk
            for seat in targeting.choose(
                ask("tell-it-once"), [place.seat for place in match.places]
            )
        }
        assert own
        assert set(action.letters.values_list("seat_id", flat=True)) == own


def test_the_federal_campaign_serves_another_state_as_soon_as_it_is_loaded(demo):
    maine = Jurisdiction.objects.create(
        code="ME", name="Maine", division="ocd-division/country:us/state:me"
    )
    edition = Edition.objects.create(
        layer=Layer.CD,
        name="119th Congress",
        states=["ME"],
        valid_from=dt.date(2025, 1, 3),
        source="test",
        is_active=True,
    )
    house = build.seat(
        Chamber.US_HOUSE,
        state="ME",
        district="1",
        division=f"{maine.division}/cd:1",
        title="Representative",
    )
    senate = build.seat(
        Chamber.US_SENATE, state="ME", district="", division=maine.division, title="Senator"
    )
    upper = build.seat(
        Chamber.STATE_UPPER,
        state="ME",
        district="24",
        division=f"{maine.division}/sldu:24",
        title="Senator",
    )
    for seat in (house, senate, upper):
        build.term(seat)
    ZipDistrict.objects.create(zip="04530", state="ME", division=house.division, edition=edition)

    places = lookup.find(lookup.Address("1 Real St", "Bath", "ME", "04530")).places
    federal = ask("a-lawyer-before-the-questions")
    assert targeting.choose(federal, [place.seat for place in places]) == [senate, house]
    assert targeting.scope_states(federal.campaign) == set()
    own = [place for place in places if place.seat in (senate, house)]
    action = confirm(act(federal, places=own))
    assert set(action.letters.values_list("seat", flat=True)) == {senate.pk, house.pk}
