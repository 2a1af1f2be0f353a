"""What organizers type about a campaign: its beginning, its words and settings, its end."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns import onward, promised_time, words
from campaigns.models import Campaign, CampaignWords, Issue, IssueWords
from campaigns.starters import STARTERS
from campaigns.starting import RESERVED
from desk.organizing.target_forms import state_field
from desk.previews.markdown_area import MarkdownArea
from desk.publishing.forms import WordsForm

STANCES = [
    ("", gettext_lazy("No bill")),
    ("pro", gettext_lazy("For it")),
    ("con", gettext_lazy("Against it")),
]


class IssueField(forms.ModelChoiceField):
    def label_from_instance(self, issue: Issue) -> str:
        return words.of(issue).name or issue.slug


class IssueForm(WordsForm):
    class Meta:
        model = IssueWords
        fields = ["name", "summary", "story", "why_now"]
        labels = {
            "name": gettext_lazy("Name"),
            "summary": gettext_lazy("Summary"),
            "story": gettext_lazy("Story"),
            "why_now": gettext_lazy("Why now"),
        }
        # Its own help says what can be written.
        help_texts = {
            "story": gettext_lazy("What it is, and what is done about it."),
            "why_now": gettext_lazy(
                "What has changed, or is about to be decided. Two or three sentences."
            ),
        }
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 3}),
            "story": MarkdownArea(),
            "why_now": forms.Textarea(attrs={"rows": 5}),
        }


class BeginForm(forms.Form):
    starter = forms.ChoiceField(
        label=gettext_lazy("Start from"), widget=forms.RadioSelect, initial="state-bill"
    )
    issue = IssueField(
        queryset=Issue.objects.prefetch_related("words"),
        label=gettext_lazy("Issue"),
        # No campaign without an issue: where there is none yet, `begin` asks for one first.
        empty_label=None,
    )
    title = forms.CharField(
        max_length=120,
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("What people will see first. You can change it."),
    )
    bill = forms.CharField(
        max_length=60,
        required=False,
        label=gettext_lazy("Bill"),
        help_text=gettext_lazy("As people say it: H.R. 1234, SB 17"),
    )
    stance = forms.ChoiceField(
        choices=STANCES, required=False, label=gettext_lazy("Are you for or against the bill?")
    )
    states = state_field(
        label=gettext_lazy("States"),
        help_text=gettext_lazy(
            "Whose legislators it writes to. None chosen: wherever the supporter lives."
        ),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # For each request, since putting the two together translates them.
        choices = [(s.key, f"{s.name}: {s.promise}") for s in STARTERS.values()]
        self.fields["starter"].choices = choices  # type: ignore[attr-defined]


class CampaignWordsForm(forms.ModelForm):
    class Meta:
        model = CampaignWords
        fields = ["title", "summary", "story", "share_text", "consent", "closing_message"]
        labels = {
            "title": gettext_lazy("Title"),
            "summary": gettext_lazy("Summary"),
            "story": gettext_lazy("Story"),
            "share_text": gettext_lazy("Words for sharing"),
            "consent": gettext_lazy("Wording of the newsletter box"),
            "closing_message": gettext_lazy("Closing message"),
        }
        help_texts = {
            "summary": gettext_lazy("One or two sentences, under the title and on cards."),
            "story": "",
            "share_text": gettext_lazy(
                "Goes beside the link. Nothing about the person who shares."
            ),
            "consent": gettext_lazy("Stored with each consent, as shown."),
            "closing_message": gettext_lazy(
                "Shown when the campaign is paused, closed or won: what came of it?"
            ),
        }
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 3}),
            "story": MarkdownArea(attrs={"rows": 14}),
            "consent": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # One without a campaign only lends its labels.
        if self.instance.campaign_id:
            self.fields["story"].widget.campaign = self.instance.campaign.slug  # type: ignore[attr-defined]


class SettingsForm(forms.ModelForm):
    onward_url = forms.URLField(
        label=gettext_lazy("Where its thank-you leads on"),
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text=gettext_lazy(
            "An https address on a site that an administrator listed (Organization). Whoever wrote"
            " a letter reads first what becomes of it and finds a link there; whoever signed or"
            " called, and has answered everything here, is led on at once. Nobody under 18 is."
        ),
    )
    words_kept_days = forms.TypedChoiceField(
        choices=[("", gettext_lazy("No time is promised")), *promised_time.LENGTHS.items()],
        coerce=int,
        empty_value=None,
        required=False,
        label=gettext_lazy("What people wrote is kept"),
        help_text=gettext_lazy(
            "After its end, and its form says so. Then name, address and words are taken out by"
            " night, and only the count is left. Once it was live it can become shorter, not"
            " longer."
        ),
    )

    class Meta:
        model = Campaign
        fields = [
            "slug",
            "issue",
            "sender_name",
            "topic",
            "goal",
            "onward_url",
            "asks_for_samples",
            "asks_for_post",
            "asks_guardian",
            "invites_abroad",
            "successor",
            "words_kept_days",
        ]
        field_classes = {"issue": IssueField}
        labels = {
            "slug": gettext_lazy("Address"),
            "issue": gettext_lazy("Issue"),
            "sender_name": gettext_lazy("Sender name"),
            "topic": gettext_lazy("Topic, for Congress"),
            "goal": gettext_lazy("First goal"),
            "asks_for_samples": gettext_lazy("Ask whether own words may be shown as an example"),
            "asks_for_post": gettext_lazy("Ask whether they may be invited by post"),
            "asks_guardian": gettext_lazy("Let the young name a grown-up who is asked"),
            "invites_abroad": gettext_lazy("Invite people outside the United States"),
            "successor": gettext_lazy("Campaign that follows this one"),
        }
        help_texts = {
            "slug": gettext_lazy(
                "The end of its web address. Fixed once it is live, so that shared links keep"
                " working."
            ),
            "asks_guardian": gettext_lazy(
                "Whoever is 13 to 17 may name one on the form, or leave it empty. They get one mail"
                " with one button, and read neither the words nor the issue. A no takes the action"
                " back."
            ),
            "invites_abroad": gettext_lazy(
                "Its letters and calls then ask whoever has no U.S. address for their country. They"
                " reach the President, the executives of a single state, and offices of our own"
                " that read letters from abroad; never a legislator. Petitions are open to"
                " everybody anyhow."
            ),
            "asks_for_samples": gettext_lazy(
                "A box in a letter’s form, for adults only. What is allowed stands, with first name"
                " and town, in the delivery book for the office."
            ),
            "asks_for_post": gettext_lazy(
                "A box in a letter’s form, for adults only: it has their street."
            ),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # Disabled here, not only in the page: Django then takes no notice of what is posted.
        self.fields["slug"].disabled = self.instance.state != Campaign.State.DRAFT
        self.fields["successor"].queryset = Campaign.objects.exclude(pk=self.instance.pk)  # type: ignore[attr-defined]
        self.fields["successor"].empty_label = _("None")  # type: ignore[attr-defined]

    def clean_onward_url(self) -> str:
        url: str = self.cleaned_data["onward_url"]
        if url and not onward.host_of(url):
            said = _("An https address, without account, port, blanks or other alphabets.")
            raise forms.ValidationError(said)
        if url and not onward.is_listed(onward.host_of(url)):
            said = _("%(host)s is not on the administrators’ list of sites.")
            raise forms.ValidationError(said % {"host": onward.host_of(url)})
        return url

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug in RESERVED:
            raise forms.ValidationError(_("This address is taken by a page of the console."))
        return slug

    def clean_words_kept_days(self) -> int | None:
        before = self.initial.get("words_kept_days")
        # A page that was opened before there was the question says nothing of it.
        if self.add_prefix("words_kept_days") not in self.data:
            return before
        after: int | None = self.cleaned_data["words_kept_days"]
        try:
            promised_time.insist(before, after, was_public=self.instance.launched_at is not None)
        except promised_time.WasPromised:
            raise forms.ValidationError(
                _("People have read a shorter time on its form: it can become shorter, not longer.")
            ) from None
        return after


class SafeguardsForm(forms.ModelForm):
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        min_length=10,
        max_length=300,
        help_text=gettext_lazy("Kept for good in the campaign's history."),
    )

    class Meta:
        model = Campaign
        fields = ["asks_age", "confirms_by_mail"]
        labels = {
            "asks_age": gettext_lazy("Ask the supporter's age (protects children)"),
            "confirms_by_mail": gettext_lazy("Confirm every action by mail"),
        }
        help_texts = {
            "asks_age": gettext_lazy(
                "Off: a child under 13 is taken for an adult, and who signs counts and is never"
                " mailed news, listed or exported: nobody knows their age."
            ),
            "confirms_by_mail": gettext_lazy(
                "Off: signatures and calls count at once, apart, as not verified. Letters always"
                " wait for their writer's mailbox."
            ),
        }


class DeedForm(forms.Form):
    note = forms.CharField(
        max_length=300, required=False, label=gettext_lazy("Why, for your colleagues")
    )


class RadioSelectWithDefault(forms.RadioSelect):
    """A form that was open before this question came says nothing: letters wait then."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return super().value_from_datadict(data, files, name) or EndForm.STOP


class EndForm(DeedForm):
    """Closing or winning: people who acted want to know what came of it."""

    closing_message = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 5}), label=gettext_lazy("What came of it")
    )
    closing_message_es = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        label=gettext_lazy("What came of it, in Spanish"),
    )
    STOP, GO = "stop", "go"
    letters = forms.ChoiceField(
        choices=[
            (STOP, gettext_lazy("They wait for half an hour and are then stopped for good")),
            (GO, gettext_lazy("They still go")),
        ],
        widget=RadioSelectWithDefault,
        initial=STOP,
        label=gettext_lazy("What becomes of letters that have not left"),
    )
    tells = forms.BooleanField(
        required=False,
        initial=True,
        help_text=gettext_lazy(
            "By mail, with the words above, once the half hour is over; to each mailbox once."
        ),
    )
    field_order = ["closing_message", "closing_message_es", "tells", "letters", "note"]

    def __init__(self, *args: Any, mailboxes: int = 0, **options: Any) -> None:
        """`mailboxes`: of signers who asked to hear what becomes of it; 0: nobody is told."""
        super().__init__(*args, **options)
        self.fields["tells"].label = _("Tell those who asked to hear what becomes of it (%d)") % (
            mailboxes
        )
        if not mailboxes:
            del self.fields["tells"]
