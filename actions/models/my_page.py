"""What opens one person's own page, and what is asked for there (actions.my_page)."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supporters.models import Supporter

HASH_LENGTH = 64


class PageWish(models.Model):
    """Somebody typed a mailbox and asked for the link, whoever that is and whether we know it or
    not: the worker that mails it finds out, and deletes this row.
    """

    mailbox = models.CharField(max_length=HASH_LENGTH, help_text="As supporters.people names it")
    language = models.CharField(max_length=7, choices=settings.LANGUAGES, default="en")
    even_so = models.BooleanField(
        default=False, help_text="It asked never to be mailed, and wants this one mail"
    )
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(auto_now_add=True)


class PageKey(models.Model):
    """Opens one person's page: as a link, once; from then on as a cookie, for half an hour.

    Of both only hashes are kept (docs/decisions/0028).
    """

    supporter = models.ForeignKey(Supporter, models.CASCADE, related_name="+")
    link_hash = models.CharField(max_length=HASH_LENGTH, unique=True)
    made_at = models.DateTimeField()
    link_ends_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True, help_text="The link is used up")
    cookie_hash = models.CharField(max_length=HASH_LENGTH, unique=True, null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)

    @property
    def minutes_left(self) -> int:
        """Until it closes; a minute that has begun counts whole."""
        left = self.closes_at - timezone.now() if self.closes_at else dt.timedelta()
        return max(1, -(-int(left.total_seconds()) // 60))


class NewMailbox(models.Model):
    """Another mailbox that somebody gave on their page, until a link proves it; then, until it is
    told, the one before.
    """

    supporter = models.ForeignKey(Supporter, models.CASCADE, related_name="+")
    email = models.EmailField()
    mailbox = models.CharField(max_length=HASH_LENGTH, db_default="", help_text="Of that address")
    old_email = models.EmailField(
        blank=True, db_default="", help_text="Proven; this one is yet to be told"
    )
    language = models.CharField(max_length=7, choices=settings.LANGUAGES, default="en")
    # None until the worker that mails it makes one up.
    link_hash = models.CharField(max_length=HASH_LENGTH, unique=True, null=True, blank=True)
    asked_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True, blank=True)


class SameKey(models.Model):
    """Somebody gave the name or mailbox of a person who is here already: whether those two are one
    is for somebody who works here to say. It goes with either of them.
    """

    class Deed(models.TextChoices):
        NAME = "name", _("Another name")
        MAILBOX = "mailbox", _("Another mailbox")

    supporter = models.ForeignKey(Supporter, models.CASCADE, related_name="+")
    other = models.ForeignKey(Supporter, models.CASCADE, related_name="+")
    deed = models.CharField(max_length=8, choices=Deed)
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(
        null=True, blank=True, help_text="They are two, somebody here says"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["supporter", "other"], name="one_same_key_per_pair_of_supporters"
            )
        ]
        indexes = [
            # Nearly always empty (desk.to_do).
            models.Index(
                fields=["asked_at"],
                condition=models.Q(settled_at=None),
                name="perhaps_one_person",
            )
        ]
