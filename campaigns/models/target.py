"""Which seats are meant, as data: what an ask addresses, and what it leaves out."""

from __future__ import annotations

from django.db import models

from campaigns.models.ask import Ask


class SeatRule(models.Model):
    """A group of seats by its sides (campaigns.targeting.addressed_by).

    An empty list leaves that side open.
    """

    ask_id: int

    states = models.JSONField(default=list, blank=True)
    chambers = models.JSONField(default=list, blank=True)
    parties = models.JSONField(default=list, blank=True)
    seats = models.JSONField(
        default=list,
        blank=True,
        db_default=models.Value([], models.JSONField()),
        help_text="Ids of seats: these and no others",
    )
    committees = models.JSONField(
        default=list,
        blank=True,
        db_default=models.Value([], models.JSONField()),
        help_text='Published codes: "HSAG", "HSAG15"; whoever sits on one of them',
    )
    roles = models.JSONField(
        default=list,
        blank=True,
        db_default=models.Value([], models.JSONField()),
        help_text="On the campaign's bills: sponsor, cosponsor, neither (campaigns.bills.sponsors)",
    )

    class Meta:
        abstract = True


class TargetRule(SeatRule):
    """Which seats an ask addresses, or never does; several add up, and what is left out wins."""

    ask = models.ForeignKey(Ask, models.CASCADE, related_name="rules")
    excludes = models.BooleanField(
        default=False, db_default=False, help_text="Its seats are left out, whatever names them"
    )
