"""What a campaign asks, in which words, and of whom."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import Campaign


class Ask(models.Model):
    """One thing a campaign asks of a person. A campaign has an ordered list of them."""

    class Kind(models.TextChoices):
        PETITION = "petition", _("Petition")
        LETTER = "letter", _("Letter")
        CALL = "call", _("Call")

    # Kinds that are addressed to seats.
    TARGETED: ClassVar[tuple[str, ...]] = (Kind.LETTER, Kind.CALL)

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="asks")
    kind = models.CharField(max_length=10, choices=Kind)
    position = models.PositiveSmallIntegerField(default=1)
    # The letter is written in the language that the office reads, whatever language the page is in.
    letter_subject = models.CharField(max_length=200, blank=True)
    more_subjects = models.JSONField(
        default=list,
        blank=True,
        db_default=models.Value([], models.JSONField()),
        help_text="Others beside it: each action gets one of them all (campaigns.subjects)",
    )
    letter_body = models.TextField(
        blank=True, help_text=_("Merge fields: see campaigns.merge_fields.FIELDS")
    )

    class Meta:
        ordering = ["campaign", "position", "id"]

    def __str__(self) -> str:
        return f"{self.kind} of {self.campaign}"

    @property
    def has_targets(self) -> bool:
        return self.kind in self.TARGETED

    @property
    def asked(self) -> models.QuerySet[Any]:
        """Its questions, in their order, without those that were removed."""
        return self.questions.filter(removed_at=None)

    @property
    def counts_at_once(self) -> bool:
        """Without their mailbox's word, and apart. A letter never does."""
        return self.kind != self.Kind.LETTER and not self.campaign.confirms_by_mail


class AskWords(models.Model):
    """An ask's words in one language.

    `text` is the call script; a petition's text is a PetitionText.
    """

    ask = models.ForeignKey(Ask, models.CASCADE, related_name="words")
    language = models.CharField(max_length=7, choices=settings.LANGUAGES, default="en")
    heading = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    button = models.CharField(max_length=40, blank=True)
    thanks = models.TextField(blank=True)
    prompts = models.TextField(
        blank=True,
        default="",
        db_default="",
        help_text="Questions beside somebody's own words, one a line; blank: ours",
    )

    @property
    def prompt_lines(self) -> list[str]:
        return [line.strip() for line in self.prompts.splitlines() if line.strip()]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ask", "language"], name="one_set_of_words_per_ask_and_language"
            )
        ]


class PetitionText(models.Model):
    """What signers put their names under.

    A change makes a new version; old signatures keep theirs.
    """

    ask = models.ForeignKey(Ask, models.CASCADE, related_name="petition_texts")
    language = models.CharField(max_length=7, choices=settings.LANGUAGES, default="en")
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ask", "language", "version"], name="one_petition_text_per_version"
            )
        ]
