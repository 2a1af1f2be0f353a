"""Eleven telling states of the real data, read and drawn once for all files of this folder, which
one process runs.
"""

from dataclasses import dataclass

import pytest
from django.db import transaction

from legislators.loading import load
from legislators.maps.boundaries import Index
from legislators.maps.published import Map, draw_and_check
from tests.emptying import settle

STATES = ["AZ", "DC", "ID", "MD", "MN", "NE", "NH", "VT", "WA", "WI", "WV"]


@dataclass
class Loaded:
    """What `load` said, and its maps by layer with their indexes."""

    told: object
    maps: dict[str, Map]
    indexes: dict[str, Index]


@pytest.fixture(scope="package")
def loaded(shared_data, django_db_setup, django_db_blocker, tmp_path_factory):
    """The data, rolled back in the end. test_real_boundaries holds the maps against GEOS on more
    points.
    """
    maps, indexes, folder = {}, {}, tmp_path_factory.mktemp("drawn")

    def draw(each):
        content, verdict = draw_and_check(each, 5_000)
        path = folder / f"{each.layer}-{each.name}.idx"
        path.write_bytes(content)
        if content:
            assert each.layer not in maps
            maps[each.layer], indexes[each.layer] = each, Index(path)
        return content, verdict

    with django_db_blocker.unblock(), transaction.atomic():
        told = load(shared_data, STATES, say=lambda line: None, draw=draw)
        settle()
        yield Loaded(told, maps, indexes)
        transaction.set_rollback(True)
