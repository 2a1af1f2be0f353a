"""What somebody typed into the form of an ask, and how their seats were found.

A submission holds it while it waits for its mailbox, an action once it counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models

from campaigns.models import Ask, PetitionText


@dataclass(frozen=True)
class TypedWords:
    """A letter's words as its writer left them, merge fields and all; `is_edited`: the statement is
    their own.
    """

    subject: str
    statement: str
    is_edited: bool

    def as_version(self, seats: list[int]) -> dict[str, Any]:
        """For these seats, as `Typed.versions` keeps it."""
        return {
            "seats": seats,
            "subject": self.subject,
            "statement": self.statement,
            "is_edited": self.is_edited,
        }


class Typed(models.Model):
    """The columns that a submission and an action share."""

    ask = models.ForeignKey(Ask, models.PROTECT, related_name="+")
    us_state = models.CharField(max_length=2, blank=True)
    country = models.CharField(
        max_length=2, blank=True, default="", db_default="", help_text="Blank: the United States"
    )
    language = models.CharField(max_length=7, default="en")
    source = models.CharField(max_length=40, blank=True)
    petition_text = models.ForeignKey(
        PetitionText, models.PROTECT, null=True, blank=True, related_name="+"
    )
    name_is_public = models.BooleanField(default=False)
    # What the person wrote; each letter is made from it for its own seat. Kept with the action;
    # the texts of letters that left are blanked (worker.retention).
    subject = models.CharField(max_length=200, blank=True)
    statement = models.TextField(blank=True, help_text="The organization's words, as sent")
    statement_edited = models.BooleanField(default=False)
    # For the seats named in each, instead of these: {"seats", "subject", "statement", "is_edited"}.
    versions = models.JSONField(
        default=list, blank=True, db_default=models.Value([], models.JSONField())
    )
    own_words = models.TextField(blank=True)
    # To an ask's questions, by adults only: {"question", "asked", "said": [...], "keys": [...]}, in
    # the words that they read. Kept and erased as own words are (actions.answers).
    answers = models.JSONField(
        default=list, blank=True, db_default=models.Value([], models.JSONField())
    )
    # What they typed about themselves: blanked when their supporter has learned it.
    entry = models.JSONField(default=dict, blank=True)
    newsletter_wording = models.CharField(
        max_length=400, blank=True, help_text="Ticked, with these words beside the box"
    )
    permissions = models.JSONField(
        default=dict,
        blank=True,
        db_default=models.Value({}, models.JSONField()),
        help_text="What else they ticked: the words beside the box, by purpose of a consent",
    )
    # How their seats were found. A failed lookup keeps the person: finished later by the same
    # function.
    needs_lookup = models.BooleanField(default=False)
    match_method = models.CharField(max_length=20, blank=True)
    match_certain = models.BooleanField(default=False)
    chosen_by_person = models.BooleanField(default=False)

    class Meta:
        abstract = True

    def words_for(self, seat_id: int) -> TypedWords:
        """What its letter says to this seat: those of its form, or of a version for such seats."""
        for version in self.versions:
            if seat_id in version["seats"]:
                return TypedWords(version["subject"], version["statement"], version["is_edited"])
        return self.words

    @property
    def words(self) -> TypedWords:
        """What its letter says to seats that no version is for."""
        return TypedWords(self.subject, self.statement, self.statement_edited)

    @property
    def edited_statements(self) -> list[str]:
        """Every statement that its writer made their own."""
        own = [self.statement] if self.statement_edited else []
        return own + [version["statement"] for version in self.versions if version["is_edited"]]

    @property
    def own_texts(self) -> list[str]:
        """What they wrote themselves: our own statement is theirs once they changed it."""
        return [text for text in (self.own_words, *self.edited_statements) if text]

    def typed(self) -> dict[str, Any]:
        """All of it by field, as the other of the two takes it over."""
        return {field.name: getattr(self, field.name) for field in Typed._meta.get_fields()}


def choices_in(answers: list[dict[str, Any]]) -> set[str]:
    """As they are counted: a question's id and a choice's key, "12:3f9a01bc"."""
    return {f"{one['question']}:{key}" for one in answers for key in one["keys"]}
