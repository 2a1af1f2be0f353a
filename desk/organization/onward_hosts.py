"""The list of sites to which campaigns may lead people on after they acted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts import audit
from campaigns import words
from campaigns.models import Campaign, OnwardHost
from campaigns.onward import host_of
from desk.access import needs
from supporters.forms import LineField


class HostForm(forms.Form):
    host = LineField(
        label=gettext_lazy("Site"),
        max_length=300,
        help_text=gettext_lazy(
            "Like www.example.org: this very name, and none that ends in it. List only sites that"
            " your organization answers for."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )

    def clean_host(self) -> str:
        typed = self.cleaned_data["host"].strip().lower()
        host = host_of(typed if "://" in typed else f"https://{typed}")
        if not host:
            said = _("The name of a site that answers to https, without account or port.")
            raise forms.ValidationError(said)
        if OnwardHost.objects.filter(host=host).exists():
            raise forms.ValidationError(_("It is listed already."))
        return host


@needs("edit_brand")
@require_http_methods(["GET", "POST"])
def onward_hosts(request: HttpRequest) -> HttpResponse:
    """All of them, with the campaigns that lead there, and the form for another one."""
    form = HostForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        author = request.user.get_username()
        with transaction.atomic():
            host = form.cleaned_data["host"]
            OnwardHost.objects.get_or_create(host=host, defaults={"added_by": author})
            audit.record(author, "onward host listed", host)
        messages.success(request, _("Listed. A campaign’s settings may name an address there."))
        return redirect("desk:onward_hosts")
    leading: dict[str, list[dict[str, Any]]] = {}
    for campaign in Campaign.objects.exclude(onward_url="").prefetch_related("words"):
        row = {"campaign": campaign, "title": words.of(campaign).title}
        leading.setdefault(host_of(campaign.onward_url), []).append(row)
    rows = [(host, leading.get(host.host, [])) for host in OnwardHost.objects.all()]
    context = {"form": form, "rows": rows}
    status = 422 if form.errors else 200
    return render(request, "desk/onward_hosts.html", context, status=status)


@needs("edit_brand")
@require_POST
def take_off(request: HttpRequest, pk: int) -> HttpResponse:
    """From now on no campaign leads there. Their settings keep the address."""
    row = get_object_or_404(OnwardHost, pk=pk)
    with transaction.atomic():
        row.delete()
        audit.record(request.user.get_username(), "onward host taken off", row.host)
    messages.success(request, _("Taken off: no campaign leads there any more."))
    return redirect("desk:onward_hosts")
