"""A defect whose text has gone from our code would be no defect: whoever changes that text mends
tests/chaos/defects.py.
"""

import pytest

from tests.chaos.defects import DOORS, ENGINE, copy_of_the_checkout


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    return copy_of_the_checkout(tmp_path_factory.mktemp("copy"))


@pytest.mark.parametrize("defect", [*ENGINE, *DOORS], ids=lambda defect: defect.name)
def test_a_defect_finds_the_text_it_makes_worse(copy, defect):
    with defect.applied(copy):
        pass
