"""Forms that are not saved yet."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from campaigns.models import Ask, Campaign, Issue


class FormDraft(models.Model):
    """What its author typed into a form of the desk and has not saved (desk.form_drafts): theirs
    alone, and gone with them and with what it is about.
    """

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    thing = models.CharField(max_length=80, help_text='Like "campaign:3:words:es", "brand"')
    campaign = models.ForeignKey(Campaign, models.CASCADE, null=True, related_name="+")
    ask = models.ForeignKey(Ask, models.CASCADE, null=True, related_name="+")
    issue = models.ForeignKey(Issue, models.CASCADE, null=True, related_name="+")
    fields = models.JSONField(help_text="By name, the list that a browser sends")
    opened_with = models.JSONField(help_text="Digests of what it began from (desk.newer_version)")
    page = models.CharField(max_length=12, help_text="Which opened page wrote it")
    replaced = models.JSONField(
        null=True, help_text="What another page of the same author had kept before, whole"
    )
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "thing"], name="one_draft_of_a_form")
        ]
