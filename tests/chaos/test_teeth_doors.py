"""The checker would see it if the way in were worse: each defect turns the invariant red that it
breaks, and without it all is green.
"""

import pytest

from tests.chaos.defects import DOORS, named


@pytest.fixture(scope="module")
def nobody(ground):
    """Nobody has acted yet."""
    ground.build()
    return "scene"


@pytest.mark.parametrize(
    "scenario",
    dict.fromkeys(defect.scenario for defect in DOORS),
    ids=lambda scenario: scenario.__name__,
)
def test_our_doors_keeps_every_promise(played, nobody, scenario):
    assert played(scenario, template=nobody) == {}


@pytest.mark.parametrize("defect", named(DOORS))
def test_a_worse_door_is_caught(played, nobody, copy, defect):
    with defect.applied(copy):
        found = played(defect.scenario, template=nobody, also=defect.also)

    assert defect.invariant in found
