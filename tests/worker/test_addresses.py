"""An address found dead is known as such, however it is written, until a person says otherwise."""

import pytest

from worker.inbound import addresses

pytestmark = pytest.mark.django_db


def test_an_address_is_dead_from_the_first_word_until_it_is_revived():
    assert addresses.condemn("Ada@House.example", because="550 5.1.1 no such user")
    assert not addresses.condemn("ada@house.example", because="again")

    assert addresses.dead(["ADA@house.example", "bo@house.example"]) == {"ada@house.example"}

    assert addresses.revive("ada@house.example")
    assert not addresses.revive("ada@house.example")
    assert addresses.dead(["ada@house.example"]) == set()
