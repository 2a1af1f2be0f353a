"""The countries of the world by their ISO 3166-1 codes, with their names in a language."""

from __future__ import annotations

import functools
import unicodedata

# Groups and test codes; and parts of countries that have a reserved code of their own.
NOT_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"} | {
    "AC",
    "CP",
    "CQ",
    "DG",
    "EA",
    "IC",
    "TA",
}
NAMED_AS_IN = {"es": "es_419"}  # Latin America says Arabia Saudita and Rumania
HOME = "US"


@functools.cache
def codes() -> frozenset[str]:
    """The same in every language."""
    return frozenset(code for code, _name in countries("en"))


@functools.cache
def countries(language: str) -> list[tuple[str, str]]:
    """ISO 3166-1 codes with their names in a language, the United States first."""
    from babel import Locale  # megabytes, of no use to the workers

    names = Locale.parse(NAMED_AS_IN.get(language, language)).territories
    places = [
        (code, name)
        for code, name in names.items()
        if len(code) == 2 and code.isalpha() and code not in NOT_COUNTRIES
    ]
    return [
        (HOME, names[HOME]),
        *sorted((p for p in places if p[0] != HOME), key=lambda place: in_the_alphabet(place[1])),
    ]


def country_name(code: str, language: str) -> str:
    """As it is where it is none."""
    return dict(countries(language)).get(code, code)


def in_the_alphabet(name: str) -> str:
    """México before Micronesia: accents do not change a letter's place."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
