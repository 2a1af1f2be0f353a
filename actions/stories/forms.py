"""What is asked of somebody who tells their story. Nothing of it is stored before it is sent."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.mailboxes import canonical_email
from actions.models import Story
from actions.stories.wording import BOXES, wording
from campaigns import words
from campaigns.models import Issue
from supporters.forms import AgeField, EmailField, LineField, NeverCut, PublicForm

LONGEST = 12_000
YEARS = ("1", "2", "5")
MOST_YEARS = 5


class BeginForm(PublicForm):
    """Asked of everybody before the form; neither answer is stored."""

    # No answer is chosen beforehand, and none of them is the one that lets somebody pass.
    danger = forms.ChoiceField(
        label=gettext_lazy("Are you, or is somebody with you, in danger right now?"),
        choices=[
            ("no", gettext_lazy("No")),
            ("yes", gettext_lazy("Yes")),
            ("unsure", gettext_lazy("I am not sure")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one. We store neither answer.")},
    )
    age = AgeField()


def no_drafts(**attrs: Any) -> dict[str, Any]:
    """Nor is anything kept by the browser, as far as it can be asked."""
    return {"autocomplete": "off", **attrs}


class TextField(NeverCut):
    """Somebody's story, in paragraphs."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = no_drafts(rows=14)
        super().__init__(max_length=LONGEST, widget=forms.Textarea(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\0", "")


class WordsForm(PublicForm):
    """The words themselves, on the web and at the desk."""

    title = LineField(
        label=gettext_lazy("A few words above it"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs=no_drafts()),
    )
    text = TextField(
        label=gettext_lazy("Your story"),
        help_text=gettext_lazy(
            "As much or as little as you like. Leave out names of people, schools, streets and"
            " whatever else others could be recognized by: we show nothing in which they can."
        ),
        error_messages={"required": gettext_lazy("Nothing is written here yet.")},
    )
    notes = forms.MultipleChoiceField(
        label=gettext_lazy("What should readers know before they read?"),
        help_text=gettext_lazy("We tell them above the text, so that nobody is taken unawares."),
        required=False,
        choices=Story.Note.choices,
        widget=forms.CheckboxSelectMultiple,
    )


class FormKeyField(forms.UUIDField):
    """One for each page that was opened; nobody types it, so a broken one is none."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except forms.ValidationError:
            return None


class StoryForm(WordsForm):
    form_key = FormKeyField(required=False)
    issue = forms.ModelChoiceField(
        queryset=Issue.objects.none(),
        label=gettext_lazy("What is it about?"),
        required=False,
        empty_label=gettext_lazy("Something else, or I do not know"),
    )
    named = forms.ChoiceField(
        label=gettext_lazy("How shall we name you?"),
        choices=Story.Named.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how we name you.")},
    )
    given_name = LineField(
        label=gettext_lazy("First name"),
        max_length=70,
        required=False,
        widget=forms.TextInput(attrs=no_drafts()),
    )
    family_name = LineField(
        label=gettext_lazy("Last name"),
        max_length=70,
        required=False,
        widget=forms.TextInput(attrs=no_drafts()),
    )
    allows_page = forms.BooleanField(required=False)
    allows_press = forms.BooleanField(required=False)
    years = forms.ChoiceField(
        label=gettext_lazy("Until when?"),
        help_text=gettext_lazy(
            "Then it is taken down by itself. We write a month before, and you can end it any day."
        ),
        choices=[
            ("1", gettext_lazy("One year")),
            ("2", gettext_lazy("Two years")),
            ("5", gettext_lazy("Five years")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose until when it may be shown.")},
    )
    email = EmailField(
        help_text=gettext_lazy(
            "We mail a link there: by it you see how your story stands, change what you allow and"
            " take it back. Our mails say nothing of it. If others read your mail, take a mailbox"
            " that only you open."
        )
    )
    email_again = EmailField(
        help_text=gettext_lazy("So that a slip of the keyboard sends your link to nobody else.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_boxes(self)
        self.fields["form_key"].initial = uuid.uuid4()
        self.fields["email_again"].label = _("E-mail, once more")
        issue: Any = self.fields["issue"]
        issue.queryset = Issue.objects.public().prefetch_related("words")
        issue.label_from_instance = lambda row: words.of(row).name

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        check_names(self, data)
        check_boxes(self, data)
        email, again = data.get("email"), data.get("email_again")
        if email and again and canonical_email(email) != canonical_email(again):
            self.add_error("email_again", _("The two addresses are not the same."))
        return data

    @property
    def boxes(self) -> list[forms.BoundField]:
        """One for each purpose."""
        return [self[name] for name in BOXES]


class WebForm(StoryForm):
    """As anybody may fill it in."""

    age = AgeField()
    # A honeypot: people do not see it, machines fill it in (docs/safety.md A1).
    website = forms.CharField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Asked once, one page before: it comes along, since nothing was stored.
        self.fields["age"].widget = forms.HiddenInput()


class ChoicesForm(PublicForm):
    """What a teller allows today, on their own page."""

    allows_page = forms.BooleanField(required=False)
    allows_press = forms.BooleanField(required=False)
    named = forms.ChoiceField(
        label=gettext_lazy("How shall we name you?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how we name you.")},
    )
    until = forms.DateField(
        label=gettext_lazy("Until when?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Choose until when it may be shown."),
            "invalid": gettext_lazy("Type a day, such as 2027-03-31."),
        },
    )

    def __init__(self, *args: Any, story: Story, **kwargs: Any) -> None:
        given = {name: getattr(story, name) for name in (*BOXES, "named", "until")}
        kwargs["initial"] = given
        super().__init__(*args, **kwargs)
        name_boxes(self)
        named: Any = self.fields["named"]
        # Of a name that we do not have we cannot show more.
        order = list(Story.Named)
        less = order[order.index(Story.Named(story.named)) :]
        named.choices = [(one.value, one.label) for one in less]

    def clean_until(self) -> dt.date:
        day: dt.date = self.cleaned_data["until"]
        if not timezone.localdate() <= day <= years_from_now(MOST_YEARS):
            raise forms.ValidationError(
                _("Choose a day from today on, and at most %(number)s years from now.")
                % {"number": MOST_YEARS}
            )
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        check_boxes(self, data)
        return data

    @property
    def boxes(self) -> list[forms.BoundField]:
        return [self[name] for name in BOXES]


def name_boxes(form: forms.Form) -> None:
    for name, purpose in BOXES.items():
        form.fields[name].label = wording(purpose)


def check_names(form: forms.Form, data: dict[str, Any]) -> None:
    """What is shown has to be there; of what is not, nothing is kept."""
    named = data.get("named")
    wanted = {Story.Named.WHOLE: ("given_name", "family_name"), Story.Named.FIRST: ("given_name",)}
    needed = wanted.get(named, ())  # type: ignore[arg-type]
    for name in ("given_name", "family_name"):
        if name not in needed:
            data[name] = ""
        elif not data.get(name) and name not in form.errors:
            form.add_error(name, _("You want it shown: type it here."))


def check_boxes(form: forms.Form, data: dict[str, Any]) -> None:
    if not any(data.get(name) for name in BOXES):
        form.add_error(
            next(iter(BOXES)),
            _("Tick at least one: a story that nobody may read we do not keep."),
        )


def years_from_now(number: int) -> dt.date:
    today = timezone.localdate()
    # Born on a leap day, it ends a day early.
    day = 28 if (today.month, today.day) == (2, 29) else today.day
    return today.replace(year=today.year + number, day=day)
