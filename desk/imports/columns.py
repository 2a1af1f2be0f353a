"""What a column may hold, and which one it most likely does by its head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

FIELDS: dict[str, Any] = {
    "given_name": _("First name"),
    "family_name": _("Last name"),
    "name": _("Whole name"),
    "email": _("E-mail"),
    "street": _("Street"),
    "city": _("City"),
    "state": _("State"),
    "zip": _("ZIP code"),
    "signed_on": _("Day signed, or joined"),
    "grown": _("18 or over (yes or no)"),
    "age": _("Age"),
    "agreed": _("Yes to the newsletter (yes or no)"),
}
# Heads as other programs write them, bare of anything but letters.
HEADS = {
    "given_name": "firstname first givenname forename nombre",
    "family_name": "lastname last familyname surname apellido apellidos",
    "name": "name fullname signer signature",
    "email": "email emailaddress mail correo",
    "street": "street address streetaddress addressline address1 mailingaddress",
    "city": "city town ciudad",
    "state": "state province region estado",
    "zip": "zip zipcode postalcode postcode zippostal",
    "signed_on": "signedon date datesigned signed createdat joined signedat",
    "grown": "adult over18 isadult grown 18orover",
    "age": "age edad",
    "agreed": "newsletter optin subscribed emailoptin consent",
}
OF_HEAD = {head: field for field, heads in HEADS.items() for head in heads.split()}


def guessed(header: Sequence[str]) -> dict[str, int]:
    """Field -> number of its column; each field once, the first that fits."""
    found: dict[str, int] = {}
    for number, head in enumerate(header):
        field = OF_HEAD.get(re.sub(r"[^a-z0-9]", "", head.casefold()))
        if field:
            found.setdefault(field, number)
    return found
