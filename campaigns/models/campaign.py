"""Issues and their campaigns, in every language, and who changed them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from campaigns.models.bill import Bill, CampaignBill
from campaigns.models.published import Published, PublishedWords
from campaigns.topics import TOPICS

if TYPE_CHECKING:
    from campaigns.preview import Preview


class Issue(Published):
    """A policy area; public as soon as it is made, unless its author wants otherwise."""

    publish_at = models.DateTimeField(
        # Also for the release before this one, which knows no drafts of it.
        null=True,
        blank=True,
        default=timezone.now,
        db_default=Now(),
        help_text="Empty: a draft",
    )
    position = models.PositiveSmallIntegerField(default=0)
    motif = models.CharField(max_length=20, default="rays", help_text="Which drawing it carries.")
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.slug


class IssueWords(PublishedWords):
    issue = models.ForeignKey(Issue, models.CASCADE, related_name="words")
    name = models.CharField(max_length=80)
    summary = models.CharField(max_length=300)
    story = models.TextField(blank=True, help_text=_("Markdown"))
    why_now = models.TextField(blank=True, default="", db_default="", help_text=_("Markdown"))

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

    def announced(self) -> CampaignQuerySet:
        """Drafts whose address says when they open."""
        is_told = {"schedule__is_announced": True, "schedule__opens_at__isnull": False}
        return self.filter(state=Campaign.State.DRAFT, **is_told)

    def with_bills(self) -> CampaignQuerySet:
        """One query for the bills of all of them."""
        links = CampaignBill.objects.select_related("bill")
        return self.prefetch_related(models.Prefetch("bill_links", links))


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
    # The first bill's, repeated for the release before this one, which knows no bills as rows
    # (campaigns.bills.attaching). A campaign that it made has only these.
    bill_text = models.CharField(
        max_length=60, blank=True, default="", db_default="", db_column="bill"
    )
    stance_text = models.CharField(
        max_length=3, blank=True, default="", db_default="", db_column="stance"
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
    asks_for_samples = models.BooleanField(
        default=False,
        db_default=False,
        help_text=_("A letter’s form asks whether its writer’s own words may be shown."),
    )
    words_kept_days = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        default=365,
        help_text="After its end, as its form promises; blank: no time is promised",
    )
    asks_guardian = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Somebody of 13 to 17 may name a grown-up, who is asked (actions.guardians)",
    )
    asks_for_post = models.BooleanField(
        default=False,
        db_default=False,
        help_text=_("A letter’s form asks whether its writer may be invited by post."),
    )
    invites_abroad = models.BooleanField(
        default=False,
        db_default=False,
        help_text=_(
            "Whoever lives outside the United States may write or call, where it is heard."
        ),
    )
    goal = models.PositiveIntegerField(default=100, help_text=_("Moves up by itself when passed."))
    onward_url = models.URLField(
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text="Where its thank-you leads on to (campaigns.onward)",
    )
    successor = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    is_demo = models.BooleanField(default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    launched_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    letters_stopped_at = models.DateTimeField(
        null=True, blank=True, help_text="It ended, and what had not left by then never goes."
    )

    # In memory only: as a draft is shown before it is public, and takes nothing.
    preview: Preview | None = None

    objects: ClassVar[Any] = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["-launched_at", "-id"]
        # A page shows a dozen of them, whatever they are narrowed by.
        indexes = [
            models.Index(fields=["state", "-launched_at", "-id"], name="campaigns_of_a_state"),
            models.Index(fields=["issue", "-launched_at", "-id"], name="campaigns_of_an_issue"),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def is_open(self) -> bool:
        """Its page asks people to act; so does that of a draft in its preview."""
        is_shown = self.state == self.State.DRAFT and self.preview is not None
        return self.state == self.State.LIVE or is_shown

    @cached_property
    def first_bill(self) -> Bill | None:
        """The one that letters name. No query after `with_bills`."""
        links = self.bill_links.all()
        if "bill_links" not in getattr(self, "_prefetched_objects_cache", {}):
            links = links.select_related("bill")[:1]
        return next((link.bill for link in links), None)

    @property
    def bill(self) -> str:
        """What letters call it: "SB 17"."""
        return self.first_bill.identifier if self.first_bill else self.bill_text

    @property
    def stance(self) -> str:
        """Ours on that bill: "pro", "con", or blank."""
        return self.first_bill.stance if self.first_bill else self.stance_text

    @property
    def times(self) -> Any:
        """Its Schedule, or None."""
        return getattr(self, "schedule", None)

    @property
    def undoable(self) -> Any:
        """Its Ending while that can still be undone, else None."""
        has_ended = self.state in (self.State.CLOSED, self.State.WON)
        return getattr(self, "ending", None) if has_ended else None

    @property
    def is_guarded(self) -> bool:
        """Nothing may break it: it is live, or may be live again by one press."""
        return self.is_open or self.undoable is not None

    @property
    def sends(self) -> bool:
        """Whether a letter confirmed now goes: one that is only paused takes nobody new, but who
        acted before is still heard. After its end such a letter waits with the others.
        """
        if self.state in (self.State.LIVE, self.State.PAUSED):
            return True
        return self.letters_stopped_at is None and self.undoable is not None


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
