"""What a campaign tells those who acted."""

from __future__ import annotations

from django.db import models

from actions.models.mailing import Mailing, MailingWords


class Update(Mailing):
    """News of a campaign for its signers. Its mail waits half an hour, or for the campaign's end
    to be final.
    """

    KIND = "update"

    is_outcome = models.BooleanField(
        default=False, help_text="Part of closing or winning: it waits for that to be final"
    )

    class Meta(Mailing.Meta):
        indexes = [
            # Nearly always empty: beat looks every minute (actions.mailings.sending).
            models.Index(
                fields=["state"],
                condition=models.Q(state__in=["waiting", "sending"]),
                name="updates_on_their_way",
            )
        ]


class UpdateWords(MailingWords):
    """An update's words in one language."""

    update_of = models.ForeignKey(Update, models.CASCADE, related_name="words")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["update_of", "language"], name="one_set_of_words_per_update_and_language"
            )
        ]
