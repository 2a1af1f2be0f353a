"""What is typed of a figure."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Figure
from desk.organization.brand import with_https

LABEL = "label_"


class FigureForm(forms.ModelForm):
    class Meta:
        model = Figure
        fields = ("number", "instead_of", "source", "source_url", "dated_on", "position")
        formfield_callback = with_https
        labels = {
            "number": gettext_lazy("Number"),
            "instead_of": gettext_lazy("In place of what is counted here"),
            "source": gettext_lazy("Source"),
            "source_url": gettext_lazy("Where the source can be read"),
            "dated_on": gettext_lazy("As of"),
            "position": gettext_lazy("Place in the order"),
        }
        help_texts = {
            "instead_of": gettext_lazy(
                "Choose one if you counted longer than this site; leave it open for a figure of"
                " its own."
            ),
            "source": gettext_lazy(
                "Who counted, and where: “Annual report 2026”. The page shows it beside the number."
            ),
            "position": gettext_lazy("Among those of your own; the lowest stands first."),
        }
        widgets = {"dated_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for code, name in settings.LANGUAGES:
            self.fields[LABEL + code] = forms.CharField(
                label=_("What it counts, %(language)s") % {"language": _(str(name))},
                required=False,
                max_length=80,
                widget=forms.TextInput(attrs={"lang": code}),
                initial=(self.instance.labels or {}).get(code, ""),
            )
        self.order_fields([LABEL + code for code, _name in settings.LANGUAGES] + ["number"])

    def clean_dated_on(self) -> Any:
        day = self.cleaned_data["dated_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Nothing was counted on a day to come."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first = LABEL + settings.LANGUAGES[0][0]
        if not data.get("instead_of") and not data.get(first):
            self.add_error(first, _("Say what it counts."))
        taken = Figure.objects.filter(instead_of=data.get("instead_of") or "-")
        if taken.exclude(pk=self.instance.pk).exists():
            self.add_error("instead_of", _("Another figure stands in its place already."))
        return data

    def named(self) -> dict[str, str]:
        """By language; what was left open is not there."""
        typed = {
            code: self.cleaned_data[LABEL + code].strip() for code, _name in settings.LANGUAGES
        }
        return {code: label for code, label in typed.items() if label}
