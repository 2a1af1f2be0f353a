"""Sealed letters of people who were erased, while nobody knows whether they left."""

from __future__ import annotations

from django.db import models

from worker.models import Delivery


class KeptSeal(models.Model):
    """It was on the wire, or in doubt, when its writer was erased: its text is kept until that is
    settled, and blanked then (actions.erasing.seals). Nearly always empty.
    """

    delivery = models.OneToOneField(Delivery, models.CASCADE, primary_key=True, related_name="+")
    # Whose own mail it is: then its address goes too.
    is_to_the_person = models.BooleanField()
    since = models.DateTimeField()
