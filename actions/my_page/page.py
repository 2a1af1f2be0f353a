"""The page itself: what one person did, and the ways to everything that is theirs to decide."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from actions.heroes.of_a_person import own_pages
from actions.models import Action, PageKey
from actions.my_page import acts, asking, sums
from actions.my_page.choices import choices_of
from actions.my_page.visits import key_of, own_page
from actions.pages import restored
from actions.pages.private_link import mark_private
from actions.screening import origin
from actions.stories import mails
from actions.stories.whose import told_by
from actions.withdraw import withdraw
from supporters.models import Supporter
from supporters.phones import shown_phone


@origin.public_post
@require_http_methods(["GET", "HEAD", "POST"])
def my_page(request: HttpRequest) -> HttpResponseBase:
    """The page of whoever brings a key; the way to one for everybody else."""
    key = key_of(request)
    if request.method == "POST" or key is None:
        return asking.asking(request)
    supporter = key.supporter
    page = {
        "key": key,
        "supporter": supporter,
        "page": acts.page_of_acts(supporter, request.GET.get("page", "1")),
        "sums": sums.sums_of(supporter),
        "heroes": own_pages(supporter),
        "waiting": acts.waiting(supporter),
        "phone": shown_phone(supporter.phone) if supporter.phone else "",
        "restore": restored.unsure(supporter),
        "allowed": [choice for choice in choices_of(supporter) if choice.line],
        "address": written_address(supporter),
        "stories": [(story, mails.url(story)) for story in told_by(supporter)],
    }
    return mark_private(render(request, "actions/my_page/page.html", page))


def written_address(supporter: Supporter) -> str:
    place = " ".join(part for part in (supporter.state, supporter.zip) if part)
    country = "" if supporter.country == "US" else supporter.country
    parts = (supporter.street, supporter.city, place, country)
    return ", ".join(part for part in parts if part)


@own_page
def withdraw_one(request: HttpRequest, key: PageKey, public_id: str) -> HttpResponse:
    """One of their own actions; anybody else's is nothing here."""
    found = acts.actions_of(key.supporter).filter(public_id=public_id)
    action: Action = get_object_or_404(found)
    if request.method == "POST":
        withdraw(action)
        return redirect("actions:my_page")
    [act] = acts.read([action])
    return render(request, "actions/my_page/withdraw.html", {"key": key, "act": act})
