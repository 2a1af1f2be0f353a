"""What rosters leave behind beside terms: committees, what each refresh changed, and where two
sources do not agree.

legislators/models.py imports these, so that Django finds them.
"""

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


class TurnoverReport(models.Model):
    """What one snapshot of a source changed.

    `changes` holds turnover.Change rows; `refused` the rows left out, with reasons.
    """

    source = models.ForeignKey("legislators.Source", models.CASCADE, related_name="reports")
    as_of = models.DateField()
    before_on = models.DateField(
        null=True, blank=True, help_text="Date of the snapshot before; none on a first load"
    )
    changes = models.JSONField(default=list)
    refused = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.source_id} {self.as_of}"


class Disagreement(models.Model):
    """Two sources name different holders for one district.

    The believed one fills the seats; the other's word stands here.

    Closed with a date when they agree again, never deleted.
    """

    chamber = models.CharField(max_length=20)
    jurisdiction = models.ForeignKey("legislators.Jurisdiction", models.PROTECT, related_name="+")
    division = models.CharField(max_length=160)
    district = models.CharField(max_length=80, blank=True)
    believed = models.ForeignKey("legislators.Source", models.PROTECT, related_name="+")
    believed_as_of = models.DateField()
    believed_says = models.CharField(
        max_length=300, blank=True, help_text="Names, in order; blank for nobody"
    )
    other = models.ForeignKey("legislators.Source", models.PROTECT, related_name="+")
    other_as_of = models.DateField()
    other_says = models.CharField(max_length=300, blank=True)
    noticed_on = models.DateField()
    settled_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["chamber", "division", "other"],
                condition=models.Q(settled_on=None),
                name="one_open_disagreement_per_district",
            )
        ]
        ordering = ["jurisdiction", "chamber", "district"]
