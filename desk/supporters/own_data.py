"""What the desk adds to the data that somebody is shown of themselves (settings.DATA_OF_PEOPLE)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from desk.models import SupporterDistrict
from supporters.models import Supporter


def districts(supporter: Supporter) -> tuple[str, str, list[dict[str, Any]]]:
    """Where we believe that they live."""
    rows = SupporterDistrict.objects.filter(supporter=supporter).order_by("layer", "division")
    columns = ("layer", "division", "certain", "method", "edition", "found_on")
    return "districts", _("Districts"), list(rows.values(*columns))
