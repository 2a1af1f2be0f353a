"""What organizers type."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns import letters, targeting, words
from campaigns.models import Ask, Campaign, CampaignWords, Issue, IssueWords, TargetRule
from campaigns.starters import STARTERS
from campaigns.starting import RESERVED
from legislators.models import Chamber, Jurisdiction, Seat
from legislators.states import UNITED_STATES

STANCES = [
    ("", gettext_lazy("No bill")),
    ("pro", gettext_lazy("For it")),
    ("con", gettext_lazy("Against it")),
]


def states_with_seats() -> list[tuple[str, str]]:
    """States that have seats: (code, name), by name."""
    rows = Jurisdiction.objects.filter(pk__in=Seat.objects.values("jurisdiction").distinct())
    return list(rows.exclude(code=UNITED_STATES.code).values_list("code", "name"))


def state_field(**options: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        choices=states_with_seats, required=False, widget=forms.CheckboxSelectMultiple, **options
    )


class IssueField(forms.ModelChoiceField):
    def label_from_instance(self, issue: Issue) -> str:
        return words.of(issue).name or issue.slug


class IssueForm(forms.ModelForm):
    class Meta:
        model = IssueWords
        fields = ["name", "summary", "story"]
        labels = {
            "name": gettext_lazy("Name"),
            "summary": gettext_lazy("Summary"),
            "story": gettext_lazy("Story"),
        }
        widgets = {"summary": forms.Textarea(attrs={"rows": 3})}


class BeginForm(forms.Form):
    starter = forms.ChoiceField(
        label=gettext_lazy("Start from"), widget=forms.RadioSelect, initial="state-bill"
    )
    issue = IssueField(
        queryset=Issue.objects.prefetch_related("words"),
        label=gettext_lazy("Issue"),
        empty_label=None,
    )
    title = forms.CharField(
        max_length=120,
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("What people will see first. You can change it."),
    )
    bill = forms.CharField(
        max_length=60,
        required=False,
        label=gettext_lazy("Bill"),
        help_text=gettext_lazy("As people say it: H.R. 1234, SB 17"),
    )
    stance = forms.ChoiceField(
        choices=STANCES, required=False, label=gettext_lazy("Are you for or against the bill?")
    )
    states = state_field(
        label=gettext_lazy("States"),
        help_text=gettext_lazy(
            "Whose legislators it writes to. None ticked: wherever the supporter lives."
        ),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(s.key, f"{s.name}: {s.promise}") for s in STARTERS.values()]
        self.fields["starter"].choices = choices  # type: ignore[attr-defined]


class CampaignWordsForm(forms.ModelForm):
    class Meta:
        model = CampaignWords
        fields = ["title", "summary", "story", "share_text", "consent", "closing_message"]
        labels = {
            "title": gettext_lazy("Title"),
            "summary": gettext_lazy("Summary"),
            "story": gettext_lazy("Story"),
            "share_text": gettext_lazy("Words for sharing"),
            "consent": gettext_lazy("Wording of the newsletter box"),
            "closing_message": gettext_lazy("Closing message"),
        }
        help_texts = {
            "summary": gettext_lazy("One or two sentences, under the title and on cards."),
            "story": gettext_lazy(
                "Markdown: a blank line makes a paragraph, ## a heading, - a list, [words](address)"
                " a link."
            ),
            "share_text": gettext_lazy(
                "Goes beside the link. Nothing about the person who shares."
            ),
            "consent": gettext_lazy("Stored with each consent, as shown."),
            "closing_message": gettext_lazy(
                "Shown when the campaign is paused, closed or won: what came of it?"
            ),
        }
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 3}),
            "consent": forms.Textarea(attrs={"rows": 3}),
        }


class SettingsForm(forms.ModelForm):
    class Meta:
        model = Campaign
        fields = [
            "slug",
            "issue",
            "sender_name",
            "bill",
            "stance",
            "topic",
            "goal",
            "asks_age",
            "confirms_by_mail",
            "successor",
        ]
        field_classes = {"issue": IssueField}
        labels = {
            "slug": gettext_lazy("Address"),
            "issue": gettext_lazy("Issue"),
            "sender_name": gettext_lazy("Sender name"),
            "bill": gettext_lazy("Bill"),
            "stance": gettext_lazy("For or against the bill"),
            "topic": gettext_lazy("Topic, for Congress"),
            "goal": gettext_lazy("First goal"),
            "asks_age": gettext_lazy("Ask the supporter's age (protects children)"),
            "confirms_by_mail": gettext_lazy("Confirm every action by mail"),
            "successor": gettext_lazy("Campaign that follows this one"),
        }
        help_texts = {
            "slug": gettext_lazy(
                "The end of its web address. Fixed once it is live, so that shared links keep"
                " working."
            )
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["slug"].disabled = self.instance.state != Campaign.State.DRAFT
        self.fields["successor"].queryset = Campaign.objects.exclude(pk=self.instance.pk)  # type: ignore[attr-defined]
        self.fields["successor"].empty_label = _("None")  # type: ignore[attr-defined]

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug in RESERVED:
            raise forms.ValidationError(_("This address is taken by a page of the desk."))
        return slug


class AskWordsForm(forms.Form):
    """An ask's words in one language; `text` is the petition's text or the call's script, and a
    letter has none.
    """

    heading = forms.CharField(max_length=120, label=gettext_lazy("Heading"))
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 12}))
    button = forms.CharField(
        max_length=40, required=False, label=gettext_lazy("Words on the button")
    )
    thanks = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        label=gettext_lazy("Words of thanks"),
    )

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        if kind == Ask.Kind.LETTER:
            del self.fields["text"]
        elif kind == Ask.Kind.CALL:
            self.fields["text"].label = _("Script for the call")
            self.fields["text"].help_text = _(
                "You may use %(fields)s. Where it names the office, each office has its own."
            ) % {"fields": ", ".join(f"{{{name}}}" for name in letters.SCRIPT_FIELDS)}
        else:
            self.fields["text"].label = _("What people sign")
            self.fields["text"].help_text = _(
                "A change makes a new version. Earlier signatures stay under the text they signed."
            )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        return known_fields(text, letters.SCRIPT_FIELDS) if self.kind == Ask.Kind.CALL else text


class LetterForm(forms.ModelForm):
    class Meta:
        model = Ask
        fields = ["letter_subject", "letter_body"]
        labels = {"letter_subject": gettext_lazy("Subject"), "letter_body": gettext_lazy("Letter")}
        help_texts = {
            "letter_body": gettext_lazy(
                "In English, for the office. We add the greeting, the supporter's name and their"
                " address."
            )
        }
        widgets = {"letter_body": forms.Textarea(attrs={"rows": 16})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.required = True

    def clean_letter_subject(self) -> str:
        return known_fields(self.cleaned_data["letter_subject"])

    def clean_letter_body(self) -> str:
        return known_fields(self.cleaned_data["letter_body"])


def known_fields(text: str, known: Collection[str] = tuple(letters.FIELDS)) -> str:
    unknown = letters.unknown_fields(text, known)
    if unknown:
        message = ngettext(
            "%(fields)s is not a merge field.", "%(fields)s are not merge fields.", len(unknown)
        )
        raise forms.ValidationError(message % {"fields": ", ".join(unknown)})
    return text


class RuleForm(forms.Form):
    """One group of seats.

    A side left empty is open, but not all three: that would be every office in the country.
    """

    chambers = forms.MultipleChoiceField(
        choices=Chamber.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Chambers"),
    )
    parties = forms.MultipleChoiceField(
        choices=lambda: [(name, name) for name in targeting.party_names()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Parties"),
        help_text=gettext_lazy(
            "Of whoever holds the seat on the day. None ticked: all parties, and vacant seats too."
        ),
    )
    states = state_field(
        label=gettext_lazy("States"),
        help_text=gettext_lazy("None ticked: wherever the supporter lives."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(_("Tick at least one chamber, party or state."))
        return cleaned

    def rule(self, rule: TargetRule) -> TargetRule:
        """That rule with what was ticked, not saved."""
        rule.states, rule.chambers, rule.parties = (
            self.cleaned_data[side] for side in ("states", "chambers", "parties")
        )
        return rule


class PreviewForm(forms.Form):
    address = forms.CharField(
        max_length=300,
        required=False,
        label=gettext_lazy("As somebody who lives at"),
        help_text=gettext_lazy(
            "Street, town, state and ZIP on one line, or a ZIP alone. It is not stored."
        ),
    )
    name = forms.CharField(
        max_length=80,
        required=False,
        label=gettext_lazy("Or to a legislator by name"),
        help_text=gettext_lazy("A part of the name is enough."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(_("Type an address or a legislator's name."))
        return cleaned


class DeedForm(forms.Form):
    note = forms.CharField(
        max_length=300, required=False, label=gettext_lazy("Why, for your colleagues")
    )


class EndForm(DeedForm):
    """Closing or winning: people who acted want to know what came of it."""

    closing_message = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 5}), label=gettext_lazy("What came of it")
    )
    closing_message_es = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        label=gettext_lazy("What came of it, in Spanish"),
    )
    field_order = ["closing_message", "closing_message_es", "note"]
