"""Who changed what in a campaign and when, with the words that went and came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from campaigns.models import Campaign, Change
from desk.access import needs
from desk.history.differences import Piece, differences, shortened
from desk.history.things import Things
from desk.organizing.campaign_page import campaign_or_404, render_campaign
from desk.paging import page_by_key


@dataclass(frozen=True)
class ShownField:
    label: str
    pieces: list[Piece]


@dataclass(frozen=True)
class ShownChange:
    """One line of the history. `put_back_url`: the form that opens with the earlier version."""

    change: Change
    thing: str
    fields: list[ShownField]
    put_back_url: str

    @property
    def has_note(self) -> bool:
        """Of an edit it only names the fields, which stand below with their words."""
        is_edit = self.change.thing and self.change.deed != "put back"
        return bool(self.change.note) and not is_edit

    @property
    def is_cut(self) -> bool:
        """Not everything that stayed is shown."""
        return any("…" in piece.text for field in self.fields for piece in field.pieces)


def headlines(campaign: Campaign, changes: Iterable[Change]) -> list[ShownChange]:
    """Without their words."""
    things = Things(campaign)
    return [ShownChange(row, things.name(row.thing), [], "") for row in changes]


@needs("run_campaigns")
@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest first, a page at a time."""
    campaign = campaign_or_404(slug)
    page = page_by_key(campaign.changes.all(), request.GET.get("before", ""))
    rows = shown(Things(campaign), page["rows"])
    return render_campaign(
        request, "history.html", campaign, "history", **(page | {"rows": list(rows)})
    )


@needs("run_campaigns")
@require_safe
def change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One change, with every word."""
    campaign = campaign_or_404(slug)
    row = get_object_or_404(campaign.changes.all(), pk=pk)
    [whole] = shown(Things(campaign), [row], is_whole=True)
    return render_campaign(request, "change.html", campaign, "history", row=whole)


def shown(
    things: Things, changes: Iterable[Change], *, is_whole: bool = False
) -> Iterable[ShownChange]:
    for row in changes:
        before, after = row.before or {}, row.after or {}
        fields = []
        for name in list(dict.fromkeys([*before, *after])):
            label, old = things.shown(row.thing, name, str(before.get(name, "")))
            _label, new = things.shown(row.thing, name, str(after.get(name, "")))
            pieces = differences(old, new)
            fields.append(ShownField(label, pieces if is_whole else shortened(pieces)))
        url = things.page(row)
        joint = "&" if "?" in url else "?"
        yield ShownChange(
            row, things.name(row.thing), fields, f"{url}{joint}put_back={row.pk}" if url else ""
        )
