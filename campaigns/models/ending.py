"""A campaign that was closed or called won a moment ago, and may still be taken back."""

from __future__ import annotations

from django.db import models

from campaigns.models.campaign import Campaign


class Ending(models.Model):
    """There from Close or Win until it is undone or final (actions.followup.campaign_end).

    While it is, the public finds the campaign ended and its letters wait.
    """

    campaign = models.OneToOneField(Campaign, models.CASCADE, related_name="ending")
    deed = models.CharField(max_length=20, help_text='"close" or "win"')
    author = models.CharField(max_length=254)
    was = models.CharField(max_length=10, choices=Campaign.State, help_text="To go back to")
    was_closed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="Until then it can be undone.")
    stops_letters = models.BooleanField(
        default=True, help_text="What has not left is cancelled; otherwise it goes."
    )
    placed_hold = models.BooleanField(
        default=False, help_text="The hold on its letters is this ending's own."
    )
    closing_messages = models.JSONField(
        default=dict, help_text="By language: [before, as typed when it ended]"
    )
    finishing_since = models.DateTimeField(
        null=True, blank=True, help_text="From then on nothing can be undone."
    )
    stopped = models.PositiveIntegerField(default=0, help_text="Letters cancelled so far")

    def __str__(self) -> str:
        return f"{self.deed} of {self.campaign}"
