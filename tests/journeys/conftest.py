"""What the journeys share."""

import pytest

from tests.journeys.franklin import letter_campaign
from tests.journeys.person import PHONE


@pytest.fixture
def letter(site):
    """The ask of a campaign that writes to three offices, two of which take e-mail."""
    return letter_campaign()


@pytest.fixture
def phone(new_page):
    return new_page(viewport=PHONE)
