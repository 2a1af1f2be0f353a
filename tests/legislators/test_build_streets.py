"""From published files to one street file, by whoever publishes it; and to whoever fetches it."""

import datetime as dt
import hashlib
import shutil
import time
from unittest.mock import Mock

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from legislators.loading import load
from legislators.models import Edition
from legislators.street_line import Street, street_of
from legislators.streetfile import build as building
from legislators.streetfile import reader
from legislators.streetfile.known_districts import KnownDistricts
from legislators.streetfile.names import NameFile
from legislators.streetfile.names import write as write_names
from legislators.streetfile.reader import StreetFile
from legislators.streetfile.street_rows import BOTH, RANGE, Run, StreetRow
from legislators.streetfile.writer import Place, Writer
from tests.legislators.shelf import Shelf
from tests.legislators.square_streets import lower, main
from tests.legislators.streetmap import write

pytestmark = pytest.mark.django_db
ONE = KnownDistricts("VT", (("cd", ("vt/cd:0",)), ("sldl", ("vt/sldl:1",))))
TWO = KnownDistricts("VT", (("cd", ("vt/cd:0",)), ("sldl", ("vt/sldl:2",))))
BOTH_OF_THEM = KnownDistricts("VT", (("cd", ("vt/cd:0",)), ("sldl", ("vt/sldl:1", "vt/sldl:2"))))
HEAD = {"name": "Streets", "states": ["VT"], "valid_from": "2024-01-01"}


def quiet(*_):
    pass


@pytest.fixture
def counties(folder, tmp_path):
    """Square Vermont, and a folder with two county files of it."""
    load(folder, ["VT"], quiet)
    published = tmp_path / "counties"
    published.mkdir()
    write(published / "tl_2024_50001_addrfeat.zip", [main(zip="05002"), main("Oak St")])
    write(published / "tl_2024_50003_addrfeat.zip", [main("Elm St", zip="05002", lon=-72.2)])
    return published


def built(counties, tmp_path, *more):
    target = tmp_path / "nation.streets"
    call_command("build_streets", target, "--from", counties, "--jobs", "1", *more)
    return target


def test_what_is_written_is_read_again(tmp_path):
    crossing = StreetRow(
        Street("MAIN", "W", "ST", ""),
        BOTH_OF_THEM,
        (
            Run("", 1, 99, BOTH, RANGE, ONE),
            Run("", 50, 99_999, 1, RANGE, TWO),
            Run("N6W", 23_001, 23_099, 2, RANGE, ONE),
        ),
    )
    plain = [StreetRow(Street(f"NAME{n}", "", "ST", ""), (ONE, TWO)[n % 2]) for n in range(300)]
    writer = Writer()
    writer.add("05001", [*plain, crossing])
    writer.add("99999", [StreetRow(Street("ELM"), ONE)])
    path = tmp_path / "a.streets"
    path.write_bytes(writer.finish(HEAD, {"VT": [Place(43.5, -72.5, ONE)]}))
    file = StreetFile(path)

    assert file.streets("05001", "MAIN") == [crossing]
    assert [file.streets("05001", row.street.name) for row in plain] == [[row] for row in plain]
    assert file.streets("99999", "ELM") == [StreetRow(Street("ELM"), ONE)]
    assert file.streets("05001", "ELM") == file.streets("00501", "MAIN") == []
    assert (file.knows_zip("05001"), file.knows_zip("05002")) == (True, False)


def test_names_come_back_as_published_and_in_order(tmp_path):
    path = tmp_path / "a.names"
    path.write_bytes(write_names({"05001": ["Oak St", "Oakland Ave", "Calle Ñandú"], "05002": []}))
    file = NameFile(path)

    assert file.of_zip("05001") == ("Calle Ñandú", "Oak St", "Oakland Ave")
    assert file.of_zip("05003") == ()


def test_the_same_files_give_the_same_bytes_by_one_process_or_several(counties, tmp_path):
    first = built(counties, tmp_path).read_bytes()
    work = tmp_path / "work"
    again = built(counties, tmp_path, "--jobs", "2", "--work", work)

    assert again.read_bytes() == first
    assert StreetFile(again).rows == 3


def test_an_interrupted_build_goes_on_where_it_stopped(counties, tmp_path, monkeypatch):
    made = []
    make_part = building.make_part

    def stopping(path, *rest):
        if made:
            raise KeyboardInterrupt
        made.append(path.name)
        return make_part(path, *rest)

    monkeypatch.setattr(building, "make_part", stopping)
    with pytest.raises(CommandError, match="what is done is kept"):
        built(counties, tmp_path)
    assert not (tmp_path / "nation.streets").exists()

    said = []
    monkeypatch.setattr(
        building, "make_part", lambda *each: said.append(make_part(*each)) or said[-1]
    )
    built(counties, tmp_path)
    assert said[0] == "tl_2024_50001_addrfeat.zip: already there"
    assert "already" not in said[1]


def test_a_part_is_made_again_when_its_county_or_the_maps_changed(counties, tmp_path):
    first = built(counties, tmp_path).read_bytes()
    write(counties / "tl_2024_50003_addrfeat.zip", [main("Ash St", zip="05002", lon=-72.2)])

    assert built(counties, tmp_path).read_bytes() != first


def test_a_house_that_the_maps_have_elsewhere_refuses_the_whole_file(
    counties, tmp_path, monkeypatch
):
    monkeypatch.setattr(StreetRow, "at", lambda self, house: (TWO, RANGE))
    with pytest.raises(CommandError, match="houses are told another district than the maps"):
        built(counties, tmp_path)
    assert not (tmp_path / "nation.streets").exists()


def test_a_built_file_is_loaded_switched_on_and_the_same_twice_is_once(counties, tmp_path):
    target = built(counties, tmp_path)
    folder = tmp_path / "published"
    for path in (target, target.with_suffix(".names")):
        shutil.copy(path, folder)
    call_command("load_data", folder=folder, state=["VT"], verbosity=0)
    call_command("load_data", folder=folder, state=["VT"], verbosity=0)

    (edition,) = Edition.objects.filter(layer="streets")
    assert (edition.is_active, edition.states) == (True, ["VT"])
    assert lower("149 Main St")[0].certain


@pytest.mark.parametrize("suffix", [".streets", ".names"])
def test_a_damaged_file_is_refused_and_the_one_before_goes_on(counties, tmp_path, suffix):
    target = built(counties, tmp_path)
    folder = tmp_path / "published"
    for path in (target, target.with_suffix(".names")):
        shutil.copy(path, folder)
    call_command("load_data", folder=folder, state=["VT"], verbosity=0)
    broken = folder / f"nation{suffix}"
    content = bytearray(broken.read_bytes())
    content[len(content) // 2] ^= 1
    broken.write_bytes(content)

    with pytest.raises(CommandError, match="the streets are refused"):
        call_command("load_data", folder=folder, state=["VT"], verbosity=0)
    assert lower("149 Main St")[0].certain


def test_editions_count_from_their_day_and_are_taken_back(counties, tmp_path):
    load_built(counties, tmp_path)
    write(counties / "tl_2024_50001_addrfeat.zip", [main("New St", zip="05002")])
    Edition.objects.filter(layer="sldl").update(valid_from=dt.date(2026, 12, 1))
    second = load_built(counties, tmp_path, "--on", "2026-12-01")

    assert second.valid_from == dt.date(2026, 12, 1)
    assert lower("149 New St", on=dt.date(2026, 12, 1))[0].certain
    assert not any(place.certain for place in lower("149 New St", on=dt.date(2026, 11, 20)))
    call_command("editions", "--rollback", "streets")
    assert not any(place.certain for place in lower("149 New St", on=dt.date(2026, 12, 1)))


def load_built(counties, tmp_path, *more):
    from legislators.streetfile.loading import load_streets

    return load_streets(built(counties, tmp_path, *more), say=quiet)


def test_without_the_names_a_street_is_found_and_none_is_offered(counties, tmp_path):
    target = built(counties, tmp_path)
    target.with_suffix(".names").unlink()
    from legislators.streetfile.loading import load_streets

    load_streets(target, say=quiet)

    assert lower("149 Main St")[0].certain
    assert lower("149 Mainn St")[0].reason.endswith("We do not know this street in ZIP 05002.")


@pytest.fixture
def shelf(counties, tmp_path, settings):
    """A server that publishes a finished file and its names, and settings that say so."""
    target = built(counties, tmp_path)
    served = tmp_path / "served"
    served.mkdir()
    for path in (target, target.with_suffix(".names")):
        shutil.copy(path, served)
    server = Shelf(served)
    urls = {
        suffix: f"{server.url}/nation.{suffix}#sha256="
        + hashlib.sha256((served / f"nation.{suffix}").read_bytes()).hexdigest()
        for suffix in ("streets", "names")
    }
    settings.DATA_SOURCES = []
    settings.STREETS_URL, settings.STREET_NAMES_URL = urls["streets"], urls["names"]
    yield server
    server.close()


def test_a_finished_file_is_fetched_by_its_checksum_and_switched_on(shelf, settings):
    call_command("load_data", streets=True)

    assert {path for path, _ in shelf.asked} == {"/nation.streets", "/nation.names"}
    assert lower("149 Main St")[0].certain


def test_another_file_than_the_checksum_s_is_refused(shelf, settings):
    settings.STREETS_URL = settings.STREETS_URL[:-1] + "x"
    with pytest.raises(CommandError, match="needs the file's checksum"):
        call_command("load_data", streets=True)
    settings.STREETS_URL = settings.STREETS_URL.partition("#")[0] + "#sha256=" + "0" * 64
    with pytest.raises(CommandError, match="its checksum is not the one in settings"):
        call_command("load_data", streets=True)
    assert not Edition.objects.filter(layer="streets").exists()


def test_a_fetch_that_is_cut_off_goes_on(shelf, monkeypatch):
    monkeypatch.setattr("legislators.downloading.time", Mock(wraps=time, sleep=quiet))
    shelf.cut = 1_000
    call_command("load_data", streets=True)

    assert any("Range" in headers for _, headers in shelf.asked)
    assert lower("149 Main St")[0].certain


def test_the_hash_of_a_name_never_changes():
    """Files built elsewhere depend on it."""
    assert reader.hash_of("MAIN") == int.from_bytes(
        hashlib.blake2b(b"MAIN", digest_size=4).digest(), "little"
    )
    assert street_of("W Main St") == Street("MAIN", "W", "ST", "")
