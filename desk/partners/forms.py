"""What is typed about a partner, and about the partners of one campaign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from campaigns.models import Partner, Partnership
from campaigns.models.partner import SOURCE_CODE
from desk.organization.brand import with_https
from desk.organization.logo import BadLogo, as_png

WORDING = "wording_"


class PartnerForm(forms.ModelForm):
    new_logo = forms.FileField(
        label=gettext_lazy("Logo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        help_text=gettext_lazy("PNG or JPEG, up to 2 MB. It is written anew, without hidden data."),
    )

    class Meta:
        model = Partner
        fields = ("name", "url", "accounts", "is_active")
        formfield_callback = with_https
        labels = {
            "name": gettext_lazy("Name"),
            "url": gettext_lazy("Website"),
            "accounts": gettext_lazy("Who signs in for them"),
            "is_active": gettext_lazy("We work together now"),
        }
        help_texts = {
            "accounts": gettext_lazy(
                "People with the role partner. They see the numbers of campaigns that name this"
                " partner, and who said yes to hearing from it; nothing else."
            ),
            "is_active": gettext_lazy(
                "Unticked: no page names it, no form has its box, and its people see nothing."
            ),
        }
        widgets = {"accounts": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        people = User.objects.filter(groups__name="partner", is_active=True).order_by("name")
        self.fields["accounts"].queryset = people  # type: ignore[attr-defined]
        for code, name in settings.LANGUAGES:
            self.fields[WORDING + code] = forms.CharField(
                label=_("Wording of its own box, %(language)s") % {"language": _(str(name))},
                required=False,
                max_length=400,
                widget=forms.Textarea(attrs={"rows": 2, "lang": code}),
                initial=(self.instance.wording or {}).get(code, ""),
                help_text=_("Name the organization, say what it will send, and how one leaves."),
            )

    def clean_new_logo(self) -> bytes:
        upload = self.cleaned_data["new_logo"]
        try:
            return as_png(upload, upload.size) if upload else b""
        except BadLogo as fault:
            raise forms.ValidationError(str(fault)) from fault

    def wording(self) -> dict[str, str]:
        """By language, empty ones left out."""
        typed = {code: self.cleaned_data[WORDING + code] for code, _name in settings.LANGUAGES}
        return {code: text for code, text in typed.items() if text}


class PartnersOfCampaignForm(forms.Form):
    """One line for each partner: takes part, its links' source code, its own box."""

    def __init__(
        self,
        *args: Any,
        partners: Sequence[Partner],
        so_far: Mapping[int, Partnership],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.partners = partners
        for partner in partners:
            row = so_far.get(partner.pk)
            self.fields[f"with_{partner.pk}"] = forms.BooleanField(
                label=partner.name, required=False, initial=row is not None
            )
            self.fields[f"code_{partner.pk}"] = forms.CharField(
                label=_("Source code of its links"),
                required=False,
                max_length=40,
                validators=[SOURCE_CODE],
                initial=row.source_code if row else partner.slug[:40],
            )
            self.fields[f"box_{partner.pk}"] = forms.BooleanField(
                label=_("Its own consent box on the form"),
                required=False,
                # A box without words would be a consent to nothing.
                disabled=not partner.wording,
                initial=bool(row and row.has_box),
                help_text="" if partner.wording else _("It has no wording yet."),
            )

    def lines(self) -> list[dict[str, Any]]:
        """Each partner with its three fields."""
        return [
            {
                "partner": partner,
                "with": self[f"with_{partner.pk}"],
                "code": self[f"code_{partner.pk}"],
                "box": self[f"box_{partner.pk}"],
            }
            for partner in self.partners
        ]

    def chosen(self) -> dict[int, dict[str, Any]]:
        """What each partner that takes part has, by its id."""
        data = self.cleaned_data
        return {
            partner.pk: {
                "source_code": data[f"code_{partner.pk}"],
                "has_box": data[f"box_{partner.pk}"],
            }
            for partner in self.partners
            if data[f"with_{partner.pk}"]
        }
