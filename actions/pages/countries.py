"""The countries of the world, in the reader's language, for one field of the petition's form."""

from __future__ import annotations

import functools
import unicodedata
from typing import Any

from babel import Locale
from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

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


class CountrySelect(forms.Select):
    """A select whose options are joined once per language and choice.

    Django draws each with a template: most of the page's work.
    """

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        attributes = flatatt(self.build_attrs(self.attrs, {"name": name, **(attrs or {})}))
        return format_html(
            "<select{}>{}</select>", attributes, options(get_language() or "en", str(value or ""))
        )


class CountryField(forms.ChoiceField):
    """One of two hundred and fifty, found at once: Django looks through all, for each form."""

    def valid_value(self, value: Any) -> bool:
        return str(value) in codes()


@functools.cache
def codes() -> frozenset[str]:
    """The same in every language."""
    return frozenset(code for code, _name in countries("en"))


@functools.lru_cache(maxsize=100)
def options(language: str, chosen: str) -> SafeString:
    """The HTML of all options."""
    rows = (
        (code, SafeString(" selected") if code == chosen else "", name)
        for code, name in countries(language)
    )
    return format_html_join("\n", '<option value="{}"{}>{}</option>', rows)


@functools.cache
def countries(language: str) -> list[tuple[str, str]]:
    """ISO 3166-1 codes with their names in a language, the United States first."""
    names = Locale.parse(NAMED_AS_IN.get(language, language)).territories
    places = [
        (code, name)
        for code, name in names.items()
        if len(code) == 2 and code.isalpha() and code not in NOT_COUNTRIES
    ]
    return [
        ("US", names["US"]),
        *sorted((p for p in places if p[0] != "US"), key=lambda place: in_the_alphabet(place[1])),
    ]


def in_the_alphabet(name: str) -> str:
    """México before Micronesia: accents do not change a letter's place."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
