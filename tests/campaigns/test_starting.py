import pytest

from campaigns import merge_fields, ordering, starting, targeting
from campaigns.models import Campaign
from campaigns.starters import STARTERS
from tests import build

pytestmark = pytest.mark.django_db


def begin(starter="state-bill", **changes):
    given = {
        "issue": build.issue(f"issue-{Campaign.objects.count()}"),
        "title": "Open the playgrounds",
        "author": build.user("organizer"),
    }
    return starting.begin(starter=starter, **(given | changes))


@pytest.mark.parametrize("starter", STARTERS)
def test_every_starter_makes_a_draft_with_asks_and_only_known_merge_fields(starter):
    campaign = begin(starter, states=["MD"], bill="SB 17", stance="pro")

    assert campaign.state == "draft"
    assert not campaign.is_demo
    assert campaign.asks.exists()
    assert not merge_fields.unknown_fields(
        "".join(ask.letter_subject + ask.letter_body for ask in campaign.asks.all())
    )


def test_a_state_bill_writes_to_the_chosen_states_legislature():
    letter = begin(states=["MD"]).asks.get(kind="letter")
    for chamber in ("state_lower", "state_upper", "us_house"):
        build.seat(chamber, state="MD")
    build.seat("state_lower", state="FK")

    assert letter.rules.get().states == ["MD"]
    assert {seat.chamber for seat in targeting.seats(letter)} == {"state_lower", "state_upper"}


def test_opposing_a_bill_asks_to_vote_against_it():
    letter = begin(bill="SB 17", stance="con").asks.get(kind="letter")

    assert letter.letter_subject == "Please oppose {bill}"
    assert "vote against {bill}" in letter.letter_body


def test_two_campaigns_of_one_title_get_two_addresses():
    assert [begin().slug, begin().slug, begin().slug] == [
        "open-the-playgrounds",
        "open-the-playgrounds-2",
        "open-the-playgrounds-3",
    ]


def test_moving_an_ask_swaps_it_with_its_neighbour_and_stops_at_the_ends():
    campaign = build.campaign()
    first, second, third = (
        build.ask(kind, campaign=campaign) for kind in ("petition", "letter", "call")
    )

    ordering.raise_up(third)
    ordering.raise_up(first)

    assert list(campaign.asks.all()) == [first, third, second]
    assert [ask.position for ask in campaign.asks.all()] == [1, 2, 3]


def test_two_organizers_ordering_and_adding_from_old_pages_lose_no_ask():
    campaign = build.campaign()
    first, second = build.ask("petition", campaign=campaign), build.ask("letter", campaign=campaign)
    old_page = Campaign.objects.get(pk=campaign.pk)
    added = starting.add(campaign, "call")

    ordering.lower_down(first)
    also_added = starting.add(old_page, "letter")

    assert list(campaign.asks.all()) == [second, first, added, also_added]
    assert [ask.position for ask in campaign.asks.all()] == [1, 2, 3, 4]


def test_removing_an_ask_closes_the_ranks():
    campaign = build.campaign()
    first, second = build.ask("petition", campaign=campaign), build.ask("letter", campaign=campaign)

    ordering.remove(first)

    second.refresh_from_db()
    assert second.position == 1


def test_a_long_title_is_cut_between_words_and_reserved_addresses_are_left_alone():
    title = "Paid family leave for every Franklin family, at last and for good"
    assert begin(title=title).slug == "paid-family-leave-for-every-franklin-family-at"
    assert begin(title="New").slug == "new-2"
    assert begin(title="!!!").slug == "campaign"


def test_a_starter_reads_well_before_the_organization_has_told_its_name():
    campaign = begin()
    said = [starting.starter_words(campaign, language)["consent"] for language in ("en", "es")]
    assert said[0].startswith("Yes, this organization may send me news")
    assert said[1].startswith("Sí, esta organización puede enviarme noticias")
