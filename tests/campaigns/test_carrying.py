"""A campaign again: cloned whole, or carried to another state with its lineage."""

import pytest
from django.apps import apps

from accounts.models import AuditEntry
from campaigns import petitions, targeting
from campaigns.bills.attaching import attach
from campaigns.carrying.carry import SameState, carry, home_of
from campaigns.carrying.copying import SIDES, clone
from campaigns.carrying.leftovers import confirm, leftovers
from campaigns.carrying.lineage import lineage
from campaigns.models import Ask, Bill, Campaign, SeatRule, TargetRule
from campaigns.preflight import preflight
from tests import build
from tests.campaigns.bills import bill

pytestmark = pytest.mark.django_db
# What a copy has, by the name of the table; and what stays with whoever acted or looked.
COPIED = {"CampaignWords", "Ask", "AskWords", "PetitionText", "TargetRule", "LetterVersion"}
COPIED |= {"CampaignBill", "Question"}
STAYS = {"Change", "Ending", "PreviewLink", "Tally", "Breakdown", "Carry", "TargetsSeen"}
STAYS |= {"TargetTurnover"}
COPIED |= {"Picture"}
# What a clock does to one campaign, it does not do to its copy unasked.
STAYS |= {"Schedule"}
# Who may see a campaign's supporters is decided for each campaign.
STAYS |= {"Partnership"}


@pytest.fixture
def ana():
    return build.user("organizer", email="ana@example.org")


@pytest.fixture
def maryland():
    """A won campaign of Maryland: two chambers, a named seat, a letter in two versions."""
    campaign = build.campaign(state="won", goal=700, topic="Families", asks_age=False)
    english = campaign.words.get()
    english.title, english.summary = "Maryland: open the playgrounds", "A Maryland family waits."
    english.story = "Virginia Maryland wrote. See https://mgaleg.maryland.gov/hb9 on HB 9."
    english.closing_message = "Won!"
    english.save()
    campaign.words.create(
        language="es", title="Maryland: abran los parques", summary="s", story="x"
    )
    letter = build.ask(
        campaign=campaign,
        letter_subject="Delegates of Maryland",
        letter_body="Dear {title}: vote for {bill}, as Delegate Smith did.",
    )
    sides = {"states": ["MD"], "parties": ["Democratic"]}
    letter.versions.create(name="Thanks", subject="House of Delegates", body="Thank you", **sides)
    petition = build.ask("petition", campaign=campaign)
    petitions.revise(petition, "en", "We in Maryland.")
    petitions.revise(petition, "en", "We in Maryland ask.")
    lower, upper = (build.seat(f"state_{side}", state="MD") for side in ("lower", "upper"))
    for seat, name in ((lower, "Ada Smith"), (upper, "Bo Diaz")):
        build.term(seat, build.legislator(name))
    build.rule(letter, states=["MD"], chambers=["state_lower"])
    letter.rules.create(seats=[lower.pk], excludes=True)
    attach(campaign, bill("HB 9", jurisdiction="MD"))
    attach(campaign, bill("H.R. 5", jurisdiction="US"))
    return campaign


@pytest.fixture
def delaware():
    seats = [build.seat(f"state_{side}", state="DE", title="x") for side in ("lower", "upper")]
    for seat in seats:
        build.term(seat, party="Republican")
    type(seats[0]).objects.filter(pk=seats[0].pk).update(title="Representative")
    type(seats[1]).objects.filter(pk=seats[1].pk).update(title="Senator")
    return seats


def test_a_clone_has_everything_but_what_people_did(maryland, ana):
    made = clone(maryland, author=ana, title="The same again")

    assert (made.slug, made.state, made.goal, made.topic) == (
        "the-same-again",
        "draft",
        700,
        "Families",
    )
    assert made.asks_age  # switching it off is an administrator's
    assert made.words.get(language="en").title == "The same again"
    assert made.words.get(language="en").closing_message == ""
    assert made.words.get(language="es").title == "Maryland: abran los parques"
    assert [one.identifier for one in Bill.objects.of_campaign(made.pk)] == ["HB 9", "H.R. 5"]
    letter, petition = made.asks.all()
    assert letter.letter_body == maryland.asks.first().letter_body
    assert letter.versions.get().name == "Thanks"
    assert letter.rules.count() == 2
    text = petition.petition_texts.get()
    assert (text.version, text.text) == (1, "We in Maryland ask.")
    assert AuditEntry.objects.filter(deed="campaign.clone", actor=ana.email).exists()


def test_every_table_of_a_campaign_is_copied_or_stays_by_decision():
    tables = {
        model.__name__
        for model in apps.get_app_config("campaigns").get_models()
        for field in model._meta.fields
        if field.related_model in (Campaign, Ask) and model is not Campaign
    }
    assert tables == COPIED | STAYS
    sides = {field.name for field in SeatRule._meta.get_fields()}
    assert set(SIDES) == sides
    assert {f.name for f in TargetRule._meta.fields} - sides == {"id", "ask", "excludes"}


def test_it_speaks_the_other_state_s_words_and_says_which(maryland, delaware, ana):
    made = carry(maryland, "DE", from_state="MD", author=ana, identifier="HB 30")

    english, spanish = made.words.get(language="en"), made.words.get(language="es")
    assert english.title == "Delaware: open the playgrounds"
    assert english.summary == "A Delaware family waits."
    assert english.story == "Virginia Maryland wrote. See https://mgaleg.maryland.gov/hb9 on HB 30."
    assert spanish.title == "Delaware: abran los parques"
    letter = made.asks.get(kind="letter")
    assert letter.letter_subject == "Representatives of Delaware"
    assert letter.letter_body == "Dear {title}: vote for {bill}, as Delegate Smith did."
    assert made.asks.get(kind="petition").petition_texts.get().text == "We in Delaware ask."
    assert [one.identifier for one in Bill.objects.of_campaign(made.pk)] == ["HB 30", "H.R. 5"]
    assert made.first_bill.jurisdiction == "DE"
    assert {
        "place": "ask:1:letter",
        "old": "Delegates",
        "new": "Representatives",
        "around": "Delegates of Maryland",
    } in made.carry.swaps


def test_its_targets_are_the_other_state_s_and_what_is_not_there_is_said(maryland, delaware, ana):
    made = carry(maryland, "DE", from_state="MD", author=ana)
    letter = made.asks.get(kind="letter")

    assert list(targeting.seats(letter)) == [delaware[0]]
    assert not letter.versions.exists()  # Democrats only, and none sits there
    left_out = " ".join(made.carry.left_out)
    assert "Ada Smith, House District 1 is a seat of Maryland." in left_out
    assert "Democratic: nobody of that party sits there in Delaware." in left_out
    assert "MD HB 9 stays" in left_out


def test_it_does_not_go_live_with_leftovers_unless_somebody_means_them(maryland, delaware, ana):
    made = carry(maryland, "DE", from_state="MD", author=ana)

    def refused():
        return [one.label for one in preflight(made) if "came from" in one.label and not one.ok]

    found = {one.what for one in leftovers(made)}
    assert found == {"Maryland", "maryland", "Delegate", "HB 9"}
    assert len(refused()) == len(leftovers(made))

    confirm(made, [one.key for one in leftovers(made)], author=ana)
    assert not refused()
    # What is written later was not meant then.
    made.words.filter(language="en").update(summary="In Maryland, or Annapolis, MD.")
    assert {one.what for one in leftovers(made)} == {"Maryland", "Annapolis", "MD"}
    assert not leftovers(maryland)


@pytest.mark.parametrize(
    ("to", "before", "after"),
    [
        ("NE", ["state_lower"], ["state_unicameral"]),
        ("NE", ["state_upper", "state_lower", "governor"], ["state_unicameral", "governor"]),
        ("DC", ["state_lower", "us_house"], ["dc_council", "us_house"]),
        ("DE", ["state_lower", "state_unicameral"], ["state_lower"]),
        ("DE", ["state_upper"], ["state_upper"]),
    ],
)
def test_chambers_are_mapped_by_what_they_are(maryland, ana, to, before, after):
    letter = maryland.asks.get(kind="letter")
    letter.rules.all().delete()
    build.rule(letter, states=["MD"], chambers=before)
    for chamber in set(before) - {"state_unicameral", "state_lower", "state_upper"}:
        build.seat(chamber, state="MD")
    made = carry(maryland, to, from_state="MD", author=ana)

    rule = made.asks.get(kind="letter").rules.get()
    assert (rule.states, rule.chambers) == ([to], after)


def test_a_rule_of_which_nothing_is_left_never_means_everybody(maryland, ana):
    letter = maryland.asks.get(kind="letter")
    letter.rules.all().delete()
    build.rule(letter, states=["MD"], chambers=["us_senate"])
    build.seat("us_senate", state="MD")
    made = carry(maryland, "DC", from_state="MD", author=ana)

    assert not made.asks.get(kind="letter").rules.exists()
    assert "District of Columbia has none" in " ".join(made.carry.left_out)


def test_the_lineage_is_public_where_the_other_one_is(client, maryland, delaware, ana):
    made = carry(maryland, "DE", from_state="MD", author=ana)
    build.ask("petition", campaign=maryland)
    url = f"/act/{maryland.slug}/"
    assert lineage(maryland).carried_to == []
    assert [one.campaign for one in lineage(maryland, with_drafts=True).carried_to] == [made]
    assert "elsewhere" not in client.get(url).content.decode()

    Campaign.objects.filter(pk=made.pk).update(state="live")
    assert "It goes on elsewhere:" in client.get(url).content.decode()
    there = client.get(f"/act/{made.slug}/").content.decode()
    assert "It began elsewhere:" in there
    assert f'href="/act/{maryland.slug}/"' in there
    Campaign.objects.filter(pk=maryland.pk).update(state="draft")
    assert "elsewhere" not in client.get(f"/act/{made.slug}/").content.decode()
    assert (made.carry.author, made.carry.from_state) == (ana.email, "MD")


def test_where_it_is_at_home_is_read_from_its_bill_or_its_targets(maryland, ana):
    assert home_of(maryland) == "MD"
    maryland.bill_links.all().delete()
    assert home_of(Campaign.objects.get()) == "MD"
    TargetRule.objects.update(states=["MD", "DE"])
    assert home_of(Campaign.objects.get()) == ""
    with pytest.raises(SameState):
        carry(maryland, "MD", from_state="MD", author=ana)
