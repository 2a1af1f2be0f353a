"""What each state calls its legislature, its chambers, their members and its people, in English and
Spanish. Public knowledge, like legislators.states; titles of seats are the roster's own.

Legislatures and chambers: the National Conference of State Legislatures' list. People: the U.S.
Government Publishing Office Style Manual (5.23), with what is said beside it. Spanish names: the
Real Academia Española's list of place names.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language

from legislators.models import Chamber, Jurisdiction, Seat
from legislators.states import FRANKLIN, MADE_UP, STATES, UNITED_STATES

_LEGISLATURES = {
    "General Assembly": "AR CO CT DE GA IL IN IA KY MD MO NC OH PA RI SC TN VT VA",
    "Legislative Assembly": "ND OR PR",
    "General Court": "MA NH",
    "Council": "DC",
}
# The first is how it is written here; the others are read as well, the longest first.
_LOWER_HOUSES = {
    ("State Assembly", "Assembly"): "CA NY WI",
    ("Assembly",): "NV",
    ("General Assembly", "Assembly"): "NJ",
}
_LOWER_BY_TITLE = {
    "Delegate": ("House of Delegates",),
    "Assembly Member": ("Assembly", "State Assembly"),
}
_TITLES = {"Delegate": "MD VA WV", "Assembly Member": "CA NJ NV NY"}
_UPPER = {"Councilmember": "DC"}
_PEOPLE = """
AL Alabamian Alabaman|AK Alaskan|AZ Arizonan|AR Arkansan|CA Californian|CO Coloradan
CT Connecticuter|DE Delawarean|FL Floridian|GA Georgian|HI Hawaii_resident
ID Idahoan|IL Illinoisan|IN Hoosier Indianan
IA Iowan|KS Kansan|KY Kentuckian|LA Louisianian Louisianan|ME Mainer|MD Marylander
MA Bay_Stater Massachusettsan|MI Michigander Michiganian|MN Minnesotan|MS Mississippian
MO Missourian|MT Montanan|NE Nebraskan|NV Nevadan|NH Granite_Stater New_Hampshirite
NJ New_Jerseyan|NM New_Mexican|NY New_Yorker|NC North_Carolinian|ND North_Dakotan|OH Ohioan
OK Oklahoman|OR Oregonian|PA Pennsylvanian|RI Rhode_Islander|SC South_Carolinian
SD South_Dakotan|TN Tennessean|TX Texan|UT Utahn|VT Vermonter|VA Virginian|WA Washingtonian
WV West_Virginian|WI Wisconsinite|WY Wyomingite|DC Washingtonian
"""
_SPANISH_NAMES = {
    "DC": "Distrito de Columbia",
    "HI": "Hawái",
    "LA": "Luisiana",
    "MI": "Míchigan",
    "MO": "Misuri",
    "MS": "Misisipi",
    "NC": "Carolina del Norte",
    "ND": "Dakota del Norte",
    "NH": "Nuevo Hampshire",
    "NJ": "Nueva Jersey",
    "NM": "Nuevo México",
    "NY": "Nueva York",
    "OR": "Oregón",
    "PA": "Pensilvania",
    "SC": "Carolina del Sur",
    "SD": "Dakota del Sur",
    "WV": "Virginia Occidental",
}
_CAPITALS = """
AL Montgomery|AK Juneau|AZ Phoenix|AR Little Rock|CA Sacramento|CO Denver|CT Hartford|DE Dover
FL Tallahassee|GA Atlanta|HI Honolulu|ID Boise|IL Springfield|IN Indianapolis|IA Des Moines
KS Topeka|KY Frankfort|LA Baton Rouge|ME Augusta|MD Annapolis|MA Boston|MI Lansing|MN Saint Paul
MS Jackson|MO Jefferson City|MT Helena|NE Lincoln|NV Carson City|NH Concord|NJ Trenton|NM Santa Fe
NY Albany|NC Raleigh|ND Bismarck|OH Columbus|OK Oklahoma City|OR Salem|PA Harrisburg|RI Providence
SC Columbia|SD Pierre|TN Nashville|TX Austin|UT Salt Lake City|VT Montpelier|VA Richmond|WA Olympia
WV Charleston|WI Madison|WY Cheyenne|PR San Juan
"""
_ONE_CHAMBER = {"NE": Chamber.STATE_UNICAMERAL, "DC": Chamber.DC_COUNCIL}
STATEHOUSE = (
    Chamber.STATE_UPPER,
    Chamber.STATE_LOWER,
    Chamber.STATE_UNICAMERAL,
    Chamber.DC_COUNCIL,
)


@dataclass(frozen=True)
class StateWords:
    """How people there speak. Of a tuple the first is how we write it; a blank is not known."""

    code: str
    name: str
    spanish_name: str
    legislature: str
    lower_house: tuple[str, ...]
    """Empty where there is one chamber only."""
    lower_title: str
    upper_title: str
    people: tuple[str, ...]
    capital: str
    chambers: frozenset[str]

    @property
    def has_one_chamber(self) -> bool:
        return not self.lower_house


def words_of(code: str) -> StateWords:
    """Of a state, the District, or a made-up one with a roster. Two queries."""
    chambers = chambers_of(code)
    titles = _titles(code)
    one = chambers & {Chamber.STATE_UNICAMERAL, Chamber.DC_COUNCIL}
    lower_title = titles.get(Chamber.STATE_LOWER) or _listed(_TITLES, code, "Representative")
    upper_title = next((titles[each] for each in one if each in titles), "")
    name = state_name(code)
    return StateWords(
        code,
        name,
        _SPANISH_NAMES.get(code, name),
        _listed(_LEGISLATURES, code, "Legislature"),
        () if one else _lower_house(code, lower_title),
        "" if one else lower_title,
        upper_title or titles.get(Chamber.STATE_UPPER) or _listed(_UPPER, code, "Senator"),
        tuple(part.replace("_", " ") for part in _rows(_PEOPLE).get(code, "").split()),
        _rows(_CAPITALS).get(code, ""),
        chambers,
    )


def chambers_of(code: str) -> frozenset[str]:
    """Those that have seats there; before a roster is loaded, those that it must have."""
    seats = Seat.objects.filter(jurisdiction=code).exclude(chamber=Chamber.CUSTOM)
    found = frozenset(seats.order_by().values_list("chamber", flat=True).distinct())
    if found & set(STATEHOUSE):
        return found
    one = _ONE_CHAMBER.get(code)
    statehouse = {one} if one else {Chamber.STATE_UPPER, Chamber.STATE_LOWER}
    congress = {Chamber.US_HOUSE} if code == "DC" else {Chamber.US_HOUSE, Chamber.US_SENATE}
    return frozenset({*map(str, statehouse | congress), str(Chamber.GOVERNOR)}) | found


def state_name(code: str) -> str:
    known = STATES.get(code) or (FRANKLIN if code == FRANKLIN.code else None)
    if known:
        return known.name
    name = Jurisdiction.objects.filter(code=code).values_list("name", flat=True).first()
    return name or code


def state_names() -> dict[str, str]:
    """By code, in the language of the page: the states and territories, the made-up ones, and
    whatever else has a roster here. One query.
    """
    others = Jurisdiction.objects.exclude(code__in=[*STATES, UNITED_STATES.code])
    spanish = _SPANISH_NAMES if get_language() == "es" else {}
    ours = STATES | MADE_UP
    known = {code: spanish.get(code, state.name) for code, state in ours.items()}
    return known | dict(others.values_list("code", "name"))


def other_names(*codes: str) -> Iterable[str]:
    """What every other state is called, in both languages."""
    for state in STATES.values():
        if state.code not in codes:
            yield state.name
            yield _SPANISH_NAMES.get(state.code, state.name)


def _titles(code: str) -> dict[str, str]:
    seats = Seat.objects.filter(jurisdiction=code, chamber__in=STATEHOUSE).order_by()
    return dict(seats.values_list("chamber", "title").distinct())


def _lower_house(code: str, title: str) -> tuple[str, ...]:
    for names, states in _LOWER_HOUSES.items():
        if code in states.split():
            return names
    return _LOWER_BY_TITLE.get(title, ("House of Representatives",))


def _listed(groups: dict[str, str], code: str, default: str) -> str:
    return next((name for name, states in groups.items() if code in states.split()), default)


def _rows(text: str) -> dict[str, str]:
    rows = text.strip().replace("\n", "|").split("|")
    return {row[:2]: row[3:] for row in rows}
