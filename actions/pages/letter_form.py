"""The letter's form: own words once, and of each version of it a subject and a statement."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.pages.address_forms import line
from actions.pages.addressees import FirstStep, LetterGroup
from actions.pages.opening_words import known_to_all, paragraph_field, says_more
from actions.pages.person_forms import PersonForm
from campaigns import merge_fields
from legislators.addresses import Address
from supporters.forms import NeverCut
from worker.channels.cwc.message import PREFIXES, Constituent
from worker.channels.cwc.requirements import LEAST, TEXT, problems
from worker.paper.laid_out import MOST_LINES, lines_of

# The counter beside a long text (static/js/characters-left.js) counts lines as well.
COUNTED = {"data-lines": MOST_LINES, "data-lines-word": gettext_lazy("lines")}


@dataclass(frozen=True)
class LetterPart:
    """What one version of the letter has in the form: the names of its fields; of each paragraph
    that may be added the box's name and the text.

    `says_more`: each of its letters names its office, and the form does not.
    """

    subject: str = "subject"
    statement: str = "statement"
    paragraphs: Mapping[str, str] = field(default_factory=dict)
    says_more: bool = False


def parts_of(first: FirstStep) -> list[LetterPart]:
    """One for each version of the letter that this person's offices get."""
    return [part_of(first, group) for group in first.groups]


def part_of(first: FirstStep, group: LetterGroup) -> LetterPart:
    known = known_to_all(first, group)
    paragraphs = {
        paragraph_field(group, key): merge_fields.complete(text, known)
        for key, text in group.words.optional.items()
    }
    return LetterPart(
        subject=group.field("subject"),
        statement=group.field("statement"),
        # One that says nothing here, since a field of it stands for nothing, cannot be ticked.
        paragraphs={name: text for name, text in paragraphs.items() if text},
        says_more=says_more(group),
    )


class LetterForm(PersonForm):
    """A letter: the organization's words and the person's own apart."""

    # lang: the organization's words are in the offices' language, whatever the page's.
    subject = line(
        gettext_lazy("Subject"),
        missing=gettext_lazy("Give your letter a subject."),
        length=200,
        lang="en",
    )
    own_words = NeverCut(
        label=gettext_lazy("In your own words"),
        required=False,
        max_length=4000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 6, **COUNTED}),
    )
    statement = NeverCut(
        label=gettext_lazy("The letter"),
        required=False,
        max_length=8000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 12, "lang": "en", **COUNTED}),
    )
    # A field of this name hides nothing: Django takes declared fields out of the class, and a
    # form's own `prefix` stays None.
    prefix = forms.ChoiceField(  # type: ignore[assignment]
        label=gettext_lazy("How should Congress address you?"),
        choices=[("", gettext_lazy("Choose")), *((prefix, prefix) for prefix in PREFIXES)],
        error_messages={
            "required": gettext_lazy(
                "Choose how Congress should address you: its offices require one of these."
            )
        },
    )
    field_order = [
        "own_words",
        "subject",
        "statement",
        "prefix",
        "given_name",
        "family_name",
        "email",
        "phone",
        "newsletter",
    ]

    def __init__(
        self,
        *args: Any,
        parts: Sequence[LetterPart] = (LetterPart(),),
        to_congress: Address | None = None,
        **kwargs: Any,
    ) -> None:
        """`to_congress`: the writer's address as far as it is known, when some letter goes by
        Congress's own system.
        """
        super().__init__(*args, **kwargs)
        self.parts = parts
        self.make_room_for_parts()
        self.to_congress = to_congress
        if to_congress is None:
            del self.fields["prefix"]
        else:
            self.ask_for_missing(to_congress)
        self.fields["own_words"].help_text = _(
            "Who are you, what happened, what do you ask? One true sentence from you counts for"
            " more than a page of ours."
        )

    def make_room_for_parts(self) -> None:
        """A subject, a statement and boxes for each."""
        blank = {name: self.fields.pop(name) for name in ("subject", "statement")}
        for part in self.parts:
            self.fields[part.subject] = copy.deepcopy(blank["subject"])
            self.fields[part.statement] = copy.deepcopy(blank["statement"])
            if part.says_more:
                self.fields[part.statement].help_text = _(
                    "Left as it is, each office’s letter says a little more, to that office alone."
                    " Changed, it goes to all of them as you write it."
                )
            for name, text in part.paragraphs.items():
                self.fields[name] = forms.BooleanField(label=text, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for part in self.parts:
            is_empty = not data.get("own_words") and not self.said_in(part, data)
            if is_empty and part.statement not in self.errors:
                message = _("The letter is empty. Write a line, here or in your own words.")
                self.add_error(part.statement, message)
            self.check_length(part, data)
        if self.to_congress and not self.errors:
            for part in self.parts:
                self.check_for_congress(self.to_congress, part, data)
        return data

    def said_in(self, part: LetterPart, data: Mapping[str, Any]) -> str:
        """The statement with the paragraphs that were ticked."""
        ticked = [text for name, text in part.paragraphs.items() if data.get(name)]
        return "\n\n".join(text for text in (data.get(part.statement), *ticked) if text)

    def check_length(self, part: LetterPart, data: Mapping[str, Any]) -> None:
        """Not more than is read, whichever way it goes: two thousand line breaks fill a hundred
        pages.
        """
        said = {"own_words": data.get("own_words") or "", part.statement: self.said_in(part, data)}
        longest_first = sorted(said, key=lambda name: -lines_of([said[name]]))
        lines = lines_of([said[name] for name in longest_first])
        if lines > MOST_LINES and not self.has_error(longest_first[0], "long"):
            message = _(
                "As it is printed, the letter has about %(lines)d lines; %(most)d are the most"
                " that an office reads. Please take out line breaks, or shorten it."
            ) % {"lines": lines, "most": MOST_LINES}
            self.add_error(longest_first[0], forms.ValidationError(message, code="long"))

    def ask_for_missing(self, address: Address) -> None:
        """A ZIP code finds your representatives; Congress answers only those who say where they
        live.
        """
        if len(address.street) < LEAST["street"]:
            self.fields["street"] = line(
                gettext_lazy("Street address"),
                missing=gettext_lazy(
                    "Congress answers constituents only: type your street address."
                ),
            )
        if len(address.city) < LEAST["city"]:
            self.fields["city"] = line(
                gettext_lazy("City"),
                missing=gettext_lazy("Congress wants the name of your city."),
                length=80,
            )

    def check_for_congress(
        self, address: Address, part: LetterPart, data: Mapping[str, Any]
    ) -> None:
        typed = {
            name: data.get(name, "")
            for name in ("prefix", "given_name", "family_name", "email", "phone")
        }
        place = {
            name: data.get(name) or getattr(address, name)
            for name in ("street", "city", "state", "zip")
        }
        texts = {
            "subject": data.get(part.subject, ""),
            "statement": self.said_in(part, data),
            "own_words": data.get("own_words", ""),
        }
        found = problems(Constituent(**typed, **place), **texts)
        found.pop("state", None)  # the lookup says which it is: nobody is asked
        names = {"subject": part.subject, "statement": part.statement}
        for told, message in found.items():
            name = names.get(told, told)
            if not self.errors.get(name):
                self.add_error(name if name in self.fields else None, message)
        # A changed statement becomes one text with their own words (congress.apart): room for what
        # joins them.
        if len(texts["statement"]) + len(texts["own_words"]) > TEXT[1] - 10 and not self.errors:
            self.add_error(
                "own_words",
                _(
                    "Together with the letter this is too long for Congress. Please shorten one of"
                    " them."
                ),
            )
