"""What a person allowed, and when that ended."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign
from supporters.models.supporter import Supporter


class Consent(models.Model):
    """A dated permission, or its end, with the wording shown.

    Append-only: the newest line per purpose is what counts.
    """

    class Purpose(models.TextChoices):
        NEWSLETTER = "newsletter", _("Newsletter")
        UPDATES = "updates", _("What becomes of a campaign")  # of its own campaign, and no other
        PUBLIC_NAME = "public_name", _("First name and place shown")
        POST = "post", _("Invitations by post")
        SAMPLE_TEXT = "sample_text", _("Their words shown as an example")
        SIGN_ON = "sign_on", _("Shown where they signed for an organization")
        # Kept with the story and not with a supporter, so that they go with it (StoryConsent).
        STORY_PAGE = "story_page", _("Their story on a page of ours")
        STORY_PRESS = "story_press", _("Their story shown to the press")
        HERO = "hero", _("Shown among the people who act")

    supporter = models.ForeignKey(Supporter, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    granted = models.BooleanField()
    wording = models.CharField(max_length=400)
    language = models.CharField(max_length=7, default="en")
    campaign = models.ForeignKey(Campaign, models.SET_NULL, null=True, blank=True, related_name="+")
    channel = models.CharField(max_length=20, default="web")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["supporter", "purpose", "-id"]),
            # Whoever allows what few do is found from here, not by asking everybody.
            models.Index(fields=["purpose", "supporter", "-id"], name="who_allows"),
            # Whom an update goes to, in their order (actions.updates.audience).
            models.Index(
                fields=["campaign", "supporter"],
                condition=models.Q(purpose="updates"),
                name="wants_updates",
            ),
        ]
