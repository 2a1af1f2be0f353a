"""Which seats sponsor a bill."""

import datetime as dt

import pytest

from campaigns.bills.sponsors import COSPONSOR, SPONSOR, held_by_sponsors
from legislators.models import Seat
from tests import build
from tests.campaigns.bills import bill, sponsor


@pytest.mark.django_db
def test_a_bill_is_sponsored_by_the_seats_that_its_sponsors_hold_that_day():
    made = bill()
    first, second, gone, other = (build.seat(district=str(n)) for n in range(1, 5))
    ada, bo, cy = (build.legislator(name) for name in ("Ada Smith", "Bo Diaz", "Cy Young"))
    build.term(first, ada)
    build.term(second, bo)
    build.term(gone, cy, ended_on=dt.date(2026, 1, 5))
    build.term(other)
    for person, role in ((ada, SPONSOR), (bo, COSPONSOR), (cy, COSPONSOR)):
        sponsor(made, person, role)

    def held(*roles, **day):
        return set(Seat.objects.filter(held_by_sponsors([made], roles, **day)))

    assert held() == {first, second}
    assert held(SPONSOR) == {first}
    assert held(COSPONSOR) == {second}
    assert gone in held(on=dt.date(2026, 1, 4))
    assert set(Seat.objects.exclude(held_by_sponsors([made]))) == {gone, other}
    assert not Seat.objects.filter(held_by_sponsors([bill("SB 18")])).exists()
