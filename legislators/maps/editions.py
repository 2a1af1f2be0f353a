"""Editions of the maps: stored beside the one in force, switched on and back.

Every change is one transaction, and no process is told: each lookup reads which editions are in
force, and an index is named by its content.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from legislators.maps.boundaries import IndexUnavailable, open_index, store_index
from legislators.maps.indexing import Drawing
from legislators.maps.published import Map
from legislators.models import STREETS, District, Edition, ZipDistrict
from legislators.streetfile.opening import open_names, open_streets
from legislators.streetfile.reader import StreetsUnavailable


class CannotSwitch(Exception):
    """This edition cannot be switched on, or this layer not be taken back. The message says why."""


def is_loaded(each: Map) -> bool:
    """Whether an active edition was made from the same files for the same states."""
    return Edition.objects.filter(
        layer=each.layer, source_sha256=each.sha256, is_active=True
    ).exists()


@transaction.atomic
def switch_on(each: Map, index: bytes) -> Edition:
    """Store a map and let it replace those it covers whole."""
    return activate(store_map(each, index))


@transaction.atomic
def store_map(each: Map, index: bytes) -> Edition:
    """Keep a map that was drawn and checked; it answers nobody yet."""
    edition = Edition.objects.create(
        layer=each.layer,
        name=each.name,
        session=each.session,
        states=each.states,
        valid_from=each.valid_from,
        valid_to=each.valid_to,
        source=each.source[:200],
        source_sha256=each.sha256,
        index_sha256=store_index(index) if index else "",
        is_demo=each.is_demo,
    )
    District.objects.bulk_create(
        [_district(edition, drawn, each) for drawn in each.drawings], batch_size=500
    )
    ZipDistrict.objects.bulk_create(
        [
            ZipDistrict(
                edition=edition,
                zip=zip5,
                state=state,
                division=division,
                land_share=each.land_shares.get((zip5, division)),
            )
            for zip5, state, division in each.zips
        ],
        batch_size=2000,
    )
    return edition


@transaction.atomic
def activate(edition: Edition) -> Edition:
    """Let an edition answer from its first day on.

    Those it covers whole, in place and time, step back and are kept.

    Raises CannotSwitch when its index is missing or damaged; then nothing has changed.
    """
    try:
        # Opened before it is switched on: a damaged file must not become the only answer.
        _ = edition.index_sha256 and open_index(edition.index_sha256)
        _ = edition.streets_sha256 and open_streets(edition.streets_sha256)
        _ = edition.names_sha256 and open_names(edition.names_sha256)
    except (IndexUnavailable, StreetsUnavailable, OSError) as error:
        raise CannotSwitch(f"{edition}: its file is missing or damaged; load it again") from error
    edition.is_active, edition.activated_at, edition.replaced_by = True, timezone.now(), None
    edition.save(update_fields=["is_active", "activated_at", "replaced_by"])
    # Not deleted: `replaced_by` is all that a rollback needs (docs/decisions/0012).
    covered = [older.pk for older in _overlapping(edition) if _covers(edition, older)]
    Edition.objects.filter(pk__in=covered).update(is_active=False, replaced_by=edition)
    return edition


@transaction.atomic
def roll_back(layer: str) -> tuple[Edition, list[Edition]]:
    """Take back the layer's last activation: that edition, and those which answer in its place.

    Raises CannotSwitch when nobody would answer in its place although it is in force today.
    """
    last = (
        Edition.objects.select_for_update()
        .filter(layer=layer, is_active=True, is_demo=False)
        .order_by("-activated_at", "-pk")
        .first()
    )
    if last is None:
        raise CannotSwitch("no map of this layer is switched on")
    instead = [*Edition.objects.filter(replaced_by=last), *_overlapping(last)]
    bare = set(last.states).difference(*(each.states for each in instead))
    # Without streets a lookup is coarser; without a map there is none.
    if layer != STREETS and bare and last.valid_from <= timezone.localdate():
        raise CannotSwitch(
            f"without {last} (edition {last.pk}) there would be no map of {', '.join(sorted(bare))}"
        )
    Edition.objects.filter(pk=last.pk).update(is_active=False)
    Edition.objects.filter(replaced_by=last).update(is_active=True, replaced_by=None)
    return last, instead


def _overlapping(edition: Edition) -> Iterable[Edition]:
    """Other active editions of the layer that are in force on some of the same days."""
    rows = Edition.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=edition.valid_from), layer=edition.layer, is_active=True
    )
    rows = rows.filter(is_demo=edition.is_demo).exclude(pk=edition.pk)
    return rows.filter(valid_from__lt=edition.valid_to) if edition.valid_to else rows


def _covers(edition: Edition, older: Edition) -> bool:
    """Whether nothing is left for the older one to answer: none of its states and none of its
    days.
    """
    outlasts = edition.valid_to is not None and (
        older.valid_to is None or older.valid_to > edition.valid_to
    )
    return (
        set(older.states) <= set(edition.states)
        and edition.valid_from <= older.valid_from
        and not outlasts
    )


def _district(edition: Edition, drawn: Drawing, each: Map) -> District:
    area = drawn.area
    geoid = each.geoids.get(area.division, "")
    return District(
        edition=edition,
        jurisdiction_id=area.state,
        division=area.division,
        code=area.code[:80],
        name=area.name[:120],
        geoid=geoid,
    )
