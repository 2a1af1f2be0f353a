"""In which districts do all our supporters live?

Found again whenever maps or streets changed, with every core of the machine.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Sequence

from django.db import connections, transaction
from django.db.models import Max, Min, QuerySet
from django.utils import timezone

from desk.models import SupporterDistrict
from legislators.addresses import Address, BadAddress
from legislators.candidate_districts import whereabouts_of
from legislators.loaded_data import LoadedData
from supporters.models import Supporter

CHUNK = 2_000  # ids
Range = tuple[int, int]


def find_all(processes: int | None = None, say: Callable[[str], None] = print) -> int:
    """Everybody, in parallel.

    The number of supporters looked up; running it twice finds the same.
    """
    ranges, total = list(id_ranges()), _people().count()
    processes = min(processes or os.cpu_count() or 1, len(ranges) or 1)
    started = time.monotonic()
    done = 0
    for done in _accumulated(_counts(ranges, processes)):
        rate = done / max(time.monotonic() - started, 0.001)
        say(f"{done:,} of {total:,} supporters, {rate:,.0f} a second")
    return done


def id_ranges(size: int = CHUNK) -> Iterator[Range]:
    """First and last id of every part. No part holds more people than `size`."""
    ends = _people().aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is not None:
        for first in range(ends["first"], ends["last"] + 1, size):
            yield first, min(first + size - 1, ends["last"])


def find_range(ends: Range) -> int:
    """Those with ids from first to last: what was found for them before is replaced, in one
    transaction. Their number.
    """
    loaded = LoadedData(timezone.localdate(), many=True)
    people = _people().filter(pk__range=ends).values_list("pk", "street", "city", "state", "zip")
    # Looked up before the transaction: it takes far longer than writing.
    rows = [row for pk, *written in people for row in _districts(pk, written, loaded)]
    with transaction.atomic():
        SupporterDistrict.objects.filter(supporter__pk__range=ends).delete()
        SupporterDistrict.objects.bulk_create(rows, batch_size=2_000)
    return len(people)


def find_one(supporter_id: int) -> None:
    """Somebody whose address was corrected."""
    loaded = LoadedData(timezone.localdate())
    people = _people().filter(pk=supporter_id)
    written = people.values_list("street", "city", "state", "zip").first()
    rows = list(_districts(supporter_id, written, loaded)) if written else []
    with transaction.atomic():
        SupporterDistrict.objects.filter(supporter=supporter_id).delete()
        SupporterDistrict.objects.bulk_create(rows)


def _people() -> QuerySet[Supporter]:
    return Supporter.objects.whole().filter(country="US")


def _districts(
    supporter_id: int, written: Sequence[str], loaded: LoadedData
) -> Iterator[SupporterDistrict]:
    try:
        whereabouts = whereabouts_of(Address.clean(*written), loaded)
    except BadAddress:
        return
    for layer, standing in whereabouts.standings.items():
        for district in standing.districts:
            yield SupporterDistrict(
                supporter_id=supporter_id,
                layer=layer,
                division=district.division,
                method=standing.method,
                certain=standing.is_certain and not whereabouts.doubt,
                edition=district.edition,
                found_on=loaded.on,
            )


def _counts(ranges: list[Range], processes: int) -> Iterator[int]:
    if processes == 1:
        yield from map(find_range, ranges)
        return
    connections.close_all()  # a connection must not be shared with the children
    # fork: the children have everything set up already.
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        yield from pool.imap_unordered(find_range, ranges)


def _accumulated(counts: Iterator[int]) -> Iterator[int]:
    done = 0
    for count in counts:
        done += count
        yield done
