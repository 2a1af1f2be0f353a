"""What a form says to somebody whose answer cannot be: in our words, of what is in front of them."""

import pytest

from tests.actions.browsing import ACT, send

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("age", ["-3", "200", "", "many"])
def test_an_age_that_cannot_be_is_answered_in_our_words(client, petition, age):
    answer = send(client, client.get(ACT), step="address", zip="00001", age=age)

    assert answer.status_code == 422
    assert "Type your age in years, such as 34." in answer.content.decode()


def test_a_petition_speaks_of_no_legislators(client, petition):
    answer = send(client, client.get(ACT), step="address", zip="", age="34")

    assert answer.status_code == 422
    assert "legislator" not in answer.content.decode()


def test_a_letter_without_a_word_is_told_where_to_write_one(client, letter_ask, whole_zip):
    page = send(client, client.get(ACT), step="address", zip="00001", age="34")
    answer = send(client, page, step="write", statement="", own_words="")

    assert "Write a line, here or in your own words." in answer.content.decode()
