"""One Markdown text as people will read it, while it is typed (static/js/markdown.js); without
scripts, as a page of its own.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from accounts.signed_out import is_part
from campaigns import markdown
from campaigns.models import Campaign
from campaigns.pictures.showing import ShownPicture, pictures_of
from desk.access import needs

# More than any field takes.
MOST_LETTERS = 100_000


@needs()
@require_POST
def markdown_text(request: HttpRequest) -> HttpResponse:
    """The field that `markdown_of` names, with the pictures of the campaign that the address
    names. By the renderer of the public pages; nothing is saved.
    """
    text = request.POST.get(request.POST.get("markdown_of", ""), "")[:MOST_LETTERS]
    shown = markdown.rendered(text.replace("\r\n", "\n"), pictures_seen(request))
    if is_part(request):
        return HttpResponse(shown)
    return render(request, "desk/previews/markdown.html", {"text": shown})


def pictures_seen(request: HttpRequest) -> tuple[ShownPicture, ...] | None:
    if not request.user.has_perm("accounts.run_campaigns"):
        return None
    campaign = Campaign.objects.filter(slug=request.GET.get("campaign", "")).first()
    return tuple(pictures_of(campaign, get_language() or "en")) if campaign else None
