"""What a change was made to: its name, the labels of its fields, and the page that edits it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Ask, Campaign, Change
from desk.letters.version_forms import VersionForm
from desk.newer_version import readable
from desk.organizing.ask_forms import AskWordsForm, LetterForm
from desk.organizing.campaign_forms import CampaignWordsForm, SettingsForm
from desk.organizing.seat_search import SeatsField, labelled
from desk.organizing.target_forms import RuleForm
from legislators.models import Seat

# What is written down of deeds that no form did (desk.organizing.asks).
OTHER_FIELDS = {
    "asks": gettext_lazy("Asks, in their order"),
    "heading": gettext_lazy("Heading"),
    "text": gettext_lazy("Text"),
    "letter_subject": gettext_lazy("Subject"),
    "letter_body": gettext_lazy("Letter"),
    "stopped": gettext_lazy("Letters stopped"),
}


@dataclass
class Things:
    """Of one campaign; every form is made once."""

    campaign: Campaign
    asks: dict[int, Ask] = field(init=False)
    made: dict[str, forms.BaseForm | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        asks = self.campaign.asks.prefetch_related("words", "rules", "versions")
        self.asks = {ask.pk: ask for ask in asks}

    def name(self, thing: str) -> str:
        """As people say it: "Ask 1 (Letter), in Spanish"; "" for a deed."""
        kind, ask, language = self.parts(thing)
        said = str(dict(settings.LANGUAGES).get(language, ""))
        if kind != "ask":
            return said
        if ask is None:
            return _("An ask that is gone")
        which = _("Ask %(position)s (%(kind)s)") % {
            "position": ask.position,
            "kind": ask.get_kind_display(),
        }
        return f"{which}, {said}" if said else which

    def shown(self, thing: str, name: str, value: str) -> tuple[str, str]:
        """A field's label, and its value with choices by their labels."""
        form = self.form(thing)
        if form is None or name not in form.fields:
            return str(OTHER_FIELDS.get(name, name.replace("_", " ").capitalize())), value
        return str(form[name].label), in_words(form[name], value)

    def page(self, change: Change) -> str:
        """The address of the form that can put the earlier version back; "" where there is none:
        for deeds, for what was added, and for what is gone.
        """
        if not change.before or not any(change.before.values()):
            return ""
        slug, parts = self.campaign.slug, change.thing.split(":")
        if parts[0] == "words":
            return reverse("desk:campaign_words", args=[slug, parts[1]])
        if parts[0] == "settings":
            return reverse("desk:campaign_settings", args=[slug])
        _kind, ask, language = self.parts(change.thing)
        if ask is None:
            return ""
        if parts[2] == "words":
            return reverse("desk:ask_words", args=[slug, ask.pk, language])
        if parts[2] == "letter":
            return reverse("desk:ask_letter", args=[slug, ask.pk])
        if parts[2] == "version":
            return self.page_of_version(ask, parts[3])
        return self.page_of_group(ask, parts[3]) if parts[2] == "targets" else ""

    def page_of_version(self, ask: Ask, pk: str) -> str:
        """One that was removed comes back as a new one."""
        here = [self.campaign.slug, ask.pk]
        if any(str(one.pk) == pk for one in ask.versions.all()):
            return reverse("desk:letter_version", args=[*here, int(pk)])
        return reverse("desk:letter_version_new", args=here)

    def page_of_group(self, ask: Ask, pk: str) -> str:
        """A group that was removed comes back as a new one."""
        slug = self.campaign.slug
        if any(str(rule.pk) == pk for rule in ask.rules.all()):
            return reverse("desk:ask_rule", args=[slug, ask.pk, int(pk)])
        return reverse("desk:ask_targets", args=[slug, ask.pk]) + "?new=1"

    def parts(self, thing: str) -> tuple[str, Ask | None, str]:
        """("ask", its row if it is still there, the language), ("words", None, "es")."""
        kind, *rest = thing.split(":")
        if kind != "ask":
            return kind, None, rest[0] if rest else ""
        ask = self.asks.get(int(rest[0])) if rest[0].isdecimal() else None
        return kind, ask, rest[2] if rest[1:2] == ["words"] and rest[2:] else ""

    def form(self, thing: str) -> forms.BaseForm | None:
        if thing not in self.made:
            self.made[thing] = self.make(thing)
        return self.made[thing]

    def make(self, thing: str) -> Any:
        kind, ask, language = self.parts(thing)
        if kind == "words":
            return CampaignWordsForm()
        if kind == "settings":
            return SettingsForm(instance=self.campaign)
        if ask is None or kind != "ask":
            return None
        part = thing.split(":")[2]
        if part == "words":
            return AskWordsForm(kind=ask.kind, language=language)
        if part == "targets":
            return RuleForm(ask=ask)
        if part == "version":
            return VersionForm(ask=ask)
        return LetterForm() if part == "letter" else None


def in_words(one: forms.BoundField, value: str) -> str:
    """As people know it: choices by their labels, seats by who holds them."""
    if isinstance(one.field, forms.BooleanField):
        return _("Yes") if value else _("No")
    if isinstance(one.field, SeatsField):
        ids = [int(line) for line in value.splitlines() if line.isdecimal()]
        return "\n".join(label for _pk, label in labelled(Seat.objects.filter(pk__in=ids)))
    return readable(one, value)
