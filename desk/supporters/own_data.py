"""What the desk adds to the data that somebody is shown of themselves (settings.DATA_OF_PEOPLE)."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from actions.models import PaperSignature
from desk.models import ImportedPerson, SupporterDistrict
from supporters.models import Supporter


def districts(supporter: Supporter) -> tuple[str, str, list[dict[str, Any]]]:
    """Where we believe that they live."""
    rows = SupporterDistrict.objects.filter(supporter=supporter).order_by("layer", "division")
    columns = ("layer", "division", "certain", "method", "edition", "found_on")
    return "districts", _("Districts"), list(rows.values(*columns))


def imported(supporter: Supporter) -> tuple[str, str, list[dict[str, Any]]]:
    """Lists in which we got them, and what they signed on paper."""
    lists = ImportedPerson.objects.filter(supporter=supporter).order_by("pk")
    signed = PaperSignature.objects.filter(supporter=supporter).order_by("pk")
    columns = ("given_name", "family_name", "city", "us_state", "zip", "signed_on")
    rows = [
        *lists.values(
            came_from=F("of__provenance"), agreed_to=F("of__wording"), at=F("of__asked_at")
        ),
        *signed.values(*columns, campaign=F("ask__campaign__slug")),
    ]
    return "imported", _("Lists and paper"), rows
