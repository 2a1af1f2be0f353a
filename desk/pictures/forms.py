"""What is typed about a picture; its file comes with the first form only."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Campaign, Picture
from campaigns.pictures.redrawing import BadPicture, Drawn, redraw
from supporters.forms import LineField

ALT = "alt_"
# As cameras and screens call their files.
FILE_NAME = re.compile(r"\S+\.(jpe?g|png|webp|gif|heic)", re.IGNORECASE)

NOT_SAID = gettext_lazy(
    "Say what it shows, for people who do not see it; or that it is decoration."
)


class PictureForm(forms.Form):
    is_decorative = forms.BooleanField(
        required=False,
        label=gettext_lazy("It is only decoration: nothing is lost on who does not see it"),
    )
    credit = LineField(
        required=False,
        max_length=120,
        label=gettext_lazy("Credit"),
        help_text=gettext_lazy("Stands below it: Photo: Ana Diaz."),
    )
    is_head = forms.BooleanField(
        required=False,
        label=gettext_lazy("Show it first, above the story"),
        help_text=gettext_lazy(
            "In place of the one that stands there now. On a phone it comes below the form."
        ),
    )

    def __init__(
        self, *args: Any, campaign: Campaign, picture: Picture | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.languages = {row.language for row in campaign.words.all()} | {settings.LANGUAGE_CODE}
        for code, name in settings.LANGUAGES:
            self.fields[ALT + code] = LineField(
                label=_("What it shows, %(language)s") % {"language": _(str(name))},
                required=code in self.languages and "is_decorative" not in self.data,
                max_length=250,
                error_messages={"required": NOT_SAID},
                widget=forms.TextInput(attrs={"lang": code}),
                initial=picture.alt_texts.get(code, "") if picture else "",
                help_text=_("As you would say it on the telephone: Two girls before a locked gate.")
                if code == settings.LANGUAGE_CODE
                else "",
            )
        for field in ("is_decorative", "credit", "is_head"):
            self.fields[field].initial = getattr(picture, field) if picture else ""
        self.order_fields(["file", *(ALT + code for code, _name in settings.LANGUAGES)])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        described = any(self.texts().values())
        if data.get("is_decorative") and described:
            said = _(
                "A picture either says something or is decoration: empty the words, or untick."
            )
            self.add_error("is_decorative", said)
        for code in () if data.get("is_decorative") else self.texts():
            self.check_text(code)
        return data

    def check_text(self, code: str) -> None:
        if FILE_NAME.fullmatch(self.texts()[code]):
            self.add_error(ALT + code, _("The name of a file tells nobody what it shows."))

    def texts(self) -> dict[str, str]:
        """By language, also the empty ones."""
        codes = [code for code, _name in settings.LANGUAGES]
        return {code: self.cleaned_data.get(ALT + code) or "" for code in codes}

    def values(self) -> dict[str, Any]:
        """By the fields of a Picture."""
        return {
            "alt_texts": {code: text for code, text in self.texts().items() if text},
            "is_decorative": self.cleaned_data["is_decorative"],
            "credit": self.cleaned_data["credit"],
            "is_head": self.cleaned_data["is_head"],
        }


class NewPictureForm(PictureForm):
    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
        help_text=gettext_lazy(
            "JPEG or PNG, up to 10 MB. It is drawn anew in three widths, without place, camera or"
            " other hidden data."
        ),
        error_messages={"required": gettext_lazy("Choose a file.")},
    )

    def clean_file(self) -> list[Drawn]:
        upload = self.cleaned_data["file"]
        try:
            return redraw(upload, upload.size)
        except BadPicture as fault:
            raise forms.ValidationError(str(fault)) from fault
