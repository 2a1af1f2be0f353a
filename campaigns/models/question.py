"""What an organizer wants to know of supporters, beside what an ask is about."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import ClassVar

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models.ask import Ask

ENGLISH = "en"


@dataclass(frozen=True)
class QuestionWords:
    """A question in one language; `choices` by their keys."""

    language: str
    text: str
    help: str
    choices: dict[str, str]


class Question(models.Model):
    """One question in an ask's form. Never asked of anybody under 18 (docs/safety.md F12).

    It is never deleted, since answers name it: one that was removed is asked no more.
    """

    class Kind(models.TextChoices):
        SHORT = "short", gettext_lazy("A line of text")
        LONG = "long", gettext_lazy("A longer text")
        ONE = "one", gettext_lazy("One of several choices")
        SEVERAL = "several", gettext_lazy("Any of several choices")
        YES_NO = "yes_no", gettext_lazy("Yes or no")

    # A handful: each one more is a reason not to go on.
    MOST: ClassVar[int] = 5
    MOST_CHOICES: ClassVar[int] = 12

    ask = models.ForeignKey(Ask, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=10, choices=Kind)
    is_required = models.BooleanField(default=False)
    text = models.CharField(max_length=200)
    help = models.CharField(max_length=300, blank=True)
    choices = models.JSONField(default=list, blank=True, help_text="Texts, in their order")
    past_choices = models.JSONField(
        default=dict, blank=True, help_text="Key -> text of what is offered no more"
    )
    translations = models.JSONField(
        default=dict, blank=True, help_text='Language -> {"text", "help", "choices": [...]}'
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["ask", "position", "id"]

    def __str__(self) -> str:
        return self.text

    @property
    def has_choices(self) -> bool:
        return self.kind in (self.Kind.ONE, self.Kind.SEVERAL, self.Kind.YES_NO)

    @property
    def keys(self) -> list[str]:
        """Of its choices: what answers are counted by."""
        if self.kind == self.Kind.YES_NO:
            return ["yes", "no"]
        return [key_of_choice(text) for text in self.choices] if self.has_choices else []

    @cached_property
    def digest(self) -> str:
        """Another one as soon as the question is worded anew: an answer was to these words."""
        meaning = "\n".join([self.kind, self.text, self.help, *map(str, self.choices)])
        return hashlib.sha256(meaning.encode()).hexdigest()[:12]

    def words(self, language: str) -> QuestionWords:
        """In this language where it is translated, else in English."""
        # All or nothing: half a question in each language asks two things.
        theirs = self.translations.get(language, {})
        if not theirs.get("text"):
            return QuestionWords(ENGLISH, self.text, self.help, self.labels(self.choices))
        labels = self.labels(theirs.get("choices") or self.choices)
        return QuestionWords(language, theirs["text"], theirs.get("help", ""), labels)

    def labels(self, texts: list[str]) -> dict[str, str]:
        if self.kind == self.Kind.YES_NO:
            return {"yes": _("Yes"), "no": _("No")}
        return dict(zip(self.keys, texts, strict=False))


def key_of_choice(text: str) -> str:
    """By its words: a choice that is worded anew is another one, and is counted as another."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]
