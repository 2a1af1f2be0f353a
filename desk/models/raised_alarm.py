"""Alarms that stand, and those that lately did."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class RaisedAlarm(models.Model):
    """One trouble from when it was first seen until it is over, and who was told of it
    (desk.monitoring.raising). Who raises it is `source`, on `machine` where it is that machine's
    own: nobody else says that it is over.
    """

    class News(models.TextChoices):
        RAISED = "raised"
        STILL = "still"
        OVER = "over"

    key = models.CharField(max_length=80, unique=True)
    source = models.CharField(max_length=80)
    machine = models.CharField(max_length=40, blank=True)
    day = models.DateField(null=True)  # by which something has to be done; None: it is now
    title = models.CharField(max_length=200)
    sentence = models.TextField()
    page = models.CharField(max_length=60, help_text="The name of the address that helps")
    raised_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    told_at = models.DateTimeField(help_text="When administrators were last mailed")
    over_at = models.DateTimeField(null=True)
    # What the hook is still to be told; blank once it took it.
    news = models.CharField(max_length=6, blank=True, choices=News)

    objects: ClassVar[models.Manager[RaisedAlarm]] = models.Manager()
