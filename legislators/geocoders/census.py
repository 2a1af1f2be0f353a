"""The Census Bureau's geocoder, for addresses unknown on this machine.

Off unless settings.GEOCODERS names it: it learns the address.

Only the point is taken from its answer and judged on our own maps. Its districts roll over on the
Bureau's own day, with other layer and field names (seen in September 2026), so they are neither
asked for nor read.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as OutOfTime
from typing import Any

import urllib3
from django.conf import settings
from django.core.cache import cache

from legislators.addresses import Address
from legislators.geocoders.candidates import RANGE_RADIUS_M, Candidate, Spot
from legislators.geocoders.chosen import GeocoderUnavailable
from legislators.street_line import read_line, readings
from legislators.streetfile.similarity import ELSEWHERE, OTHER_KIND, street_cost

BUDGET_S = 4.0  # for the whole of one question; a visitor waits for it
PATIENCE, REST_S = 3, 60.0  # after so many failures in a row nobody waits for it for a minute
KEPT_S = 24 * 60 * 60
LARGEST = 256 * 1024
_askers = ThreadPoolExecutor(max_workers=4, thread_name_prefix="census")


class Refused(Exception):
    """It answered, and with no answer: its status."""


class Census:
    is_remote = True

    def __init__(self) -> None:
        self._failures = 0
        self._rests_until = 0.0

    def locate(self, address: Address) -> list[Candidate]:
        key = cache_key(address)
        matches = cache.get(key)
        if matches is None:
            matches = self._matches(address)
            cache.set(key, matches, KEPT_S)
        found = [_candidate(address, *match) for match in matches]
        return [each for each in found if each.score > 0.5]

    def _matches(self, address: Address) -> list[list[Any]]:
        if time.monotonic() < self._rests_until:
            raise GeocoderUnavailable("the Census geocoder rests after failures")
        try:
            matches = read(_askers.submit(_fetch, address).result(timeout=BUDGET_S))
        except OutOfTime:
            # "from None", here and below: a chain of causes would quote the URL, and with it the
            # address.
            raise self._failed("no answer in time") from None
        except Refused as error:
            raise self._failed(f"status {error}") from None
        except (
            urllib3.exceptions.HTTPError,
            OSError,
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
            RecursionError,
        ) as error:
            raise self._failed(type(error).__name__) from None
        self._failures = 0
        return matches

    def _failed(self, why: str) -> GeocoderUnavailable:
        """The address is in none of the words, nor in a chain of causes."""
        self._failures += 1
        if self._failures >= PATIENCE:
            self._rests_until, self._failures = time.monotonic() + REST_S, 0
        return GeocoderUnavailable(f"the Census geocoder: {why}")


def cache_key(address: Address) -> str:
    """Says nothing about the address to whoever reads the cache."""
    text = f"{address.key()}|{address.city.upper()}|{address.state}"
    digest = hmac.new(settings.HASH_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
    return f"geocoder:census:{digest}"


def _fetch(address: Address) -> bytes:
    fields = {
        "street": address.street,
        "city": address.city,
        "state": address.state,
        "zip": address.zip,
    }
    answer = urllib3.request(
        "GET",
        f"{settings.CENSUS_GEOCODER_URL.rstrip('/')}/locations/address",
        fields={**fields, "benchmark": "Public_AR_Current", "format": "json"},
        headers={"Accept": "application/json"},
        timeout=BUDGET_S,
        retries=False,
        redirect=False,  # an address goes to the machine that was configured and to no other
        preload_content=False,
    )
    # The timeout above is for each read: a peer that trickles would pass it for ever.
    ends = time.monotonic() + BUDGET_S
    content = b""
    try:
        if answer.status != 200:
            raise Refused(answer.status)
        while part := answer.read1(65_536):
            content += part
            if len(content) > LARGEST or time.monotonic() > ends:
                raise ValueError("too much, or too slow")
    finally:
        answer.close()
    return content


def read(content: bytes) -> list[list[Any]]:
    """[lat, lon, matched street, ZIP, state] of every match; none is an answer too.

    Raises what json and a missing field raise.
    """
    matches = []
    for match in json.loads(content)["result"]["addressMatches"]:
        lat, lon = float(match["coordinates"]["y"]), float(match["coordinates"]["x"])
        parts = {name: str(value or "") for name, value in match["addressComponents"].items()}
        names = ("preDirection", "preType", "streetName", "suffixType", "suffixDirection")
        street = " ".join(parts[name] for name in names if parts.get(name))
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise ValueError("no place on earth")
        matches.append([lat, lon, street, parts.get("zip", ""), parts.get("state", "")])
    return matches


def _candidate(
    address: Address, lat: float, lon: float, street: str, zip5: str, state: str
) -> Candidate:
    # The Bureau's answer names no house; without one no line is a street.
    there = read_line(f"1 {street}")
    costs = [
        line.cost + street_cost(line.street, there.street)
        for line in readings(address.street, address.city, address.state)
        if there and line.street.name == there.street.name
    ]
    score = 1 - min(costs, default=OTHER_KIND)
    if zip5 != address.zip:
        score -= ELSEWHERE if zip5[:3] == address.zip[:3] else OTHER_KIND
    spot: Spot = (lat, lon)
    return Candidate("census", score, RANGE_RADIUS_M, state, "Census geocoder", spot)
