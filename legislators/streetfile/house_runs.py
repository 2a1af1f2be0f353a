"""House numbers of one street, told by several sources at once, laid out as runs that lie alike.

The finer source counts where two speak of one number; sources as fine as each other both count.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from legislators.streetfile.known_districts import KnownDistricts, united
from legislators.streetfile.street_rows import BOTH, EVEN, ODD, POINT, RANGE, STREET, Run

BLOCK = 100  # house numbers: so far beside a known one the nearest number still speaks

# What a source says of a number, the finest first.
KNOWN, BETWEEN, PUBLISHED, IMPUTED, BESIDE, NEAREST = range(6)
_QUALITY = {KNOWN: POINT, BETWEEN: RANGE, PUBLISHED: RANGE, IMPUTED: RANGE}


class Item(NamedTuple):
    """What one source says of some numbers of a street.

    `held` is what lies within reach of these houses; `wide` of the whole piece of street and its
    neighbourhood, which speaks for numbers beside them.
    """

    prefix: str
    low: int
    high: int
    parity: int
    rank: int
    held: KnownDistricts
    wide: KnownDistricts


def laid_out(items: Sequence[Item]) -> tuple[KnownDistricts, tuple[Run, ...]]:
    """What a street touches as a whole, and the runs of it that say more. No runs where all of it
    lies in one district of each layer.

    Known houses alone never speak for the whole street: there may be more of it.
    """
    whole = united(item.wide for item in items)
    has_ranges = any(item.rank in (PUBLISHED, IMPUTED) for item in items)
    if whole.is_single and has_ranges:
        return whole, ()
    # Of points alone nobody knows what else there is of the street.
    outside = whole if has_ranges else KnownDistricts(whole.state, ())
    runs: list[Run] = []
    for prefix in sorted({item.prefix for item in items}):
        told = _of_prefix([item for item in items if item.prefix == prefix])
        # What says no more than the whole street is not worth its bytes.
        runs += [run for run in told if run.held != outside]
    return outside, tuple(runs)


def _of_prefix(items: list[Item]) -> list[Run]:
    """Odd and even runs; where both sides lie alike (101 to 199, 100 to 198) one for both."""
    odd, even = (
        [run for run in map(_snapped, _painted(items, parity)) if run.low <= run.high]
        for parity in (ODD, EVEN)
    )
    joined = []
    for one in odd:
        other = next((each for each in even if _lie_alike(one, each)), None)
        if other:
            even.remove(other)
            low, high = min(one.low, other.low), max(one.high, other.high)
            one = one._replace(low=low, high=high, parity=BOTH)
        joined.append(one)
    return sorted([*joined, *even])


def _snapped(run: Run) -> Run:
    """From its first number of its own parity to its last."""
    rest = 1 if run.parity == ODD else 0
    low, high = run.low + (run.low % 2 != rest), run.high - (run.high % 2 != rest)
    return run._replace(low=low, high=high)


def _lie_alike(odd: Run, even: Run) -> bool:
    """Whether one run from the lower to the higher end says the same: neighbours at both ends."""
    return (
        (odd.held, odd.quality) == (even.held, even.quality)
        and abs(odd.low - even.low) == 1
        and abs(odd.high - even.high) == 1
    )


def _painted(items: list[Item], parity: int) -> Iterator[Run]:
    """Runs of one parity, neighbours joined."""
    before: Run | None = None
    for low, high, speaking in _stretches(list(_claims(items, parity))):
        finest = min(rank for rank, _ in speaking)
        held = united(each for rank, each in speaking if rank == finest)
        quality = _QUALITY.get(finest, STREET)
        if before and before.high == low - 1 and before.held == held:
            # As finely known as the coarser of the two: a greater number is coarser.
            before = before._replace(high=high, quality=max(before.quality, quality))
            continue
        if before:
            yield before
        before = Run(items[0].prefix, low, high, parity, quality, held)
    if before:
        yield before


class _Claim(NamedTuple):
    low: int
    high: int
    rank: int
    held: KnownDistricts


def _claims(items: list[Item], parity: int) -> Iterator[_Claim]:
    """What each source says of its own numbers, and the nearest one of those beside them."""
    for item in items:
        if item.parity & parity:
            yield _Claim(item.low, item.high, item.rank, item.held)
        if item.rank in (PUBLISHED, IMPUTED):
            yield _Claim(max(item.low - BLOCK, 0), item.high + BLOCK, NEAREST, item.wide)


def _stretches(claims: list[_Claim]) -> Iterator[tuple[int, int, list[tuple[int, KnownDistricts]]]]:
    """The number line cut where any claim begins or ends; those without a claim are left out."""
    cuts = sorted({cut for claim in claims for cut in (claim.low, claim.high + 1)})
    waiting = sorted(claims, reverse=True)
    active: list[_Claim] = []
    for low, after in itertools.pairwise(cuts):
        active = [claim for claim in active if claim.high >= low]
        while waiting and waiting[-1].low <= low:
            active.append(waiting.pop())
        if active:
            yield low, after - 1, list({(claim.rank, claim.held) for claim in active})


def simplified(items: Iterable[Item]) -> list[Item]:
    """The same, with neighbours of one source that lie alike joined."""
    joined: list[Item] = []
    for item in sorted(items, key=lambda each: (each.prefix, each.rank, each.parity, each.low)):
        last = joined[-1] if joined else None
        if (
            last
            and (last.prefix, last.rank, last.parity) == (item.prefix, item.rank, item.parity)
            and (last.held, last.wide) == (item.held, item.wide)
            # Of one parity the next house number is two further on.
            and item.low <= last.high + 2
            and item.rank != KNOWN
        ):
            joined[-1] = last._replace(high=max(last.high, item.high))
        else:
            joined.append(item)
    return joined
