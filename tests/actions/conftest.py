import pytest

from tests import build
from tests.actions import congress_letters, own_page
from worker.channels.cwc import offices


@pytest.fixture
def petition(db):
    ask = build.ask("petition")
    build.petition_text(ask, "We ask for playgrounds.")
    return ask


@pytest.fixture
def no_hurry(settings):
    settings.FORM_LEAST_SECONDS = 0


@pytest.fixture
def whole_zip(letter_ask):
    """ZIP 00001 lies in district 7 and nowhere else."""
    build.zip_district("00001", letter_ask)


@pytest.fixture
def author(db):
    """Somebody who runs campaigns, and ends them."""
    return build.user("organizer", email="olga@example.org")


@pytest.fixture
def mailed(smtp_sink):
    """What `own_page.mails` says, whenever it is called."""
    return lambda: own_page.mails(smtp_sink)


@pytest.fixture
def to_congress(db):
    return congress_letters.to_congress()


@pytest.fixture
def listed(congress, db):
    """The chambers with their lists of offices read."""
    offices.refresh()
    return congress
