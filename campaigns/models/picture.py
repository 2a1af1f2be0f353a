"""Pictures that organizers put on a campaign's page."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models

from campaigns.models.campaign import Campaign


class Pixels(models.Model):
    """What a picture shows, in some widths: never changed, and shared by a campaign and its clones
    (campaigns.pictures).
    """

    # Of the widest file: the same upload twice is kept once.
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.digest


class PictureFile(models.Model):
    """One width of it, as browsers load it: WebP, drawn anew when it was uploaded."""

    pixels = models.ForeignKey(Pixels, models.CASCADE, related_name="files")
    # Two pictures may have a small width in common, such as a plain colour.
    digest = models.CharField(
        max_length=64, db_index=True, help_text="SHA-256 of `content`, and its address"
    )
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ["width"]


class Picture(models.Model):
    """A picture of one campaign: at the head of its page, or where its story says {picture 2}."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="pictures")
    # Given once: the marks in the story name it.
    number = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    # What a page shows cannot go.
    pixels = models.ForeignKey(Pixels, models.PROTECT, related_name="pictures")
    alt_texts = models.JSONField(
        default=dict, blank=True, help_text="By language: what who does not see it is told"
    )
    is_decorative = models.BooleanField(
        default=False, help_text="It says nothing that the words do not say."
    )
    credit = models.CharField(max_length=120, blank=True)
    is_head = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "number"], name="one_picture_per_campaign_and_number"
            ),
            models.UniqueConstraint(
                fields=["campaign"],
                condition=models.Q(is_head=True),
                name="one_picture_at_the_head_of_a_campaign",
            ),
        ]

    def __str__(self) -> str:
        return f"{{picture {self.number}}}"
