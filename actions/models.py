"""Taking action: one person doing one ask, and the letters and calls that come of it."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import Ask, PetitionText
from legislators.models import Chamber, Legislator, Seat
from supporters.models import Supporter
from worker.models import Delivery, State

REASON_LENGTH = 300


class ActionQuerySet(models.QuerySet["Action"]):
    def counted(self) -> ActionQuerySet:
        return self.filter(state=Action.State.CONFIRMED)


class Action(models.Model):
    """One supporter doing one ask."""

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting for confirmation")
        QUARANTINED = "quarantined", _("Set aside for a person to look at")
        CONFIRMED = "confirmed", _("Confirmed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    ask = models.ForeignKey(Ask, models.PROTECT, related_name="+")
    supporter = models.ForeignKey(Supporter, models.PROTECT, related_name="+")
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    idempotency_key = models.UUIDField(unique=True)
    state = models.CharField(max_length=12, choices=State, default=State.PENDING)
    quarantined_because = models.CharField(max_length=60, blank=True)
    appealed_at = models.DateTimeField(
        null=True, blank=True, help_text="The mailbox answered and asked for a look."
    )
    us_state = models.CharField(max_length=2, blank=True)
    language = models.CharField(max_length=7, default="en")
    source = models.CharField(max_length=40, blank=True)
    petition_text = models.ForeignKey(
        PetitionText, models.PROTECT, null=True, blank=True, related_name="+"
    )
    name_is_public = models.BooleanField(default=False)
    # What the person wrote; each letter is made from it for its own seat. Kept with the action;
    # the texts of letters that left are blanked (worker.retention).
    subject = models.CharField(max_length=200, blank=True)
    statement = models.TextField(blank=True, help_text="The organization's words, as sent")
    statement_edited = models.BooleanField(default=False)
    own_words = models.TextField(blank=True)
    # What they typed about themselves and allowed, until their mailbox answers: then the supporter
    # learns it and it is blanked.
    entry = models.JSONField(default=dict, blank=True)
    newsletter_wording = models.CharField(
        max_length=400, blank=True, help_text="Ticked, with these words beside the box"
    )
    # How their seats were found. A failed lookup keeps the person: finished later by the same
    # function.
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
            # Nearly always empty: actions.retry_lookup looks every five minutes.
            models.Index(fields=["id"], condition=Q(needs_lookup=True), name="unmatched"),
        ]


class Route(models.TextChoices):
    """A way to bring a letter to an office. `NONE`: nobody is known there, so it goes nowhere."""

    EMAIL = "email", _("E-mail")
    CWC = "cwc", _("Congress's message system")
    ASSISTED = "assisted", _("The supporter, by the office's form or site")
    CALL = "call", _("The supporter, by telephone")
    PAPER = "paper", _("A printed letter")
    NONE = "none", _("Nobody to write to")


class Ladder(models.Model):
    """Which routes are tried for a seat, in order: a chamber's, or one seat's own.

    The first that can be used is taken.
    """

    chamber = models.CharField(max_length=20, choices=Chamber)
    seat = models.OneToOneField(
        Seat,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text="Blank: all seats of the chamber",
    )
    routes = models.JSONField(
        default=list,
        db_column="rungs",
        help_text="The best first; one that is not named is never used",
    )
    note = models.CharField(max_length=300, blank=True, help_text="Why it is so")
    changed_by = models.CharField(max_length=254, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["chamber"], condition=Q(seat=None), name="one_ladder_per_chamber"
            )
        ]
        ordering = ["chamber", "seat"]


class Letter(models.Model):
    """One action's message to one seat, and the route it takes."""

    # Routes that only the supporter can take.
    BY_HAND: ClassVar[tuple[str, ...]] = (Route.ASSISTED, Route.CALL)

    class Report(models.TextChoices):
        FORM = "form", _("I sent it by their form")
        MAILED = "mailed", _("I put it in the mail")

    action = models.ForeignKey(Action, models.CASCADE, related_name="letters")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    legislator = models.ForeignKey(
        Legislator,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        help_text="Whom it was written to; blank for older letters",
    )
    holder_name = models.CharField(
        max_length=120, blank=True, help_text="As on the day it was written"
    )
    route = models.CharField(max_length=10, choices=Route)
    bad_address = models.CharField(
        max_length=254,
        blank=True,
        default="",
        db_default="",
        help_text="Takes no mail: the letter went another way, or waits for a new one",
    )
    sent_despite = models.CharField(
        max_length=REASON_LENGTH,
        blank=True,
        default="",
        db_default="",
        help_text="What a person knew who let it go; the last look passes over it",
    )
    rehearsal = models.BooleanField(
        null=True,
        blank=True,
        help_text="Whether it was written in practice mode; blank for older letters",
    )
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, blank=True, related_name="+")
    awaits_roster_since = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Written in a new term of which no roster told who sits there: to be addressed",
    )
    reported_at = models.DateTimeField(
        null=True, blank=True, help_text="The supporter says they sent it themselves."
    )
    reported_as = models.CharField(
        max_length=10, choices=Report, blank=True, default="", db_default="", help_text="And how"
    )
    told_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text=(
            "When its writer was told that the office did not take it, if their mailbox takes mail."
        ),
    )
    told_late_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When its writer was told that it still waits for a person here.",
    )

    @property
    def was_refused(self) -> bool:
        """The office did not take it: what is left is for the supporter to do, as on the assisted
        route.
        """
        return self.delivery is not None and self.delivery.state == State.FAILED

    @property
    def needs_its_writer(self) -> bool:
        """Only its writer can still bring it there."""
        return self.route in self.BY_HAND or self.was_refused

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["action", "seat"], name="one_letter_per_action_and_seat"
            )
        ]
        indexes = [
            models.Index(fields=["seat"], condition=~Q(bad_address=""), name="wants_an_address"),
            models.Index(fields=["seat", "id"], name="letters_of_an_office"),
            models.Index(
                fields=["seat"],
                condition=Q(awaits_roster_since__isnull=False),
                name="wants_a_roster",
            ),
        ]


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


class Voice(models.Model):
    """A child under 13 raised their voice. Nothing else about them is kept."""

    ask = models.ForeignKey(Ask, models.PROTECT, related_name="+")
    idempotency_key = models.UUIDField(unique=True)
    raised_on = models.DateField()
