"""The checker would see it if the engine were worse: each defect turns the invariant red that it
breaks, and without it all is green.
"""

import pytest

from tests.chaos import scenarios
from tests.chaos.defects import ENGINE, named


@pytest.fixture(scope="module")
def letters(ground):
    """Confirmed letters that are ready to leave."""
    ground.build("ready")
    return "scene"


@pytest.mark.parametrize(
    "scenario",
    dict.fromkeys([*(defect.scenario for defect in ENGINE), scenarios.cut_off]),
    ids=lambda scenario: scenario.__name__,
)
def test_our_engine_keeps_every_promise(played, letters, scenario):
    assert played(scenario, template=letters) == {}


@pytest.mark.parametrize("defect", named(ENGINE))
def test_a_worse_engine_is_caught(played, letters, copy, defect):
    with defect.applied(copy):
        found = played(defect.scenario, template=letters, also=defect.also)

    assert defect.invariant in found
