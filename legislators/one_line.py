"""A whole address on one line, as people paste it: "15 W 4th St, Cincinnati, OH 45202, USA"."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import NamedTuple

import usaddress

from legislators.states import STATES, state_code

_COUNTRY = re.compile(
    r"(?:^|[\s,]+)(?:U\.?\s?S\.?\s?A|U\.S|(?:THE )?UNITED STATES(?: OF AMERICA)?)[\s.,]*$", re.I
)
_NOT_A_PLACE = re.compile(r"\s*(?:attn|attention|c/o)\b", re.I)
# Not the end of a longer number: a telephone's, or a street's in a grid.
_ZIP = re.compile(r"(?<![\d-])(\d{5}(?:[-\s]\d{4})?)$")
_ZIP_FIRST = re.compile(r"(\d{5}(?:-\d{4})?) ([A-Za-z. ]+)")
_STATE_NAMES = [state.name.upper() for state in STATES.values()]
_LIKENESS = 0.75  # "Ohoi" is Ohio


class Parts(NamedTuple):
    """As written, each "" where nothing was."""

    street: str
    city: str
    state: str  # two letters
    zip: str


def split(text: str) -> Parts:
    """Street, town, state and ZIP code of one line, with or without commas."""
    segments = [each.strip(" .;") for each in re.split(r"[,\n]", _COUNTRY.sub("", text))]
    kept = [each for each in segments if each and not _NOT_A_PLACE.match(each)]
    rest = _COUNTRY.sub("", ", ".join(kept)).strip(" ,.")
    # "45202 Ohio", "45202 Cincinnati": no street, and the ZIP code first.
    if found := _ZIP_FIRST.fullmatch(rest):
        state = state_code(found[2]) or ""
        return Parts("", "" if state else found[2], state, found[1])
    rest, zip5 = _off_end(rest, _ZIP)
    if not zip5 and "," not in rest:
        return Parts(rest, "", "", "")  # "5 Oak Ct" is not in Connecticut
    rest, state, name = _state(rest)
    if zip5 and not state:
        rest = _without_misspelled_state(rest)
    street, city = _city(rest, state, zip5)
    if name and not city:
        # "350 5th Ave, New York 10001" names the town; its ZIP code says which state.
        city, state = name, "" if zip5 else state
    return Parts(street, city, state, zip5)


def goes_on(street: str) -> bool:
    """Whether a street line goes on with a town, a state or a ZIP code: "..., OH 45202"."""
    found = split(street)
    is_street = bool(re.search(r"\d", found.street) and re.search(r"[A-Za-z]", found.street))
    return is_street and (bool(found.zip and (found.city or found.state)) or bool(found.state))


def _off_end(text: str, pattern: re.Pattern[str]) -> tuple[str, str]:
    found = pattern.search(text)
    return (text[: found.start()].rstrip(" ,."), found[1]) if found else (text, "")


def _state(text: str) -> tuple[str, str, str]:
    """What stands before the state, its code, and its name where it was written out."""
    before, _, last = text.rpartition(",")
    words = last.split()
    for count in range(min(4, len(words)), 0, -1):
        written = " ".join(words[-count:])
        code = state_code(written)
        if not code or (count == len(words) and not before):
            continue
        # The "CT" and "AL" of streets and towns are no states unless they are the last word.
        left = ", ".join(part for part in (before.strip(), " ".join(words[:-count])) if part)
        name = written if len(re.sub(r"[^A-Za-z]", "", written)) > 2 else ""
        return left, code, name
    return text, "", ""


def _without_misspelled_state(text: str) -> str:
    """The ZIP code decides: "Cincinnati, Ohoi" loses its last part, "Cincinnati" does not."""
    before, comma, last = text.rpartition(",")
    word = last.strip().upper()
    if not comma or not re.fullmatch(r"[A-Z. ]+", word) or "," not in before:
        return text
    is_like = len(word) == 2 or get_close_matches(word, _STATE_NAMES, 1, _LIKENESS)
    return before.strip() if is_like else text


def _city(text: str, state: str, zip5: str) -> tuple[str, str]:
    """Street and town: after the last comma, or as usaddress sees it where there is none."""
    before, comma, last = text.rpartition(",")
    if comma and not re.search(r"\d|#", last) and not _is_unit(last):
        return before.strip(" ,"), last.strip()
    if not (state or zip5):
        return text, ""
    # It sees a town best with a state and a ZIP behind it: any will do.
    words = usaddress.parse(f"{text}, {state or 'MD'} {zip5 or '21401'}")
    city = " ".join(word for word, label in words if label == "PlaceName").strip(" ,")
    if not city or not text.endswith(city):
        return text, ""
    return text.removesuffix(city).strip(" ,"), city


def _is_unit(text: str) -> bool:
    return bool(re.match(r"\s*(?:apt|apartment|unit|ste|suite|rm|room|fl|floor|lot)\b", text, re.I))
