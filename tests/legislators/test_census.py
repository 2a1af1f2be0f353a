"""The Census geocoder gives a point or nothing, costs seconds at most, and is asked only where an
operator set it up.
"""

import gzip
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from django.core.cache import cache
from django.db import transaction

from legislators.addresses import Address
from legislators.geocoders import census, chosen
from legislators.geocoders.census import Census, cache_key
from legislators.geocoders.chosen import GeocoderUnavailable
from legislators.loading import load
from legislators.lookup import Atlas, find

HOME = Address("149 Quincunx St", "Polk", "VT", "05002")


class Bureau(ThreadingHTTPServer):
    """Answers whatever the test puts in `reply`, and remembers what it was asked."""

    status, reply, pause_s, location = 200, b"", 0.0, ""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Clerk)
        self.asked = []


class Clerk(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(parse_qs(urlsplit(self.path).query))
        time.sleep(self.server.pause_s)
        self.send_response(self.server.status)
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.end_headers()
        self.wfile.write(self.server.reply)

    def log_message(self, *_):
        pass


@pytest.fixture
def bureau(settings):
    server = Bureau()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.CENSUS_GEOCODER_URL = f"http://127.0.0.1:{server.server_port}/geocoder"
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": "census",
        }
    }
    cache.clear()
    yield server
    cache.clear()
    server.shutdown()
    server.server_close()


def match(lat=43.5, lon=-72.7, street="QUINCUNX", zip5="05002", state="VT", **parts):
    parts = {
        "zip": zip5,
        "streetName": street,
        "preType": "",
        "city": "POLK",
        "preDirection": "",
        "suffixDirection": "",
    } | parts
    parts |= {"state": state, "suffixType": "ST", "fromAddress": "101", "toAddress": "199"}
    return {
        "tigerLine": {"side": "L", "tigerLineId": "1"},
        "coordinates": {"x": lon, "y": lat},
        "addressComponents": parts,
    }


def answer(*matches):
    return json.dumps({"result": {"input": {}, "addressMatches": list(matches)}}).encode()


def test_it_gives_the_point_and_names_no_district(bureau):
    bureau.reply = answer(match())

    (found,) = Census().locate(HOME)

    assert (found.spot, found.method, found.score, found.state, dict(found.held)) == (
        (43.5, -72.7),
        "census",
        1.0,
        "VT",
        {},
    )
    assert bureau.asked[0]["street"] == ["149 Quincunx St"]
    assert bureau.asked[0]["benchmark"] == ["Public_AR_Current"]


def test_coordinates_written_as_strings_are_read(bureau):
    bureau.reply = answer(match(lat="43.5", lon="-72.7"))
    assert Census().locate(HOME)[0].spot == (43.5, -72.7)


def test_a_tie_gives_every_match(bureau):
    bureau.reply = answer(match(), match(lon=-72.2))
    assert [each.spot[1] for each in Census().locate(HOME)] == [-72.7, -72.2]


def test_no_match_is_an_answer_and_is_remembered(bureau):
    bureau.reply = answer()
    there = Census()

    assert there.locate(HOME) == there.locate(HOME) == []
    assert len(bureau.asked) == 1


def test_another_street_or_zip_than_was_asked_for_is_only_offered(bureau):
    bureau.reply = answer(match(street="QUINCE"), match(zip5="05009"), match(zip5="99999"))
    assert [round(each.score, 2) for each in Census().locate(HOME)] == [0.75, 0.88, 0.75]


@pytest.mark.parametrize(
    ("status", "reply"),
    [
        (200, b"<html><body>Scheduled maintenance</body></html>"),
        (200, b'{"errors": ["Benchmark is required"], "status": "400"}'),
        (200, b'{"result": {"addressMatches": [{"coordinates": {"x": "west"}}]}}'),
        (200, b'{"result": null}'),
        (200, b"[]"),
        (200, b"[" * 5_000),
        (200, b""),
        (200, answer(match(lat=4350))),
        (200, b" " * 300_000),
        (400, b'{"errors": ["Invalid vintage"]}'),
        (503, b"Service Unavailable"),
    ],
)
def test_anything_but_an_answer_is_unavailable_and_says_nothing_of_the_address(
    bureau, status, reply
):
    bureau.status, bureau.reply = status, reply

    with pytest.raises(GeocoderUnavailable) as trouble:
        Census().locate(HOME)
    assert "Quincunx" not in str(trouble.value)
    assert trouble.value.__cause__ is None


def test_an_address_is_never_sent_on_to_another_machine(bureau):
    bureau.status, bureau.location = 302, f"http://127.0.0.1:{bureau.server_port}/elsewhere"

    with pytest.raises(GeocoderUnavailable):
        Census().locate(HOME)
    assert len(bureau.asked) == 1


def test_a_visitor_waits_no_longer_than_the_budget(bureau, monkeypatch):
    monkeypatch.setattr(census, "BUDGET_S", 0.2)
    bureau.pause_s, bureau.reply = 4.0, answer(match())

    started = time.monotonic()
    with pytest.raises(GeocoderUnavailable):
        Census().locate(HOME)
    assert time.monotonic() - started < 3


def test_after_three_failures_nobody_waits_for_it_until_it_has_rested(bureau, monkeypatch):
    bureau.status = 503
    there = Census()
    for _ in range(5):
        with pytest.raises(GeocoderUnavailable):
            there.locate(HOME)
    assert len(bureau.asked) == 3

    monkeypatch.setattr(there, "_rests_until", 0.0)
    bureau.status, bureau.reply = 200, answer(match())
    assert there.locate(HOME)


def test_the_cache_knows_an_address_by_a_keyed_hash_only(bureau, settings):
    bureau.reply = answer(match())
    first, second = Census(), Census()

    assert first.locate(HOME)[0].spot == second.locate(HOME)[0].spot
    assert len(bureau.asked) == 1
    key = cache_key(HOME)
    settings.HASH_KEY = "another-key-of-some-length"
    assert "quincunx" not in key.lower()
    assert cache_key(HOME) != key


@pytest.fixture
def vermont(folder, settings):
    load(folder, ["VT"], lambda *_: None)
    settings.GEOCODERS = [
        "legislators.geocoders.ranges.Ranges",
        "legislators.geocoders.census.Census",
    ]
    chosen._made.cache_clear()
    yield
    chosen._made.cache_clear()


def lower(match):
    return [
        (place.seat.district, place.certain, place.method)
        for place in match.places
        if place.seat.chamber == "state_lower"
    ]


@pytest.mark.django_db(transaction=True)
def test_its_point_is_judged_on_our_own_map_by_the_rule_of_certainty(bureau, vermont):
    bureau.reply = answer(match())
    assert set(lower(find(HOME))) == {("1", True, "census")}

    cache.clear()
    bureau.reply = answer(match(lon=-72.5001))
    assert {certain for _, certain, _ in lower(find(HOME))} == {False}

    cache.clear()
    bureau.reply = answer(match(), match(lon=-72.2))
    assert set(lower(find(HOME))) == {("1", False, "census"), ("2", False, "census")}


@pytest.mark.django_db(transaction=True)
def test_when_it_fails_the_zip_answers_and_nothing_is_picked(bureau, vermont, caplog):
    bureau.status = 503

    assert set(lower(find(HOME))) == {("1", False, "zip"), ("2", False, "zip")}
    assert "gave no answer" in caplog.text
    assert "Quincunx" not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_no_other_machine_is_asked_by_default_for_a_batch_or_within_a_transaction(
    bureau, vermont, settings
):
    bureau.reply = answer(match())

    Atlas(many=True).find(HOME)
    with transaction.atomic():
        find(HOME)
    settings.GEOCODERS = ["legislators.geocoders.ranges.Ranges"]
    find(HOME)

    assert bureau.asked == []


def recorded(folder, name):
    path = folder / "census_geocoder" / name
    return path.read_bytes() if name.endswith(".json") else gzip.decompress(path.read_bytes())


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("census-district-ny12.json", 1),
        ("census-district-at-large.json", 1),
        ("census-district-delegate.json", 1),
        ("census-no-match.json", 0),
    ],
)
def test_recorded_answers_of_this_year_are_read(shared_data, name, count):
    found = census.read(recorded(shared_data, name))
    assert len(found) == count
    assert all(len(zip5) == 5 and len(state) == 2 for _, _, _, zip5, state in found)


@pytest.mark.parametrize(
    "name",
    [
        "censusgeocode-address-locations.yaml.gz",
        "censusgeocode-address-geographies.yaml.gz",
        "censusgeocode-test_benchmark_vintage.yaml.gz",
    ],
)
def test_recorded_answers_of_older_years_are_read(shared_data, name):
    text = recorded(shared_data, name).decode().replace("!!python/unicode ", "")
    bodies = [each["response"]["body"]["string"] for each in yaml.safe_load(text)["interactions"]]
    assert all(census.read(body.encode())[0][4] == "DC" for body in bodies)
