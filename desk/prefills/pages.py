"""Personal links to a campaign, for a mailing tool of the organization's own: a file with a link
beside each address, made anew and written down each time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts import audit
from campaigns.models import Campaign
from desk.access import needs
from desk.at_most import count_at_most, in_digits
from desk.organizing.campaign_page import campaign_or_404, render_campaign
from desk.supporters.csv_cells import BYTE_ORDER_MARK, lines, text
from supporters import prefills

SOURCE = "mailing"


@needs("export_supporters")
@require_http_methods(["GET", "POST"])
def links(request: HttpRequest, slug: str) -> HttpResponseBase:
    """How many people that is, and the button that makes the file."""
    campaign = campaign_or_404(slug)
    people = count_at_most(prefills.people())
    # A link to a campaign that is over would disappoint whoever follows it.
    if request.method == "POST" and campaign.is_open and people:
        return the_file(request, campaign, prefills.people().count())
    said: dict[str, Any] = {"people": people, "shown": in_digits(people)}
    context = said | {"days": prefills.LASTS.days, "refused": request.method == "POST"}
    return render_campaign(request, "personal_links.html", campaign, "links", **context)


def the_file(request: HttpRequest, campaign: Campaign, people: int) -> HttpResponse:
    """Written down before its first byte. Of newsletter addresses, and of nothing else."""
    author = request.user.get_username()
    audit.record(author, "personal links made", campaign.slug, people=people, purpose="newsletter")
    # A part at a time: a hundred thousand addresses are not held in memory.
    answer = StreamingHttpResponse(rows(campaign), content_type="text/csv; charset=utf-8")
    name = f"links-{campaign.slug}-{timezone.localdate()}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer  # type: ignore[return-value]


def rows(campaign: Campaign) -> Iterator[bytes]:
    yield BYTE_ORDER_MARK.encode() + lines([["email", "link"]])
    for some in prefills.make_links():
        yield lines([[text(email), link(campaign, token)] for email, token in some])


def link(campaign: Campaign, token: str) -> str:
    path = reverse("actions:begin_here", args=[token, campaign.slug])
    return f"{settings.SITE_URL}{path}?{urlencode({'source': SOURCE})}"
