"""An action's phone calls, as their caller reported them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from actions.models.action import Action
from legislators.models import Seat


class CallQuerySet(models.QuerySet["Call"]):
    def reached(self) -> CallQuerySet:
        """Those that somebody, or their machine, answered: what counts, on its caller's word."""
        return self.filter(outcome__in=[Call.Outcome.TALKED, Call.Outcome.VOICEMAIL])


class Call(models.Model):
    """A phone call to one seat's office, as its caller reported it.

    Without an outcome it is still to be made.
    """

    class Outcome(models.TextChoices):
        TALKED = "talked", _("I talked to somebody")
        VOICEMAIL = "voicemail", _("I left a message")
        NO_ANSWER = "no_answer", _("Nobody answered")

    action = models.ForeignKey(Action, models.CASCADE, related_name="calls")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = CallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["action", "seat"], name="one_call_per_action_and_seat")
        ]
