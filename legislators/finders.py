"""Where a state's own pages tell people who represents them: for whoever is not sure which district
is theirs.

Official pages only. Each is named alike by at least two public lists of such links, read on the day
below and not opened from there; a state whose page they name differently has no line, and gets the
Library of Congress' list of all legislatures. Whoever knows better adds a line with its source.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from legislators.models import Chamber
from legislators.states import STATES

READ_ON = dt.date(2026, 11, 30)
HOUSE = "https://www.house.gov/representatives/find-your-representative"
ALL_LEGISLATURES = "https://www.congress.gov/state-legislature-websites"

# The state; "upper" or "lower" where a page knows one chamber only; its address.
_LINES = """
AZ      https://www.azleg.gov/findmylegislator/
CA      https://findyourrep.legislature.ca.gov/
CO      https://leg.colorado.gov/find-my-legislator
CT      https://www.cga.ct.gov/asp/menu/cgafindleg.asp
DE      https://legis.delaware.gov/FindMyLegislator
FL upper https://www.flsenate.gov/Senators/Find
GA      https://www.legis.ga.gov/find-my-legislator
HI      https://www.capitol.hawaii.gov/fyl/
IA      https://www.legis.iowa.gov/legislators/find
ID      https://legislature.idaho.gov/legislators/whosmylegislator/
IN      https://iga.in.gov/information/find-legislators
KY      https://apps.legislature.ky.gov/findyourlegislator/findyourlegislator.html
LA      https://www.legis.la.gov/legis/FindMyLegislators.aspx
MA      https://malegislature.gov/Search/FindMyLegislator
MD      https://mgaleg.maryland.gov/mgawebsite/Members/District
MN      https://www.gis.lcc.mn.gov/iMaps/districts/
MO      https://house.mo.gov/LegislatorLookup.aspx
MT      https://leg.mt.gov/legislator-lookup/
NC      https://www.ncleg.gov/FindYourLegislators
NE      https://nebraskalegislature.gov/senators/senator_find.php
NM      https://www.nmlegis.gov/Members/Find_My_Legislator
NY upper https://www.nysenate.gov/find-my-senator
NY lower https://nyassembly.gov/mem/search/
OH      https://www.legislature.ohio.gov/members/district-maps
OK      https://www.oklegislature.gov/FindMyLegislature.aspx
PA      https://www.palegis.us/find-my-legislator
SC      https://www.scstatehouse.gov/legislatorssearch.php
SD      https://sdlegislature.gov/Legislators/Find
TX      https://wrm.capitol.texas.gov/home
UT      https://le.utah.gov/GIS/findDistrict.jsp
VA      https://whosmy.virginiageneralassembly.gov/
WA      https://app.leg.wa.gov/districtfinder/
WI      https://maps.legis.wisconsin.gov/
"""
_CHAMBERS = {"upper": Chamber.STATE_UPPER, "lower": Chamber.STATE_LOWER}
_STATE_CHAMBERS = {Chamber.STATE_UPPER, Chamber.STATE_LOWER, Chamber.STATE_UNICAMERAL}


class Finder(NamedTuple):
    """`is_list`: no finder, but the list of all legislatures, from which it is one step more."""

    url: str
    is_list: bool = False


def finder(chamber: str, state: str) -> Finder | None:
    """Where an address is told its seat in this chamber; None where no page of any state does."""
    if state not in STATES:
        return None
    if chamber == Chamber.US_HOUSE:
        return Finder(HOUSE)
    if chamber not in _STATE_CHAMBERS:
        return None
    url = _FINDERS.get((state, chamber)) or _FINDERS.get((state, ""))
    return Finder(url) if url else Finder(ALL_LEGISLATURES, is_list=True)


def _read() -> dict[tuple[str, str], str]:
    found = {}
    for line in _LINES.strip().splitlines():
        state, *chamber, url = line.split()
        found[state, _CHAMBERS[chamber[0]] if chamber else ""] = url
    return found


_FINDERS = _read()
