"""Who took part from outside the United States: told apart, beside the whole."""

from __future__ import annotations

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Count, Sum
from django.utils.translation import ngettext

from campaigns.models import Breakdown, Campaign, Metric, Side

# Fewer could single somebody out (docs/safety.md, small cells).
LEAST = 5


def from_abroad(campaign: Campaign) -> dict[int, str]:
    """By the ask's id a translated sentence, where there are enough of them. One query."""
    rows = Breakdown.objects.filter(
        ask__campaign=campaign, side=Side.COUNTRY, metric=Metric.VERIFIED
    )
    found = rows.order_by().values_list("ask").annotate(Sum("number"), Count("value"))
    return {ask: said(people, places) for ask, people, places in found if people >= LEAST}


def said(people: int, places: int) -> str:
    words = ngettext(
        "%(people)s of them live in another country.",
        "%(people)s of them live in %(number)d other countries.",
        places,
    )
    return words % {"people": intcomma(people), "number": places}
