"""A grown-up whom somebody of 13 to 17 named, asked once whether it is fine with them."""

from __future__ import annotations

import uuid

from django.db import models

from actions.models.action import Action


class Guardian(models.Model):
    """Unanswered, it is deleted after a week, and the mailbox with it; a yes stays as long as its
    action, and a no takes the action back and leaves no row (actions.guardians).
    """

    action = models.OneToOneField(Action, models.CASCADE, related_name="guardian")
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField()
    language = models.CharField(max_length=7, default="en")
    asked_at = models.DateTimeField()
    said_yes_at = models.DateTimeField(null=True, blank=True)
    wording = models.CharField(
        max_length=300, blank=True, help_text="What stood beside the button, as it was pressed"
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=models.Q(said_yes_at=None),
                name="unanswered_guardians",
            )
        ]
