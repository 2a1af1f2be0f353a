"""Two organizers press at the same moment: no ask is lost, no place in the list is taken twice.

On SQLite too, where writers take turns.
"""

import pytest

from campaigns import ordering, petitions, starting
from campaigns.models import Campaign
from tests import build
from tests.together import together

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("several_writers"),
]


def test_adding_moving_and_removing_at_once_keeps_every_ask_in_a_place_of_its_own():
    campaign = build.campaign()
    first, second, third = (build.ask("letter", campaign=campaign) for _ in range(3))

    together(
        lambda: starting.add(Campaign.objects.get(pk=campaign.pk), "call"),
        lambda: starting.add(Campaign.objects.get(pk=campaign.pk), "call"),
        lambda: ordering.raise_up(third),
        lambda: ordering.lower_down(first),
        lambda: ordering.remove(second),
    )

    asks = list(campaign.asks.all())
    assert {first, third} < set(asks)
    assert [ask.position for ask in asks] == [1, 2, 3, 4]


def test_two_texts_saved_at_once_become_two_versions():
    ask = build.ask("petition")

    together(
        lambda: petitions.revise(ask, "en", "We ask."),
        lambda: petitions.revise(ask, "en", "We urge."),
    )

    assert sorted(ask.petition_texts.values_list("version", flat=True)) == [1, 2]
