"""Is anybody turned away, and how long does one question take?

ZIP codes of the published table in the states that are loaded: none refused, no layer empty; and
the time and queries of `find()` in this process. bin/bench lookup takes each twentieth; all of them
take some minutes: python -m tests.stack benchmarks._every_zip
"""

import datetime as dt
import os
import statistics
import time
from collections import defaultdict

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
ASKED = 300  # for the time


def main() -> None:
    import django

    django.setup()
    from benchmarks import _nation

    if _nation.folder() is None:
        print("The table of ZIP codes is real data, and there is none here.")
        return
    _nation.loaded()
    report(dt.date(2026, 11, 20), [])


def report(day, bars, *, step=1):
    """Prints; adds to `bars` (name, wanted, measured, whether it is met)."""
    from legislators.addresses import Address
    from legislators.lookup import Atlas
    from legislators.models import Seat, ZipCode

    layers = defaultdict(set)
    for seat in Seat.objects.select_related("jurisdiction").iterator():
        if seat.layer:
            layers[seat.jurisdiction_id].add(seat.layer)
    published = ZipCode.objects.filter(state__in=layers).order_by("zip")
    zips = list(dict.fromkeys(published.values_list("zip", flat=True)))[::step]
    refused, empty = [], []
    atlas = Atlas(day, many=True)
    for zip5 in zips:
        match = atlas.find(Address("", zip=zip5))
        if not match.states:
            refused.append(zip5)
        empty += [(zip5, *each) for each in empty_layers(match, layers)]
    print(f"  {len(zips):,} ZIP codes: {len(refused)} refused, {len(empty)} layers empty")
    bars.append(("ZIP codes refused", "0", str(len(refused)), not refused))
    bars.append(("layers empty", "0", str(len(empty)), not empty))
    took(zips, day, bars)


def empty_layers(match, layers):
    there = {(place.seat.jurisdiction_id, place.seat.layer) for place in match.places}
    return [
        (state, layer)
        for state in match.states
        for layer in layers[state]
        if (state, layer) not in there
    ]


def took(zips, day, bars):
    from legislators.lookup import find_zip

    sample = zips[:: max(1, len(zips) // ASKED)]
    counts = [queries_of(zip5, day) for zip5 in sample]  # each question's SQL is kept from here on
    times = []
    for zip5 in sample:
        started = time.process_time()
        find_zip(zip5, day)
        times.append((time.process_time() - started) * 1e3)
    median, p99 = statistics.median(times), statistics.quantiles(times, n=100)[98]
    print(
        f"  find(): {median:.1f} ms of this process at the median, p99 {p99:.1f};"
        f" {min(counts)} to {max(counts)} queries"
    )
    bars.append(("find(), median ms in process", "<= 4", f"{median:.1f}", median <= 4))


def queries_of(zip5, day):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from legislators.lookup import find_zip

    with CaptureQueriesContext(connection) as asked:
        find_zip(zip5, day)
    return len(asked)


if __name__ == "__main__":
    main()
