"""Square Vermont (tests/legislators/folder.py) loaded, and the rows that this makes."""

import datetime as dt

from legislators import loading
from legislators.models import (
    BoundaryFile,
    Contact,
    Edition,
    Jurisdiction,
    Legislator,
    Seat,
    Source,
    Term,
    ZipDistrict,
)

DAY = dt.date(2026, 11, 20)
EVERYTHING = (
    BoundaryFile,
    Contact,
    Edition,
    Jurisdiction,
    Legislator,
    Seat,
    Source,
    Term,
    ZipDistrict,
)


def load(folder, *states):
    return loading.load(folder, states, say=lambda line: None)


def rows():
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in EVERYTHING
        if model is not Source
    }
