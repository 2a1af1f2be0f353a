"""A bill of Franklin, and who sponsors it."""

from campaigns.bills.naming import normalized
from campaigns.models import Bill, BillSponsor


def bill(identifier="SB 17", **fields):
    fields = {"jurisdiction": "FK", "session": "2027", "stance": "pro"} | fields
    return Bill.objects.create(identifier=identifier, normalized=normalized(identifier), **fields)


def sponsor(bill_, legislator, role="sponsor"):
    return BillSponsor.objects.create(
        bill=bill_, legislator=legislator, name=legislator.name, role=role
    )
