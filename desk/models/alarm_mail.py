"""When which alarm was last mailed."""

from __future__ import annotations

from django.db import models


class AlarmMail(models.Model):
    """When administrators were last told of an alarm that stands (desk.monitoring.alarm_mail)."""

    key = models.CharField(max_length=60, unique=True)
    sent_on = models.DateField()
