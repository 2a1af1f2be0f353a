"""Many who send, one after the other."""

from actions import take
from actions.screening.bursts import marks_of
from tests import build


def sent(ask, number, address="198.51.100.7", **fields):
    entry = build.entry(email=f"person{number}@school{number}.example", given_name=f"P{number}")
    form = build.filled_form(ask, entry=entry, marks=marks_of(address, entry.email), **fields)
    return take.take_action(ask, form)
