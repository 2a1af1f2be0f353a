"""Taking action: one person doing one ask, and the letters and calls that come of it."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import Ask, PetitionText
from legislators.models import Seat
from supporters.models import Supporter
from worker.models import Delivery, State


class ActionQuerySet(models.QuerySet["Action"]):
    def counted(self) -> ActionQuerySet:
        return self.filter(state=Action.State.CONFIRMED)


class Action(models.Model):
    """One supporter doing one ask."""

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting for confirmation")
        QUARANTINED = "quarantined", _("Held for a person to look at")
        CONFIRMED = "confirmed", _("Confirmed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    ask = models.ForeignKey(Ask, models.PROTECT, related_name="+")
    supporter = models.ForeignKey(Supporter, models.PROTECT, related_name="+")
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    idempotency_key = models.UUIDField(unique=True)
    state = models.CharField(max_length=12, choices=State, default=State.PENDING)
    quarantined_because = models.CharField(max_length=60, blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True, help_text="The mailbox answered and asked for a look.")
    us_state = models.CharField(max_length=2, blank=True)
    language = models.CharField(max_length=7, default="en")
    source = models.CharField(max_length=40, blank=True)
    petition_text = models.ForeignKey(PetitionText, models.PROTECT, null=True, blank=True, related_name="+")
    name_is_public = models.BooleanField(default=False)
    # What the person wrote; each letter is made from it for its own seat. Blanked after retention.
    subject = models.CharField(max_length=200, blank=True)
    statement = models.TextField(blank=True, help_text="The organization's words, as sent")
    statement_edited = models.BooleanField(default=False)
    own_words = models.TextField(blank=True)
    # What they typed about themselves and allowed, until their mailbox answers: then the supporter learns it and it is blanked.
    entry = models.JSONField(default=dict, blank=True)
    newsletter_wording = models.CharField(max_length=400, blank=True, help_text="Ticked, with these words beside the box")
    # How their seats were found. A failed lookup keeps the person: finished later by the same function.
    needs_lookup = models.BooleanField(default=False)
    match_method = models.CharField(max_length=20, blank=True)
    match_certain = models.BooleanField(default=False)
    chosen_by_person = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(help_text="Moved by every change that a count must notice.")

    objects: ClassVar[Any] = ActionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ask", "supporter"], name="one_action_per_ask_and_supporter")]
        indexes = [
            models.Index(fields=["ask", "state", "us_state"]),
            models.Index(fields=["ask", "created_at"]),
            models.Index(fields=["ask", "changed_at"]),
            models.Index(fields=["id"], condition=Q(needs_lookup=True), name="unmatched"),
        ]


class Letter(models.Model):
    """One action's message to one seat, and the way it goes."""

    class Route(models.TextChoices):
        EMAIL = "email", _("E-mail")
        CWC = "cwc", _("Congress's message system")
        ASSISTED = "assisted", _("Needs the supporter")
        NONE = "none", _("Nobody to write to")

    action = models.ForeignKey(Action, models.CASCADE, related_name="letters")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    holder_name = models.CharField(max_length=120, blank=True, help_text="As on the day it was written")
    route = models.CharField(max_length=10, choices=Route)
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, blank=True, related_name="+")
    reported_at = models.DateTimeField(null=True, blank=True, help_text="The supporter says they sent it themselves.")
    told_at = models.DateTimeField(
        null=True, blank=True, help_text="When its writer was told that the office did not take it, if their mailbox takes mail."
    )

    @property
    def was_refused(self) -> bool:
        """The office did not take it: what is left is for the supporter to do, as on the assisted route."""
        return self.delivery is not None and self.delivery.state == State.FAILED

    class Meta:
        constraints = [models.UniqueConstraint(fields=["action", "seat"], name="one_letter_per_action_and_seat")]


class Call(models.Model):
    """A phone call to one seat's office, as its caller reported it."""

    class Outcome(models.TextChoices):
        TALKED = "talked", _("I talked to somebody")
        VOICEMAIL = "voicemail", _("I left a message")
        NO_ANSWER = "no_answer", _("Nobody answered")

    action = models.ForeignKey(Action, models.CASCADE, related_name="calls")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome)
    reported_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["action", "seat"], name="one_call_per_action_and_seat")]


class Voice(models.Model):
    """A child under 13 raised their voice. Nothing else about them is kept."""

    ask = models.ForeignKey(Ask, models.PROTECT, related_name="+")
    idempotency_key = models.UUIDField(unique=True)
    raised_on = models.DateField()
