"""ZIP codes as published."""

from __future__ import annotations

from django.db import models


class ZipCode(models.Model):
    """A ZIP code of the published table, with its postal town: also those that no map draws, of
    boxes, one building or one firm.
    """

    zip = models.CharField(max_length=5)
    state = models.CharField(max_length=2, blank=True, help_text="Blank for military mail.")
    city = models.CharField(max_length=60, help_text="In capitals, letters only")
    town = models.CharField(
        max_length=80, blank=True, default="", db_default="", help_text="The same, as published"
    )
    lat = models.FloatField()
    lon = models.FloatField()
    is_box = models.BooleanField(
        default=False, help_text="Published at the point of another: it has no streets of its own."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["zip", "state", "city"], name="one_row_per_zip_and_town"
            )
        ]
        indexes = [models.Index(fields=["state", "city"])]
