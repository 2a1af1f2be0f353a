"""What we ask, of whom, in which words; and the counts that pages show."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.topics import TOPICS

COLOUR = RegexValidator(r"^#[0-9A-Fa-f]{6}$", _("A colour is written like #F5B52E."))


class Brand(models.Model):
    """The organization whose installation this is: one row, edited by an administrator."""

    name = models.CharField(max_length=120)
    tagline = models.CharField(max_length=200, blank=True)
    logo = models.BinaryField(
        blank=True, help_text="A PNG, re-encoded on upload; empty shows our drawing."
    )
    logo_type = models.CharField(max_length=30, blank=True)
    accent = models.CharField(max_length=7, default="#F5B52E", validators=[COLOUR])
    deep = models.CharField(max_length=7, default="#2B1B3D", validators=[COLOUR])
    site_url = models.URLField(blank=True)
    donate_url = models.URLField(blank=True)
    contact_url = models.URLField(blank=True)
    privacy_url = models.URLField(blank=True)
    contact_email = models.EmailField(blank=True)
    postal_address = models.CharField(
        max_length=200, blank=True, help_text=_("Shown in mail to supporters.")
    )
    help_lines = models.JSONField(
        default=dict, db_default={}, blank=True, help_text="By language (campaigns.help_lines)"
    )
    help_lines_on = models.DateField(
        null=True, blank=True, help_text="When somebody here last looked whether they are right."
    )
    is_demo = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Issue(models.Model):
    """A policy area."""

    slug = models.SlugField(max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    motif = models.CharField(max_length=20, default="rays", help_text="Which drawing it carries.")
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.slug


class IssueWords(models.Model):
    issue = models.ForeignKey(Issue, models.CASCADE, related_name="words")
    language = models.CharField(max_length=7, choices=settings.LANGUAGES, default="en")
    name = models.CharField(max_length=80)
    summary = models.CharField(max_length=300)
    story = models.TextField(blank=True, help_text=_("Markdown"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "language"], name="one_set_of_words_per_issue_and_language"
            )
        ]


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def live(self) -> CampaignQuerySet:
        return self.filter(state=Campaign.State.LIVE)

    def public(self) -> CampaignQuerySet:
        """Everything that has a public page: all but drafts."""
        return self.exclude(state=Campaign.State.DRAFT)


class Campaign(models.Model):
    """One effort inside an issue, perhaps about a bill."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        LIVE = "live", _("Live")
        PAUSED = "paused", _("Paused")
        CLOSED = "closed", _("Closed")
        WON = "won", _("Won")
        ARCHIVED = "archived", _("Archived")

    slug = models.SlugField(max_length=60, unique=True)
    issue = models.ForeignKey(Issue, models.PROTECT, related_name="campaigns")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    template = models.CharField(
        max_length=20, blank=True, help_text="The template it was made from."
    )
    bill = models.CharField(
        max_length=60, blank=True, help_text='As people say it: "H.R. 1234", "SB 17"'
    )
    stance = models.CharField(
        max_length=3, blank=True, choices=[("pro", _("Support")), ("con", _("Oppose"))]
    )
    topic = models.CharField(
        max_length=60,
        blank=True,
        choices=TOPICS,
        help_text=_("How Congress sorts it; needed to write there."),
    )
    sender_name = models.CharField(
        max_length=80, blank=True, help_text=_("Who letters and mail come by way of.")
    )
    asks_age = models.BooleanField(default=True)
    confirms_by_mail = models.BooleanField(default=True)
    safeguards_because = models.CharField(
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text="Why one of these two is off (campaigns.safeguards)",
    )
    goal = models.PositiveIntegerField(default=100, help_text=_("Moves up by itself when passed."))
    successor = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    is_demo = models.BooleanField(default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    launched_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["-launched_at", "-id"]

    def __str__(self) -> str:
        return self.slug

    @property
    def is_open(self) -> bool:
        return self.state == self.State.LIVE


class CampaignWords(models.Model):
    """A campaign's words in one language."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="words")
    language = models.CharField(max_length=7, choices=settings.LANGUAGES, default="en")
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)
    story = models.TextField(help_text=_("Markdown"))
    share_text = models.CharField(max_length=240, blank=True)
    consent = models.CharField(
        max_length=400,
        blank=True,
        help_text=_("The wording beside the newsletter box; stored with each consent."),
    )
    closing_message = models.TextField(
        blank=True, help_text=_("Shown when it is paused, closed or won.")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "language"], name="one_set_of_words_per_campaign_and_language"
            )
        ]


class Change(models.Model):
    """Who changed a campaign, when and why."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="changes")
    deed = models.CharField(max_length=20)
    # As written down then: it outlives the account.
    author = models.CharField(max_length=254)
    note = models.CharField(max_length=300, blank=True)
    thing = models.CharField(
        max_length=40,
        blank=True,
        default="",
        db_default="",
        help_text='What was edited: "words:en", "ask:7:letter"; blank for a deed',
    )
    before = models.JSONField(null=True, blank=True, help_text="What changed, as it was: by field")
    after = models.JSONField(null=True, blank=True, help_text="The same fields, as saved")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]


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
    letter_body = models.TextField(
        blank=True, help_text=_("Merge fields: see campaigns.letters.FIELDS")
    )

    class Meta:
        ordering = ["campaign", "position", "id"]

    def __str__(self) -> str:
        return f"{self.kind} of {self.campaign}"

    @property
    def has_targets(self) -> bool:
        return self.kind in self.TARGETED

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


class TargetRule(models.Model):
    """Which seats an ask addresses, as data.

    An empty list leaves that side open; several rules add up.
    """

    ask = models.ForeignKey(Ask, models.CASCADE, related_name="rules")
    states = models.JSONField(default=list, blank=True)
    chambers = models.JSONField(default=list, blank=True)
    parties = models.JSONField(default=list, blank=True)
    seats = models.JSONField(
        default=list,
        blank=True,
        db_default=models.Value([], models.JSONField()),
        help_text="Ids of seats: these and no others",
    )


class Tally(models.Model):
    """Counts per ask and state, recounted by a window job (actions.recount).

    Pages read only these.
    """

    ask = models.ForeignKey(Ask, models.CASCADE, related_name="tallies")
    state = models.CharField(
        max_length=2, blank=True, help_text="Blank: outside the states, or not told"
    )
    verified = models.PositiveIntegerField(default=0)
    pending = models.PositiveIntegerField(default=0)
    unverified = models.PositiveIntegerField(
        default=0, db_default=0, help_text="Counted without their mailbox's word"
    )
    self_reported = models.PositiveIntegerField(default=0)
    anonymous = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [
            models.UniqueConstraint(fields=["ask", "state"], name="one_tally_per_ask_and_state")
        ]
