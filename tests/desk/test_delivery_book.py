"""What is brought along to an office: who wrote, in numbers that single nobody out, and words that
their writers let us show.
"""

import io

import pikepdf
import pytest

from accounts.models import AuditEntry
from actions.models import Letter
from actions.recount import recount
from campaigns.daily_totals import publishing
from desk.delivery_book import counting, samples
from supporters import consent
from supporters.models import Consent
from tests import build
from tests.desk import rows

pytestmark = pytest.mark.django_db
YES = "You may show my own words."


@pytest.fixture
def seat():
    seat = build.seat()
    build.term(seat)
    return seat


@pytest.fixture
def ask():
    return build.ask(campaign=build.campaign(asks_for_samples=True))


@pytest.fixture
def desk(client):
    client.force_login(build.user("exporter", "staff"))
    return client


def wrote(ask, seat, *, own_words="", allows=False, city="Larkhaven", **person):
    who = rows.person(city=city, state="FK", **person)
    action = rows.action(ask, who, own_words=own_words)
    Letter.objects.create(action=action, seat=seat, route="email")
    if allows:
        consent.grant(who, Consent.Purpose.SAMPLE_TEXT, YES)
    return action


def page_of(ask, seat):
    return f"/desk/campaigns/{ask.campaign.slug}/book/{seat.pk}/"


def words_in(pdf):
    """Only whether it is a whole PDF/A with this many pages; its text is read by eye."""
    with pikepdf.open(io.BytesIO(pdf)) as found:
        return len(found.pages), str(found.docinfo["/Title"])


def test_it_counts_grown_people_whose_mailbox_answered_once_and_no_town_of_fewer_than_five(
    desk, ask, seat
):
    for _ in range(6):
        wrote(ask, seat, city="larkhaven ")
    twice = wrote(ask, seat, own_words="My son plays there.")
    other = build.ask(campaign=ask.campaign, position=2)
    again = rows.action(other, twice.supporter)
    Letter.objects.create(action=again, seat=seat, route="email")
    for _ in range(5):
        wrote(ask, seat, city="Middling")
    wrote(ask, seat, city="Smallville")
    wrote(ask, seat, is_minor=True)
    wrote(ask, seat, proven_at=None)
    wrote(build.ask(campaign=build.campaign("another")), seat)
    wrote(ask, build.seat(district="2"))
    withdrawn = wrote(ask, seat)
    withdrawn.state = "withdrawn"
    withdrawn.save()

    book = counting.book_of(seat, ask.campaign)

    assert (book.people, book.own_words, book.young) == (13, 1, 2)
    # Smallville alone would follow from the sum: Middling stands with it.
    assert book.towns == counting.Towns([("Larkhaven, FK", 7)], 6)
    shown = desk.get(page_of(ask, seat)).content.decode()
    assert "Larkhaven, FK" in shown
    assert not {"Smallville", "Middling", "Nora"} & set(shown.replace(",", " ").split())


@pytest.mark.parametrize(
    ("counts", "named", "others"),
    [
        ({"A": 5, "B": 4, "C": 2}, [("A", 5)], 6),
        ({"A": 9, "B": 5, "C": 1}, [("A", 9)], 6),
        ({"A": 3}, [], None),
        ({"A": 5}, [("A", 5)], 0),
        ({}, [], 0),
        ({"": 7, "A": 6}, [("A", 6)], 7),
    ],
)
def test_no_number_below_five_is_told_of_a_town_or_follows(counts, named, others):
    assert counting.told(counts) == counting.Towns(named, others)


def test_only_words_whose_writer_still_allows_it_are_offered_and_only_ticked_ones_are_printed(
    desk, ask, seat
):
    shown = wrote(ask, seat, own_words="My daughter is seven.", allows=True, given_name="Ana")
    wrote(ask, seat, own_words="Not asked.")
    wrote(ask, seat, own_words="Young.", allows=True, is_minor=True)
    wrote(ask, seat, own_words="Not proven.", allows=True, proven_at=None)
    wrote(ask, seat, own_words="", allows=True)
    ended = wrote(ask, seat, own_words="Ended.", allows=True)
    consent.end(ended.supporter, Consent.Purpose.SAMPLE_TEXT)
    elsewhere = wrote(ask, build.seat(district="2"), own_words="Another office.", allows=True)

    offered = samples.offered(seat, ask.campaign)
    assert [(each.words, each.signed) for each in offered] == [
        ("My daughter is seven.", "Ana, Larkhaven, FK")
    ]
    keys = [shown.public_id.hex, ended.public_id.hex, elsewhere.public_id.hex, "nothing"]
    assert [each.words for each in samples.chosen(seat, ask.campaign, keys)] == [
        "My daughter is seven."
    ]

    publishing.publish()
    answer = desk.post(page_of(ask, seat) + "pdf/", {"sample": keys})
    assert answer["Content-Type"] == "application/pdf"
    assert words_in(answer.content) == (1, "Open the playgrounds")
    taken = AuditEntry.objects.get(deed="delivery book taken")
    assert taken.detail == {"seat": seat.pk, "sample_texts": 1}


def test_a_seat_that_the_campaign_never_wrote_to_has_no_book(desk, ask, seat):
    assert desk.get(page_of(ask, seat)).status_code == 404
    assert desk.post(page_of(ask, seat) + "pdf/").status_code == 404


def test_a_petition_has_a_sheet_to_hand_over_without_names(desk):
    ask = build.ask("petition")
    rows.action(ask, rows.person(given_name="Ana", city="Larkhaven", state="FK"))

    answer = desk.get(f"/desk/petitions/{ask.pk}/cover.pdf")
    assert words_in(answer.content) == (1, "Open the playgrounds")


def test_the_offices_that_were_written_to_most_come_first(desk, ask, seat):
    other = build.seat(district="2")
    for _ in range(2):
        wrote(ask, other)
    wrote(ask, seat)
    recount()

    page = desk.get(f"/desk/campaigns/{ask.campaign.slug}/book/").content.decode()
    assert 0 < page.index(f"book/{other.pk}/") < page.index(f"book/{seat.pk}/")
