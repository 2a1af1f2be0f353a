"""Who represents me?: everybody who speaks for an address, with reasons and ways to reach them; and
from there into a campaign without typing again. Nothing of it is kept.
"""

import html
import re
from unittest.mock import patch

import pytest

from actions.confirm import confirm
from actions.models import Submission
from actions.screening.rates import RATES
from campaigns import targeting
from legislators import lookup
from legislators.models import Contact
from tests import build
from tests.actions.browsing import ACT, ME, Fields, send

pytestmark = pytest.mark.django_db
PAGE = "/representatives/"
HOME = {"street": "1 Elm St", "city": "Polk", "zip": "00001"}


def ask_for(client, **typed):
    return send(client, client.get(PAGE), url=PAGE, step="address", **HOME | typed)


def words(response):
    """What the page says, as a person reads it."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def form_to(response, address):
    """What the form to an address would send."""
    page = response.content.decode()
    return Fields(page[page.index(f'action="{address}#step"') :].split("</form>")[0]).values


@pytest.fixture
def split_zip(letter_ask, whole_zip):
    """ZIP 00001 touches district 8 too, whose seat nobody holds."""
    source = build.source()
    source.covers = [["FK", "state_lower"]]
    source.save()
    other = build.seat(district="8")
    build.zip_district("00001", seat=other)
    return other, source


def test_an_address_is_answered_with_names_parties_telephones_forms_and_the_reason(
    client, letter_ask, whole_zip
):
    page = ask_for(client)
    said = words(page)

    assert page.status_code == 200
    assert "Ada Smith" in said
    assert "Bo Diaz" in said
    assert "State house, Franklin district 7" in said
    assert "Party: Democratic" in said
    assert "ZIP 00001 lies in House District 7" in said
    assert b'href="tel:' in page.content
    assert b'href="https://franklin.example/bo"' in page.content


def test_a_link_that_is_none_of_the_web_is_not_offered(client, letter_ask, whole_zip):
    Contact.objects.filter(kind="form").update(value="javascript:alert(1)")

    assert b"javascript:" not in ask_for(client).content


def test_a_seat_without_a_holder_says_why(client, split_zip):
    other, source = split_zip
    chosen = send(
        client, ask_for(client), url=PAGE, step="choose", choice_state_lower=other.division
    )
    assert "Nobody holds this seat at the moment" in words(chosen)

    source.covers = []
    source.save()
    chosen = send(
        client, ask_for(client), url=PAGE, step="choose", choice_state_lower=other.division
    )
    assert "No roster that we have says who holds this office" in words(chosen)


def test_where_the_zip_is_split_the_person_chooses_or_says_that_they_are_not_sure(
    client, split_zip
):
    page = ask_for(client)
    assert "Your ZIP touches more than one district. Which is yours?" in words(page)

    nothing = send(client, page, url=PAGE, step="choose")
    assert nothing.status_code == 422
    assert "Choose yours, or say that you're not sure." in words(nothing)

    unsure = send(client, page, url=PAGE, step="choose", choice_state_lower="not-sure")
    assert unsure.status_code == 200
    assert "One of these districts is yours" in words(unsure)
    assert "Ada Smith" in words(unsure)


def test_mistakes_stand_beside_their_field_and_nothing_typed_is_lost(client, letter_ask):
    wrong = ask_for(client, zip="1234")
    assert wrong.status_code == 422
    assert "A ZIP code has five digits." in words(wrong)
    assert Fields(wrong.content.decode()).values["street"] == "1 Elm St"

    unknown = ask_for(client, zip="99999")
    assert unknown.status_code == 422
    assert "We do not know ZIP 99999." in words(unknown)
    assert (
        Fields(unknown.content.decode()).values | HOME | {"zip": "99999"}
        == Fields(unknown.content.decode()).values
    )
    assert b'name="state"' in unknown.content


def test_a_lookup_that_fails_gives_the_address_back(client, letter_ask):
    with patch.object(lookup, "find", side_effect=lookup.LookupUnavailable):
        page = ask_for(client)

    assert page.status_code == 503
    assert Fields(page.content.decode()).values["street"] == "1 Elm St"


def test_the_question_is_everybody_s_and_an_answer_is_kept_by_nobody(client, letter_ask, whole_zip):
    question, answer = client.get(PAGE), ask_for(client)

    assert "public" in question["Cache-Control"]
    assert "no-store" in answer["Cache-Control"]
    assert client.cookies == {}
    assert b'name="age"' not in question.content
    assert b"noindex" in answer.content
    for page in (question, answer):
        links = re.findall(r'(?:href|action|src)="([^"]*)"', page.content.decode())
        assert not [link for link in links if "Elm" in link or "00001" in link]


def test_the_lookup_rate_counts_here_too(client, letter_ask, monkeypatch):
    monkeypatch.setitem(RATES, "lookup", "2/h")
    answers = [ask_for(client) for _ in range(3)]

    assert [answer.status_code for answer in answers][-1] == 429
    assert Fields(answers[-1].content.decode()).values["street"] == "1 Elm St"


def test_another_site_cannot_ask(client, letter_ask):
    foreign = client.post(PAGE, HOME, headers={"sec-fetch-site": "cross-site"})

    assert foreign.status_code == 403


def test_only_live_campaigns_that_address_these_seats_are_offered(client, letter_ask, whole_zip):
    for slug, state, chamber in [
        ("governors", "live", "governor"),
        ("drafted", "draft", "state_lower"),
        ("ended", "closed", "state_lower"),
    ]:
        other = build.ask("letter", campaign=build.campaign(slug, state=state))
        build.rule(other, states=["FK"], chambers=[chamber])
    call = build.ask("call", campaign=letter_ask.campaign)
    build.rule(call, states=["FK"], chambers=["state_lower"])
    build.ask("petition", campaign=letter_ask.campaign)

    page = ask_for(client).content.decode()

    assert re.findall(r'action="(/act/[^"#]*)', page) == [ACT, f"{ACT}2/"]


def test_the_campaigns_cost_one_query_more_however_many(
    client, letter_ask, whole_zip, django_assert_max_num_queries
):
    ask_for(client)
    for number in range(6):
        other = build.ask("letter", campaign=build.campaign(f"more-{number}"))
        build.rule(other, states=["FK"], chambers=["state_lower"])

    with django_assert_max_num_queries(20):
        page = client.post(PAGE, HOME | {"step": "address"})
    assert page.content.count(b"/act/more-") == 6


def test_the_address_goes_along_into_the_campaign_and_only_the_age_is_still_asked(
    client, letter_ask, whole_zip
):
    begun = client.post(ACT, form_to(ask_for(client), ACT) | {"step": "begin"})
    filled = Fields(begun.content.decode()).values

    assert begun.status_code == 200
    assert "no-store" in begun["Cache-Control"]
    assert HOME.items() <= filled.items()
    assert b"data-errors" not in begun.content
    assert b"own_words" in send(client, begun, step="address", age="34").content


def test_a_campaign_that_asks_no_age_goes_straight_to_the_words(client, letter_ask, whole_zip):
    letter_ask.campaign.asks_age = False
    letter_ask.campaign.save()
    begun = client.post(ACT, form_to(ask_for(client), ACT) | {"step": "begin"})

    assert b"own_words" in begun.content


def test_a_district_that_was_chosen_goes_along_and_is_noted_as_their_choice(
    client, split_zip, letter_ask, no_hurry
):
    mine = letter_ask_division(letter_ask)
    chosen = send(client, ask_for(client), url=PAGE, step="choose", choice_state_lower=mine)
    begun = client.post(ACT, form_to(chosen, ACT) | {"step": "begin"})
    written = send(client, begun, step="address", age="34")
    send(client, written, step="write", **ME)

    action = confirm(Submission.objects.get())
    assert action.chosen_by_person
    assert {letter.holder_name for letter in action.letters.all()} == {"Ada Smith", "Bo Diaz"}


def test_a_choice_made_for_one_address_is_not_kept_for_another(client, split_zip, letter_ask):
    mine = letter_ask_division(letter_ask)
    chosen = send(client, ask_for(client), url=PAGE, step="choose", choice_state_lower=mine)
    begun = client.post(ACT, form_to(chosen, ACT) | {"step": "begin"})
    moved = send(client, begun, step="address", age="34", street="9 Oak St")

    assert "Which is yours?" in words(moved)


def letter_ask_division(ask):
    return targeting.seats(ask).filter(district="7").first().division


def test_it_is_linked_from_every_public_page(client, letter_ask):
    for address in ("/", ACT, "/newsletter/"):
        assert f'href="{PAGE}"' in client.get(address).content.decode()
    assert 'href="/es/representatives/"' in client.get("/es/").content.decode()
