"""A call to act in a campaign, mailed to those of a list who can."""

from __future__ import annotations

from django.db import models

from actions.models.mailing import Mailing, MailingWords


class Alert(Mailing):
    """Goes to grown people who get our news and can act in its campaign (actions.alerts,
    desk.alerts). Who they are is found anew as it is written.
    """

    KIND = "alert"

    list_name = models.CharField(
        max_length=80, blank=True, help_text="The segment's name then; blank: all supporters"
    )
    filters = models.JSONField(
        default=dict, help_text="The segment's conditions then (desk.supporters.filters)"
    )
    goes_to_acted = models.BooleanField(
        default=False, help_text="Also to who has acted in its campaign"
    )
    goes_to_unsure = models.BooleanField(
        default=False, help_text="Also to whose district is not certain"
    )
    zone = models.CharField(max_length=40, blank=True, help_text="Whose clock its time was set in")
    left_out = models.JSONField(default=dict, help_text="People by why they do not get it")
    counted_at = models.DateTimeField(
        null=True, blank=True, help_text="When `left_out` and `addressed` were found"
    )
    unsubscribed = models.PositiveIntegerField(
        default=0, help_text="Mailboxes that left the newsletter by its link"
    )


class AlertWords(MailingWords):
    """An alert's words in one language."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="words")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["alert", "language"], name="one_set_of_words_per_alert_and_language"
            )
        ]
