import pytest

from legislators.maps import boundaries
from legislators.streetfile import opening
from tests.legislators import folder as miniature


@pytest.fixture(autouse=True)
def _own_disk(settings, tmp_path):
    """Indexes are laid out in a folder of the test's own, and none stays open from another test."""
    settings.VAR_DIR = tmp_path / "var"
    boundaries.open_index.cache_clear()
    opening.open_streets.cache_clear()
    opening.open_names.cache_clear()
    yield
    boundaries.open_index.cache_clear()
    opening.open_streets.cache_clear()
    opening.open_names.cache_clear()


@pytest.fixture
def folder(tmp_path):
    return miniature.write(tmp_path / "published")
