"""What is typed of a bill and of its stages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns import words
from campaigns.bills.keeping import FACTS, jurisdictions
from campaigns.bills.kinds import stage_choices
from campaigns.bills.naming import normalized
from campaigns.models import Bill, Issue
from legislators.states import UNITED_STATES

STANCES = [
    ("", gettext_lazy("None: we only watch it")),
    ("pro", gettext_lazy("For it")),
    ("con", gettext_lazy("Against it")),
]
AT_MOST_LINKS = 10
# What its page says besides, once a language.
TOLD = (
    ("summary", gettext_lazy("What it would do, in plain words (%(language)s)"), 600),
    ("reason", gettext_lazy("Why we stand where we do (%(language)s)"), 2000),
)


class LinksField(forms.CharField):
    """A line each: an address, then perhaps what it is called."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), required=False, **options)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(f"{row['url']} {row.get('label', '')}".strip() for row in value)
        return value

    def clean(self, value: Any) -> list[dict[str, str]]:
        lines = [line.split(maxsplit=1) for line in super().clean(value).splitlines()]
        rows = [{"url": line[0], "label": "".join(line[1:])[:80]} for line in lines if line]
        for row in rows:
            try:
                URLValidator(schemes=["http", "https"])(row["url"])
            except ValidationError:
                wrong = _("“%s” is no web address: begin each line with https://")
                raise ValidationError(wrong % row["url"]) from None
        if len(rows) > AT_MOST_LINKS:
            raise ValidationError(_("At most %d links.") % AT_MOST_LINKS)
        return rows


class IssuesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, issue: Issue) -> str:
        return words.of(issue).name or issue.slug


class BillForm(forms.Form):
    kind = forms.ChoiceField(
        choices=Bill.Kind,
        initial=Bill.Kind.BILL,
        required=False,
        label=gettext_lazy("What it is"),
        help_text=gettext_lazy(
            "A treaty has stages of its own, from the signature to the ratification, and is the"
            " United States’."
        ),
    )
    jurisdiction = forms.ChoiceField(label=gettext_lazy("Whose bill it is"))
    session = forms.CharField(
        max_length=60,
        required=False,
        label=gettext_lazy("Session"),
        help_text=gettext_lazy(
            "As published there: 2027, 2027S1; of Congress its number, 120. It tells two bills of"
            " one number apart."
        ),
    )
    identifier = forms.CharField(
        max_length=60,
        label=gettext_lazy("Bill"),
        help_text=gettext_lazy("As people say it: H.R. 1234, SB 17. Letters name it so."),
    )
    title = forms.CharField(
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        label=gettext_lazy("Title"),
    )
    stance = forms.ChoiceField(choices=STANCES, required=False, label=gettext_lazy("Our position"))
    links = LinksField(
        label=gettext_lazy("Links"),
        help_text=gettext_lazy(
            "One a line: the address, then what it is called. People find the first on the"
            " campaign’s page."
        ),
    )

    issues = IssuesField(
        queryset=Issue.objects.prefetch_related("words"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Issues"),
        help_text=gettext_lazy(
            "With one of them it has a public page and stands on the issue’s, also without a"
            " campaign. A public campaign brings its own issue."
        ),
    )

    def __init__(self, *args: Any, bill: Bill | None = None, **options: Any) -> None:
        if bill:
            options["initial"] = {name: getattr(bill, name) for name in FACTS}
            options["initial"]["issues"] = list(bill.issues.values_list("pk", flat=True))
        super().__init__(*args, **options)
        rows = {row.language: row for row in bill.words.all()} if bill else {}
        for code, language in settings.LANGUAGES:
            for name, label, most in TOLD:
                self.fields[f"{name}_{code}"] = forms.CharField(
                    label=label % {"language": _(str(language))},
                    required=False,
                    max_length=most,
                    initial=getattr(rows.get(code), name, ""),
                    widget=forms.Textarea(attrs={"rows": 3, "lang": code}),
                )
        self.fields["jurisdiction"].choices = [("", "–"), *jurisdictions()]  # type: ignore[attr-defined]

    def words(self) -> dict[str, dict[str, str]]:
        """By language, as campaigns.bills.telling has them."""
        return {
            code: {
                name: self.cleaned_data[f"{name}_{code}"].strip() for name, _label, _most in TOLD
            }
            for code, _language in settings.LANGUAGES
        }

    def clean_kind(self) -> str:
        # A form that was opened before there were treaties says nothing of it.
        return str(self.cleaned_data["kind"] or self.initial.get("kind") or Bill.Kind.BILL)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_treaty = data.get("kind") == Bill.Kind.TREATY
        if is_treaty and data.get("jurisdiction") not in (None, UNITED_STATES.code):
            self.add_error("jurisdiction", _("Only the United States makes treaties."))
        return data

    def clean_identifier(self) -> str:
        identifier = " ".join(self.cleaned_data["identifier"].split())
        if not normalized(identifier):
            raise ValidationError(_("Write its letters and its number."))
        return identifier


class StageForm(forms.Form):
    stage = forms.ChoiceField(label=gettext_lazy("It is now"))
    happened_on = forms.DateField(
        required=False,
        label=gettext_lazy("Since"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    why = forms.CharField(max_length=300, required=False, label=gettext_lazy("Note"))

    def __init__(self, *args: Any, bill: Bill, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["stage"].choices = stage_choices(bill)  # type: ignore[attr-defined]

    def clean_happened_on(self) -> Any:
        day = self.cleaned_data["happened_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("That day has not come yet."))
        return day
