"""One state's words for another's: which are swapped, which are left, and what is never touched."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.carrying.swapping import swap
from campaigns.carrying.terms import not_ours, terms
from legislators.state_words import words_of
from legislators.states import STATES

pytestmark = pytest.mark.django_db


def said(text, old="MD", new="DE", language="en"):
    before, after = words_of(old), words_of(new)
    return swap(
        text,
        terms(before, after, language),
        others=not_ours(before, after, language),
        language=language,
    )


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("MD", "DE", "Maryland's House of Delegates", "Delaware's House of Representatives"),
        ("MD", "CA", "the Maryland General Assembly", "the California Legislature"),
        ("MD", "CA", "Ask your Delegates, and one delegate", "Ask your Assembly Members, and one "
         "assembly member"),
        ("CA", "VA", "The State Assembly and its Assemblymembers", "The House of Delegates and its "
         "Delegates"),
        ("NJ", "CT", "the General Assembly, then the Legislature", "the House of Representatives, "
         "then the General Assembly"),
        ("MD", "NJ", "the House of Delegates; the General Assembly", "the General Assembly; the "
         "Legislature"),
        ("MD", "NE", "the Senate and the House of Delegates: Delegates", "the Legislature and the "
         "Legislature: Senators"),
        ("MD", "DC", "families in Maryland; a Delegate", "families in the District of Columbia; a "
         "Councilmember"),
        ("MD", "OH", "a Maryland family, A Marylander", "an Ohio family, An Ohioan"),
        ("OH", "MD", "an Ohio family", "a Maryland family"),
        ("VA", "WV", "Virginia and West Virginia", "West Virginia and West Virginia"),
        ("WV", "VA", "West Virginia and Virginia", "Virginia and Virginia"),
        ("AR", "KS", "Arkansas, not Kansas", "Kansas, not Kansas"),
        ("MD", "DE", "MARYLAND", "DELAWARE"),
        ("MA", "NH", "the General Court of Massachusetts", "the General Court of New Hampshire"),
    ],
)  # fmt: skip
def test_a_state_s_own_words_are_swapped(old, new, before, after):
    assert said(before, old, new).text == after


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("MD", "NY", "la Cámara de Delegados de Maryland", "la Asamblea Estatal de Nueva York"),
        ("NY", "MD", "Nueva York: un asambleísta", "Maryland: un delegado"),
        ("MD", "CA", "la Asamblea General", "la Legislatura"),
        ("MD", "DC", "a la Asamblea General, de la Asamblea General", "al Concejo, del Concejo"),
        ("MD", "OH", "Escribe a Maryland", "Escribe a Ohio"),
    ],
)
def test_spanish_words_stay_spanish(old, new, before, after):
    assert said(before, old, new, "es").text == after


@pytest.mark.parametrize(
    ("old", "text"),
    [
        ("VA", "Virginia Smith and Nora Virginia"),
        ("WA", "George Washington, Washington Irving"),
        ("MD", "Delegate Smith and Delegates Diaz"),
        ("MD", "Read https://mgaleg.maryland.gov/Maryland and [here](/Maryland/kids)."),
        ("MD", "Mail kids@maryland.gov or #Maryland, see marylandkids.org"),
        ("NY", "New York City"),
        ("MD", "maryland"),
        ("MD", "In Annapolis"),
    ],
)
def test_names_towns_and_addresses_are_left_and_pointed_out(old, text):
    done = said(text, old)

    assert done.text == text
    assert done.left
    assert not done.swaps


def test_a_title_that_both_states_have_is_no_chamber():
    done = said("Assembly Member Ada Smith, of the Assembly, and Assembly Members.", "NV", "NJ")

    assert done.text == (
        "Assembly Member Ada Smith, of the General Assembly, and Assembly Members."
    )


@pytest.mark.parametrize(
    ("old", "text"),
    [
        ("WA", "in Washington, D.C."),
        ("DE", "your representatives in the U.S. House of Representatives"),
        ("DE", "U.S. Representative Ada Smith"),
        ("CA", "an assembly of the legislature"),
        ("MD", "{state} and {title} {legislator}"),
    ],
)
def test_what_is_the_nation_s_or_anybody_s_is_nobody_s_leftover(old, text):
    done = said(text, old, "MD" if old != "MD" else "DE")

    assert (done.text, done.left, done.swaps) == (text, [], [])


CODES = st.sampled_from([code for code, state in STATES.items() if state.is_state])
NAMES = st.from_regex(r"[A-Z][a-z]{2,8}", fullmatch=True)


@settings(max_examples=25)
@given(CODES, CODES, NAMES, st.sampled_from(["en", "es"]))
def test_whatever_the_states_a_link_and_a_person_stay_as_they_are(old, new, name, language):
    words = words_of(old)
    link = f"https://{words.name.replace(' ', '').lower()}.example/{words.name.replace(' ', '-')}"
    text = f"{name}berg {words.name} wrote. See {link} now, or {words.lower_title} {name}berg."

    assert said(text, old, new, language).text == text


@settings(max_examples=25)
@given(CODES, CODES)
def test_every_swap_is_listed_and_nothing_else_changes(old, new):
    words = words_of(old)
    house = words.lower_house[0] if words.lower_house else "Senate"
    text = f"We in {words.name} ask the {house} and the {words.legislature}."
    done = said(text, old, new)

    undone, rest = "", done.text
    for one in done.swaps:
        head, found, rest = rest.partition(one.new)
        assert found
        undone += head + one.old
    assert undone + rest == text
    assert (words.name in done.text) == (old == new or words.name in words_of(new).name)
