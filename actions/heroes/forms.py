"""What a person who acts types of themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models import Hero, HeroWords
from actions.pages.address_forms import line
from supporters.forms import AgeField, EmailField, LineField, NeverCut, PublicForm

LONGEST = {"deed": 1200, "own_words": 2000}


def wording() -> str:
    """What the box says; it is kept with the consent."""
    return _(
        "Yes, show this on your public pages of people who act: my name as I chose it here, what I"
        " did and my words, also translated. I can change it or take it back at any time."
    )


def text(label: Any, help_text: Any, missing: Any, *, longest: int, rows: int) -> NeverCut:
    return NeverCut(
        max_length=longest,
        label=label,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing},
    )


class TellingForm(PublicForm):
    """Who they are on the page, and what stands there: at first, and whenever they change it."""

    given_name = line(
        gettext_lazy("First name"),
        missing=gettext_lazy("Type your first name."),
        autocomplete="given-name",
    )
    family_name = line(
        gettext_lazy("Last name"),
        missing=gettext_lazy("Type your last name."),
        autocomplete="family-name",
    )
    named = forms.ChoiceField(
        choices=Hero.Named,
        widget=forms.RadioSelect,
        label=gettext_lazy("How shall the page name you?"),
        error_messages={"required": gettext_lazy("Choose how the page names you.")},
    )
    place = LineField(
        required=False,
        max_length=80,
        label=gettext_lazy("Where you are"),
        help_text=gettext_lazy("A town or a county, if the page may say it."),
    )
    deed = text(
        gettext_lazy("What did you do?"),
        gettext_lazy(
            "A few sentences. Name nobody else, and no child: nobody but you should be recognized."
        ),
        gettext_lazy("Say in a sentence what you did."),
        longest=LONGEST["deed"],
        rows=4,
    )
    own_words = text(
        gettext_lazy("What would you like to say?"),
        gettext_lazy(
            "Your own words, to whoever reads this: why you did it, or what you would tell somebody"
            " who hesitates."
        ),
        gettext_lazy("Say something in your own words."),
        longest=LONGEST["own_words"],
        rows=5,
    )

    @classmethod
    def opened_with(cls, hero: Hero, words: HeroWords) -> dict[str, Any]:
        """What stands there now."""
        of_hero = ("given_name", "family_name", "named", "place")
        of_words = ("deed", "own_words")
        return {name: getattr(hero, name) for name in of_hero} | {
            name: getattr(words, name) for name in of_words
        }


class HeroForm(TellingForm):
    """The first time. Whoever is under 18 is told so before anything else is looked at."""

    age = AgeField()
    email = EmailField()
    consent = forms.BooleanField(
        error_messages={
            "required": gettext_lazy("Without your yes nothing is sent, and nothing is kept.")
        }
    )
    # A honeypot: people do not see it, machines fill it in (docs/safety.md A1).
    website = forms.CharField(required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["consent"].label = wording()

    @property
    def age_typed(self) -> int | None:
        """None where none was typed that could be read."""
        self.full_clean()
        return self.cleaned_data.get("age") if self.is_bound else None
