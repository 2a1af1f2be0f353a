"""One envelope: its evidence, and what a person may do about it, with a reason and their name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts import audit
from actions.followup import tell_writers
from actions.models import Action, Letter
from desk.access import needs
from desk.mail.delivery_status import state_in_words, statuses
from desk.mail.destinations import destination
from desk.mail.office_history import office_of
from desk.mail.who_reads import insist_on_lane, readable_mail
from worker import outbox
from worker.engine import settle
from worker.models import Delivery, State


def _lost_and_resend(delivery: Delivery, *, author: str, reason: str) -> bool:
    """A person settles it as not sent, and only then it may go again."""
    settled = settle.settle_as_failed(delivery, author=author, reason=reason)
    return settled and settle.retry(delivery, author=author, reason=reason)


def _cancel(delivery: Delivery, *, author: str, reason: str) -> bool:
    return outbox.cancel([delivery.pk], author=author, reason=reason) == 1


@dataclass(frozen=True)
class Deed:
    """What a person may do to a delivery in one of these states; `do` says whether it was."""

    words: Any
    audited_as: str
    states: tuple[State, ...]
    do: Callable[..., bool]
    sends: bool = False


# By the name that the page's form posts.
DEEDS = {
    "arrived": Deed(
        gettext_lazy("It arrived"),
        "delivery settled as sent",
        (State.UNCERTAIN,),
        settle.settle_as_sent,
    ),
    "lost": Deed(
        gettext_lazy("It did not arrive"),
        "delivery settled as failed",
        (State.UNCERTAIN,),
        settle.settle_as_failed,
    ),
    "lost_and_resend": Deed(
        gettext_lazy("It did not arrive: send it again"),
        "delivery settled as failed, retried",
        (State.UNCERTAIN,),
        _lost_and_resend,
        True,
    ),
    "resend": Deed(
        gettext_lazy("Send it again"), "delivery retried", (State.FAILED,), settle.retry, True
    ),
    "cancel": Deed(
        gettext_lazy("Keep it from leaving"),
        "delivery cancelled",
        (State.WAITING, State.QUEUED, State.CLAIMED),
        _cancel,
    ),
}


class DeedForm(forms.Form):
    deed = forms.ChoiceField(
        choices=[(name, deed.words) for name, deed in DEEDS.items()], widget=forms.HiddenInput
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        min_length=3,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "What you know and from where. It is kept with your name, for whoever asks later."
        ),
    )


@needs("see_outbox")
def delivery(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One delivery, with everything that is known of it."""
    return _show(request, _found(request, public_id), DeedForm())


@require_POST
@needs("hold_deliveries")
def decide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """422 without a reason; 409 when it no longer stands as this person saw it: then nothing was
    changed, and they see how it stands.
    """
    found, form = _found(request, public_id), DeedForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form, status=422)
    if not done(
        found,
        DEEDS[form.cleaned_data["deed"]],
        author=request.user.get_username(),
        reason=form.cleaned_data["reason"],
    ):
        # Read anew, to show how it stands.
        return _show(request, _found(request, public_id), form, status=409)
    return redirect("desk:delivery", public_id)


@transaction.atomic
def done(delivery: Delivery, deed: Deed, *, author: str, reason: str) -> bool:
    """Do it and write it into the audit log, or change nothing and say False."""
    # As a withdrawal does: the action first. A letter that is just being taken back does not go out
    # again behind it.
    list(
        Action.objects.select_for_update()
        .filter(letters__delivery=delivery)
        .values_list("pk", flat=True)
    )
    if deed.sends and why_not_resend(delivery):
        return False
    if not deed.do(delivery, author=author, reason=reason):
        return False
    if deed.sends:
        # Should it fail once more, that is news to its writer.
        tell_writers.clear_told([delivery.pk])
    audit.record(author, deed.audited_as, str(delivery.public_id), reason=reason)
    return True


def why_not_resend(delivery: Delivery) -> str:
    """What stands against sending it again, "" when nothing does."""
    letter = _letter(delivery)
    # A letter names only its newest envelope (docs/decisions/0015).
    if letter is None and delivery.recipient_key.startswith("seat:"):
        return _("Its letter took another way since: this one is not sent again.")
    if letter and letter.action.state == Action.State.WITHDRAWN:
        return _("Its writer took it back: it is not sent again.")
    if letter and letter.reported_at:
        return _("Its writer sent it by hand: it is not sent again.")
    # Asked of the database: the text itself was left out when the row was read.
    if not Delivery.objects.filter(pk=delivery.pk).exclude(message=b"").exists():
        return _("Its text is no longer kept: it can't be sent again.")
    return ""


def _letter(delivery: Delivery) -> Letter | None:
    return Letter.objects.filter(delivery=delivery).select_related("action").first()


def _found(request: HttpRequest, public_id: UUID) -> Delivery:
    """Raises Http404, or PermissionDenied for a supporter's own mail that is not theirs to see."""
    found = get_object_or_404(Delivery.objects.defer("message"), public_id=public_id)
    insist_on_lane(request, found.lane)
    return found


def _show(request: HttpRequest, found: Delivery, form: DeedForm, status: int = 200) -> HttpResponse:
    no_resend, letter = why_not_resend(found), _letter(found)
    context = {
        "delivery": found,
        "lane_name": destination(found.lane),
        "seat_id": office_of(found),
        "status": statuses([found])[found.pk],
        "attempts": [
            (attempt, *state_in_words(attempt.state, found.channel))
            for attempt in found.attempts.all()
        ],
        "returns": found.returns.all(),
        "print_items": found.print_items.order_by("pk"),
        "caught": readable_mail(request)
        .filter(message_id=found.message_id)
        .defer("content")
        .first(),
        "form": form,
        "deeds": [
            (name, deed.words)
            for name, deed in DEEDS.items()
            if found.state in deed.states and not (deed.sends and no_resend)
        ],
        "no_resend": no_resend if found.state in (State.FAILED, State.UNCERTAIN) else "",
        "told_at": letter and letter.told_at,
        "came_late": status == 409,
    }
    return render(request, "desk/delivery.html", context, status=status)
