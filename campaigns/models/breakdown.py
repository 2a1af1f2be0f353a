"""An ask's numbers along one side: by day, by district, by source."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models.ask import Ask


class Side(models.TextChoices):
    """What the numbers are cut by, one at a time: no row knows a day and a district."""

    WHOLE = "whole", _("Whole")
    DAY = "day", _("Day")  # "2026-11-30", in the site's time zone
    HOUR = "hour", _("Hour")  # "2026-11-30T09", UTC; the last days only
    STATE = "state", _("State")  # blank: outside the states, or not told
    COUNTRY = "country", _("Country")  # ISO 3166-1; none for the United States
    CONGRESSIONAL = "cd", _("Congressional district")  # these three: OCD division ids
    UPPER = "sldu", _("State senate district")
    LOWER = "sldl", _("State house district")
    OFFICE = "office", _("Office")  # a seat's id
    SOURCE = "source", _("Source")
    LANGUAGE = "language", _("Language")
    WORDS = "words", _("Words")  # "own" or "ours"
    EVIDENCE = "evidence", _("Letters")  # actions.breakdowns.evidence
    HOST = "host", _("Host")  # a lane; its metric is the evidence
    TOLD = "told", _("Told")  # what supporters say they did
    CHOICE = "choice", _("Choice")  # a question's id and the choice's key: "12:3f9a01bc"


class Metric(models.TextChoices):
    """What is counted; `views` and `starts` are approximate (actions.pages.seen)."""

    VERIFIED = "verified", _("Verified")
    PENDING = "pending", _("Pending")
    UNVERIFIED = "unverified", _("Not verified")
    TOLD = "told", _("Told by supporters")
    ANONYMOUS = "anonymous", _("Young voices")
    ON_PAPER = "on_paper", _("On paper")
    LETTERS = "letters", _("Letters")
    UNANSWERED = "unanswered", _("Never confirmed")
    VIEWS = "views", _("Views")
    STARTS = "starts", _("Starts")


class Breakdown(models.Model):
    """One number. Kept true by actions.breakdowns; whoever shows numbers reads only these."""

    ask = models.ForeignKey(Ask, models.CASCADE, related_name="breakdowns", db_index=False)
    side = models.CharField(max_length=10, choices=Side)
    value = models.CharField(max_length=160, blank=True)
    metric = models.CharField(max_length=12)
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ask", "side", "value", "metric"], name="one_number_per_side"
            )
        ]
