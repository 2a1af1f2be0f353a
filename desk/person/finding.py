"""Looking for somebody: the words come by POST and go nowhere else, into no address and no row.
What is written down is who looked, by which fields, and the ids of whom they found.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import audit
from desk.access import needs
from desk.person.waiting import waiting_for
from supporters import search
from supporters.forms import EmailField, LineField, PhoneField
from supporters.people import mailbox_of

FIELDS = ("name", "email", "phone", "zip")


class FindForm(forms.Form):
    """All that is typed has to fit. Browsers are asked to keep none of it."""

    says_optional = False

    name = LineField(label=gettext_lazy("Name"), max_length=140, required=False)
    email = EmailField(required=False)
    phone = PhoneField(required=False)
    zip = LineField(label=gettext_lazy("ZIP code"), max_length=10, required=False)
    after = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A browser that several people use would offer the last supporter's name to the next.
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.errors and not any(
            typed.get(name) for name in ("name", "email", "phone", "zip")
        ):
            raise forms.ValidationError(_("Type at least one of these."))
        return typed

    def wanted(self) -> search.Wanted:
        """Call after is_valid()."""
        typed = self.cleaned_data
        return search.Wanted(
            name=typed["name"],
            mailbox=mailbox_of(typed["email"]) if typed["email"] else "",
            phone=typed["phone"],
            zip=typed["zip"],
        )

    def used(self) -> list[str]:
        """By which fields, not by which words."""
        return [name for name in FIELDS if self.cleaned_data[name]]


@needs("see_supporters")
def find(request: HttpRequest) -> HttpResponse:
    """The form, and who fits. 422 where nothing was typed, or what is no mailbox or telephone."""
    if request.method != "POST":
        return render(request, "desk/person/find.html", {"form": FindForm()})
    form = FindForm(request.POST)
    if not form.is_valid():
        return render(request, "desk/person/find.html", {"form": form}, status=422)
    wanted = form.wanted()
    found = search.find(wanted, form.cleaned_data["after"])
    # Also where nobody was found: whoever searches a hundred times is seen doing it.
    audit.record(
        request.user.get_username(),
        "supporters searched",
        "supporters",
        by=form.used(),
        found=[person.pk for person in found.people],
    )
    context = {
        "form": form,
        "people": found.people,
        "after": found.after,
        "carried": [(name, form.data.get(name, "")) for name in FIELDS],
        "is_searched": True,
        "waiting": waiting_for(wanted.mailbox),
    }
    return render(request, "desk/person/find.html", context)
