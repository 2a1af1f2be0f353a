"""An action's letters, and the routes that they may take."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from actions.models.action import Action
from legislators.models import Chamber, Legislator, Seat
from worker.models import Delivery, State

REASON_LENGTH = 300
# Of letters: nothing has gone out, and nothing will by itself.
NEVER_LEFT = Q(delivery=None) | Q(delivery__state__in=[State.WAITING, State.CANCELLED])


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


class LetterQuerySet(models.QuerySet["Letter"]):
    def left(self) -> LetterQuerySet:
        """What nobody can call back; of a letter that was refused nothing has left."""
        states = [State.CLAIMED, State.DATA, State.SENT, State.UNCERTAIN]
        return self.filter(delivery__state__in=states)


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

    objects: ClassVar[LetterQuerySet] = LetterQuerySet.as_manager()  # type: ignore[assignment]

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
