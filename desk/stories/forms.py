"""What reviewers say of a story, and one that was told to somebody here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models import Story
from actions.stories.forms import StoryForm, WordsForm
from supporters.forms import LineField


class ApproveForm(forms.Form):
    notes = forms.MultipleChoiceField(
        label=gettext_lazy("What is said above it"),
        required=False,
        choices=Story.Note.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    nobody_else = forms.BooleanField(
        label=gettext_lazy(
            "Nobody else in it can be recognized: no name, school, street, office or date gives"
            " them away, and neither do several together."
        ),
        error_messages={"required": gettext_lazy("Tick it once you have looked for that.")},
    )
    of_an_adult = forms.BooleanField(
        label=gettext_lazy("It is an adult’s own story, and shows nobody as the child they are."),
        error_messages={"required": gettext_lazy("Tick it once you have looked for that.")},
    )


class RefuseForm(forms.Form):
    because = forms.ChoiceField(
        label=gettext_lazy("Why, as its teller will read it"),
        choices=Story.Because.choices,
        widget=forms.RadioSelect,
    )


class ProposeForm(WordsForm):
    """Other words for its teller to agree to; the notes are set with the approval."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # They are ours, and need nobody's yes.
        del self.fields["notes"]
        self.fields["text"].label = _("Its text")
        self.fields["text"].help_text = _(
            "Change as little as you can, and only what is needed: it is their voice."
        )


class HandOnForm(forms.Form):
    to = LineField(label=gettext_lazy("To whom"), max_length=80)


class WithdrawForm(forms.Form):
    how = forms.ChoiceField(
        label=gettext_lazy("How they asked for it"),
        choices=Story.How.choices,
        widget=forms.RadioSelect,
    )


class EntryForm(StoryForm):
    """As it was told to somebody here."""

    language = forms.ChoiceField(
        label=gettext_lazy("Told in"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    how_given = forms.ChoiceField(
        label=gettext_lazy("How they allowed it"),
        help_text=gettext_lazy(
            "Read them each sentence below that you tick, and keep what they signed or wrote."
        ),
        choices=Story.How.choices,
        widget=forms.RadioSelect,
    )
    is_adult = forms.BooleanField(
        label=gettext_lazy("They said that they are 18 or older."),
        error_messages={"required": gettext_lazy("Of nobody under 18 is a story taken.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["email_again"]
        self.fields["text"].label = _("Their story")
        # Not everybody who tells something has a mailbox.
        email = self.fields["email"]
        email.required = False
        email.help_text = _(
            "If they have one: their link is mailed there. Without it they change and end it by"
            " telling you."
        )
        self.order_fields(["language", "how_given", "is_adult"])
