import pytest

from legislators.loading import load
from legislators.maps import boundaries
from legislators.streetfile import opening
from tests.legislators import folder as miniature
from tests.legislators.square_streets import main, quiet
from tests.legislators.streetmap import lay_streets, write


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


@pytest.fixture
def lay(folder, tmp_path):
    """Square Vermont with these streets and one clear of every line, by which its maps are known: a
    county file a call, all of them one street file.
    """
    load(folder, ["VT"], quiet)
    county = iter(range(100, 200))

    def laid(*streets):
        clear = [main("Clear St", tlid=7), main("Clear St", lon=-72.2, tlid=8)]
        path = write(tmp_path / f"tl_2024_50{next(county)}_addrfeat.zip", [*streets, *clear])
        lay_streets(path)
        return path

    return laid
