"""Which districts a supporter lives in."""

from __future__ import annotations

from django.db import models

from supporters.models import Supporter


class SupporterDistrict(models.Model):
    """A district that a supporter lives in, or several of a layer that they may live in: then none
    is certain.
    """

    supporter = models.ForeignKey(Supporter, models.CASCADE, related_name="+")
    layer = models.CharField(max_length=4)
    # By its name, which stays the same from edition to edition.
    division = models.CharField(max_length=160, help_text="OCD division id, lower case")
    method = models.CharField(max_length=20)
    certain = models.BooleanField()
    edition = models.CharField(max_length=60)
    found_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["supporter", "layer", "division"], name="one_row_per_supporter_and_district"
            )
        ]
        indexes = [models.Index(fields=["division", "supporter"], name="supporters_of_a_district")]
