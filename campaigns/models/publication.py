"""What the organization publishes besides campaigns: news, reports, briefs filed in court."""

from __future__ import annotations

from django.core.validators import URLValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.models.bill import Bill
from campaigns.models.campaign import Issue
from campaigns.models.published import Published, PublishedWords


class Publication(Published):
    """About any number of issues, bills and states."""

    class Kind(models.TextChoices):
        NEWS = "news", _("News")
        REPORT = "report", _("Report")
        BRIEF = "brief", _("Brief")
        FACTS = "facts", _("Fact sheet")

    kind = models.CharField(max_length=8, choices=Kind, default=Kind.NEWS)
    dated_on = models.DateField(
        default=timezone.localdate, help_text="The day that it carries; lists are in its order"
    )
    issues = models.ManyToManyField(Issue, blank=True, related_name="publications")
    bills = models.ManyToManyField(Bill, blank=True, related_name="publications")
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-dated_on", "-id"]
        indexes = [
            models.Index(fields=["-dated_on", "-id"], name="publications_newest_first"),
            models.Index(fields=["kind", "-dated_on", "-id"], name="publications_of_a_kind"),
        ]

    def __str__(self) -> str:
        return self.slug


class PublicationState(models.Model):
    """A state that it is about; "US" is the whole country's."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="states")
    code = models.CharField(max_length=2)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "publication"], name="one_state_per_publication_once"
            )
        ]

    def __str__(self) -> str:
        return self.code


class PublicationFile(models.Model):
    """A PDF, never changed: its address is what it holds (campaigns.publications.files)."""

    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of `content`")
    name = models.CharField(max_length=80, help_text="As it is saved by whoever downloads it")
    size = models.PositiveIntegerField(help_text="Bytes")
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name


class PublicationWords(PublishedWords):
    publication = models.ForeignKey(Publication, models.CASCADE, related_name="words")
    title = models.CharField(max_length=140)
    summary = models.CharField(max_length=300)
    story = models.TextField(blank=True, help_text=_("Markdown"))
    link = models.URLField(
        max_length=300, blank=True, validators=[URLValidator(schemes=["https", "http"])]
    )
    file = models.ForeignKey(
        PublicationFile, models.PROTECT, null=True, blank=True, related_name="words"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "language"],
                name="one_set_of_words_per_publication_and_language",
            )
        ]
