"""Committees of Congress, and who sits on them."""

from __future__ import annotations

from django.db import models


class Committee(models.Model):
    """A committee of Congress, or with a parent one of its subcommittees.

    `key` is the published code: "HSAG", "HSAG15".
    """

    key = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    chamber = models.CharField(max_length=10, help_text="house, senate or joint, as published")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="subcommittees"
    )
    website = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    source = models.ForeignKey("legislators.Source", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name


class CommitteeMembership(models.Model):
    """A legislator sits on a committee. Follows the source, as contacts do."""

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="memberships")
    legislator = models.ForeignKey(
        "legislators.Legislator", models.CASCADE, related_name="committees"
    )
    side = models.CharField(max_length=10, blank=True, help_text="majority or minority")
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    title = models.CharField(max_length=60, blank=True, help_text='"Chairman", "Ranking Member"')

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "legislator"], name="one_membership_per_committee"
            )
        ]
        ordering = ["committee", "side", "rank"]
