"""Behind the links that we mailed: what was typed, with a button; how it stands, and a way back."""

from __future__ import annotations

import hashlib
import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from actions.models import Signatory
from actions.pages.private_link import Forgotten, mark_private, private_page, read_link
from actions.sign_ons import signing
from actions.sign_ons.pages import deadline_of
from campaigns import words
from campaigns.published.showing import corrections_of
from supporters import links

State = Signatory.State
# What somebody reads before they press the button.
SHOWN = ("organization", "city", "us_state", "given_name", "family_name", "role", "wording")


@private_page
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A GET shows what was typed; its POST is the signature."""
    try:
        row = linked(links.read("sign-on", token))
    # What it was made for is deleted by then.
    except links.StaleLink as stale:
        raise Forgotten(stale.public_id) from stale
    except links.BadLink as bad:
        raise Http404 from bad
    # Nobody signs with words that they have not seen: a row may be corrected meanwhile.
    mark = fingerprint(row)
    has_changed = request.method == "POST" and request.POST.get("shown") != mark
    if request.method != "POST" or has_changed:
        is_new = row.state == State.UNCONFIRMED
        page = "confirm" if is_new else "own"
        return show(request, row, page, fingerprint=mark, has_changed=has_changed)
    try:
        return show(request, signing.confirm(row), "confirmed")
    except signing.IsOver:
        return show(request, row, "too_late")
    # Outside of that transaction, which took back what it had learned of them.
    except signing.IsYoung:
        row.delete()
        return show(request, row, "young")


@private_page
def own(request: HttpRequest, token: str) -> HttpResponse:
    """How their organization's signature stands; its POST takes it back."""
    row = linked(read_link("sign-on-own", token))
    if request.method == "POST":
        signing.withdraw(row)
        row.refresh_from_db()
    return show(request, row, "own")


def linked(public_id: uuid.UUID) -> Signatory:
    """The signature a link was made for. Raises Forgotten."""
    found = Signatory.objects.select_related("sign_on").prefetch_related("sign_on__words")
    row: Signatory | None = found.filter(public_id=public_id).first()
    if row is None:
        raise Forgotten(public_id)
    return row


def fingerprint(row: Signatory) -> str:
    """Of what was typed, and of the letter in the reader's language."""
    letter = words.of(row.sign_on)
    parts = [getattr(row, name) for name in SHOWN]
    parts += [letter.title, letter.addressees, letter.text, letter.file_id]
    said = "\n".join(map(str, parts))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def show(request: HttpRequest, row: Signatory, page: str, **context: object) -> HttpResponse:
    letter = row.sign_on
    context |= {"row": row, "letter": letter, "words": words.of(letter)}
    context["deadline"] = deadline_of(letter)
    corrections = corrections_of(words.of(letter))
    context["corrections"] = [one for one in corrections if one.at > row.created_at]
    return mark_private(render(request, f"actions/sign_ons/{page}.html", context))
