"""The organization whose installation this is."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

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
    newsletter_url = models.URLField(
        blank=True, default="", db_default="", help_text="Empty: the newsletter page here"
    )
    social_links = models.JSONField(
        default=list,
        db_default=[],
        blank=True,
        help_text='Rows {"kind", "url"} (campaigns.social_links)',
    )
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
    takes_stories = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Of people who were harmed as children, while two here may review them",
    )
    is_demo = models.BooleanField(default=False)
    only_row = models.PositiveSmallIntegerField(
        # Empty in what an installation had before, so that no second row of then stops an upgrade.
        null=True,
        default=1,
        unique=True,
        editable=False,
        help_text="The same in every new row: no second one can be written.",
    )

    def __str__(self) -> str:
        return self.name
