"""Offices of our own, added by hand: one, and a table of three."""

from legislators.by_hand.holders import Said
from legislators.by_hand.offices import NewOffice, add_office

TABLE = """office,title,serves,state,zips,holder,source,email
Attorney General of Franklin,Attorney General,state,Franklin,,Kim Day,their site,kim@ag.example
School board of Polk,Chair,zips,FK,00001 00002,Lou Park,their site,
Acme Inc.,Customer Relations,everybody,,,Customer Relations,their site,
"""


def office(
    name="Attorney General of Franklin", serves="state", state="FK", zips=(), holder="Kim Day"
):
    said = Said(holder, "their own site") if holder else None
    new = NewOffice(name, "Attorney General", serves, state, tuple(zips), said)
    return add_office(new, author="sam@example.org")
