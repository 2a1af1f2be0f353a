"""What a party is called on a page.

Rosters name parties in English; one that we have no word for keeps its own name.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

KNOWN = {
    "Democrat": _("Democratic"),
    "Democratic": _("Democratic"),
    "Republican": _("Republican"),
    "Independent": _("Independent"),
    "Nonpartisan": _("Nonpartisan"),
    "Libertarian": _("Libertarian"),
}


def spoken(party: str) -> str:
    return str(KNOWN.get(party, party))
