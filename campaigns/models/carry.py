"""Where a campaign was carried from."""

from __future__ import annotations

from django.db import models

from campaigns.models.campaign import Campaign


class Carry(models.Model):
    """This campaign is another one in another state: the lineage, and what was made of its words
    and targets on the way (campaigns.carrying).
    """

    campaign = models.OneToOneField(Campaign, models.CASCADE, related_name="carry")
    source = models.ForeignKey(
        Campaign, models.SET_NULL, null=True, blank=True, related_name="carries"
    )
    from_state = models.CharField(max_length=2)
    to_state = models.CharField(max_length=2)
    # As written down then: it outlives the account.
    author = models.CharField(max_length=254)
    at = models.DateTimeField(auto_now_add=True)
    swaps = models.JSONField(default=list, help_text="Rows {place, old, new, around}")
    left_out = models.JSONField(default=list, help_text="Sentences: what does not exist there")
    confirmed = models.JSONField(
        default=list, help_text="What looks like the old state and is meant: keys of leftovers"
    )

    def __str__(self) -> str:
        return f"{self.campaign}, from {self.from_state} to {self.to_state}"
