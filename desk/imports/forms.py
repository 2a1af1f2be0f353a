"""What staff says of a file, and which of its columns holds what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns import words
from campaigns.models import Ask
from desk.imports.columns import FIELDS
from desk.imports.reading import MOST_BYTES
from desk.models import Import


class PetitionField(forms.ModelChoiceField):
    def label_from_instance(self, ask: Ask) -> str:
        return words.of(ask.campaign).title


class UploadForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("What is in it?"),
        choices=Import.Kind.choices,
        widget=forms.RadioSelect,
        initial=Import.Kind.SUPPORTERS,
    )
    ask = PetitionField(
        Ask.objects.filter(kind=Ask.Kind.PETITION)
        .exclude(campaign__state="draft")
        .select_related("campaign")
        .prefetch_related("campaign__words")
        .order_by("-pk"),
        required=False,
        label=gettext_lazy("Which petition did they sign?"),
        help_text=gettext_lazy("For signatures on paper."),
        empty_label=gettext_lazy("None"),
    )
    provenance = forms.CharField(
        label=gettext_lazy("Where does it come from?"),
        min_length=8,
        max_length=300,
        help_text=gettext_lazy(
            "Who collected it, where and when. Kept for good. Example: sheets from the May fair in"
            " Larkhaven, collected by our chapter there."
        ),
    )
    wording = forms.CharField(
        label=gettext_lazy("What did they say yes to?"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "The words beside the box or above the list, as they stood there. Without them nobody"
            " may be mailed."
        ),
    )
    all_agreed = forms.BooleanField(
        required=False,
        label=gettext_lazy("Everybody in it said yes to these words"),
        help_text=gettext_lazy("A column that says yes or no counts more than this."),
    )
    all_grown = forms.BooleanField(
        required=False,
        label=gettext_lazy("Everybody in it is 18 or over: I know it"),
        help_text=gettext_lazy(
            "Of whom nobody says so, supporters are not kept, and signatures are only counted. A"
            " column with the age counts more than this."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("The file"),
        max_length=200,
        help_text=gettext_lazy("CSV or Excel (.xlsx), 50 MB at most, heads in its first row."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is larger than 50 MB: cut it in two."))
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == Import.Kind.PAPER and not data.get("ask") and "ask" in data:
            self.add_error("ask", _("Choose the petition that they signed."))
        if data.get("kind") != Import.Kind.PAPER:
            data["ask"] = None
            if not data.get("wording") and "wording" in data:
                self.add_error(
                    "wording",
                    _("Type what they said yes to: without it none of them could be mailed."),
                )
        says_nothing = data.get("all_agreed") and not data.get("wording")
        if says_nothing and not self.has_error("wording"):
            self.add_error("wording", _("Type what everybody said yes to."))
        return data

    def said(self) -> dict[str, Any]:
        """As `uploading.take_in` wants it."""
        names = ("kind", "ask", "provenance", "wording", "all_agreed", "all_grown")
        return {name: self.cleaned_data[name] for name in names}


class ColumnsForm(forms.Form):
    """For each field the column that holds it."""

    # Nearly every one may be in no column, and says so.
    says_optional = False

    def __init__(self, data: Any = None, *, of: Import) -> None:
        super().__init__(data)
        self.of = of
        columns = [("", _("In no column")), *numbered(of.header)]
        for name, label in FIELDS.items():
            # Without the words that somebody said yes to there is nothing to allow.
            if name == "agreed" and not of.wording:
                continue
            self.fields[name] = forms.TypedChoiceField(
                label=label,
                choices=columns,
                required=False,
                coerce=int,
                empty_value=None,
                initial=of.mapping.get(name, ""),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = {name: at for name, at in data.items() if at is not None}
        if not ({"given_name", "family_name", "name"} & chosen.keys()):
            self.add_error("given_name", _("Say which column holds the names."))
        if not self.of.is_paper and "email" not in chosen:
            self.add_error("email", _("Say which column holds the e-mail addresses."))
        for name, at in chosen.items():
            first = next(other for other, column in chosen.items() if column == at)
            if first != name:
                self.add_error(name, _("This column was chosen above already."))
        return data

    def mapping(self) -> dict[str, int]:
        return {name: at for name, at in self.cleaned_data.items() if at is not None}


def numbered(header: Sequence[str]) -> list[tuple[int, str]]:
    return [(at, f"{at + 1}. {head}") for at, head in enumerate(header)]
