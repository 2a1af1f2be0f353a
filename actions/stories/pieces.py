"""On the page of an issue: that people tell of it, as a link alone. That page is kept and found, so
that nothing of a story may stand in it.
"""

from __future__ import annotations

from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from actions.models import Story
from campaigns.models import Issue
from campaigns.pages.pieces import Piece


def of_issue(issue: Issue) -> Piece | None:
    if not Story.objects.public().filter(issue=issue).exists():
        return None
    url = f"{reverse('actions:stories')}?{urlencode({'issue': issue.slug})}"
    html = render_to_string("actions/stories/_piece.html", {"url": url})
    return Piece("stories", _("People tell what happened to them"), html)
