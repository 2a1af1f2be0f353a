"""Links in mail open one door each, for a time."""

import uuid
from datetime import timedelta

import pytest

from supporters import links
from tests.clock import signing_at

ID = uuid.UUID("12345678123456781234567812345678")


@pytest.mark.parametrize("purpose", links.LASTS)
@pytest.mark.parametrize("other", links.LASTS)
def test_a_link_opens_its_own_door_and_no_other(purpose, other):
    token = links.make(purpose, ID)
    if purpose == other:
        assert links.read(purpose, token) == ID
    else:
        with pytest.raises(links.BadLink):
            links.read(other, token)


def test_a_link_with_one_changed_letter_is_no_link():
    token = links.make("confirm", ID)
    for place, letter in enumerate(token[:-1]):  # the last base64 digit has spare bits
        changed = token[:place] + ("A" if letter != "A" else "B") + token[place + 1 :]
        with pytest.raises(links.BadLink):
            links.read("confirm", changed)


def test_an_old_confirmation_says_whose_it_was():
    token = links.make("confirm", ID)
    late = (links.LASTS["confirm"] + timedelta(minutes=1)).total_seconds()

    with signing_at(late), pytest.raises(links.StaleLink) as stale:
        links.read("confirm", token)
    assert stale.value.public_id == ID
