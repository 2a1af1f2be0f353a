"""Signatures on paper, as somebody here typed or read them in."""

from __future__ import annotations

from django.db import models

from campaigns.models import Ask
from supporters.models import Supporter


class PaperSignature(models.Model):
    """One signer of a petition on paper: counted "on paper", never as verified, and no letter is
    ever written for them.

    A name is kept only of whom the sheet, or staff for all of it, calls 18 or over; of anybody
    else the row counts and says nothing but the state.
    """

    ask = models.ForeignKey(Ask, models.CASCADE, related_name="+")
    batch = models.UUIDField(db_index=True, help_text="The import that brought it")
    row = models.PositiveIntegerField(help_text="In the file; the first is 1")
    person = models.CharField(
        max_length=64,
        help_text="HMAC of name and ZIP code, so that nobody is counted twice; of a row without"
        " a name of batch and row",
    )
    supporter = models.ForeignKey(
        Supporter,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who gave a mailbox as well",
    )
    given_name = models.CharField(max_length=70, blank=True)
    family_name = models.CharField(max_length=70, blank=True)
    city = models.CharField(max_length=80, blank=True)
    us_state = models.CharField(max_length=2, blank=True)
    zip = models.CharField(max_length=10, blank=True)
    signed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ask", "person"], name="one_paper_signature_each"),
            models.UniqueConstraint(fields=["batch", "row"], name="one_paper_signature_a_row"),
        ]

    def __str__(self) -> str:
        return f"paper signature {self.pk}"
