"""What people of a partner organization see: the numbers of its campaigns, and its own opt-ins.

They see no name but those of people who said yes to hearing from their organization, and no number
under five.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import proofs
from actions.grown import not_young
from campaigns import counts, words
from campaigns.models import Partner
from campaigns.partners import of_account
from desk.access import needs
from desk.exports import handing_out, job
from desk.exports.pages import PurposeForm, handed_out
from desk.models import Export
from desk.supporters.filters import Filter
from supporters import purposes

FEW = 5


@needs("see_own_campaigns")
@require_safe
def ours(request: HttpRequest) -> HttpResponse:
    """Each campaign that names this person's organization, and how many opted in to it."""
    return shown(request, PurposeForm())


def shown(request: HttpRequest, form: PurposeForm, *, status: int = 200) -> HttpResponse:
    # Asked anew on every page: whoever was unticked yesterday sees nothing today.
    partners = list(Partner.objects.of_account(request.user.pk).defer("logo"))
    campaigns = list(of_account(request.user.pk).prefetch_related("words"))
    tallied = counts.by_campaign(campaigns)
    context = {
        "partners": [
            (partner, purposes.purpose(partner.purpose).people().filter(not_young()).count())
            for partner in partners
        ],
        "rows": [
            {
                "campaign": campaign,
                "title": words.of(campaign).title,
                "verified": at_least_five(tallied[campaign.pk].verified),
            }
            for campaign in campaigns
        ],
        "lists": lists_of(request).order_by("-pk")[:20],
        "form": form,
    }
    return render(request, "desk/partners/ours.html", context, status=status)


def at_least_five(number: int) -> str | int:
    """A small number could single somebody out."""
    return f"<{FEW}" if 0 < number < FEW else number


@require_POST
@needs("take_own_optins")
def new_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the list of who opted in to this person's own organization."""
    partner = get_object_or_404(Partner.objects.of_account(request.user.pk), slug=slug)
    form = PurposeForm(request.POST)
    if not form.is_valid():
        return shown(request, form, status=422)
    # Names leave the house by this: as for every other list, a password of this morning is too old.
    if not proofs.is_fresh(request):
        return proofs.ask_again(reverse("desk:ours"))
    export = job.draft(
        request.user,  # type: ignore[arg-type]
        purpose_key=partner.purpose,
        reason=form.cleaned_data["purpose"],
        chosen=Filter(),
    )
    # Its columns are those of every partner's list.
    job.count(export.pk)
    export.refresh_from_db()
    job.begin(export, export.columns)
    return redirect("desk:ours_list", export.public_id)


@require_safe
@needs("take_own_optins")
def one_list(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How far it is, or its file."""
    found = get_object_or_404(lists_of(request), public_id=public_id)
    going = (Export.State.WAITING, Export.State.RUNNING)
    context: dict[str, Any] = {"export": found, "is_going": found.state in going}
    return render(request, "desk/partners/one_list.html", context)


@require_POST
@needs("take_own_optins")
def download(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A link to the file, for whoever asked for it and still speaks for that organization."""
    found = get_object_or_404(lists_of(request), public_id=public_id)
    here = reverse("desk:ours_list", args=[public_id])
    if not proofs.is_fresh(request):
        return proofs.ask_again(here)
    try:
        token = handing_out.make_link(found, request.user)  # type: ignore[arg-type]
    except handing_out.Gone:
        return redirect(here)
    return redirect("desk:ours_file", public_id, token)


@require_http_methods(["GET"])
@needs("take_own_optins")
def file(request: HttpRequest, public_id: UUID, token: str) -> HttpResponseBase:
    """The link, for whoever asked for it and still speaks for that organization."""
    found = get_object_or_404(lists_of(request), public_id=public_id)
    try:
        return handed_out(found, token, request.user)  # type: ignore[arg-type]
    except handing_out.Gone:
        return redirect("desk:ours_list", public_id)


def lists_of(request: HttpRequest) -> Any:
    """Their own, of organizations that they still speak for."""
    # Not by author alone: a list asked for by somebody who left their organization stays shut.
    partners = Partner.objects.of_account(request.user.pk).defer("logo")
    return Export.objects.filter(
        author=request.user.pk,
        kind="partner",
        purpose_key__in=[partner.purpose for partner in partners],
    )
