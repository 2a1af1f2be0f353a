"""The outbox: mail caught on this machine, and what became of each envelope, in the mail servers'
own words.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from desk.access import needs
from desk.mail import lanes
from desk.mail.lanes import COLUMNS
from desk.mail.message_view import read
from worker.channels.mime import squeeze
from worker.models import PAPER, CaughtMail, Delivery, State

ON_A_PAGE = 50
WORDS = {
    State.WAITING: (_("Held for confirmation"), "waiting"),
    State.QUEUED: (_("Waiting to leave"), "waiting"),
    State.CLAIMED: (_("About to leave"), "waiting"),
    State.DATA: (_("On the wire"), "waiting"),
    State.SENT: (_("Accepted by the mail server"), "done"),
    State.FAILED: (_("Failed"), "trouble"),
    State.UNCERTAIN: (_("Uncertain: it may have gone"), "trouble"),
    State.CANCELLED: (_("Cancelled"), ""),
}
# On paper the same states mean other things.
ON_PAPER = {
    State.QUEUED: (_("Waits to be printed"), "waiting"),
    State.CLAIMED: (_("In a print batch"), "waiting"),
    State.SENT: (_("Printed and mailed"), "done"),
}


def delivery_state_in_words(state: str, channel: str) -> tuple[Any, str]:
    """How a delivery stands, and its shape."""
    found = ON_PAPER.get(State(state)) if channel == PAPER else None
    return found or WORDS[State(state)]


class RecipientForm(forms.Form):
    """Sent as a POST: an e-mail address does not belong in an address line or a log."""

    recipient = forms.CharField(label=_("Recipient"), max_length=254, required=False)


@needs("see_outbox")
def mail(request: HttpRequest) -> HttpResponse:
    """What the catcher kept, newest first.

    A site that delivers catches nothing: it goes on to the deliveries.
    """
    form = RecipientForm(request.POST or None)
    caught = CaughtMail.objects.defer("content").order_by("-pk")
    searched = form.is_valid() and form.cleaned_data["recipient"].strip()
    if searched:
        caught = caught.filter(recipient__icontains=searched)
    if settings.DELIVERY_ENABLED and not CaughtMail.objects.exists():
        return redirect("desk:deliveries")
    context = _page(caught, request.GET.get("before", "")) | {"form": form, "searched": searched}
    return render(request, "desk/outbox.html", context)


@needs("see_outbox")
def message(request: HttpRequest, mail_id: int) -> HttpResponse:
    caught = get_object_or_404(CaughtMail, pk=mail_id)
    delivery = (
        Delivery.objects.filter(message_id=caught.message_id).defer("message").first()
        if caught.message_id
        else None
    )
    context = {"mail": caught, "reading": read(bytes(caught.content)), "delivery": delivery}
    return render(request, "desk/outbox_message.html", context)


@needs("see_outbox")
def deliveries(request: HttpRequest) -> HttpResponse:
    """A board of lanes by state, and the envelopes behind one of its numbers."""
    lane, state = squeeze(request.GET.get("lane", "")), request.GET.get("state", "")
    rows = Delivery.objects.defer("message").order_by("-pk")
    if lane:
        rows = rows.filter(lane=lane)
    if state in State.values:
        rows = rows.filter(state=state)
    context = _page(rows, request.GET.get("before", ""))
    for row in context["rows"]:
        row.words, row.shape = COLUMNS[State(row.state)], WORDS[State(row.state)][1]
    ways = lanes.board()
    kept = [way for way in ways if way.trouble]
    shown = [
        key for key in COLUMNS if key in lanes.ALWAYS or any(way.numbers.get(key) for way in ways)
    ]
    context |= {
        "board": [
            (way, way.cells(shown))
            for way in (ways if "all" in request.GET else ways[: lanes.ON_BOARD])
        ],
        "lanes_total": len(ways),
        "kept": kept[: lanes.TOLD_AT_LENGTH],
        "kept_more": len(kept[lanes.TOLD_AT_LENGTH :]),
        "columns": [COLUMNS[key] for key in shown],
        "chosen": COLUMNS.get(State(state)) if state in State.values else "",
        "lane": lane,
        "state": state,
    }
    return render(request, "desk/deliveries.html", context)


def _page(rows: QuerySet[Any], before: str) -> dict[str, Any]:
    """One page by key. Newest first."""
    if before.isdecimal() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: ON_A_PAGE + 1])
    return {
        "rows": found[:ON_A_PAGE],
        "before": found[ON_A_PAGE - 1].pk if len(found) > ON_A_PAGE else None,
        "is_first": not before,
    }
