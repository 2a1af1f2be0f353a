"""People who act and allow us to say so, each in their own words."""

from __future__ import annotations

import secrets
import uuid
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from campaigns.models import (
    Campaign,
    Issue,
    Published,
    PublishedQuerySet,
    PublishedWords,
    Standing,
)
from supporters import consent
from supporters.models import Consent, Supporter

# Without vowels, so that no word comes of it.
SIGNS = "bcdfghjkmnpqrstvwxz23456789"


def nameless_slug() -> str:
    """An address that names nobody: logs, and lists of what was corrected, keep addresses."""
    return "".join(secrets.choice(SIGNS) for _sign in range(8))


class HeroQuerySet(PublishedQuerySet):
    def allowed(self) -> Self:
        """Whose consent stands. What was ended anywhere, or by a replay, is shown by nobody."""
        # Asked each time and not kept in a column: a merge, a correction or a replay that ends the
        # yes knows nothing of these pages.
        granting = consent.granting(Consent.Purpose.HERO)
        granted = Supporter.objects.filter(Exists(granting), pk=OuterRef("supporter")).grown()
        return self.filter(Exists(granted))

    def public(self, at: Any = None) -> Self:
        return super().public(at).exclude(accepted_at=None).allowed()

    def confirmed(self) -> Self:
        """What people here may see."""
        return self.exclude(confirmed_at=None).allowed()

    def to_read(self) -> Self:
        """Confirmed, and not decided."""
        return self.confirmed().filter(accepted_at=None, declined_at=None)


class Hero(Published):
    """A person who acts, as they tell it: `supporter` says who, once their mailbox answered."""

    class Named(models.TextChoices):
        FULL = "full", _("First and last name")
        FIRST = "first", _("First name only")

    class Why(models.TextChoices):
        OTHERS = "others", _("Somebody else can be recognized in it.")
        UNCLEAR = "unclear", _("We could not quite follow what happened.")
        ELSEWHERE = "elsewhere", _("It is not about what this organization works on.")

    slug = models.SlugField(max_length=60, unique=True, default=nameless_slug)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    supporter = models.ForeignKey(
        Supporter, models.CASCADE, null=True, blank=True, related_name="+"
    )
    # As of a submission: whose it is, until its mailbox answers.
    email = models.EmailField(blank=True)
    mailbox = models.CharField(max_length=64, blank=True, db_index=True)
    supporter_key = models.CharField(max_length=64, blank=True, db_index=True)
    given_name = models.CharField(max_length=70)
    family_name = models.CharField(max_length=70)
    named = models.CharField(max_length=5, choices=Named, default=Named.FULL)
    place = models.CharField(max_length=80, blank=True)
    # Not the reader's: what is translated from it goes when it changes.
    language = models.CharField(max_length=7, default="en", help_text="In which they told it")
    wording = models.CharField(max_length=400, help_text="What stood beside the box they ticked")
    sent_at = models.DateTimeField(help_text="When they sent it, or changed it last")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_because = models.CharField(max_length=10, choices=Why, blank=True)
    issue = models.ForeignKey(Issue, models.SET_NULL, null=True, blank=True, related_name="+")
    campaign = models.ForeignKey(Campaign, models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=2, blank=True)
    is_demo = models.BooleanField(default=False)

    objects: ClassVar[Any] = HeroQuerySet.as_manager()

    class Meta:
        ordering = ["-publish_at", "-id"]
        indexes = [models.Index(fields=["-publish_at", "-id"], name="heroes_newest_first")]

    def __str__(self) -> str:
        return self.slug

    @property
    def name(self) -> str:
        """As they want to be named."""
        if self.named == self.Named.FIRST:
            return self.given_name
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def standing(self) -> Standing:
        # Its day stays while changed words wait to be read, so that it comes back as it was.
        return super().standing if self.accepted_at else Standing.DRAFT

    @property
    def is_taken_off(self) -> bool:
        """Declined once everybody could have read it."""
        return bool(self.declined_at and self.publish_at and self.publish_at <= self.declined_at)


class HeroWords(PublishedWords):
    """What they did and what they say, theirs; and what we say to them. Plain text."""

    hero = models.ForeignKey(Hero, models.CASCADE, related_name="words")
    deed = models.TextField()
    own_words = models.TextField()
    thanks = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hero", "language"], name="one_set_of_words_per_hero_and_language"
            )
        ]
