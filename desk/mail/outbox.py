"""The outbox: mail caught on this machine, and what became of each envelope, in the mail servers'
own words.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from desk.access import needs
from desk.at_most import in_digits
from desk.mail import lanes
from desk.mail.delivery_status import REASONS, SHORT, count_waiting, statuses, waiting_for
from desk.mail.destinations import destination
from desk.mail.message_view import read_message
from desk.mail.who_reads import (
    hidden_links,
    insist_on_lane,
    readable,
    readable_mail,
    sees_supporters,
)
from desk.sorting import Column, Table
from supporters.mail import LANES
from worker.channels.mime import squeeze
from worker.models import CaughtMail, Delivery, State

MAILS = [
    Column("subject", _("Subject")),
    Column("to", _("To")),
    Column("caught", _("When"), by="pk", falls=True),
]
DELIVERIES = [
    Column("subject", _("Subject")),
    Column("to", _("To")),
    Column("state", _("State")),
    # Its key, in the order of writing: the table has millions of rows, and this index.
    Column("written", _("Written"), by="pk", falls=True),
]


class RecipientForm(forms.Form):
    """Sent as a POST: an e-mail address does not belong in an address line or a log."""

    recipient = forms.CharField(label=_("Recipient"), max_length=254, required=False)


@needs("see_outbox")
def mail(request: HttpRequest) -> HttpResponse:
    """What the catcher kept, newest first; of what is not for everybody, one's own.

    A site that delivers catches nothing: it goes on to the deliveries.
    """
    form = RecipientForm(request.POST or None)
    caught = readable_mail(request).defer("content")
    searched = form.is_valid() and form.cleaned_data["recipient"].strip()
    if searched:
        caught = caught.filter(recipient__icontains=searched)
    if settings.DELIVERY_ENABLED and not CaughtMail.objects.exists():
        return redirect("desk:deliveries")
    context = Table(request, MAILS, usual="-caught").by_key(caught) | {
        "form": form,
        "searched": searched,
    }
    return render(request, "desk/outbox.html", context)


@needs("see_outbox")
def message(request: HttpRequest, mail_id: int) -> HttpResponse:
    """One caught message, made readable."""
    caught = get_object_or_404(CaughtMail, pk=mail_id)
    if not readable_mail(request).filter(pk=mail_id).exists():
        raise PermissionDenied
    delivery = (
        Delivery.objects.filter(message_id=caught.message_id).defer("message").first()
        if caught.message_id
        else None
    )
    reading = read_message(bytes(caught.content), hidden_links(request, caught))
    context = {"mail": caught, "reading": reading, "delivery": delivery}
    return render(request, "desk/outbox_message.html", context)


@needs("see_outbox")
def deliveries(request: HttpRequest) -> HttpResponse:
    """A board of lanes by state, and the envelopes behind one of its numbers.

    Those that wait can be narrowed to one reason. An address line that names no state or reason of
    ours shows them all.
    """
    # Three choices from the address line, where anything may stand.
    lane, state = squeeze(request.GET.get("lane", "")), request.GET.get("state", "")
    state = state if state in State.values else ""
    reason = request.GET.get("waits_for", "") if state == State.WAITING else ""
    reason = reason if reason in REASONS else ""

    insist_on_lane(request, lane)
    rows = readable(request, waiting_for(reason) if reason else Delivery.objects.all())
    if lane:
        rows = rows.filter(lane=lane)
    if state:
        rows = rows.filter(state=state)
    page = Table(request, DELIVERIES, usual="-written").by_key(rows.defer("message"))
    found = statuses(page["rows"])
    # What the heading says that the list was narrowed to.
    chosen: Any = ""
    if reason:
        chosen = REASONS[reason].words
    elif state:
        chosen = SHORT[State(state)]
    of_lane = readable(
        request, Delivery.objects.filter(lane=lane) if lane else Delivery.objects.all()
    )
    context = page | {
        "rows": [(row, found[row.pk]) for row in page["rows"]],
        "chosen": chosen,
        "lane": lane,
        "lane_name": destination(lane),
        "state": state,
        "waits_for": reason,
        "waiting": [
            (name, words, in_digits(number))
            for name, words, number in count_waiting(readable(request, of_lane))
        ],
    }
    return render(request, "desk/deliveries.html", context | _board(request))


def _board(request: HttpRequest) -> dict[str, Any]:
    """Lanes by state, and at length those that are kept from going."""
    is_whole = "all" in request.GET
    found = [row for row in lanes.board() if row.name not in LANES or sees_supporters(request)]
    kept = [row for row in found if row.trouble]
    columns = [
        state
        for state in SHORT
        if state in lanes.ALWAYS or any(row.numbers.get(state) for row in found)
    ]
    shown = found if is_whole else found[: lanes.ON_BOARD]
    return {
        "board": [(row, row.cells(columns)) for row in shown],
        "lanes_total": len(found),
        "kept": kept[: lanes.TOLD_AT_LENGTH],
        "kept_more": len(kept[lanes.TOLD_AT_LENGTH :]),
        "columns": [SHORT[state] for state in columns],
    }
