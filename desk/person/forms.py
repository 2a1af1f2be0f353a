"""What people here type on a supporter's page."""

from __future__ import annotations

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from supporters.models import LONGEST_NOTE, Tag


class NoteForm(forms.Form):
    """Whoever it is about may ask to read it: the page says so."""

    text = forms.CharField(
        label=_("A note"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What helps to serve them. They may ask to read it."),
    )


class TagsForm(forms.Form):
    says_optional = False

    tags = forms.ModelMultipleChoiceField(
        Tag.objects.all(),
        label=_("Which they have"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class Asked(models.TextChoices):
    """How a request of theirs came."""

    WEB = "web", _("On the web")
    MAIL = "mail", _("By mail")
    POST = "post", _("By post")
    TELEPHONE = "telephone", _("By telephone")
    IN_PERSON = "in_person", _("In person")


class CameField(forms.ChoiceField):
    """Chosen each time: what is set beforehand is written down without a thought."""

    def __init__(self) -> None:
        super().__init__(label=_("How they asked"), choices=[("", _("Choose")), *Asked.choices])


class SuppressForm(forms.Form):
    came = CameField()


class LiftForm(forms.Form):
    reason = forms.CharField(label=_("Why"), min_length=3, max_length=200)
