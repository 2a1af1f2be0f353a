"""One field for the country that somebody lives in, in the reader's language."""

from __future__ import annotations

import functools
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaigns.abroad.countries import HOME, codes, countries


class CountrySelect(forms.Select):
    """A select whose options are joined once per language and choice.

    Django draws each with a template: most of the page's work.
    """

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        attributes = flatatt(self.build_attrs(self.attrs, {"name": name, **(attrs or {})}))
        return format_html("<select{}>{}</select>", attributes, self.shown(str(value or "")))

    def shown(self, chosen: str) -> SafeString:
        return options(get_language() or "en", chosen)


class AbroadSelect(CountrySelect):
    """Of all countries but the United States, none chosen beforehand."""

    def shown(self, chosen: str) -> SafeString:
        found = options(get_language() or "en", chosen, only_abroad=True)
        return format_html('<option value="">{}</option>\n{}', _("Choose your country"), found)


class CountryField(forms.ChoiceField):
    """One of two hundred and fifty, found at once: Django looks through all, for each form."""

    def valid_value(self, value: Any) -> bool:
        return str(value) in codes()


@functools.lru_cache(maxsize=100)
def options(language: str, chosen: str, *, only_abroad: bool = False) -> SafeString:
    """The HTML of all options."""
    rows = (
        (code, SafeString(" selected") if code == chosen else "", name)
        for code, name in countries(language)
        if code != HOME or not only_abroad
    )
    return format_html_join("\n", '<option value="{}"{}>{}</option>', rows)
