"""The demonstration comes whole, is made up throughout, and goes without a trace."""

import datetime as dt
import re
import uuid

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from actions.followup import tell_writers
from actions.models import Action, Call, Ladder, Letter
from actions.take import Submission, confirm, take_action
from campaigns import letters, targeting
from campaigns.models import (
    Ask,
    AskWords,
    Brand,
    Campaign,
    CampaignWords,
    Issue,
    PetitionText,
    Tally,
)
from campaigns.preflight import preflight
from demo import colleagues, loading, removing
from legislators import franklin, lookup
from legislators.models import (
    AddressPoint,
    Chamber,
    Contact,
    Edition,
    Jurisdiction,
    Layer,
    Legislator,
    Seat,
    ZipDistrict,
)
from supporters.models import Consent, Supporter
from supporters.people import Entry
from tests import build
from worker.models import Attempt, Delivery, State

RESERVED = re.compile(r"@(example\.(org|net|com)|([a-z-]+\.)*[a-z-]+\.example)$")
FOR_FICTION = re.compile(r"^(\+1)?\D*\d{3}\D?555\D?01\d\d$")


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker):
    """Loaded once for all tests of this file; each changes it in a transaction of its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        loading.load()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(_loaded, db):
    """The demonstration, as loaded."""


def ask(slug, position=1):
    return Ask.objects.select_related("campaign").get(campaign__slug=slug, position=position)


def act(on, *, email="nora@example.org", places=()):
    entry = Entry(
        given_name="Nora",
        family_name="Real",
        email=email,
        street="1 Real St",
        city="Bath",
        state="ME",
        zip="04530",
    )
    return take_action(
        on,
        Submission(
            key=uuid.uuid4(), entry=entry, places=places, subject="Hello", statement="Please."
        ),
    )


def test_loading_twice_is_loading_once(demo):
    before = {
        model: model.objects.count()
        for model in (Supporter, Action, Delivery, Campaign, User, Seat)
    }
    assert all(before.values())

    assert not loading.load()
    assert {model: model.objects.count() for model in before} == before


def test_a_brand_of_ones_own_outlives_it(demo):
    Brand.objects.update(name="Our own", is_demo=False)
    assert not loading.load()
    removing.remove()
    assert Brand.objects.get().name == "Our own"


def test_it_is_the_same_demonstration_each_time(demo):
    def picture():
        actions = Action.objects.order_by("public_id").values_list(
            "public_id", "state", "supporter__email", "ask__campaign__slug"
        )
        return list(actions), Letter.objects.count(), Call.objects.count(), Consent.objects.count()

    first = picture()
    removing.remove()
    loading.load()
    assert picture() == first


def test_it_stays_out_of_an_installation_in_use(demo):
    removing.remove()
    build.campaign()
    with pytest.raises(CommandError, match="stays out"):
        call_command("load_demo")
    assert not Jurisdiction.objects.filter(code="FK").exists()


def test_it_offers_itself_to_a_new_installation_only(demo):
    assert not loading.is_wanted()
    removing.remove()
    assert not loading.is_wanted()


def test_four_campaigns_run_and_two_have_ended(demo):
    states = dict(Campaign.objects.values_list("slug", "state"))
    assert sorted(states.values()) == ["closed", "live", "live", "live", "live", "won"]
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
    assert [letters.unknown_fields(text) for text in texts if letters.unknown_fields(text)] == []


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
    assert states == {State.SENT, State.FAILED, State.UNCERTAIN, State.WAITING, State.CANCELLED}
    assert not Delivery.objects.filter(rehearsal=False).exists()
    pending = {Action.State.PENDING, Action.State.QUARANTINED}
    assert (
        set(
            Letter.objects.filter(delivery__state=State.WAITING).values_list(
                "action__state", flat=True
            )
        )
        <= pending
    )
    assert all(len(row.message) > 100 for row in Delivery.objects.filter(state=State.WAITING))


def test_nobody_in_it_waits_for_news_of_a_letter(demo):
    assert tell_writers.tell() == 0


def test_one_office_takes_paper_and_so_printing_can_be_practised(demo, settings):
    settings.PAPER_BY = "print"
    on = ask("a-lawyer-before-the-questions")
    places = [
        place
        for place in lookup.find(franklin.SAMPLES[0]).places
        if place.seat.chamber == Chamber.US_SENATE
    ]

    letters_to = confirm(act(on, places=places)).letters
    assert sorted(letters_to.values_list("route", flat=True)) == ["assisted", "paper"]
    assert letters_to.get(route="paper").delivery.rehearsal
    removing.remove()
    assert not Ladder.objects.exclude(seat=None).exists()


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
    assert pending == Action.objects.filter(state="pending").count()


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
    action = act(federal, places=[place for place in places if place.seat in (senate, house)])
    assert set(action.letters.values_list("seat", flat=True)) == {senate.pk, house.pk}


def test_each_role_has_an_account_and_one_password_opens_them(demo, capsys):
    assert {
        role for user in User.objects.all() for role in user.groups.values_list("name", flat=True)
    } == {
        "administrator",
        "organizer",
        "staff",
        "exporter",
        "partner",
        "read-only",
    }
    assert all(
        user.is_demo and user.check_password(colleagues.PASSWORD) for user in User.objects.all()
    )
    call_command("demo_logins")
    printed = capsys.readouterr().out
    assert all(user.email in printed for user in User.objects.all())
    assert colleagues.PASSWORD in printed


def test_logins_are_not_printed_once_delivery_is_on(demo, settings):
    settings.DELIVERY_ENABLED = True
    with pytest.raises(CommandError):
        call_command("demo_logins")


def test_removing_leaves_nothing_of_it(demo):
    removing.remove()

    marked = (
        Brand,
        Issue,
        Campaign,
        Supporter,
        User,
        Seat,
        Legislator,
        Jurisdiction,
        Edition,
        AddressPoint,
    )
    assert {model.__name__: model.objects.count() for model in marked} == dict.fromkeys(
        [model.__name__ for model in marked], 0
    )
    orphans = (
        Action,
        Letter,
        Call,
        Delivery,
        Attempt,
        Consent,
        Tally,
        Ask,
        PetitionText,
        ZipDistrict,
        Contact,
    )
    assert {model.__name__: model.objects.count() for model in orphans} == dict.fromkeys(
        [model.__name__ for model in orphans], 0
    )
    assert removing.remove() == {}


def test_removing_keeps_a_real_campaign_and_its_action(demo):
    real = build.campaign(
        issue=Issue.objects.get(slug="education"), created_by=User.objects.first()
    )
    petition = build.ask("petition", campaign=real)
    action = confirm(act(petition))

    removing.remove()

    assert Action.objects.get() == action
    assert Supporter.objects.get().email == "nora@example.org"
    assert Issue.objects.get().slug == "education"
    assert not Issue.objects.get().is_demo
    assert Tally.objects.get(ask=petition, state="ME").verified == 1
    kept = [
        key.split(":")[:2] for key in Delivery.objects.order_by("id").values_list("key", flat=True)
    ]
    assert kept == [["confirm", str(action.pk)], ["receipt", str(action.pk)]]


def test_somebody_real_loses_what_they_did_in_it_and_keeps_the_rest(demo):
    tried = confirm(act(ask("ratify-the-convention")))
    real = confirm(act(build.ask("petition")))

    removing.remove()

    assert Action.objects.get() == real
    assert Supporter.objects.get() == tried.supporter
    assert not Delivery.objects.filter(key__endswith=f":{tried.pk}").exists()


def test_somebody_who_only_tried_it_out_goes_with_it(demo):
    act(ask("ratify-the-convention"))
    removing.remove()
    assert not Supporter.objects.exists()


def test_a_subscriber_of_ones_own_stays_but_not_the_permission_given_to_a_made_up_organization(
    demo,
):
    person = confirm(act(ask("ratify-the-convention"))).supporter
    build_consent = {
        "supporter": person,
        "purpose": "newsletter",
        "granted": True,
        "wording": "News, please.",
    }
    Consent.objects.create(
        **build_consent, campaign=Campaign.objects.get(slug="ratify-the-convention")
    )
    own = Consent.objects.create(**build_consent)

    removing.remove()

    assert Supporter.objects.get() == person
    assert Consent.objects.get() == own


def test_a_real_letter_to_a_made_up_office_goes_and_its_action_stays(demo):
    place = next(
        place
        for place in lookup.find(franklin.SAMPLES[0]).places
        if place.seat.chamber == Chamber.STATE_UPPER
    )
    letter_ask = build.ask("letter")
    action = confirm(act(letter_ask, places=[place]))
    assert action.letters.count() == 1

    removing.remove()

    assert Action.objects.get() == action
    assert not Letter.objects.exists()
    assert not Delivery.objects.exclude(lane="mail").exists()
