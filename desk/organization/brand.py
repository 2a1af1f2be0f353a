"""Whose installation this is: the one row behind every page's name, logo, colours and links."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import audit
from accounts.forms import MailboxField
from campaigns import help_lines, social_links
from campaigns.colours import doubts
from campaigns.models import Brand
from desk.access import needs
from desk.form_drafts.keeping import Thing
from desk.newer_version import in_turn, last_in_log, meet
from desk.organization.logo import BadLogo, as_png

HELP_LINES = "help_lines_"


def with_https(field: models.Field[Any, Any], **options: Any) -> forms.Field | None:
    # What is typed without a scheme means https; Django's own default is http until its version
    # 6.0.
    return field.formfield(
        **(options | {"assume_scheme": "https"} if isinstance(field, models.URLField) else options)
    )


class BrandForm(forms.ModelForm):
    new_logo = forms.FileField(
        label=gettext_lazy("Logo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        help_text=gettext_lazy(
            "PNG or JPEG, square looks best, up to 2 MB. It is written anew, without hidden data."
        ),
    )
    no_logo = forms.BooleanField(
        label=gettext_lazy("Remove the logo and show the drawing"), required=False
    )

    follow = forms.CharField(
        label=gettext_lazy("Where people can follow you"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "One https address a line, of your account on Bluesky, Facebook, Instagram, LinkedIn,"
            " Mastodon, Threads, TikTok, WhatsApp, X or YouTube. Every page ends with them, by"
            " name, without a script or a picture of theirs."
        ),
    )
    help_lines_on = forms.DateField(
        label=gettext_lazy("When you last looked whether these are right"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    class Meta:
        model = Brand
        fields = (
            "name",
            "tagline",
            "accent",
            "deep",
            "site_url",
            "newsletter_url",
            "donate_url",
            "contact_url",
            "privacy_url",
            "contact_email",
            "postal_address",
            "help_lines_on",
        )
        formfield_callback = with_https
        field_classes = {"contact_email": MailboxField}
        labels = {
            "name": gettext_lazy("Name"),
            "tagline": gettext_lazy("Tagline"),
            "accent": gettext_lazy("Accent colour"),
            "deep": gettext_lazy("Deep colour"),
            "site_url": gettext_lazy("Website"),
            "newsletter_url": gettext_lazy("Newsletter elsewhere"),
            "donate_url": gettext_lazy("Where to donate"),
            "contact_url": gettext_lazy("Contact page"),
            "privacy_url": gettext_lazy("Privacy policy"),
            "contact_email": gettext_lazy("Contact e-mail"),
            "postal_address": gettext_lazy("Postal address"),
        }
        help_texts = {
            "newsletter_url": gettext_lazy(
                "Where people subscribe, if not on the newsletter page here. Every page leads"
                " there."
            ),
            "postal_address": gettext_lazy(
                "Shown in mail to supporters; printed letters come back there. Like: 120 Light St,"
                " Polk, MD 21401"
            ),
        }
        widgets = {
            "accent": forms.TextInput(attrs={"type": "color"}),
            "deep": forms.TextInput(attrs={"type": "color"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["follow"].initial = social_links.typed(self.instance)
        for code, name in settings.LANGUAGES:
            self.fields[HELP_LINES + code] = forms.CharField(
                label=_("Help lines, %(language)s") % {"language": _(str(name))},
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 4, "lang": code}),
                initial=(self.instance.help_lines or {}).get(code, ""),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for code, _name in settings.LANGUAGES:
            try:
                help_lines.read(data.get(HELP_LINES + code, ""))
            except help_lines.BadLine as fault:
                self.add_error(HELP_LINES + code, str(fault))
        if any(self.own_help_lines().values()) and not data.get("help_lines_on"):
            self.add_error("help_lines_on", _("Say when you last looked: numbers change."))
        return data

    def clean_follow(self) -> list[dict[str, str]]:
        try:
            rows = social_links.read(self.cleaned_data["follow"])
        except social_links.BadLink as bad:
            said = _("“%s” is no https address of an account on one of these.")
            raise forms.ValidationError(said % bad) from bad
        if len(rows) > social_links.AT_MOST:
            raise forms.ValidationError(_("At most %d of them.") % social_links.AT_MOST)
        return rows

    def clean_newsletter_url(self) -> str:
        return self.secure("newsletter_url")

    def clean_donate_url(self) -> str:
        return self.secure("donate_url")

    def secure(self, name: str) -> str:
        """People type names and card numbers there. What was saved before stays as it is."""
        url: str = self.cleaned_data[name]
        if url and not url.startswith("https://") and url != self.initial.get(name):
            raise forms.ValidationError(_("An https address: people type what is theirs there."))
        return url

    def own_help_lines(self) -> dict[str, str]:
        """By language, as they were typed."""
        return {
            code: self.cleaned_data.get(HELP_LINES + code, "").strip()
            for code, _name in settings.LANGUAGES
        }

    def help_fields(self) -> list[forms.BoundField]:
        return [self[HELP_LINES + code] for code, _name in settings.LANGUAGES]

    def clean_new_logo(self) -> bytes:
        upload = self.cleaned_data["new_logo"]
        try:
            return as_png(upload, upload.size) if upload else b""
        except BadLogo as fault:
            raise forms.ValidationError(str(fault)) from fault


@needs("edit_brand")
@in_turn(Brand)
def brand(request: HttpRequest) -> HttpResponse:
    """Name, logo, colours and links. 422 for what cannot be used; then nothing changes."""
    return answer(request)


def answer(request: HttpRequest) -> HttpResponse:
    row = Brand.objects.order_by("id").first() or Brand()
    is_first = row.pk is None
    meeting = meet(
        request,
        lambda data: BrandForm(data, request.FILES or None, instance=row),
        Thing("brand"),
    )
    form = meeting.form
    if meeting.may_be_saved:
        try:
            save_brand(form, author=request.user.get_username())
        except IntegrityError:
            if not is_first:
                raise
            # Another first save was quicker: there is a row to meet now.
            return answer(request)
        meeting.forget_draft()
        if meeting.kept:
            kept = _("A colleague saved this meanwhile, and it was kept as it is: %(fields)s.")
            messages.info(request, kept % {"fields": ", ".join(meeting.kept)})
        messages.success(request, _("Saved. Every page shows it from now on."))
        return redirect("desk:brand")
    # Read once more: also a form with faults has written into `row` what was typed.
    shown = Brand.objects.order_by("id").first() or Brand()
    context = {
        "form": form,
        "doubts": doubts(shown.accent, shown.deep),
        "has_logo": bool(shown.logo_type),
        "our_help_lines": help_lines.OURS,
        "read_on": help_lines.READ_ON,
    }
    template = "desk/brand.html"
    context |= {"meeting": meeting, "opened_with": meeting.opened_with}
    if meeting.differences:
        template, context["last"] = "desk/newer_version.html", last_in_log("brand changed")
    return render(request, template, context, status=meeting.status)


@transaction.atomic
def save_brand(form: BrandForm, *, author: str) -> Brand:
    """Save what was typed.

    What an administrator has edited is no longer the demonstration's to remove.
    """
    row: Brand = form.save(commit=False)
    row.is_demo = False
    row.help_lines = form.own_help_lines()
    row.social_links = form.cleaned_data["follow"]
    if form.cleaned_data["new_logo"]:
        row.logo, row.logo_type = form.cleaned_data["new_logo"], "image/png"
    elif form.cleaned_data["no_logo"]:
        row.logo, row.logo_type = b"", ""
    row.save()
    audit.record(author, "brand changed", row.name, fields=sorted(form.changed_data))
    return row
