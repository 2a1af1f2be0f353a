import hashlib
import json
import shutil
import time
import zipfile
from unittest.mock import Mock, patch

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from legislators import downloading
from legislators.downloading import download
from legislators.models import Seat, Source
from legislators.roster.published import Refused
from tests.legislators import folder as miniature
from tests.legislators.shelf import Shelf

ROSTER = "legislators-current.yaml"


@pytest.fixture
def shelf(tmp_path):
    server = Shelf(miniature.write(tmp_path / "shelf"))
    yield server
    server.close()


@pytest.fixture(autouse=True)
def pauses():
    """The clock of the pauses; nobody waits in a test."""
    slept = []
    # This module's own name only: threads that another test left wait by the real one.
    with patch.object(downloading, "time", Mock(wraps=time, sleep=slept.append)):
        yield slept


@pytest.fixture
def listed(settings, shelf):
    def name(*files, **facts):
        settings.DATA_SOURCES = [
            {"file": file, "url": f"{shelf.url}/{file}", "part": "rosters"} | facts
            for file in files
        ]

    name(ROSTER)
    return name


@pytest.fixture
def to(tmp_path, listed):
    return tmp_path / "data"


def get(folder, *states, **options):
    said = []
    download(folder, states, say=said.append, **options)
    return said


def same(shelf, folder, name=ROSTER):
    return (folder / name).read_bytes() == (shelf.folder / name).read_bytes()


def test_a_file_comes_whole_and_its_checksum_and_date_are_written_down(shelf, to):
    get(to)

    record = json.loads((to / "downloads.json").read_text())[ROSTER]
    assert same(shelf, to)
    assert record["sha256"] == hashlib.sha256((shelf.folder / ROSTER).read_bytes()).hexdigest()
    assert record["bytes"] == (shelf.folder / ROSTER).stat().st_size
    assert (
        to / ROSTER
    ).stat().st_mtime == 1785909600  # 5 August 2026, 6:00 UTC, as the server says
    assert [path.name for path in to.iterdir() if path.name.endswith(".part")] == []


def test_we_say_who_we_are(shelf, to, settings):
    get(to)
    assert shelf.asked[0][1]["User-Agent"] == f"take-action ({settings.SITE_URL})"


def test_an_interrupted_file_goes_on_where_it_stopped(shelf, to):
    shelf.cut = 100
    said = get(to)

    assert "too early" in said[0] or "IncompleteRead" in said[0]
    assert shelf.asked[1][1]["Range"] == "bytes=100-"
    assert same(shelf, to)


def test_an_interruption_of_the_whole_command_goes_on_the_next_time(shelf, to):
    shelf.cut = 100
    with (
        patch.object(downloading, "TRIES", 1),
        pytest.raises(Refused, match="goes on where it stopped"),
    ):
        get(to)
    assert not (to / ROSTER).exists()

    get(to)
    assert shelf.asked[-1][1]["Range"] == "bytes=100-"
    assert same(shelf, to)


def test_a_file_that_changed_meanwhile_is_fetched_anew(shelf, to):
    shelf.cut = 100
    with patch.object(downloading, "TRIES", 1), pytest.raises(Refused):
        get(to)
    (shelf.folder / ROSTER).write_text("[]\n" + "# another\n" * 50)

    get(to)
    assert same(shelf, to)


def test_what_did_not_change_is_not_fetched_again(shelf, to):
    get(to)
    said = get(to)

    assert said == [f"  {ROSTER}: unchanged"]
    assert shelf.asked[1][1]["If-None-Match"]
    assert same(shelf, to)


def test_a_busy_server_is_given_the_time_it_asks_for(shelf, to, pauses):
    shelf.answers = [(503, {"Retry-After": "7"}, b"busy"), (429, {}, b"busy")]
    get(to)

    assert pauses == [7.0, 4.0]
    assert same(shelf, to)


def test_a_server_that_never_recovers_is_left_alone_after_four_tries(shelf, to):
    shelf.answers = [(500, {}, b"")] * 9
    with pytest.raises(Refused, match="answers 500"):
        get(to)
    assert len(shelf.asked) == 4


def test_nobody_answering_is_told_in_words(to, settings):
    settings.DATA_SOURCES = [
        {"file": ROSTER, "url": "http://127.0.0.1:9/nothing", "part": "rosters"}
    ]
    with pytest.raises(Refused, match="the connection failed"):
        get(to)


def test_a_missing_file_is_explained_and_what_we_had_stays(shelf, to):
    get(to)
    before = (to / ROSTER).read_bytes()
    (shelf.folder / ROSTER).unlink()
    with pytest.raises(
        Refused, match=r"legislators-current\.yaml: it is not there \(404\).*DATA_SOURCES"
    ):
        get(to)
    assert (to / ROSTER).read_bytes() == before


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("map.zip", b"\n<!DOCTYPE html><title>Sign in</title>", "a web page"),
        ("map.zip", b"PK but cut short", "no zip archive"),
        (ROSTER, b"<html>Our site has moved</html>", "a web page"),
        (ROSTER, b"", "empty"),
    ],
)
def test_something_else_in_place_of_the_file_is_refused_and_thrown_away(
    shelf, to, listed, name, content, reason
):
    listed(name)
    (shelf.folder / name).write_bytes(content)
    with pytest.raises(Refused, match=reason):
        get(to)
    assert {path.name for path in to.iterdir()} == {".lock", "downloads.json"}


def test_a_checksum_in_the_settings_is_held_to(to, listed):
    listed(ROSTER, sha256="0" * 64)
    with pytest.raises(Refused, match="checksum"):
        get(to)


def test_only_http_is_spoken(to, settings):
    settings.DATA_SOURCES = [{"file": ROSTER, "url": "file:///etc/hostname", "part": "rosters"}]
    with pytest.raises(Refused, match="only http"):
        get(to)


def test_some_states_are_fetched_state_by_state(shelf, to, listed):
    listed("us.zip", url_of_state=f"{shelf.url}/tl_{{fips}}.zip", not_of=["NE"])
    for fips in ("24", "55"):
        with zipfile.ZipFile(shelf.folder / f"tl_{fips}.zip", "w") as archive:
            archive.writestr("x", fips)
    said = get(to, "MD", "NE", "WI", "GU")

    assert [path for path, _ in shelf.asked] == ["/tl_24.zip", "/tl_55.zip", "/tl_66.zip"]
    assert said[-1] == "  tl_66.zip: not published, or not yet"
    with pytest.raises(Refused, match="404"):
        get(to, "VT")


def test_address_ranges_are_those_that_the_publishers_page_names_for_the_state(shelf, to, settings):
    settings.DATA_SOURCES = [
        {"file": "addresses", "index": f"{shelf.url}/ADDRFEAT", "part": "ranges"}
    ]
    names = ["tl_2024_24001_addrfeat.zip", "tl_2024_24003_addrfeat.zip"]
    page = "".join(
        f'<a href="{name}">{name}</a>' for name in [*names, "tl_2024_55001_addrfeat.zip"]
    ).encode()
    (shelf.folder / "ADDRFEAT").mkdir()
    for name in names:
        with zipfile.ZipFile(shelf.folder / "ADDRFEAT" / name, "w") as archive:
            archive.writestr("x", name)
    shelf.answers = [(200, {}, page)]
    get(to, "MD", parts=["ranges"])

    assert sorted(path.name for path in (to / "addresses").iterdir()) == names
    with pytest.raises(Refused, match="name the states"):
        get(to, parts=["ranges"])
    shelf.answers = [(200, {}, page)]
    with pytest.raises(Refused, match="names no file of VT"):
        get(to, "VT", parts=["ranges"])


def test_two_downloads_at_once_do_not_meet(to):
    with downloading._alone(ready(to)), pytest.raises(Refused, match="under way"):
        get(to)


def ready(folder):
    folder.mkdir()
    return folder


def test_load_data_downloads_and_loads_in_one_go(db, shelf, listed, settings, capsys):
    names = sorted(path.name for path in shelf.folder.iterdir() if path.name != "MANIFEST.csv")
    listed(*names)
    call_command("load_data", state=["VT"])

    assert Seat.objects.filter(jurisdiction="VT").count() == 10
    assert str(Source.objects.get(key="openstates").as_of) == "2026-08-05"
    assert (settings.VAR_DIR / "data" / ROSTER).is_file()
    assert "Loaded in" in capsys.readouterr().out


def test_load_data_that_cannot_download_changes_nothing(db, shelf, listed):
    shutil.rmtree(shelf.folder)
    with pytest.raises(CommandError, match="nothing was changed"):
        call_command("load_data", state=["VT"])
    assert not Seat.objects.exists()
