"""The ground that scenarios stand on is built once per file."""

import itertools
import os
import tempfile
from pathlib import Path

import pytest
from django.db import connection

from tests import template
from tests.chaos.checker import judge
from tests.chaos.defects import copy_of_the_checkout
from tests.chaos.ground import Ground
from tests.chaos.house import House
from tests.chaos.servers import Databases

numbers = itertools.count(1)


@pytest.fixture(scope="module")
def ground(_servers):
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder:
        Path(folder).chmod(0o711)  # PostgreSQL runs as another user when we are root
        server = connection.settings_dict
        databases = Databases(
            f"postgres://{server['USER']}@{server['HOST']}:{server['PORT']}",
            prefix=f"chaos{os.getpid()}_{next(numbers)}_",
            first=template.NAME or "template1",
        )
        made = Ground(Path(folder), databases)
        yield made
        made.stop()


@pytest.fixture(scope="module")
def copy(ground):
    """A copy of our code, to be made worse."""
    return copy_of_the_checkout(ground.folder / "copy")


@pytest.fixture
def played(ground, copy):
    """What the checker finds red after a scenario, with the code of the copy as it is now:
    played(scenario, template=...).
    """

    def play(scenario, *, template, also=""):
        house = House(ground, f"scenario{next(numbers)}", code=copy, template=template)
        try:
            if also:
                house.ask(also)
            return judge(scenario(house))
        finally:
            house.stop()

    return lambda *args, **kwargs: {
        name: offences for name, offences in play(*args, **kwargs).items() if offences
    }
