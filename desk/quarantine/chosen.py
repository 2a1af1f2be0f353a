"""Which suspicious actions somebody means: some that were ticked, or all that match conditions."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models import Submission
from actions.screening.why_quarantined import THREAT
from actions.typed_numbers import typed_number
from campaigns import words
from campaigns.models import Campaign

ANSWERS = {
    "yes": Q(appealed_at__isnull=False),
    "no": Q(appealed_at__isnull=True),
}


@dataclass(frozen=True)
class Chosen:
    """Blank is any. A further condition is a field here and a line in `matching`.

    `up_to` is the newest that there was when they were counted: whatever comes later is not meant.
    """

    ids: tuple[int, ...] = ()
    because: str = ""
    campaign: int = 0
    answered: str = ""
    up_to: int = 0

    def matching(self) -> QuerySet[Submission]:
        """All that wait and fit the conditions, ticked or not."""
        found = Submission.objects.filter(state=Submission.State.QUARANTINED)
        if self.because:
            found = found.filter(quarantined_because=self.because)
        if self.campaign:
            found = found.filter(ask__campaign=self.campaign)
        return found.filter(ANSWERS[self.answered]) if self.answered else found

    def rows(self) -> QuerySet[Submission]:
        """Those that are meant and wait still. A threat is read by a person: it is never among
        "all", only among those that were ticked.
        """
        if self.ids:
            return Submission.objects.filter(state=Submission.State.QUARANTINED, pk__in=self.ids)
        return self.matching().filter(pk__lte=self.up_to).exclude(quarantined_because=THREAT)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Chosen:
        return cls(**kept | {"ids": tuple(kept["ids"])})


class ConditionsForm(forms.Form):
    """What the list is narrowed to; what is no choice of ours narrows nothing."""

    because = forms.ChoiceField(label=gettext_lazy("Why"), required=False)
    campaign = forms.ChoiceField(label=gettext_lazy("Campaign"), required=False)
    answered = forms.ChoiceField(
        label=gettext_lazy("Their mailbox"),
        required=False,
        choices=[
            ("", gettext_lazy("Any")),
            ("yes", gettext_lazy("Answered")),
            ("no", gettext_lazy("Silent")),
        ],
    )

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        waiting = Submission.objects.filter(state=Submission.State.QUARANTINED).order_by()
        reasons = sorted(waiting.values_list("quarantined_because", flat=True).distinct())
        campaigns = Campaign.objects.filter(pk__in=waiting.values("ask__campaign"))
        titles = [(str(one.pk), words.of(one).title) for one in campaigns.prefetch_related("words")]
        for name, choices in (
            ("because", [(reason, reason) for reason in reasons]),
            ("campaign", titles),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("Any")), *choices]

    def chosen(self) -> Chosen:
        self.is_valid()
        told = self.cleaned_data
        return Chosen(
            because=told.get("because", ""),
            campaign=typed_number(told.get("campaign", "")) or 0,
            answered=told.get("answered", ""),
        )
