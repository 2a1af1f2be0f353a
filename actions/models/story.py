"""What somebody who was harmed as a child tells, for as long and for what they allow."""

from __future__ import annotations

import datetime as dt
import json
import secrets
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.models import Issue
from supporters.models import Consent

Purpose = Consent.Purpose
# Which column of a story says that it is allowed today, by purpose.
ALLOWS = {Purpose.STORY_PAGE: "allows_page", Purpose.STORY_PRESS: "allows_press"}


def new_code() -> str:
    """What stands in its public address: nothing can be told from it."""
    return secrets.token_hex(6)


class StoryQuerySet(models.QuerySet["Story"]):
    def public(self, today: dt.date | None = None) -> StoryQuerySet:
        """What everybody may read then (default: now). No job has to take down what ends."""
        return self.filter(
            state=Story.State.APPROVED,
            allows_page=True,
            until__gte=today or timezone.localdate(),
        )


class Story(models.Model):
    """Its teller is no supporter by it: of whoever tells only reviewers learn (safety.md). Taken
    back, its row is deleted, and with it what was consented to.
    """

    class State(models.TextChoices):
        SENT = "sent", _("Sent; its mailbox has not answered")
        WAITING = "waiting", _("To review")
        ASKED = "asked", _("Its teller is asked about changes")
        APPROVED = "approved", _("Approved by two")
        REFUSED = "refused", _("Refused")

    class Named(models.TextChoices):
        WHOLE = "whole", _("With my whole name")
        FIRST = "first", _("With my first name only")
        NONE = "none", _("Without a name")

    class Note(models.TextChoices):
        """What a reader is told before the text."""

        VIOLENCE = "violence", _("violence")
        SEXUAL = "sexual", _("sexual violence")
        LOCKED_UP = "locked-up", _("being locked up")
        ALONE = "alone", _("solitary confinement")
        NEGLECT = "neglect", _("neglect")
        SEPARATION = "separation", _("being taken from one’s family")
        DEATH = "death", _("the death of somebody close")
        SUICIDE = "suicide", _("self-harm or suicide")
        DRUGS = "drugs", _("alcohol or drugs")
        HATRED = "hatred", _("racism or other hatred")

    class How(models.TextChoices):
        """How somebody here was told that it may be shown; blank where they said so on the web."""

        PAPER = "paper", _("On signed paper")
        TELEPHONE = "telephone", _("By telephone")
        IN_PERSON = "in_person", _("In person")
        MAIL = "mail", _("By e-mail")

    class Because(models.TextChoices):
        """Why it was refused, as its teller reads it."""

        OTHERS = "others", _("Other people in it could be recognized.")
        YOUNG = "young", _("It is about somebody who is still a child.")
        NOT_FOR_US = "not-for-us", _("It is about something that we do not work on.")
        CASE = "case", _("It is about a case that is open in a court.")
        UNSURE = "unsure", _("We cannot stand behind it, as far as we can tell.")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Not the public id: from its page nobody can guess at the private link's.
    code = models.CharField(max_length=12, unique=True, default=new_code)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, help_text="Sent twice is once")
    state = models.CharField(max_length=10, choices=State, default=State.SENT)
    language = models.CharField(max_length=7, choices=settings.LANGUAGES, default="en")
    title = models.CharField(max_length=80, blank=True)
    text = models.TextField()
    proposed = models.JSONField(
        default=dict, blank=True, help_text='Other words, until its teller answers: "title", "text"'
    )
    notes = models.JSONField(default=list, blank=True, help_text="Of Note")
    issue = models.ForeignKey(Issue, models.SET_NULL, null=True, blank=True, related_name="+")
    named = models.CharField(max_length=6, choices=Named)
    given_name = models.CharField(max_length=70, blank=True)
    family_name = models.CharField(max_length=70, blank=True)
    email = models.EmailField(blank=True)
    mailbox = models.CharField(max_length=64, blank=True, db_index=True, help_text="As a hash")
    key = models.CharField(max_length=64, blank=True, help_text="Mailbox and name, as a hash")
    until = models.DateField(help_text="The last day on which it may be shown")
    # What the newest lines of StoryConsent say, so that one query finds what is public.
    allows_page = models.BooleanField(default=False)
    allows_press = models.BooleanField(default=False)
    handed_on = models.JSONField(default=list, blank=True, help_text='Rows {"on", "to"}')
    how_given = models.CharField(max_length=10, choices=How, blank=True)
    entered_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    # An account may go; that two looked stays true by the state.
    first_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    second_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)
    proven_at = models.DateTimeField(null=True, blank=True, help_text="When its mailbox answered")
    decided_at = models.DateTimeField(null=True, blank=True)
    refused_because = models.CharField(max_length=12, choices=Because, blank=True)
    reminded_of = models.DateField(null=True, blank=True, help_text="Of which end they were told")
    is_demo = models.BooleanField(default=False)

    objects: ClassVar = StoryQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-id"]
        verbose_name_plural = "stories"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(first_by=models.F("second_by"))
                | models.Q(first_by=None)
                | models.Q(second_by=None),
                name="a_story_is_reviewed_by_two_people",
            )
        ]

    def __str__(self) -> str:
        return f"story {self.pk}"

    @property
    def is_public(self) -> bool:
        is_current = self.until >= timezone.localdate()
        return self.state == self.State.APPROVED and self.allows_page and is_current

    @property
    def teller(self) -> str:
        """As its page names them; blank where they want no name."""
        if self.named == self.Named.WHOLE:
            return f"{self.given_name} {self.family_name}".strip()
        return self.given_name if self.named == self.Named.FIRST else ""

    @property
    def fingerprint(self) -> str:
        """Of what somebody reads before they say yes to it. Keyed: it stands in forms, and tells
        nothing of the words.
        """
        read = json.dumps([self.title, self.text, self.proposed, self.notes], sort_keys=True)
        return salted_hmac("actions.story", read, algorithm="sha256").hexdigest()[:32]

    @property
    def needs_proof(self) -> bool:
        """Nobody has answered yet from the mailbox that its link was mailed to."""
        return self.proven_at is None

    @property
    def handed(self) -> list[tuple[dt.date, str]]:
        """When it was handed on, and to whom."""
        return [(dt.date.fromisoformat(row["on"]), row["to"]) for row in self.handed_on]

    @property
    def content_notes(self) -> list[str]:
        """In words of the reader's language."""
        return [str(self.Note(code).label) for code in self.notes if code in self.Note]


class StoryConsent(models.Model):
    """One yes, or its end, with the words that stood beside it; goes with its story."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    granted = models.BooleanField()
    wording = models.CharField(max_length=400, blank=True)
    language = models.CharField(max_length=7, default="en")
    channel = models.CharField(max_length=20, default="web")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
