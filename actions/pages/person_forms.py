"""The second step's forms: who somebody is, their words or their calls, and what they allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models import Call
from actions.pages.address_forms import line
from actions.screening.quarantine import APPEAL_LENGTH
from campaigns.models import Ask
from legislators.addresses import Address
from legislators.lookup import Place
from supporters.forms import EmailField, NeverCut, PhoneField
from supporters.models import Consent
from supporters.people import Entry
from worker.channels.cwc.message import PREFIXES, Constituent
from worker.channels.cwc.requirements import LEAST, TEXT, problems
from worker.paper.laid_out import MOST_LINES, lines_of

# The counter beside a long text (static/js/characters-left.js) counts lines as well.
COUNTED = {"data-lines": MOST_LINES, "data-lines-word": gettext_lazy("lines")}


def offered() -> dict[str, str]:
    """What every campaign asks leave for besides its newsletter: the wording of each box, in the
    reader's language, by its purpose of a consent.
    """
    return {
        Consent.Purpose.UPDATES: _(
            "Tell me by e-mail what becomes of this campaign. I can stop it with one click."
        )
    }


class PersonForm(forms.Form):
    """The second step that every ask shares: who you are, and what you allow.

    No box is ever ticked beforehand.
    """

    given_name = line(
        gettext_lazy("First name"),
        missing=gettext_lazy("Type your first name."),
        autocomplete="given-name",
    )
    family_name = line(
        gettext_lazy("Last name"),
        missing=gettext_lazy("Type your last name."),
        autocomplete="family-name",
    )
    email = EmailField()
    phone = PhoneField(required=False)
    newsletter = forms.BooleanField(required=False)
    public_name = forms.BooleanField(
        required=False, label=gettext_lazy("Show my first name and place on this page")
    )
    token = forms.CharField(widget=forms.HiddenInput, required=False)
    # A honeypot: people do not see it, machines fill it in (docs/safety.md A1).
    website = forms.CharField(required=False)

    def __init__(
        self,
        *args: Any,
        ask: Ask,
        newsletter_wording: str,
        is_minor: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offers = {} if is_minor else offered()
        self.offers = {f"allow_{purpose}": purpose for purpose in offers}
        for field, purpose in self.offers.items():
            self.fields[field] = forms.BooleanField(required=False, label=offers[purpose])
        self.fields["newsletter"].label = newsletter_wording
        self.fields["phone"].help_text = _("If the office may call you back. You can leave it out.")
        if is_minor or not newsletter_wording:
            del self.fields["newsletter"]
        if is_minor or ask.kind != Ask.Kind.PETITION:
            del self.fields["public_name"]
        # A caller has the office on the line already.
        if ask.kind != Ask.Kind.LETTER:
            del self.fields["phone"]

    @property
    def offered(self) -> list[forms.BoundField]:
        """The boxes of what else may be allowed."""
        return [self[field] for field in self.offers]

    def permissions(self) -> dict[str, str]:
        """What of it was ticked: the words beside the box, by purpose."""
        ticked = [field for field in self.offers if self.cleaned_data.get(field)]
        return {self.offers[field]: str(self.fields[field].label) for field in ticked}

    def entry(
        self, address: Address | None, *, country: str, state: str, language: str, is_minor: bool
    ) -> Entry:
        """Who they are, as typed; `state` as lookup found it."""
        data = self.cleaned_data
        return Entry(
            given_name=data["given_name"],
            family_name=data["family_name"],
            email=data["email"],
            phone=data.get("phone", ""),
            street=address.street if address else "",
            city=address.city if address else "",
            state=state,
            zip=address.zip if address else "",
            country=country,
            language=language,
            is_minor=is_minor,
            prefix=data.get("prefix", ""),
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
        says_more: bool = False,
        to_congress: Address | None = None,
        **kwargs: Any,
    ) -> None:
        """`says_more`: each letter names its office, and the form does not. `to_congress`: the
        writer's address as far as it is known, when some letter goes by Congress's own system.
        """
        super().__init__(*args, **kwargs)
        self.to_congress = to_congress
        if to_congress is None:
            del self.fields["prefix"]
        else:
            self.ask_for_missing(to_congress)
        if says_more:
            self.fields["statement"].help_text = _(
                "Left as it is, each office’s letter says a little more, to that office alone."
                " Changed, it goes to all of them as you write it."
            )
        self.fields["own_words"].help_text = _(
            "Who are you, what happened, what do you ask? One true sentence from you counts for"
            " more than a page of ours."
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (
            not data.get("own_words")
            and not data.get("statement")
            and "statement" not in self.errors
        ):
            self.add_error(
                "statement", _("The letter is empty. Write a line, here or in your own words.")
            )
        self.check_length(data)
        if self.to_congress and not self.errors:
            self.check_for_congress(self.to_congress, data)
        return data

    def check_length(self, data: Mapping[str, Any]) -> None:
        """Not more than is read, whichever way it goes: two thousand line breaks fill a hundred
        pages.
        """
        longest_first = sorted(
            ("own_words", "statement"), key=lambda name: -lines_of([data.get(name) or ""])
        )
        lines = lines_of([data.get(name) or "" for name in longest_first])
        if lines > MOST_LINES:
            self.add_error(
                longest_first[0],
                _(
                    "As it is printed, the letter has about %(lines)d lines; %(most)d are the most"
                    " that an office reads. Please take out line breaks, or shorten it."
                )
                % {"lines": lines, "most": MOST_LINES},
            )

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

    def check_for_congress(self, address: Address, data: Mapping[str, Any]) -> None:
        typed = {
            name: data.get(name, "")
            for name in ("prefix", "given_name", "family_name", "email", "phone")
        }
        place = {
            name: data.get(name) or getattr(address, name)
            for name in ("street", "city", "state", "zip")
        }
        texts = {name: data.get(name, "") for name in ("subject", "statement", "own_words")}
        found = problems(Constituent(**typed, **place), **texts)
        found.pop("state", None)  # the lookup says which it is: nobody is asked
        for field, message in found.items():
            self.add_error(field if field in self.fields else None, message)
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


class CallForm(PersonForm):
    """A call, and for each office what came of it. An office not called yet is left open."""

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in places:
            if place.holder:
                self.fields[f"outcome_{place.seat.pk}"] = forms.ChoiceField(
                    label=place.holder.legislator.name,
                    required=False,
                    choices=[*Call.Outcome.choices, ("", _("I haven't called yet"))],
                    widget=forms.RadioSelect,
                )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.outcomes(data):
            self.add_error(None, _("Make one call and say how it went, then send this."))
        return data

    @staticmethod
    def outcomes(data: Mapping[str, Any]) -> dict[int, str]:
        """Seat id -> outcome, for the offices that were called."""
        return {
            int(name.removeprefix("outcome_")): value
            for name, value in data.items()
            if name.startswith("outcome_") and value
        }


class AppealForm(forms.Form):
    """What a person here should know who refused something."""

    appeal = NeverCut(
        label=gettext_lazy("What should we know?"),
        required=False,
        max_length=APPEAL_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


PERSON_FORMS: dict[str, type[PersonForm]] = {
    Ask.Kind.PETITION: PersonForm,
    Ask.Kind.LETTER: LetterForm,
    Ask.Kind.CALL: CallForm,
}
