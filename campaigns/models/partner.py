"""Organizations that a campaign is carried with."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import Campaign

# The same letters as in an address's `?source=` (actions.pages.page_context.SOURCE).
SOURCE_CODE = RegexValidator(
    r"^(?=.*[a-z])[a-z0-9][a-z0-9._-]{0,39}$",
    _("Small letters, digits, dots and dashes: library-flyer"),
)


class PartnerQuerySet(models.QuerySet["Partner"]):
    def of_account(self, user_id: int | None) -> PartnerQuerySet:
        """Those in whose name this account signs in."""
        return self.filter(accounts=user_id, is_active=True)


class Partner(models.Model):
    """Another organization: credited on campaigns' pages, perhaps with a consent of its own."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    url = models.URLField(blank=True)
    logo = models.BinaryField(blank=True, help_text="A PNG, re-encoded on upload")
    has_logo = models.BooleanField(default=False)
    wording = models.JSONField(
        default=dict, blank=True, help_text="Of its own box on forms, by language; none: no box"
    )
    is_active = models.BooleanField(default=True)
    accounts = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    is_demo = models.BooleanField(default=False)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def purpose(self) -> str:
        """Of a consent to be told to this organization (supporters.models.Consent)."""
        return f"partner-{self.pk}"


class Partnership(models.Model):
    """A partner of one campaign."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="partnerships")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="partnerships")
    source_code = models.CharField(
        max_length=40, blank=True, validators=[SOURCE_CODE], help_text="Of the links it shares"
    )
    has_box = models.BooleanField(default=False, help_text="Its own consent box on the form")

    class Meta:
        ordering = ["partner__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "partner"], name="one_partnership_per_campaign_and_partner"
            )
        ]
