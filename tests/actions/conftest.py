import pytest

from tests import build


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
