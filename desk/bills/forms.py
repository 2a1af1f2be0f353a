"""What is typed of a bill and of its stages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.bills.keeping import FACTS, jurisdictions
from campaigns.bills.naming import normalized
from campaigns.models import Bill, Stage

STANCES = [
    ("", gettext_lazy("None: we only watch it")),
    ("pro", gettext_lazy("For it")),
    ("con", gettext_lazy("Against it")),
]
AT_MOST_LINKS = 10


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


class BillForm(forms.Form):
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

    def __init__(self, *args: Any, bill: Bill | None = None, **options: Any) -> None:
        if bill:
            options["initial"] = {name: getattr(bill, name) for name in FACTS}
        super().__init__(*args, **options)
        self.fields["jurisdiction"].choices = [("", "–"), *jurisdictions()]  # type: ignore[attr-defined]

    def clean_identifier(self) -> str:
        identifier = " ".join(self.cleaned_data["identifier"].split())
        if not normalized(identifier):
            raise ValidationError(_("Write its letters and its number."))
        return identifier


class StageForm(forms.Form):
    stage = forms.ChoiceField(choices=Stage, label=gettext_lazy("It is now"))
    happened_on = forms.DateField(
        required=False,
        label=gettext_lazy("Since"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    why = forms.CharField(max_length=300, required=False, label=gettext_lazy("Note"))

    def clean_happened_on(self) -> Any:
        day = self.cleaned_data["happened_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("That day has not come yet."))
        return day
