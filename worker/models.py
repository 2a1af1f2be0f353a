"""How letters leave: deliveries, the attempts that say what became of them, holds and lanes.

Tables of paper and of what comes back stand with their code and are imported from here all the
same.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from worker.inbound.models import DeadAddress, Return
from worker.paper.models import PrintBatch, PrintItem, PrintPart

__all__ = [
    "LIFE",
    "LIFE_ON_PAPER",
    "PAPER",
    "Attempt",
    "CaughtMail",
    "CongressOffice",
    "DeadAddress",
    "Delivery",
    "Heartbeat",
    "Hold",
    "Lane",
    "PrintBatch",
    "PrintItem",
    "PrintPart",
    "Return",
    "State",
    "WaitsFor",
]

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
        permissions = []
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


class Hold(models.Model):
    """Nothing that matches leaves while this stands. Read again before each message."""

    class Scope(models.TextChoices):
        EVERYTHING = "everything"
        CAMPAIGN = "campaign"
        OFFICE = "office"
        LANE = "lane"

    scope = models.CharField(max_length=10, choices=Scope)
    key = models.CharField(
        max_length=80,
        blank=True,
        help_text="scope_key, recipient_key or lane; blank for everything",
    )
    reason = models.CharField(max_length=200)
    author = models.CharField(max_length=254)
    placed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "key"], name="one_hold_per_scope_and_key")
        ]


class LaneQuerySet(models.QuerySet["Lane"]):
    def open(self) -> LaneQuerySet:
        """Whose circuit is open now: nothing real leaves there."""
        return self.filter(open_until__gt=Now())


class Lane(models.Model):
    """How a lane's real letters leave: worker.engine.pace and worker.engine.circuit.

    A lane has a row once delivery is on and something was to go.
    """

    name = models.CharField(max_length=80, primary_key=True)
    per_minute = models.PositiveIntegerField(
        null=True, blank=True, help_text="Set by staff; blank: what the settings say"
    )
    burst = models.PositiveIntegerField(
        null=True, blank=True, help_text="Set by staff: so many at once"
    )
    paid_until = models.DateTimeField(
        null=True, blank=True, help_text="Each letter moves it on by the distance between two."
    )
    wake_at = models.DateTimeField(
        null=True,
        blank=True,
        db_column="ring_at",
        help_text="When what waits for the pace or the circuit may be looked at",
    )
    failures = models.PositiveSmallIntegerField(
        default=0, help_text="Troubles in a row with the way out"
    )
    opened_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when its circuit is not closed"
    )
    open_until = models.DateTimeField(
        null=True, blank=True, help_text="Nothing leaves before; then one letter tries."
    )
    opened_because = models.TextField(blank=True, help_text="The other side's words")

    objects: ClassVar[Any] = LaneQuerySet.as_manager()

    class Meta:
        ordering = ["name"]


class Heartbeat(models.Model):
    """When something that should happen again and again last did."""

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()


class CongressOffice(models.Model):
    """An office of Congress as its chamber's own list names it: H + state + district, S + state + 0
    + class.
    """

    code = models.CharField(max_length=5, primary_key=True)
    chamber = models.CharField(max_length=6, choices=[("house", "House"), ("senate", "Senate")])
    is_active = models.BooleanField(help_text="Takes messages now.")
    listed_at = models.DateTimeField(help_text="When the chamber last listed it.")

    class Meta:
        ordering = ["code"]


class CaughtMail(models.Model):
    """A message that reached the catcher on this machine instead of the world."""

    received_at = models.DateTimeField(auto_now_add=True)
    sender = models.CharField(max_length=254, blank=True)
    recipient = models.CharField(max_length=254)
    message_id = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    content = models.BinaryField()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["message_id"])]
