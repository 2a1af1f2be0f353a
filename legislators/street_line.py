"""A street line read into a house number and a comparable street, after USPS Publication 28.

usaddress says which words are number, street or apartment. Typed addresses and the Census'
FULLNAMEs pass through the same function, so both sides of a comparison are spelled alike. Nothing
here raises or logs what was typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import usaddress

from legislators.publication_28 import DIRECTIONS, SUFFIXES
from legislators.states import STATES


class Street(NamedTuple):
    """name has no spaces ("Blue Bird" is "BLUEBIRD"); kind is a street type, with "^" before it
    where it stands before the name.
    """

    name: str
    before: str = ""  # N, SW ...
    kind: str = ""
    after: str = ""


class House(NamedTuple):
    """88-10 in Queens is ("-", 88010); N6W23001 in Wisconsin is ("N6W", 23001); 15A and 15 1/2 are
    15.
    """

    prefix: str
    number: int


class Line(NamedTuple):
    """`cost`: what this reading leaves unexplained of the line, from 0, nothing, to 1."""

    house: House
    street: Street
    cost: float = 0.0


_STREET_WORDS = ("StreetName", "AddressNumberPrefix", "AddressNumberSuffix")
_KINDS = SUFFIXES | {"MNT": "MTN", "FWY": "FWY", "HTS": "HTS"}
_DIRECTIONS = DIRECTIONS | {short: short for short in DIRECTIONS.values()}
_DIRECTIONS |= {"SO": "S", "NO": "N"}
_SPANISH = {
    **dict.fromkeys(["CALLE", "CLL"], "CALLE"),
    **dict.fromkeys(["AVENIDA", "AVDA", "AVE", "AV", "AVENUE"], "AVE"),
    **dict.fromkeys(["CAMINO", "CAM", "CMNO"], "CAMINO"),
    **dict.fromkeys(["CARRETERA", "CARR"], "CARR"),
    **{
        word: word
        for word in ("PASEO", "VIA", "VEREDA", "CALLEJON", "PASAJE", "RUTA", "CALZADA", "CERRADA")
    },
}
_SHORT = {"SAINT": "ST", "SAINTE": "STE", "MOUNT": "MT", "FORT": "FT", "AND": "", "&": ""}
_ONES = (
    "FIRST SECOND THIRD FOURTH FIFTH SIXTH SEVENTH EIGHTH NINTH TENTH ELEVENTH TWELFTH THIRTEENTH"
    " FOURTEENTH FIFTEENTH SIXTEENTH"
)
_ORDINALS = {
    word: n for n, word in enumerate(f"{_ONES} SEVENTEENTH EIGHTEENTH NINETEENTH".split(), 1)
}
_TENS = {
    word: 10 * n
    for n, word in enumerate(
        ["TWENTY", "THIRTY", "FORTY", "FIFTY", "SIXTY", "SEVENTY", "EIGHTY", "NINETY"], 2
    )
}
_ORDINALS |= {word[:-1] + "IETH": n for word, n in _TENS.items()} | {
    f"{tens} {word}": n + _ORDINALS[word]
    for tens, n in _TENS.items()
    for word in list(_ORDINALS)[:9]
}
_ORDINAL = re.compile(r"\b(" + "|".join(sorted(_ORDINALS, key=len, reverse=True)) + r")\b")
_ROAD = r"(?:HIGHWAY|HWY|ROUTE|RTE|RT|ROAD|RD|TRUNK HIGHWAY|TRUNK HWY)"
_SOME_STATE = "|".join(["STATE", "ST", *STATES, *(state.name.upper() for state in STATES.values())])
_HIGHWAYS = [
    ("^US", re.compile(rf"(?:US|U S|UNITED STATES)(?: {_ROAD})? (\d+\w?)")),
    ("^I", re.compile(r"(?:I|INTERSTATE)(?: HIGHWAY| HWY)? (\d+\w?)")),
    ("^FM", re.compile(rf"(?:FM|F M|FARM TO MARKET|RM|RANCH TO MARKET)(?: {_ROAD})? (\d+\w?)")),
    (
        "^NFS",
        re.compile(
            rf"(?:NFS|NF|USFS|FS|FOREST SERVICE|NATIONAL FOREST(?: SERVICE)?)(?: {_ROAD}| DEV RD|"
            r" TRL)? (\d+\w?)"
        ),
    ),
    (
        "^CO",
        re.compile(
            rf"(?:COUNTY|CO|CNTY) {_ROAD} (\d+\w?|[A-Z]{{1,2}})|(?:CR|C R|CTH|CH|COUNTY)"
            r" (\d+\w?|[A-Z]{1,2})"
        ),
    ),
    (
        "^STATE",
        re.compile(
            rf"(?:{_SOME_STATE}) {_ROAD} (\d+\w?)|(?:SR|S R|SH|{'|'.join(STATES)}) (\d+\w?)"
        ),
    ),
    ("^HWY", re.compile(r"(?:HIGHWAY|HWY|ROUTE|RTE|RT) (\d+\w?|[A-Z]{1,2})")),
]
# A word behind a street that may be a flat costs less than geocoders.candidates.GOOD, so that both
# readings are weighed; behind a road it is likelier the road's own number, as of "Lake Road 3".
# What explains nothing leaves a reading that is only ever offered.
LOOSE, GLUED, UNEXPLAINED = 0.08, 0.12, 0.25
_SHORTEST_NAME = 3  # in front of a street type that is glued to it
_FLAT = re.compile(r"\d{1,5}[A-Z]?|[A-Z]-?\d{0,4}|\d/\d")
_NUMBERED = frozenset({"RD", "HWY", "LN", "TRL", "RTE", "RT"})
_RANGE, _LONGEST_BUILDING = re.compile(r"(\d{3,6})-(\d{3,6})"), 98
_NUMBERS = [
    re.compile(r"()(\d{1,9})-?[A-Z]?"),
    re.compile(r"(\d{1,5})-(\d{1,3})[A-Z]?"),
    re.compile(r"([NSEW]\d{1,4}[NSEW]|\d{1,3}[NSEW]|[A-Z]{1,2}-?)(\d{1,6})[A-Z]?"),
]


def read_line(text: str) -> Line | None:
    """A house on a street, or None: no number, no street, a corner of two streets."""
    line = next(iter(readings(text)), None)
    return line._replace(cost=0.0) if line else None


@lru_cache(maxsize=4096)
def readings(text: str, town: str = "", state: str = "") -> tuple[Line, ...]:
    """Every way to read the line, the likeliest first: the 586 of "551 NFS Rd 586" may be a flat
    and may be the road's, since no word says which. Weigh them all; each has its `cost`.

    `town` behind the street is no part of it; `state` is the code of the address's own, "" where
    that is not told.
    """
    # Whatever stands behind "#" is a flat.
    text = re.sub(r"(?<=\w)[\s,]*#.*$", "", text)
    words = usaddress.parse(re.sub(r"\b(?:APTO|APARTAMENTO|DEPTO|PISO)\b", "APT", _plain(text)))
    if any(label.startswith("Intersection") or label == "CornerOf" for _, label in words):
        return ()
    # As the parser has labelled the words; it does not know every kind of number.
    house = house_number(" ".join(word for word, label in words if label == "AddressNumber"))
    labelled = [word for word, label in words if label.startswith(_STREET_WORDS)]
    whole = _without_flat(words)
    if house is None:
        house, rest = _leading_number(_plain(text))
        labelled = rest.split()
        whole = labelled
    if house is None:
        return ()
    costs: dict[Street, float] = {}
    # The street as labelled; up to each word that may end it; and the whole line.
    for part in (labelled, *_ends_at_a_kind(whole), whole):
        street = street_of(" ".join(part))
        cost = _unexplained(part, whole, street.kind, _plain(town))
        if street.kind == "^STATE" and _is_of_another_state(part, state):
            cost = UNEXPLAINED
        if street.name:
            costs[street] = min(cost, costs.get(street, cost))
        for glued in _glued_kinds(part) if not street.kind else ():
            costs.setdefault(glued, cost + GLUED)
    lines = (Line(house, street, cost) for street, cost in costs.items())
    # A stable sort: those that explain the line stay in the order in which they were read.
    return tuple(sorted(lines, key=lambda line: line.cost >= UNEXPLAINED))


def with_street(text: str, street: str) -> str:
    """The line with another street in it: its house number and its flat stay as they were typed."""
    words = usaddress.parse(text)
    house = [word for word, label in words if label.startswith("AddressNumber")]
    flat = [word for word, label in words if label.startswith(("Occupancy", "Subaddress"))]
    return " ".join([*(house or text.split()[:1]), street, *flat]).replace(",", "")


def _without_flat(words: list[tuple[str, str]]) -> list[str]:
    """What stands between the house number and a flat that says it is one ("Apt 3")."""
    labels = [label for _, label in words]
    ends = labels.index("OccupancyType") if "OccupancyType" in labels else len(words)
    starts = labels.index("AddressNumber") if "AddressNumber" in labels else 0
    if ends < starts:
        ends = len(words)
    return [word for word, label in words[starts:ends] if label != "AddressNumber"]


def _ends_at_a_kind(words: list[str]) -> list[list[str]]:
    """The parts of a line that end with a street type, and a direction behind it."""
    parts = []
    for at in range(1, len(words) - 1):
        if words[at] in _KINDS:
            ends = at + 2 if words[at + 1] in _DIRECTIONS else at + 1
            parts.append(words[:ends])
    return parts


def _glued_kinds(words: list[str]) -> Iterator[Street]:
    """ "JacksonLn" may be Jackson Ln, and costs as much as the Jackson Ln Rd that it may be too."""
    *before, last = words or [""]
    for kind in _KINDS:
        if last.endswith(kind) and len(last) >= len(kind) + _SHORTEST_NAME:
            yield street_of(" ".join([*before, last.removesuffix(kind), kind]))


def _unexplained(part: list[str], whole: list[str], kind: str, town: str) -> float:
    """What the words cost that a reading leaves out."""
    if part == whole:
        return 0.0
    if part != whole[: len(part)]:
        return 0.0 if sorted(part) == sorted(whole) else UNEXPLAINED
    left_out = whole[len(part) :]
    if town and " ".join(left_out) == town:
        return 0.0
    if len(left_out) > 1 or not _FLAT.fullmatch(left_out[0]):
        return UNEXPLAINED
    return UNEXPLAINED if left_out[0].isdigit() and kind in _NUMBERED else LOOSE


def _is_of_another_state(part: list[str], state: str) -> bool:
    """ "WY 360" in Montana is no highway of Wyoming's: it may be Hwy 360, with a letter lost."""
    words = " ".join(part)
    named = {
        one.code
        for one in STATES.values()
        if words.startswith((f"{one.code} ", f"{one.name.upper()} "))
    }
    return bool(state and named) and state not in named


def _leading_number(text: str) -> tuple[House | None, str]:
    """Where usaddress sees no number: the first word, or the two of "N6 W23001"."""
    joined = re.sub(r"^([NSEW]\d{1,4}) ([NSEW]\d{1,6})\b", r"\1\2", text)
    first, _, rest = joined.partition(" ")
    return house_number(first), rest


def house_number(text: str) -> House | None:
    """As a range or a person writes it; None for what is no number."""
    cleaned = re.sub(r"\s*\b\d/\d\b|[\s½¼¾]", "", text.upper())
    cleaned = _RANGE.sub(_first_of_range, cleaned)
    for pattern in _NUMBERS:
        found = pattern.fullmatch(cleaned)
        if found and found[1].isdigit():
            return House("-", int(found[1]) * 1000 + int(found[2]))
        if found:
            return House(found[1].rstrip("-"), int(found[2]))
    return None


def _first_of_range(found: re.Match[str]) -> str:
    """ "1760-1764" is a building from 1760 on; the 88-10 of Queens is one house."""
    first, last = int(found[1]), int(found[2])
    is_range = len(found[1]) == len(found[2]) and first < last <= first + _LONGEST_BUILDING
    return found[1] if is_range else found[0]


@lru_cache(maxsize=65_536)
def street_of(text: str) -> Street:
    """A street's name as written on an envelope or in FULLNAME."""
    words = re.sub(r"^(?:\d/\d )", "", _plain(text)).replace("-", " ").split()
    before = after = ""
    if len(words) > 1 and words[-1] in _DIRECTIONS and not (len(words) == 2 and words[0] in _KINDS):
        after = _DIRECTIONS[words.pop()]
    if len(words) > 1 and words[0] in _DIRECTIONS and not (len(words) == 2 and words[1] in _KINDS):
        before = _DIRECTIONS[words.pop(0)]
    # "Fourth" and "4th" are one: 4.
    text = _ORDINAL.sub(lambda found: str(_ORDINALS[found[1]]), " ".join(words))
    for kind, pattern in _HIGHWAYS:
        found = pattern.fullmatch(text)
        if found:
            return Street(f"HWY{next(filter(None, found.groups()))}", before, kind, after)
    name, kind = _name_and_kind(text.split())
    # "South St" is no "S St": a direction that is the whole name keeps its letters.
    return Street(
        (
            name[0]
            if name and name[0] in _DIRECTIONS and len(name) == 1
            else "".join(map(_spelled, name))
        ),
        before,
        kind,
        after,
    )


def _name_and_kind(words: list[str]) -> tuple[list[str], str]:
    if len(words) > 1 and words[-1] in _KINDS:
        return words[:-1], _KINDS[words[-1]]
    if len(words) > 1 and words[0] in _SPANISH:
        return words[1:], f"^{_SPANISH[words[0]]}"
    if len(words) == 2 and words[0] in _KINDS and len(words[1]) <= 4:
        return words[1:], f"^{_KINDS[words[0]]}"
    return words, ""


def _spelled(word: str) -> str:
    """One word of a name: "4TH" is 4, "CREEK" is CRK, "SAINT" is ST."""
    numbered = re.fullmatch(r"(\d+)(?:ST|ND|RD|TH)", word)
    return (
        numbered[1] if numbered else _SHORT.get(word, _KINDS.get(word, _DIRECTIONS.get(word, word)))
    )


def _plain(text: str) -> str:
    """Upper case without accents and punctuation."""
    bare = unicodedata.normalize("NFKD", text.upper().replace("½", " 1/2"))
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return " ".join(
        re.sub(
            r"[^A-Z0-9#/& -]",
            " ",
            re.sub(r"['’.](?=[A-Z])|['’](?=S\b)", "", bare).replace("⁄", "/"),
        ).split()
    )
