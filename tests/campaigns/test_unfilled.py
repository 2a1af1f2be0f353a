"""What is left of a sentence whose merge fields stand for nothing."""

import re

import pytest

from campaigns import merge_fields
from campaigns.unfilled import leave_out

EVERYTHING = frozenset(merge_fields.FIELDS)
HOME = "I live in {city}, in your district {district}."
CASA = "Vivo en {city}, en su distrito {district}."
CALL = "I live in {city}, {zip}, and {title} {legislator} represents me."

PHRASES = [
    (HOME, "district", "I live in {city}."),
    (HOME, "city", "I live in your district {district}."),
    ("Please open the playgrounds of {city}, {title} {legislator}.", "city legislator",
     "Please open the playgrounds."),
    ("Families in {city} need playgrounds.", "city", "Families need playgrounds."),
    ("As a parent in {city}, I ask you, {title} {legislator}, to vote.", "city legislator",
     "As a parent, I ask you to vote."),
    ("As a {city} parent I ask you to vote.", "city", "As a parent I ask you to vote."),
    ("I am your constituent in the {district} district.", "district", "I am your constituent."),
    ("I am your constituent (district {district}) and I vote.", "district",
     "I am your constituent and I vote."),
    ("In {city}, playgrounds are closed.", "city", "Playgrounds are closed."),
    ("Our town, {city}, needs you.", "city", "Our town needs you."),
    ("My children play in {city}’s parks.", "city", "My children play in parks."),
    ("I bought a house in {city}.", "city", "I bought a house."),
    ("Hello, {title} {legislator}, I am calling.", "legislator", "Hello, I am calling."),
    ("{title} {legislator}, please vote yes.", "legislator", "Please vote yes."),
    ("I live in {city}, {zip}.", "city", "I live in {zip}."),
    ("I live in {city}, {zip}.", "zip", "I live in {city}."),
    ("Playgrounds in district {district}", "district", "Playgrounds"),
    ("{first_name} {last_name}\n{city}\n{zip}", "city", "{first_name} {last_name}\n{zip}"),
    (CASA, "district", "Vivo en {city}."),
    (CASA, "city", "Vivo en su distrito {district}."),
    ("Le escribo desde {city} para pedirle su voto.", "city", "Le escribo para pedirle su voto."),
    ("Como residente de {city}, le pido, {title} {legislator}, que vote.", "city legislator",
     "Como residente, le pido que vote."),
    ("Los padres del distrito {district} le piden que actúe.", "district",
     "Los padres le piden que actúe."),
    ("¿Sabe que en {city} faltan parques?", "city", "¿Sabe que faltan parques?"),
    ("Gracias, {title} {legislator}, por su tiempo.", "legislator", "Gracias, por su tiempo."),
]  # fmt: skip
CLAUSES = [
    ("I live in {city}, and I am writing to ask for your vote.", "city",
     "I am writing to ask for your vote."),
    ("I live in {city} {zip} and I vote.", "city zip", "I vote."),
    ("I live in {city}, so please vote yes.", "city", "Please vote yes."),
    ("I am a parent of three and I live in {city}.", "city", "I am a parent of three."),
    ("I am {first_name} {last_name}, and I live in {city}, in your district {district}.",
     "city district", "I am {first_name} {last_name}."),
    (CALL, "city zip", "{title} {legislator} represents me."),
    ("Soy de {city} y le pido que vote.", "city", "Le pido que vote."),
    ("Me llamo {first_name} {last_name} y vivo en {city}.", "city",
     "Me llamo {first_name} {last_name}."),
    ("Vivo cerca de la ciudad de {city} y le pido su voto.", "city", "Le pido su voto."),
]  # fmt: skip
SENTENCES = [
    (HOME, "city district"),
    (CASA, "city district"),
    ("My ZIP code is {zip}.", "zip"),
    ("{city} needs playgrounds.", "city"),
    ("The town of {city} needs playgrounds.", "city"),
    ("I live in {city} and work at the school.", "city"),
    ("I live in {city}, where the playgrounds are closed.", "city"),
    ("My family and I live in {city}.", "city"),
    ("Please support {bill}.", "bill"),
    ("For district {district}", "district"),
    ("“I live in {city}.”", "city"),
    ("Dear {title} {legislator},", "legislator"),
]


@pytest.mark.parametrize(("text", "unfilled", "left"), [*PHRASES, *CLAUSES])
def test_a_phrase_or_a_clause_goes_with_its_punctuation(text, unfilled, left):
    assert leave_out(text, frozenset(unfilled.split())) == left


@pytest.mark.parametrize(("text", "unfilled"), SENTENCES)
def test_a_sentence_that_is_nothing_else_goes_whole_and_its_neighbours_stay(text, unfilled):
    gone = frozenset(unfilled.split())

    assert leave_out(text, gone) == ""
    assert leave_out(f"Thank you. {text} Please act.", gone) == "Thank you. Please act."
    assert leave_out(f"Thank you.\n\n{text}\n\nPlease act.", gone) == ("Thank you.\n\nPlease act.")


@pytest.mark.parametrize("text", [row[0] for row in [*PHRASES, *CLAUSES, *SENTENCES]])
def test_with_nothing_known_no_brace_stays_and_nothing_hangs(text):
    left = leave_out(text, EVERYTHING)

    assert "{" not in left
    assert not re.search(r"\s[,.;]|,,|, ?\.|\(\)|  |^[,;a-z]|\b(in|of|en|de|and|y)[.,]?$", left)


@pytest.mark.parametrize("text", [row[0] for row in [*PHRASES, *CLAUSES, *SENTENCES]])
def test_where_everything_is_known_nothing_is_touched(text):
    odd = f"  {text}\n\n\n {text} \n"

    assert leave_out(odd, frozenset()) == odd
    assert leave_out(f"{odd}\n\nIn {{{{city}}}}.", frozenset()) == f"{odd}\n\nIn {{{{city}}}}."


def test_abbreviations_end_no_sentence():
    text = "I know H.B. 12 and Sen. Okoro from {city}. I vote."

    assert leave_out(text, {"city"}) == "I know H.B. 12 and Sen. Okoro. I vote."


def test_items_of_a_list_go_one_by_one():
    assert leave_out("- I live in {city}\n- I vote\n- I ask", {"city"}) == "- I vote\n- I ask"
