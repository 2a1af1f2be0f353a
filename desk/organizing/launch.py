"""The last look before going live, what may be done to a campaign afterwards, and undoing its
end.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from actions.followup import campaign_end
from actions.updates import audience, outcome
from campaigns import publishing
from campaigns.models import Campaign
from campaigns.publishing import NotReady, WrongState
from desk.access import needs
from desk.form_drafts.keeping import Thing
from desk.newer_version import Meeting, in_turn, meet
from desk.organizing.campaign_forms import DeedForm, EndForm
from desk.organizing.campaign_page import (
    campaign_or_404,
    render_form,
    with_fix_link,
)
from desk.organizing.coverage import all_findings
from worker.engine import holds
from worker.models import Hold

ENDINGS = ("close", "win")
DEEDS = {
    "launch": publishing.launch,
    "pause": publishing.pause,
    "resume": publishing.resume,
    "archive": publishing.archive,
}


@needs("run_campaigns")
@require_http_methods(["GET", "POST"])
@in_turn(Campaign)
def deed(request: HttpRequest, slug: str, deed: str) -> HttpResponse:
    """One page per deed: what it does, what stands in its way, and the button."""
    if deed not in DEEDS and deed not in ENDINGS:
        raise Http404
    campaign = campaign_or_404(slug)
    meeting = meet(request, form_of(request, campaign, deed), Thing(f"deed:{deed}", campaign))
    if meeting.may_be_saved and done(request, campaign, deed, meeting.form):
        meeting.forget_draft()
        return redirect("desk:campaign", slug)
    # Read anew: a deed that failed has changed the object, and only the row was rolled back.
    return deed_page(request, campaign_or_404(slug), deed, meeting)


def form_of(request: HttpRequest, campaign: Campaign, deed: str) -> Callable[..., DeedForm]:
    """What this deed asks. Whoever may mail updates may let its end be told."""
    if deed not in ENDINGS:
        return DeedForm
    # Counted only for whoever may tell: it reads everybody's consents.
    may_tell = request.user.has_perm("accounts.send_updates")
    mailboxes = audience.mailboxes(campaign) if may_tell else 0
    initial = closing_messages(campaign)
    return lambda data: EndForm(data, initial=initial, mailboxes=mailboxes)


def deed_page(
    request: HttpRequest, campaign: Campaign, deed: str, meeting: Meeting
) -> HttpResponse:
    findings = all_findings(campaign) if deed in ("launch", "resume") else []
    blocking = [finding for finding in findings if finding.blocking and not finding.ok]
    # What must be mended first, then what is worth a look, then the good news.
    findings.sort(key=lambda finding: (finding.ok, not finding.blocking))
    context: dict[str, Any] = {
        "deed": deed,
        "findings": [with_fix_link(finding) for finding in findings],
        "blocking": blocking,
        "is_possible": deed in publishing.open_deeds(campaign),
        "concerned": campaign_end.concerned(campaign) if deed in ENDINGS else None,
        "undo_minutes": campaign_end.UNDO_FOR.seconds // 60,
    }
    here = "launch" if deed == "launch" else "overview"
    return render_form(
        request,
        "deed.html",
        campaign,
        here,
        meeting,
        thing=f"words:{settings.LANGUAGE_CODE}",
        is_refused=request.method == "POST",
        **context,
    )


def done(request: HttpRequest, campaign: Campaign, deed: str, form: DeedForm) -> bool:
    """Do it; False with a message when it cannot be done, and then nothing was changed."""
    try:
        with transaction.atomic():
            if deed in ENDINGS:
                end(campaign, deed, request.user, form)  # type: ignore[arg-type]
            else:
                DEEDS[deed](campaign, request.user, form.cleaned_data["note"])  # type: ignore[arg-type]
                hold_letters(campaign, deed, request.user.get_username())
    except (NotReady, WrongState) as error:
        messages.error(request, _("Nothing was changed. %(why)s") % {"why": error})
        return False
    messages.success(request, said(deed))
    return True


def end(campaign: Campaign, deed: str, author: User, form: DeedForm) -> None:
    typed = form.cleaned_data
    campaign_end.end(
        campaign,
        deed,
        author,
        note=typed["note"],
        closing_messages={
            settings.LANGUAGE_CODE: typed["closing_message"],
            "es": typed["closing_message_es"],
        },
        stops_letters=typed["letters"] != EndForm.GO,
    )
    if typed.get("tells"):
        outcome.prepare(campaign, author=author.get_username())


@needs("run_campaigns")
@require_POST
@in_turn(Campaign)
def undo(request: HttpRequest, slug: str) -> HttpResponse:
    """Take back a close or a win while its half hour runs."""
    campaign = campaign_or_404(slug)
    try:
        campaign_end.undo(campaign, request.user)  # type: ignore[arg-type]
    except WrongState as error:
        messages.error(request, _("Nothing was changed. %(why)s") % {"why": error})
    else:
        messages.success(request, _("Undone: everything is as it was before, and letters go on."))
    return redirect("desk:campaign", slug)


def hold_letters(campaign: Campaign, deed: str, author: str) -> None:
    """A pause also keeps letters that have not left yet; resuming lets them go."""
    # The scope under which its letters are sealed (actions.letters.envelopes).
    key = f"campaign:{campaign.pk}"
    if deed == "pause":
        holds.place(Hold.Scope.CAMPAIGN, key, reason=_("The campaign is paused."), author=author)
    elif deed == "resume":
        holds.lift(Hold.Scope.CAMPAIGN, key)


def closing_messages(campaign: Campaign) -> dict[str, str]:
    by_language = {row.language: row.closing_message for row in campaign.words.all()}
    return {
        "closing_message": by_language.get(settings.LANGUAGE_CODE, ""),
        "closing_message_es": by_language.get("es", ""),
    }


def said(deed: str) -> str:
    return {
        "launch": _("It is live."),
        "pause": _("It is paused. Letters that have not left wait until you resume."),
        "resume": _("It is live again."),
        "close": _("It is closed. For half an hour you can undo that."),
        "win": _("Won. Thank you for carrying it this far. For half an hour you can undo that."),
        "archive": _("It is archived; its page stays."),
    }[deed]
