"""A number that the organization says of its own work."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Counted(models.TextChoices):
    """What is counted from rows (campaigns.impact.counting), in the order of the page."""

    BILLS = "bills", _("Bills introduced that we support")
    LAWS = "laws", _("Laws enacted and resolutions adopted")
    STATES = "states", _("States worked in")
    ACTIONS = "actions", _("Actions people took")
    LETTERS = "letters", _("Letters known to have arrived")
    ORGANIZATIONS = "signed_on", _("Organizations on our letters")


class Figure(models.Model):
    """Set by hand: it stands beside what is counted, or in place of it, and says who counted."""

    instead_of = models.CharField(
        max_length=10, blank=True, choices=Counted, help_text="Blank: beside what is counted"
    )
    number = models.PositiveIntegerField()
    labels = models.JSONField(
        default=dict, blank=True, help_text='By language: {"en": "Briefs filed"}'
    )
    source = models.CharField(max_length=200, help_text="Who counted, and where that stands")
    source_url = models.URLField(
        max_length=300, blank=True, validators=[URLValidator(schemes=["https", "http"])]
    )
    dated_on = models.DateField(default=timezone.localdate, help_text="As of which day")
    position = models.PositiveSmallIntegerField(default=1)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["instead_of"],
                condition=~Q(instead_of=""),
                name="one_figure_instead_of_each_counted",
            )
        ]

    def __str__(self) -> str:
        label = self.labels.get("en") or self.get_instead_of_display()
        return f"{label}: {self.number:,}"

    @property
    def unnamed(self) -> list[str]:
        """The languages in which it has no name of its own; none where a counted one's stands."""
        if self.instead_of:
            return []
        return [str(_(str(name))) for code, name in settings.LANGUAGES if not self.labels.get(code)]
