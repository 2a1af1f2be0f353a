"""An address found dead is known as such, however it is written, until a person says otherwise."""

import pytest

from worker.inbound import dead_addresses

pytestmark = pytest.mark.django_db


def test_an_address_is_dead_from_the_first_word_until_it_is_revived():
    assert dead_addresses.declare_dead("Ada@House.example", because="550 5.1.1 no such user")
    assert not dead_addresses.declare_dead("ada@house.example", because="again")

    assert dead_addresses.dead_among(["ADA@house.example", "bo@house.example"]) == {
        "ada@house.example"
    }

    assert dead_addresses.revive("ada@house.example")
    assert not dead_addresses.revive("ada@house.example")
    assert dead_addresses.dead_among(["ada@house.example"]) == set()
