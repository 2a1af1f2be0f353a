"""A form as it was sent, until its mailbox answers."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from actions.models.action import Action
from actions.models.typed import Typed

# What a submission leaves to the action that it became.
TAKEN_OVER: dict[str, Any] = {
    **dict.fromkeys(("subject", "statement", "own_words", "newsletter_wording", "guardian"), ""),
    "versions": [],
    "answers": [],
    "entry": {},
    "permissions": {},
}


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
    # To find what came together, for 60 days: the start of a hash of its /24 or /64, and marks of
    # its own words that two like texts share (screening.marks). Never a child's: they send nothing.
    kept_network = models.CharField(max_length=12, blank=True, default="", db_default="")
    likeness = models.CharField(max_length=40, blank=True, default="", db_default="")
    # Whom somebody of 13 to 17 named, until they confirm (models.guardian).
    guardian = models.EmailField(blank=True, default="", db_default="")
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
            # Of one network in the order that they came: as many together are gone through.
            models.Index(
                fields=["kept_network", "id"],
                condition=~Q(kept_network=""),
                name="submissions_of_a_network",
            ),
        ]
