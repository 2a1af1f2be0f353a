"""One person doing one ask; and young voices, who are counted and nothing else."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from actions.models.typed import Typed
from campaigns.models import Ask
from supporters.models import Supporter


class Nobodys(Exception):
    """An action whose writer was erased: there is nobody to write for, or to."""


class ActionQuerySet(models.QuerySet["Action"]):
    def counted(self) -> ActionQuerySet:
        return self.filter(state=Action.State.CONFIRMED)


class Action(Typed):
    """One supporter doing one ask: what they sent, once their mailbox has confirmed it.

    `PENDING` and `QUARANTINED` are those that the release before took down; today's wait as
    submissions (actions.pending_of_last_release).
    """

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting for confirmation")
        QUARANTINED = "quarantined", _("Set aside for a person to look at")
        CONFIRMED = "confirmed", _("Confirmed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    supporter = models.ForeignKey(
        Supporter,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="None once they were erased: it counts on, as nobody's (actions.erasing)",
    )
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    idempotency_key = models.UUIDField(unique=True)
    state = models.CharField(max_length=12, choices=State, default=State.PENDING)
    quarantined_because = models.CharField(max_length=60, blank=True)
    appealed_at = models.DateTimeField(
        null=True, blank=True, help_text="The mailbox answered and asked for a look."
    )
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(help_text="Moved by every change that a count must notice.")

    objects: ClassVar[Any] = ActionQuerySet.as_manager()

    @property
    def writer(self) -> Supporter:
        """Whose it is. Raises Nobodys."""
        if self.supporter is None:
            raise Nobodys(self.pk)
        return self.supporter

    class Meta:
        constraints = [
            models.UniqueConstraint(
                # Two forms at once both find nothing: only this tells them apart (docs/safety.md
                # 1.3).
                fields=["ask", "supporter"],
                name="one_action_per_ask_and_supporter",
            )
        ]
        indexes = [
            models.Index(fields=["ask", "state", "us_state"]),
            models.Index(fields=["ask", "created_at"]),
            # Which asks to recount (actions.recount.changed_asks), and how far counts lag.
            models.Index(fields=["ask", "changed_at"]),
            # The newest who wanted to be seen (actions.pages.page_context.signers).
            models.Index(
                fields=["ask", "-confirmed_at"],
                condition=Q(state="confirmed", name_is_public=True),
                name="seen_signers",
            ),
            # Nearly always empty: actions.retry_lookup looks every five minutes.
            models.Index(fields=["id"], condition=Q(needs_lookup=True), name="unmatched"),
            # Of an ask that asks questions, in the order of writing: its page of answers.
            models.Index(fields=["ask", "id"], condition=~Q(answers=[]), name="answered"),
            # Nearly always empty: every list leaves them out (actions.grown).
            models.Index(
                fields=["supporter"], condition=Q(entry__is_minor=True), name="said_young"
            ),
        ]


class Voice(models.Model):
    """A child under 13 raised their voice. Nothing else about them is kept."""

    ask = models.ForeignKey(Ask, models.PROTECT, related_name="+")
    idempotency_key = models.UUIDField(unique=True)
    raised_on = models.DateField()
