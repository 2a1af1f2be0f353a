"""What is typed of a person who acts: their words in a language, what it is about, why not."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from actions.heroes.forms import LONGEST
from actions.models import Hero, HeroWords
from campaigns import words
from campaigns.bills.keeping import jurisdictions
from campaigns.models import Campaign, Issue
from desk.publishing.forms import WordsForm

# A longer list is no choice any more.
MOST_CAMPAIGNS = 200


class HeroWordsForm(WordsForm):
    class Meta:
        model = HeroWords
        fields = ["deed", "own_words", "thanks"]
        labels = {
            "deed": gettext_lazy("What they did"),
            "own_words": gettext_lazy("Their own words"),
            "thanks": gettext_lazy("Our thanks"),
        }
        help_texts = {
            "deed": gettext_lazy(
                "As they told it. Shorten, mend spelling, translate; change nothing that they say."
                " They read it on their private link."
            ),
            "own_words": gettext_lazy("Word for word, or translated."),
            "thanks": gettext_lazy("What you say to them, in two or three sentences."),
        }
        widgets = {name: forms.Textarea(attrs={"rows": 5}) for name in fields}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # As long as their own form lets it be: the model has no bound that a migration would move.
        for name in ("deed", "own_words"):
            field: Any = self.fields[name]
            field.max_length = LONGEST[name]


class IssueField(forms.ModelChoiceField):
    def label_from_instance(self, issue: Issue) -> str:
        return words.of(issue).name or issue.slug


class CampaignField(forms.ModelChoiceField):
    def label_from_instance(self, campaign: Campaign) -> str:
        return words.of(campaign).title or campaign.slug


class AboutForm(forms.ModelForm):
    issue = IssueField(
        queryset=Issue.objects.prefetch_related("words"),
        required=False,
        label=gettext_lazy("Issue"),
        help_text=gettext_lazy("Its page says that somebody acts for it, and names nobody."),
    )
    campaign = CampaignField(
        queryset=Campaign.objects.none(), required=False, label=gettext_lazy("Campaign")
    )
    state = forms.ChoiceField(required=False, label=gettext_lazy("State"))

    class Meta:
        model = Hero
        fields = ["issue", "campaign", "state"]

    def __init__(self, *args: Any, thing: Hero, **options: Any) -> None:
        super().__init__(*args, **options | {"instance": thing})
        campaigns: Any = self.fields["campaign"]
        newest = Campaign.objects.public().order_by("-pk").values("pk")[:MOST_CAMPAIGNS]
        kept = [self.instance.campaign_id] if self.instance.campaign_id else []
        found = [*newest.values_list("pk", flat=True), *kept]
        campaigns.queryset = Campaign.objects.filter(pk__in=found).prefetch_related("words")
        states: Any = self.fields["state"]
        states.choices = [("", "---------"), *jurisdictions()]


class DeclineForm(forms.Form):
    why = forms.ChoiceField(
        choices=Hero.Why,
        widget=forms.RadioSelect,
        label=gettext_lazy("Why not?"),
        help_text=gettext_lazy("They read this sentence on their private link."),
        error_messages={"required": gettext_lazy("Choose why, so that they can be told.")},
    )
