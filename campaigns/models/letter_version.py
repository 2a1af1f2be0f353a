"""A letter's other words, for some of the seats that its ask addresses."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models.ask import Ask
from campaigns.models.target import SeatRule


class LetterVersion(SeatRule):
    """Words for those of the ask's seats that its sides name; every other seat gets the ask's own
    letter. Of two that name one seat the first in order is taken.
    """

    class Approach(models.TextChoices):
        THANK = "thank", _("Thank")
        PRESS = "press", _("Press")
        INFORM = "inform", _("Inform")

    ask = models.ForeignKey(Ask, models.CASCADE, related_name="versions")
    position = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=60)
    approach = models.CharField(max_length=10, blank=True, choices=Approach)
    subject = models.CharField(max_length=200)
    more_subjects = models.JSONField(default=list, blank=True, help_text="As the ask's")
    body = models.TextField(help_text="As the ask's letter")
    translations = models.JSONField(
        default=dict, blank=True, help_text="Language -> the letter, to understand what is signed"
    )

    class Meta:
        ordering = ["ask", "position", "id"]

    def __str__(self) -> str:
        return self.name
