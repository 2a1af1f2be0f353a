"""What every page of a campaign shows, and how a change there is noted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import audit
from campaigns import words
from campaigns.models import Ask, Campaign
from campaigns.publishing import Finding, NotReady, open_deeds
from campaigns.while_live import kept_fit
from desk.newer_version import Meeting, Saved


def campaign_or_404(slug: str) -> Campaign:
    """This campaign with its words and issue."""
    return get_object_or_404(
        Campaign.objects.select_related("issue").prefetch_related("words"), slug=slug
    )


def visible_campaigns(request: HttpRequest) -> QuerySet[Campaign]:
    """All of them; to whoever only looks, those that the public has seen."""
    found: QuerySet[Campaign] = Campaign.objects.all()
    if request.user.has_perm("accounts.run_campaigns"):
        return found
    return found.exclude(state=Campaign.State.DRAFT)


def visible_or_404(request: HttpRequest, slug: str) -> Campaign:
    """This campaign, if this person may look at it, with its words and issue."""
    found = visible_campaigns(request).select_related("issue").prefetch_related("words")
    return get_object_or_404(found, slug=slug)


def ask_or_404(slug: str, pk: int, *kinds: str) -> Ask:
    """An ask of that campaign and of one of these kinds (default: any), with its words."""
    wanted = {"kind__in": kinds} if kinds else {}
    asks = Ask.objects.select_related("campaign__issue").prefetch_related(
        "words", "campaign__words", "rules"
    )
    return get_object_or_404(asks, campaign__slug=slug, pk=pk, **wanted)


def language_or_404(language: str) -> str:
    """This language if the site speaks it, else a 404."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    return language


def posted_data(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: the POST, however empty, else nothing."""
    return request.POST if request.method == "POST" else None


def render_campaign(
    request: HttpRequest,
    template: str,
    campaign: Campaign,
    here: str,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """One page of a campaign; `here` names the tab it belongs to."""
    frame = {
        "campaign": campaign,
        "title": words.of(campaign).title,
        "here": here,
        "deeds": open_deeds(campaign),
    }
    return render(request, f"desk/campaigns/{template}", frame | context, status=status)


def render_form(
    request: HttpRequest,
    template: str,
    campaign: Campaign,
    here: str,
    meeting: Meeting,
    *,
    thing: str,
    is_refused: bool = False,
    **context: Any,
) -> HttpResponse:
    """The page of a form; where somebody else saved a newer version, both side by side."""
    if meeting.differences:
        template = "newer_version.html"
        context |= {"last": saved_last(campaign, thing)}
    context |= {
        "meeting": meeting,
        "form": meeting.form,
        "opened_with": meeting.opened_with,
    }
    status = 422 if is_refused and not meeting.differences else meeting.status
    return render_campaign(request, template, campaign, here, status=status, **context)


def saved_last(campaign: Campaign, thing: str) -> Saved | None:
    """Who saved this thing last, if that was on one of these pages."""
    change = campaign.changes.filter(thing=thing).first()
    return Saved(change.author, change.at) if change else None


def with_fix_link(finding: Finding) -> dict[str, Any]:
    """A finding with the address of the page that mends it."""
    url = reverse(finding.fix_url_name, args=finding.fix_args) if finding.fix_url_name else ""
    return {"ok": finding.ok, "blocking": finding.blocking, "label": finding.label, "fix_url": url}


@contextmanager
def noted_in_history(
    request: HttpRequest,
    campaign: Campaign,
    deed: str,
    detail: str = "",
    *,
    thing: str = "",
    meeting: Meeting | None = None,
    says: Callable[[], dict[str, str]] | None = None,
) -> Iterator[None]:
    """Make the change inside: it stands or falls with its line in the campaign's history and its
    line in the audit log. With a `meeting` the history has the words too, and so it has what `says`
    tells before and after a change that no form makes.

    Raises NotReady for a change that would break a live campaign.
    """
    author = request.user.get_username()
    # What fails inside takes both lines with it.
    with transaction.atomic():
        before = says() if says else None
        with kept_fit(campaign):
            yield
        campaign.changes.create(
            deed=deed,
            author=author,
            note=detail[:300],
            thing=thing,
            before=meeting.before if meeting else before,
            after=meeting.after if meeting else says() if says else None,
        )
        audit.record(author, f"campaign.{deed}", campaign.slug, note=detail)


def saved(
    request: HttpRequest,
    campaign: Campaign,
    meeting: Meeting,
    change: Callable[[], Any],
    *,
    deed: str,
    detail: str,
    thing: str,
) -> bool:
    """Make the change if the form may be saved. False with its faults in the form: what would break
    a live campaign is one.
    """
    if not meeting.may_be_saved:
        return False
    if meeting.put_back:
        deed, detail = "put back", f"{detail}: as before {meeting.put_back.at:%Y-%m-%d %H:%M} UTC"
    try:
        with noted_in_history(request, campaign, deed, detail, thing=thing, meeting=meeting):
            change()
    except NotReady as refusal:
        for finding in refusal.findings:
            meeting.form.add_error(None, would_break(finding))
        return False
    say_saved(request, meeting)
    return True


def would_break(finding: Finding) -> str:
    """Why a change is refused while people are acting."""
    said = _(
        "%(what)s. Not saved, since people are acting on it now: mend it, or pause the campaign."
    )
    return said % {"what": finding.label}


def say_saved(request: HttpRequest, meeting: Meeting) -> None:
    """That it is saved, and what a colleague had changed meanwhile. Its draft is forgotten."""
    meeting.forget_draft()
    messages.success(request, _("Saved."))
    if meeting.kept:
        kept = _("A colleague saved this meanwhile, and it was kept as it is: %(fields)s.")
        messages.info(request, kept % {"fields": ", ".join(meeting.kept)})
