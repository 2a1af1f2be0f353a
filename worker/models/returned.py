"""What came back about deliveries, and the addresses that take no mail."""

from django.db import models


class Return(models.Model):
    """What came back about a delivery, or was heard of it later.

    A fact beside its state, which changes only as worker.inbound.returns says.

    No text of a person is kept: only what servers said, and nothing at all where it is about no
    letter of ours.
    """

    class Kind(models.TextChoices):
        FAILED = "failed", "It came back"
        DELAYED = "delayed", "Delayed over there"
        DELIVERED = "delivered", "Delivered, says their server"
        RELAYED = "relayed", "Passed on"
        COMPLAINT = "complaint", "A complaint"
        AUTO_REPLY = "auto_reply", "Answered automatically"
        REPLY = "reply", "Answered"
        UNCLEAR = "unclear", "Not understood"

    delivery = models.ForeignKey(
        "worker.Delivery", models.CASCADE, null=True, blank=True, related_name="returns"
    )
    at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(max_length=12, choices=Kind)
    status = models.CharField(
        max_length=12, blank=True, help_text="Enhanced status code (RFC 3463)"
    )
    code = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.TextField(blank=True, help_text="The server's own, 2,000 characters at most")
    source = models.CharField(max_length=10, help_text='"listener", "hook", "log" or "provider"')
    digest = models.CharField(
        max_length=64, unique=True, help_text="The same mail twice counts once."
    )

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["kind", "at"])]


class DeadAddress(models.Model):
    """An address that takes no mail, by evidence from two people.

    Nothing is sent there until a person says otherwise.
    """

    address = models.EmailField(unique=True, help_text="Lower case")
    because = models.TextField(help_text="The other side's words")
    found_at = models.DateTimeField(auto_now_add=True)
    revived_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When a person knew better; what was said before counts no more.",
    )
