"""On the pages of an issue and a state: that people act for it, and the way to them. Nobody is
named there, so that those pages can be kept (PIECES_OF_PAGES).
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from actions.models import Hero
from campaigns.models import Issue
from campaigns.pages.pieces import Piece


def of_issue(issue: Issue) -> Piece | None:
    return _piece({"issue": issue.slug}, issue=issue)


def of_state(code: str) -> Piece | None:
    return _piece({"state": code}, state=code)


def _piece(asked: dict[str, str], **about: Any) -> Piece | None:
    """One query; None where nobody is."""
    number = Hero.objects.public().filter(**about).count()
    if not number:
        return None
    url = f"{reverse('actions:heroes')}?{urlencode(asked)}"
    html = render_to_string("heroes/_piece.html", {"number": number, "url": url})
    return Piece("heroes", _("People who act"), html)
