"""A correction that cannot be read stops the start: it would otherwise be missing on the day."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register

from legislators.new_terms import corrections


@register()
def new_terms(**_kwargs: Any) -> list[Error]:
    """NEW_TERMS names states and chambers that there are, and days."""
    try:
        corrections(tuple(settings.NEW_TERMS))
    except ValueError as error:
        hint = "Like MD=2027-01-13 or PA:state_upper=2026-12-01..2027-01-05 or NE=none"
        return [Error(f"NEW_TERMS: {error}", hint=hint, id="legislators.E001")]
    return []
