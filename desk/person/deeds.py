"""What a supporter asked for by post, by mail or on the telephone, done here for them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import audit
from actions.models import Action
from actions.withdraw import withdraw as withdraw_action
from desk.access import needs
from desk.person.forms import LiftForm, SuppressForm
from desk.person.page import show
from supporters import suppressions
from supporters.looks import subject_of
from supporters.models import Supporter, Suppression


@require_POST
@needs("see_supporters")
def suppress(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """They want no mail: from now on only they can change it."""
    person = get_object_or_404(Supporter.objects.whole(), public_id=public_id)
    form = SuppressForm(request.POST)
    if not form.is_valid():
        return show(request, person, suppress_form=form, status=422)
    # As their own wish: no colleague lifts it by mistake.
    with transaction.atomic():
        suppressions.suppress(person.mailbox, Suppression.Reason.ASKED)
        audit.record(
            request.user.get_username(),
            "suppressed as they asked",
            subject_of(person),
            came=form.cleaned_data["came"],
        )
    messages.success(request, _("Nothing more is mailed to this mailbox."))
    return redirect("desk:supporter", public_id)


@require_POST
@needs("see_supporters")
def lift(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write to it again. 422 without a reason, 404 for what only its owner may change."""
    person = get_object_or_404(Supporter.objects.whole(), public_id=public_id)
    liftable = Suppression.objects.in_force().filter(reason__in=suppressions.LIFTABLE)
    suppression = get_object_or_404(liftable, mailbox=person.mailbox)
    form = LiftForm(request.POST)
    if not form.is_valid():
        return show(request, person, lift_form=form, status=422)
    with transaction.atomic():
        if suppressions.lift(suppression):
            audit.record(
                request.user.get_username(),
                "suppression lifted",
                subject_of(person),
                was=suppression.reason,
                because=form.cleaned_data["reason"],
            )
    return redirect("desk:supporter", public_id)


@require_POST
@needs("see_supporters")
def withdraw(request: HttpRequest, public_id: UUID, pk: int) -> HttpResponse:
    """One action, as its writer could: what has not left never will. Twice is once."""
    # A double hangs on the other record, and is none of those: it is taken back already.
    person = get_object_or_404(Supporter.objects.whole(), public_id=public_id)
    action = get_object_or_404(Action, pk=pk, supporter=person)
    actor = request.user.get_username()
    with transaction.atomic():
        withdraw_action(action, author=actor, reason="withdrawn for its writer, who asked")
        audit.record(actor, "action withdrawn for its writer", subject_of(person), action=pk)
    messages.success(request, _("Taken back. What has not left never will."))
    return redirect("desk:supporter", public_id)
