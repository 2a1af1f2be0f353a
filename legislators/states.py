"""The fifty states, the District of Columbia and the territories: codes, names and OCD divisions.

Public knowledge, not data.
"""

from __future__ import annotations

from typing import NamedTuple


class State(NamedTuple):
    code: str
    name: str
    fips: str
    division: str

    @property
    def is_state(self) -> bool:
        """Whether it has two senators and a governor who are seats of ours; DC and the territories
        do not.
        """
        return "/state:" in self.division


_STATES = """
01 AL Alabama|02 AK Alaska|04 AZ Arizona|05 AR Arkansas|06 CA California|08 CO Colorado
09 CT Connecticut|10 DE Delaware|12 FL Florida|13 GA Georgia|15 HI Hawaii|16 ID Idaho
17 IL Illinois|18 IN Indiana|19 IA Iowa|20 KS Kansas|21 KY Kentucky|22 LA Louisiana|23 ME Maine
24 MD Maryland|25 MA Massachusetts|26 MI Michigan|27 MN Minnesota|28 MS Mississippi|29 MO Missouri
30 MT Montana|31 NE Nebraska|32 NV Nevada|33 NH New Hampshire|34 NJ New Jersey|35 NM New Mexico
36 NY New York|37 NC North Carolina|38 ND North Dakota|39 OH Ohio|40 OK Oklahoma|41 OR Oregon
42 PA Pennsylvania|44 RI Rhode Island|45 SC South Carolina|46 SD South Dakota|47 TN Tennessee
48 TX Texas|49 UT Utah|50 VT Vermont|51 VA Virginia|53 WA Washington|54 WV West Virginia
55 WI Wisconsin|56 WY Wyoming
"""
_OTHERS = (
    State("DC", "District of Columbia", "11", "ocd-division/country:us/district:dc"),
    State("AS", "American Samoa", "60", "ocd-division/country:us/territory:as"),
    State("GU", "Guam", "66", "ocd-division/country:us/territory:gu"),
    State("MP", "Northern Mariana Islands", "69", "ocd-division/country:us/territory:mp"),
    State("PR", "Puerto Rico", "72", "ocd-division/country:us/territory:pr"),
    State("VI", "U.S. Virgin Islands", "78", "ocd-division/country:us/territory:vi"),
)


def _read() -> dict[str, State]:
    rows = (row.split(" ", 2) for row in _STATES.strip().replace("\n", "|").split("|"))
    states = [
        State(code, name, fips, f"ocd-division/country:us/state:{code.lower()}")
        for fips, code, name in rows
    ]
    return {state.code: state for state in (*states, *_OTHERS)}


STATES = _read()
BY_FIPS = {state.fips: state for state in STATES.values()}
MILITARY = {
    "AA": "Armed Forces Americas",
    "AE": "Armed Forces Europe",
    "AP": "Armed Forces Pacific",
}
UNITED_STATES = State("US", "United States", "", "ocd-division/country:us")
# The made-up states of the demonstration; none of these is a USPS code, FIPS code or OCD division
# of anything. Only Franklin has districts, streets and people.
FRANKLIN = State("FK", "Franklin", "", "ocd-division/country:us/state:fk")
NEIGHBOURS = (
    State("HV", "Havenmoor", "", "ocd-division/country:us/state:hv"),
    State("TL", "Tallgrass", "", "ocd-division/country:us/state:tl"),
)
MADE_UP = {state.code: state for state in (FRANKLIN, *NEIGHBOURS)}

_NAMES = {state.name.upper(): state.code for state in (*STATES.values(), FRANKLIN)} | {
    name.upper(): code for code, name in MILITARY.items()
}
_ALIASES = {
    "D C": "DC",
    "WASHINGTON DC": "DC",
    "VIRGIN ISLANDS": "VI",
    "US VIRGIN ISLANDS": "VI",
    "COMMONWEALTH OF PUERTO RICO": "PR",
}


def state_code(text: str) -> str | None:
    """The two-letter code for a code or a name in any case ("md", "Maryland", "D.C."), or None."""
    words = " ".join(text.upper().replace(".", " ").split())
    if words in STATES or words in MILITARY or words == FRANKLIN.code:
        return words
    return _NAMES.get(words) or _NAMES.get(text.strip().upper()) or _ALIASES.get(words)
