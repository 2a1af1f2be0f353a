"""Partner organizations: who they are, and which campaigns are carried with them."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import audit
from campaigns.models import Campaign, Partner, Partnership
from campaigns.starting import free_slug
from desk.access import needs
from desk.form_drafts.keeping import Thing
from desk.newer_version import in_turn, meet
from desk.organizing.campaign_page import campaign_or_404, render_form, saved
from desk.partners.forms import PartnerForm, PartnersOfCampaignForm


@needs("edit_brand")
@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """Every partner, with the campaigns that name it."""
    found = Partner.objects.defer("logo").prefetch_related(
        "accounts", "partnerships__campaign__words"
    )
    return render(request, "desk/partners/partners.html", {"partners": found})


@needs("edit_brand")
@require_http_methods(["GET", "POST"])
@in_turn(Partner)
def partner(request: HttpRequest, slug: str = "") -> HttpResponse:
    """A new one, or what is known of one. 422 for what cannot be used; then nothing changes."""
    row = get_object_or_404(Partner, slug=slug) if slug else Partner()
    meeting = meet(
        request,
        lambda data: PartnerForm(data, request.FILES or None, instance=row),
        Thing(f"partner:{slug or 'new'}"),
    )
    if meeting.may_be_saved:
        save_partner(meeting.form, author=request.user.get_username())
        meeting.forget_draft()
        messages.success(request, _("Saved."))
        return redirect("desk:partners")
    # Read anew: a form with faults has written into the row what was typed.
    context = {
        "form": meeting.form,
        "meeting": meeting,
        "opened_with": meeting.opened_with,
        "partner": Partner.objects.filter(slug=slug).first() if slug else None,
    }
    template = "desk/newer_version.html" if meeting.differences else "desk/partners/partner.html"
    return render(request, template, context, status=meeting.status)


@transaction.atomic
def save_partner(form: PartnerForm, *, author: str) -> Partner:
    """Save what was typed."""
    row: Partner = form.save(commit=False)
    # Once given it stays: it stands in the address of the logo that caches keep.
    row.slug = row.slug or free_slug(row.name, Partner)
    row.wording = form.wording()
    if form.cleaned_data["new_logo"]:
        row.logo, row.has_logo = form.cleaned_data["new_logo"], True
    row.save()
    form.save_m2m()
    people = sorted(row.accounts.values_list("email", flat=True))
    audit.record(author, "partner changed", row.slug, accounts=people, active=row.is_active)
    return row


@needs("run_campaigns")
@require_http_methods(["GET", "POST"])
@in_turn(Campaign)
def campaign_partners(request: HttpRequest, slug: str) -> HttpResponse:
    """With whom a campaign is carried."""
    campaign = campaign_or_404(slug)
    so_far = {row.partner_id: row for row in campaign.partnerships.all()}
    shown = [one for one in Partner.objects.defer("logo") if one.is_active or one.pk in so_far]
    meeting = meet(
        request,
        lambda data: PartnersOfCampaignForm(data, partners=shown, so_far=so_far),
        Thing("partners", campaign),
    )
    if saved(
        request,
        campaign,
        meeting,
        lambda: name_partners(campaign, meeting.form),
        deed="partners",
        detail=", ".join(one.name for one in shown if one.pk in meeting.form.chosen())
        if meeting.may_be_saved
        else "",
        thing="partners",
    ):
        return redirect(request.path)
    return render_form(
        request, "../partners/campaign.html", campaign, "partners", meeting, thing="partners"
    )


def name_partners(campaign: Campaign, form: PartnersOfCampaignForm) -> None:
    """These, and no others. Consents that were given stay."""
    chosen = form.chosen()
    # Partners that are not shown, since they were left out long ago, have no row to lose.
    campaign.partnerships.exclude(partner__in=chosen).delete()
    for partner_id, fields in chosen.items():
        Partnership.objects.update_or_create(
            campaign=campaign, partner_id=partner_id, defaults=fields
        )
