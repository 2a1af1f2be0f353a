"""The second step's forms: who somebody is, their words or their calls, and what they allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models import Call
from actions.pages.address_forms import line
from actions.pages.question_fields import asked
from actions.screening.quarantine import APPEAL_LENGTH
from campaigns import partners
from campaigns.models import Ask, Question
from legislators.addresses import Address
from legislators.lookup import Place
from supporters.forms import EmailField, NeverCut, PhoneField, PublicForm
from supporters.models import Consent
from supporters.people import Entry, mailbox_of


def offered(ask: Ask) -> dict[str, str]:
    """What an ask wants leave for besides its campaign's newsletter: the wording of each box, in
    the reader's language, by its purpose of a consent.
    """
    boxes = updates_box()
    if ask.kind == Ask.Kind.LETTER and ask.campaign.asks_for_samples:
        boxes |= samples_box()
    if ask.kind == Ask.Kind.LETTER and ask.campaign.asks_for_post:
        boxes |= post_box()
    return boxes | partners.boxes(ask.campaign)


def post_box() -> dict[str, str]:
    """Where a street is typed."""
    return {
        Consent.Purpose.POST: _(
            "You may invite me by post to what happens near me. I can end this at any time."
        )
    }


def samples_box() -> dict[str, str]:
    """Of what they write themselves, and of nothing else in the letter."""
    return {
        Consent.Purpose.SAMPLE_TEXT: _(
            "You may show my own words to these offices and others, with my first name and town."
        )
    }


def updates_box() -> dict[str, str]:
    """The one that every campaign has."""
    return {
        Consent.Purpose.UPDATES: _(
            "Tell me by e-mail what becomes of this campaign. I can stop it with one click."
        )
    }


class PersonForm(PublicForm):
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
    guardian = EmailField(required=False)
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
        questions: Sequence[Question] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        # Whoever calls asks no minor; here it is made sure.
        self.questions = [] if is_minor else [asked(self, question) for question in questions]
        offers = {} if is_minor else offered(ask)
        self.offers = {f"allow_{purpose}": purpose for purpose in offers}
        for field, purpose in self.offers.items():
            self.fields[field] = forms.BooleanField(required=False, label=offers[purpose])
        self.fields["newsletter"].label = newsletter_wording
        self.fields["phone"].help_text = _("If the office may call you back. You can leave it out.")
        if is_minor and ask.campaign.asks_guardian:
            self.fields["guardian"].label = _("A grown-up’s e-mail")
            self.fields["guardian"].help_text = _(
                "If you name one, they get one mail after you have confirmed, with one button. It"
                " says neither what you wrote nor what this is about; they can say no, and then it"
                " is taken back. If you leave it empty, it counts just the same."
            )
            self.fields["guardian"].widget.attrs["autocomplete"] = "off"
        else:
            del self.fields["guardian"]
        if is_minor or not newsletter_wording:
            del self.fields["newsletter"]
        if is_minor or ask.kind != Ask.Kind.PETITION:
            del self.fields["public_name"]
        # A caller has the office on the line already.
        if ask.kind != Ask.Kind.LETTER:
            del self.fields["phone"]

    def clean_guardian(self) -> str:
        typed = str(self.cleaned_data.get("guardian") or "")
        own = self.cleaned_data.get("email")
        if typed and own and mailbox_of(typed) == mailbox_of(own):
            raise forms.ValidationError(_("This is your own mailbox: name a grown-up’s, or none."))
        return typed

    @property
    def offered(self) -> list[forms.BoundField]:
        """The boxes of what else may be allowed."""
        return [self[field] for field in self.offers]

    def permissions(self) -> dict[str, str]:
        """What of it was ticked: the words beside the box, by purpose."""
        ticked = [field for field in self.offers if self.cleaned_data.get(field)]
        return {self.offers[field]: str(self.fields[field].label) for field in ticked}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for one in self.questions:
            one.check_that_it_is_the_same(self)
        return data

    @property
    def asked(self) -> list[tuple[forms.BoundField, str, str]]:
        """The questions as a page shows them: the field, and its hidden companion."""
        return [(self[one.name], one.asked_name, one.asked_with(self)) for one in self.questions]

    def answers(self) -> list[dict[str, Any]]:
        """As an action keeps them."""
        return [answer for one in self.questions for answer in one.answers(self.cleaned_data)]

    def written_answers(self) -> list[str]:
        """Those in somebody's own words."""
        return [text for one in self.answers() if not one["keys"] for text in one["said"]]

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


class AppealForm(PublicForm):
    """What a person here should know who refused something."""

    appeal = NeverCut(
        label=gettext_lazy("What should we know?"),
        required=False,
        max_length=APPEAL_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
