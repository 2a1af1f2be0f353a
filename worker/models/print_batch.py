"""Print batches: which letters people print and mail together, and the PDF they print."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PrintBatch(models.Model):
    """Letters that people print and mail together: a frozen set, numbered.

    What it prints is made in the background.

    Its letters are `claimed` without a lease, by the claim `print:<number>`: nothing but this batch
    lets go of them.
    """

    class State(models.TextChoices):
        MAKING = "making", _("Being set")
        READY = "ready", _("Ready to print")
        PRINTED = "printed", _("Printed")
        MAILED = "mailed", _("Mailed")
        CANCELLED = "cancelled", _("Cancelled")
        FAILED = "failed", _("Could not be set")

    state = models.CharField(max_length=9, choices=State, default=State.MAKING)
    rehearsal = models.BooleanField(help_text="Stamped on every page, and never mailed.")
    closed_at = models.DateTimeField(auto_now_add=True)
    closed_by = models.CharField(max_length=254)
    made_at = models.DateTimeField(null=True, blank=True)
    pages = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True, help_text="Of the PDF")
    error = models.CharField(max_length=300, blank=True)
    beat_at = models.DateTimeField(
        null=True, blank=True, help_text="When a worker last began to set it."
    )
    tries = models.PositiveSmallIntegerField(default=0)
    printed_at = models.DateTimeField(null=True, blank=True)
    mailed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "print batches"

    @property
    def claim(self) -> str:
        return f"print:{self.pk}"


class PrintItem(models.Model):
    """One letter's place in a batch.

    A voided one is neither printed nor mailed by it; its letter may be in a later batch.
    """

    batch = models.ForeignKey(PrintBatch, models.CASCADE, related_name="items")
    delivery = models.ForeignKey("worker.Delivery", models.CASCADE, related_name="print_items")
    sequence = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    address = models.CharField(max_length=200)
    zip = models.CharField(max_length=10)
    sha256 = models.CharField(max_length=64, help_text="Of the letter as it was sealed")
    pages = models.PositiveSmallIntegerField(default=0)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.CharField(max_length=254, blank=True)
    void_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["batch", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "sequence"], name="one_letter_per_number"),
            models.UniqueConstraint(
                fields=["delivery"], condition=Q(voided_at=None), name="one_batch_per_letter"
            ),
        ]


class PrintPart(models.Model):
    """A piece of a batch's PDF, so that any web machine can hand it out."""

    batch = models.ForeignKey(PrintBatch, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="one_print_part_per_number")
        ]
