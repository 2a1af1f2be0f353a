"""Taking action: one person doing one ask, and the letters and calls that come of it."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from actions.burst_rows import Burst, UsedProof  # noqa: F401 (tables of this room)
from actions.typed import Typed
from campaigns.models import Ask
from legislators.models import Chamber, Legislator, Seat
from supporters.models import Supporter
from worker.models import Delivery, State

REASON_LENGTH = 300


class ActionQuerySet(models.QuerySet["Action"]):
    def counted(self) -> ActionQuerySet:
        return self.filter(state=Action.State.CONFIRMED)


class Action(Typed):
    """One supporter doing one ask: what they sent, once their mailbox has confirmed it.

    `PENDING` and `QUARANTINED` are those that the release before took down; today's wait as
    submissions (actions.before_submissions).
    """

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting for confirmation")
        QUARANTINED = "quarantined", _("Set aside for a person to look at")
        CONFIRMED = "confirmed", _("Confirmed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    supporter = models.ForeignKey(Supporter, models.PROTECT, related_name="+")
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


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def open(self) -> SubmissionQuerySet:
        """Not decided yet: its mailbox may still choose it."""
        return self.filter(state__in=[Submission.State.WAITING, Submission.State.QUARANTINED])

    def silent(self) -> SubmissionQuerySet:
        """The first of each person on an ask of which their mailbox has confirmed nothing."""
        waiting = self.model.objects.filter(
            state=Submission.State.WAITING,
            ask=OuterRef("ask"),
            supporter_key=OuterRef("supporter_key"),
        )
        decided = Action.objects.filter(
            state__in=[Action.State.CONFIRMED, Action.State.WITHDRAWN],
            ask=OuterRef("ask"),
            supporter__key=OuterRef("supporter_key"),
        )
        return self.filter(
            ~Exists(decided),
            ~Exists(waiting.filter(pk__lt=OuterRef("pk"))),
            state=Submission.State.WAITING,
        )


class Submission(Typed):
    """One form as it was sent, until its mailbox answers; what nobody confirms is forgotten.

    Anybody can type anybody's address, so one person and ask may have several. The one that is
    confirmed becomes the action, and touches the supporter; the others do neither, ever.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for its mailbox")
        QUARANTINED = "quarantined", _("Set aside for a person to look at")
        CONFIRMED = "confirmed", _("Confirmed: it became the action")
        REFUSED = "refused", _("Refused by a person who looked")
        SUPERSEDED = "superseded", _("Sent again to another mailbox, by the same form")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # The same form with the same words is the same submission, however often it is sent.
    form_key = models.UUIDField(help_text="Of the form it came in")
    digest = models.CharField(max_length=64, help_text="HMAC of everything in it")
    # Whose it says it is, as supporters.people names them; there may be no such supporter yet.
    supporter_key = models.CharField(max_length=64)
    mailbox = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    quarantined_because = models.CharField(max_length=60, blank=True)
    appealed_at = models.DateTimeField(
        null=True, blank=True, help_text="The mailbox answered and asked for a look."
    )
    refusals = models.PositiveSmallIntegerField(default=0, db_default=0)
    appeal = models.CharField(max_length=500, blank=True, default="", db_default="")
    counts_at_once = models.BooleanField(
        default=False, help_text="Its campaign asks for no confirmation: counted as not verified"
    )
    seats = models.JSONField(default=list, blank=True, help_text="Ids of those it addresses")
    outcomes = models.JSONField(default=dict, blank=True, help_text="Of calls, by the seat's id")
    action = models.ForeignKey(
        Action, models.CASCADE, null=True, blank=True, related_name="submissions"
    )
    reminded_at = models.DateTimeField(null=True, blank=True, help_text="Asked once more")
    # Where it came from and whose mail server it names, as hashes, to see a burst; for a day.
    network = models.CharField(max_length=64, blank=True)
    wider_network = models.CharField(max_length=64, blank=True)
    mail_domain = models.CharField(max_length=64, blank=True)
    is_demo = models.BooleanField(default=False, help_text="Made up, and not forgotten")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField(help_text="Moved by every change that a count must notice.")

    objects: ClassVar[Any] = SubmissionQuerySet.as_manager()

    @property
    def name(self) -> str:
        """As it was typed."""
        return f"{self.entry.get('given_name', '')} {self.entry.get('family_name', '')}".strip()

    @property
    def is_open(self) -> bool:
        """As `SubmissionQuerySet.open`."""
        return self.state in (self.State.WAITING, self.State.QUARANTINED)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["form_key", "digest"], name="one_submission_per_form_and_words"
            )
        ]
        indexes = [
            models.Index(fields=["mailbox", "ask"]),
            models.Index(fields=["ask", "state", "supporter_key"]),
            models.Index(fields=["ask", "changed_at"]),
            models.Index(fields=["state", "created_at"]),
            models.Index(fields=["network", "created_at"]),
            models.Index(fields=["wider_network", "created_at"]),
            models.Index(fields=["mail_domain", "created_at"]),
            models.Index(fields=["form_key"]),
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
