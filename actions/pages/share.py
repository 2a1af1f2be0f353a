"""Links by which a person passes a campaign on.

Plain links: no script of anybody else's, no personal data in them.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns import words
from campaigns.models import Campaign

WAYS = ("link", "email", "whatsapp", "facebook", "bluesky")


def of_campaign(campaign: Campaign) -> dict[str, Any]:
    """Its own page, with the words that its organizers gave for that."""
    said = words.of(campaign)
    page = reverse("actions:act", args=[campaign.slug])
    return links(settings.SITE_URL + page, said.share_text or said.title)


def with_source(url: str, source: str) -> str:
    """So that its campaign's numbers tell what passing on brought, and by which way."""
    return f"{url}?{urlencode({'source': source})}"


def links(url: str, text: str) -> dict[str, Any]:
    """`url`, `text` and the usual places, each {name, url}."""
    by = {way: with_source(url, f"share-{way}") for way in WAYS}
    both = {way: f"{text} {link}" for way, link in by.items()}
    mail = {"subject": text, "body": both["email"]}
    post = {"u": by["facebook"]}
    return {
        "url": by["link"],
        "text": text,
        "links": [
            {
                "name": _("E-mail"),
                # Mail programs show a plus as a plus: blanks are %20 here.
                "url": f"mailto:?{urlencode(mail, quote_via=quote)}",
            },
            {"name": "WhatsApp", "url": f"https://wa.me/?{urlencode({'text': both['whatsapp']})}"},
            {
                "name": "Facebook",
                "url": f"https://www.facebook.com/sharer/sharer.php?{urlencode(post)}",
            },
            {
                "name": "Bluesky",
                "url": f"https://bsky.app/intent/compose?{urlencode({'text': both['bluesky']})}",
            },
        ],
    }
