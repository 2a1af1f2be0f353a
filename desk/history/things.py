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
from desk.pictures.forms import PictureForm
from desk.questions.forms import QuestionForm
from desk.schedules.forms import ScheduleForm
from desk.schedules.wall_time import WallTimeField
from legislators.models import Seat

GONE = "gone"
# What is written down of deeds that no form did (desk.organizing.asks).
OTHER_FIELDS = {
    "asks": gettext_lazy("Asks, in their order"),
    "heading": gettext_lazy("Heading"),
    "text": gettext_lazy("Text"),
    "letter_subject": gettext_lazy("Subject"),
    "letter_body": gettext_lazy("Letter"),
    "questions": gettext_lazy("Questions, in their order"),
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
        kind, ask, detail = self.parts(thing)
        if kind == "schedule":
            # Its deed is called so already.
            return ""
        said = str(dict(settings.LANGUAGES).get(detail, ""))
        if kind == GONE:
            return _("An ask that is gone")
        if kind == "picture":
            return _("Picture %s") % detail
        if ask is None:
            return said
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
        slug = self.campaign.slug
        match self.parts(change.thing):
            case ("words", None, language):
                return reverse("desk:campaign_words", args=[slug, language])
            case ("settings", None, _):
                return reverse("desk:campaign_settings", args=[slug])
            case ("picture", None, number) if self.has_picture(number):
                return reverse("desk:picture", args=[slug, int(number)])
            case ("words", Ask() as ask, language):
                return reverse("desk:ask_words", args=[slug, ask.pk, language])
            case ("letter", Ask() as ask, _):
                return reverse("desk:ask_letter", args=[slug, ask.pk])
            case ("version", Ask() as ask, version):
                return self.page_of_version(ask, version)
            case ("question", Ask() as ask, question) if question.isdecimal():
                return reverse("desk:question", args=[slug, ask.pk, int(question)])
            case ("targets", Ask() as ask, group):
                return self.page_of_group(ask, group)
        return ""

    def has_picture(self, number: str) -> bool:
        """Not once it was taken away: its pixels went with it."""
        return self.campaign.pictures.filter(number=int(number)).exists()

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
        """("words", None, "es"), ("targets", the ask, "12"); GONE where the ask is."""
        kind, *rest = thing.split(":")
        if kind != "ask":
            return kind, None, "".join(rest[:1])
        pk, part, detail = [*rest, "", "", ""][:3]
        ask = self.asks.get(int(pk)) if pk.isdecimal() else None
        return (part, ask, detail) if ask else (GONE, None, "")

    def form(self, thing: str) -> forms.BaseForm | None:
        if thing not in self.made:
            self.made[thing] = self.make(thing)
        return self.made[thing]

    def make(self, thing: str) -> Any:
        match self.parts(thing):
            case ("words", None, _):
                return CampaignWordsForm()
            case ("settings", None, _):
                return SettingsForm(instance=self.campaign)
            case ("schedule", None, _):
                return ScheduleForm(campaign=Campaign(pk=self.campaign.pk), times=None)
            case ("picture", None, _):
                return PictureForm(campaign=self.campaign)
            case ("words", Ask() as ask, language):
                return AskWordsForm(kind=ask.kind, language=language)
            case ("letter", Ask(), _):
                return LetterForm()
            case ("version", Ask() as ask, _):
                return VersionForm(ask=ask)
            case ("question", Ask(), _):
                return QuestionForm()
            case ("targets", Ask() as ask, _):
                return RuleForm(ask=ask)
        return None


def in_words(one: forms.BoundField, value: str) -> str:
    """As people know it: choices by their labels, seats by who holds them."""
    if isinstance(one.field, forms.BooleanField):
        return _("Yes") if value else _("No")
    if isinstance(one.field, WallTimeField):
        return value.replace("T", " ")
    if isinstance(one.field, SeatsField):
        ids = [int(line) for line in value.splitlines() if line.isdecimal()]
        return "\n".join(label for _pk, label in labelled(Seat.objects.filter(pk__in=ids)))
    return readable(one, value)
