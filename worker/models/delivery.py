"""Sealed envelopes on their way, and the attempts that say what became of them."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from worker.models.hold import Hold
from worker.models.lane import Lane

# How long a letter that a peer refuses for now is tried.
LIFE = dt.timedelta(hours=72)
# How long a letter waits for people to print it before its writer is told that nobody did.
LIFE_ON_PAPER = dt.timedelta(days=90)


class State(models.TextChoices):
    """`sent` means the peer's 250 (or 201), or a person's word that it was printed and mailed."""

    WAITING = "held"  # the stored value is older than the word
    QUEUED = "queued"
    CLAIMED = "claimed"
    DATA = "data"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    CANCELLED = "cancelled"


class WaitsFor(models.TextChoices):
    """What a waiting letter waits for."""

    CONFIRMATION = ""
    REVIEW = "review"  # whom it was written to has changed: a person looks at it
    ADDRESS = "address"  # its address takes no mail any more: a person mends it
    APPROVAL = "approval"  # its address was typed here: a second person approves it
    ROSTER = "roster"  # whoever it was written to may not sit there any more: a roster will tell


# The channel, and the lane, of letters that people print and mail: no worker carries them.
PAPER = "paper"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, now: dt.datetime) -> DeliveryQuerySet:
        """By a clock of the caller's; expired ones too."""
        return self.filter(state=State.QUEUED, due_at__lte=now)

    def due_now(self) -> DeliveryQuerySet:
        """Due and not too old, by the database's clock: a worker whose own clock is wrong does no
        harm. Not what people print.
        """
        return self.due_and_unexpired().exclude(channel=PAPER)

    def printable(self) -> DeliveryQuerySet:
        """What waits for people to print it (worker.paper.batches).

        The engine claims none of it.
        """
        return self.due_and_unexpired().filter(channel=PAPER)

    def due_and_unexpired(self) -> DeliveryQuerySet:
        """Whose time has come and is not over, whatever their channel."""
        return self.filter(state=State.QUEUED, due_at__lte=Now(), expires_at__gt=Now())

    def not_paused(self) -> DeliveryQuerySet:
        """Not stopped by any hold, as of the moment the query runs."""
        return self.exclude(
            Exists(
                Hold.objects.filter(
                    Q(scope=Hold.Scope.EVERYTHING)
                    | Q(scope=Hold.Scope.CAMPAIGN, key=OuterRef("scope_key"))
                    | Q(scope=Hold.Scope.OFFICE, key=OuterRef("recipient_key"))
                    | Q(scope=Hold.Scope.LANE, key=OuterRef("lane"))
                )
            )
        )

    def kept_young(self) -> DeliveryQuerySet:
        """What waits behind an open circuit does not grow old, for as long as a letter lives: then
        its writer has to be told.
        """
        open_lanes = Lane.objects.filter(name=OuterRef("lane"), opened_at__gt=Now() - LIFE)
        return self.filter(Exists(open_lanes), rehearsal=False)

    def permitted(self, *, enabled: bool) -> DeliveryQuerySet:
        """Those that may go now: rehearsals always, real letters only while delivery is switched
        on.
        """
        return self if enabled else self.filter(rehearsal=True)

    def troubled(self) -> DeliveryQuerySet:
        """What wants a person: nobody knows whether it went, or it did not."""
        return self.filter(state__in=[State.UNCERTAIN, State.FAILED])

    def unsettled(self) -> DeliveryQuerySet:
        """Of which we will hear more without anybody's doing."""
        return self.filter(state__in=[State.WAITING, State.QUEUED, State.CLAIMED, State.DATA])


class Delivery(models.Model):
    """A sealed envelope.

    Its text and recipient were fixed when it was posted; its keys mean nothing in this room.
    """

    key = models.CharField(
        max_length=80, unique=True, help_text="Posting the same key twice posts once."
    )
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    channel = models.CharField(max_length=10, default="email")
    lane = models.CharField(
        max_length=80, help_text='"mail" for supporters\' own mail; "letters:<domain>" for offices'
    )
    sender_key = models.CharField(max_length=80, blank=True)
    writer_key = models.CharField(
        max_length=64,
        blank=True,
        default="",
        db_default="",
        help_text="The same for all letters of one mailbox",
    )
    recipient_key = models.CharField(max_length=80, blank=True)
    scope_key = models.CharField(
        max_length=80, blank=True, help_text="What a hold may name, e.g. a campaign"
    )
    recipient = models.CharField(max_length=254)
    subject = models.CharField(max_length=300, blank=True)
    message = models.BinaryField(
        help_text="The serialized message, bytes as they will be sent; blanked after retention."
    )
    message_id = models.CharField(max_length=200, unique=True)
    rehearsal = models.BooleanField(
        default=True, help_text="Goes to the catcher on this machine; never changes."
    )
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    waits_for = models.CharField(
        max_length=10,
        choices=WaitsFor,
        blank=True,
        db_column="held_for",
        help_text="While it is waiting: what for",
    )
    hours = models.CharField(
        max_length=60,
        blank=True,
        default="",
        db_default="",
        help_text='When its office is there: "America/Chicago 8-18", Mon-Fri',
    )
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempts_made = models.PositiveSmallIntegerField(default=0)
    crashes = models.PositiveSmallIntegerField(default=0)
    claim = models.CharField(
        max_length=40, blank=True, help_text="The claiming worker's token; fences late writers."
    )
    lease_until = models.DateTimeField(null=True, blank=True)
    posted_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(
                # worker.engine.claim jumps over it from one campaign to the next.
                fields=["lane", "rehearsal", "scope_key", "due_at"],
                condition=Q(state="queued"),
                name="queued_fairly",
            ),
            models.Index(
                # The last letter that waits for an office (worker.engine.office_hours.spread).
                fields=["recipient_key", "due_at"],
                condition=Q(state="queued"),
                name="queued_by_office",
            ),
            models.Index(
                # What dead workers left, asked for every minute (worker.engine.interrupted).
                fields=["lease_until"],
                condition=Q(state__in=["claimed", "data"]),
                name="leased",
            ),
            models.Index(
                # What wants a person, newest first, on every page of the console that counts it.
                fields=["state", "settled_at"],
                condition=Q(state__in=["failed", "uncertain"]),
                name="troubled",
            ),
            models.Index(fields=["waits_for", "lane"], condition=Q(state="held"), name="held"),
            # The last mails caused by forms, of which so many a minute leave (supporters.mail).
            models.Index(fields=["due_at"], condition=Q(lane="mail"), name="mail_by_turn"),
            models.Index(fields=["sender_key"]),
            models.Index(fields=["scope_key", "state"]),
            # From lane to lane, and how many of each state (worker.lane_numbers).
            models.Index(fields=["lane", "state"], name="lanes_by_state"),
            # Lists of one state, in the order of writing: those that are rare among all there are.
            models.Index(
                fields=["state", "id"],
                condition=Q(state__in=["failed", "uncertain", "cancelled"]),
                name="ended_otherwise",
            ),
        ]


class Attempt(models.Model):
    """One for each transition, with the peer's own words where there was a peer.

    Posting is on the row itself (`posted_at`), and a claim that nobody outside can notice leaves
    none.
    """

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="attempts")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, help_text="The state it went to.")
    code = models.PositiveSmallIntegerField(null=True, blank=True, help_text="SMTP or HTTP status")
    answer = models.TextField(blank=True)
    author = models.CharField(max_length=254, blank=True, help_text='"worker", "sweep" or a person')

    class Meta:
        ordering = ["id"]
