"""A person."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from supporters.plain_names import Bytewise, Plain


class SupporterQuerySet(models.QuerySet["Supporter"]):
    def grown(self) -> SupporterQuerySet:
        """Adults: those who may be listed, mailed or exported. Of somebody whose age nobody stated
        nobody knows.
        """
        return self.filter(is_minor=False, age_is_known=True).whole()

    def whole(self) -> SupporterQuerySet:
        """Records that stand for somebody: none that went into another."""
        return self.filter(merged_into=None)

    def proven(self) -> SupporterQuerySet:
        return self.exclude(proven_at=None)

    def reachable(self) -> SupporterQuerySet:
        """Whom mail may go to that they allowed: their mailbox answered, or they were brought in
        with a consent that staff states.
        """
        return self.exclude(proven_at=None, imported_at=None)


class Supporter(models.Model):
    """A person.

    `key` is HMAC(canonical e-mail + normalized name), so two people may share a mailbox.
    """

    key = models.CharField(max_length=64, unique=True)
    mailbox = models.CharField(
        max_length=64, db_index=True, help_text="HMAC of the canonical e-mail"
    )
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField()
    prefix = models.CharField(
        max_length=5,
        blank=True,
        help_text="As they chose it; Congress insists on one. Never guessed.",
    )
    given_name = models.CharField(max_length=70)
    family_name = models.CharField(max_length=70)
    phone = models.CharField(
        max_length=32, blank=True, help_text="E.164, and ;ext= where it has an extension"
    )
    street = models.CharField(max_length=120, blank=True)
    city = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=2, blank=True)
    zip = models.CharField(max_length=10, blank=True)
    country = models.CharField(max_length=2, default="US")
    language = models.CharField(max_length=7, default="en")
    is_minor = models.BooleanField(
        default=False, help_text=_("13 to 17: never public, listed or exported.")
    )
    age_is_known = models.BooleanField(
        default=True,
        db_default=True,
        help_text=_("False: imported, or signed where no age was asked. Counted only."),
    )
    wants_no_words_mailed = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Shares the mailbox: our mail carries nothing of what they wrote.",
    )
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    proven_at = models.DateTimeField(null=True, blank=True, help_text="When the mailbox answered.")
    imported_at = models.DateTimeField(
        null=True, blank=True, help_text="Brought in by staff: mail, never a letter, rests on it."
    )
    # Its key still leads there: who signs once more by this name or mailbox is the same person.
    merged_into = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        db_index=False,
        related_name="others",
        help_text="The record that stands for this person now (actions.merging)",
    )

    objects: ClassVar[Any] = SupporterQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "id"]),
            # How somebody is looked for at the desk (supporters.search).
            models.Index(Plain("family_name"), "id", name="supporters_by_family_name"),
            models.Index(Plain("given_name"), "id", name="supporters_by_given_name"),
            models.Index("zip", Plain("family_name"), "id", name="supporters_by_zip_and_name"),
            models.Index(
                Bytewise("phone"), condition=~models.Q(phone=""), name="supporters_by_phone"
            ),
            models.Index(
                fields=["merged_into"],
                condition=models.Q(merged_into__isnull=False),
                name="records_of_one_person",
            ),
        ]

    def __str__(self) -> str:
        return f"supporter {self.pk}"

    @property
    def person(self) -> Supporter:
        """Whom it stands for: itself, or the record that it went into."""
        return self.merged_into or self

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()
