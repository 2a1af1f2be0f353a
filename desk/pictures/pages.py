"""A campaign's pictures: a new one, what each shows, and one that goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.models import Campaign, Picture
from campaigns.pictures import keeping
from campaigns.pictures.showing import ShownPicture, pictures_of
from campaigns.publishing import NotReady
from desk.access import needs
from desk.form_drafts.keeping import Thing
from desk.newer_version import as_texts, in_turn, meet
from desk.organizing.campaign_page import (
    campaign_or_404,
    noted_in_history,
    render_form,
    saved,
    would_break,
)
from desk.pictures.forms import NewPictureForm, PictureForm


@dataclass(frozen=True)
class Card:
    """A picture, and in which languages the story shows it."""

    picture: Picture
    shown: ShownPicture
    languages: list[str]

    @property
    def is_in_use(self) -> bool:
        return bool(self.picture.is_head or self.languages)


@needs("run_campaigns")
@require_http_methods(["GET", "POST"])
@in_turn(Campaign)
def pictures(request: HttpRequest, slug: str) -> HttpResponse:
    """All of them, and the form for another one."""
    campaign = campaign_or_404(slug)
    found = cards(campaign)
    meeting = meet(
        request,
        lambda data: NewPictureForm(data, request.FILES or None, campaign=campaign),
        Thing("picture:new", campaign),
    )
    form = meeting.form
    is_full = len(found) >= keeping.MOST
    if is_full and form.is_bound:
        form.add_error(None, _("Thirty pictures are enough for one page: take one away first."))
    if meeting.may_be_saved and added(request, campaign, form):
        meeting.forget_draft()
        messages.success(request, _("The picture is here. Its mark puts it into the story."))
        return redirect("desk:pictures", slug)
    return render_form(
        request,
        "pictures/list.html",
        campaign,
        "pictures",
        meeting,
        thing="picture:new",
        cards=found,
        is_full=is_full,
    )


def added(request: HttpRequest, campaign: Campaign, form: NewPictureForm) -> bool:
    """False with the fault in the form where it would break a live campaign."""
    number = keeping.next_number(campaign)
    files = form.cleaned_data["file"]
    try:
        with noted_in_history(
            request,
            campaign,
            "add picture",
            thing=f"picture:{number}",
            says=lambda: as_words(campaign, number),
        ):
            keeping.add(campaign, files, **form.values())
    except NotReady as refusal:
        for finding in refusal.findings:
            form.add_error(None, would_break(finding))
        return False
    return True


@needs("run_campaigns")
@require_http_methods(["GET", "POST"])
@in_turn(Campaign)
def picture(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What one shows, in words; and whether it stands first."""
    campaign = campaign_or_404(slug)
    row = get_object_or_404(campaign.pictures, number=number)
    thing = f"picture:{number}"
    meeting = meet(
        request,
        lambda data: PictureForm(data, campaign=campaign, picture=row),
        Thing(thing, campaign),
    )
    if saved(
        request,
        campaign,
        meeting,
        lambda: change(row, meeting.form.values()),
        deed="picture",
        detail=str(row),
        thing=thing,
    ):
        return redirect("desk:pictures", slug)
    [card] = [one for one in cards(campaign) if one.picture.number == number]
    return render_form(
        request, "pictures/picture.html", campaign, "pictures", meeting, thing=thing, card=card
    )


def change(row: Picture, values: dict[str, Any]) -> None:
    if values["is_head"]:
        keeping.take_from_head(row.campaign)
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))


@needs("run_campaigns")
@require_POST
@in_turn(Campaign)
def remove(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One that its page does not show."""
    campaign = campaign_or_404(slug)
    row = get_object_or_404(campaign.pictures, number=number)
    try:
        with noted_in_history(
            request,
            campaign,
            "remove picture",
            thing=f"picture:{number}",
            says=lambda: as_words(campaign, number),
        ):
            keeping.remove(row)
    except keeping.InUse:
        said = _("Nothing was changed: the page shows it. Take its mark out of the story first.")
        messages.error(request, said)
    else:
        messages.success(request, _("The picture is taken away."))
    return redirect("desk:pictures", slug)


def cards(campaign: Campaign) -> list[Card]:
    shown = {one.number: one for one in pictures_of(campaign, "en")}
    return [
        Card(row, shown[row.number], keeping.languages_showing(campaign, row.number))
        for row in campaign.pictures.all()
    ]


def as_words(campaign: Campaign, number: int) -> dict[str, str]:
    """For the history; {} before it is there, and after it is gone."""
    row = campaign.pictures.filter(number=number).first()
    texts = as_texts(PictureForm(campaign=campaign, picture=row)) if row else {}
    return {name: text for name, text in texts.items() if text}
