"""Which supporters a list shows or an export takes: the same people for the same choice."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from actions.models import Action
from campaigns import words
from campaigns.models import Ask, Campaign
from legislators.models import Jurisdiction
from legislators.states import FRANKLIN, STATES
from supporters import consent
from supporters.models import Consent, Supporter, Suppression

NEWSLETTER, ANYONE = "newsletter", "anyone"
CONSENTS = [(NEWSLETTER, _("Said yes")), (ANYONE, _("Did not say no"))]


@dataclass(frozen=True)
class Selection:
    """What staff chose. Only ids and codes, so it may stand in an address."""

    campaign: int | None = None
    state: str = ""
    consent: str = NEWSLETTER

    def supporters(self) -> QuerySet[Supporter]:
        """Grown people whose mailbox answered and who did not ask to be left alone."""
        chosen = (
            Supporter.objects.grown()
            .proven()
            .exclude(mailbox__in=Suppression.objects.in_force().values("mailbox"))
        )
        # Somebody who gave a young age in an action that is not settled yet is not known as a minor
        # in their own row.
        chosen = chosen.exclude(
            Exists(Action.objects.filter(supporter=OuterRef("pk"), entry__is_minor=True))
        )
        chosen = chosen.annotate(
            newsletter=consent.newest(Consent.Purpose.NEWSLETTER, "granted"),
            newsletter_at=consent.newest(Consent.Purpose.NEWSLETTER, "at"),
        )
        # Never asked is not a no; a permission taken back is.
        chosen = chosen.filter(
            Q(newsletter=True) | Q(newsletter=None)
            if self.consent == ANYONE
            else Q(newsletter=True)
        )
        if self.state:
            chosen = chosen.filter(state=self.state)
        if self.campaign:
            acted = Action.objects.counted().filter(
                supporter=OuterRef("pk"), ask__in=Ask.objects.filter(campaign=self.campaign)
            )
            chosen = chosen.filter(Exists(acted))
        return chosen

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def query(self) -> str:
        return urlencode({name: value for name, value in asdict(self).items() if value})


class CampaignField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Campaign) -> str:
        return words.of(obj).title or obj.slug


def states() -> list[tuple[str, Any]]:
    """Supporters live in states whose rosters may not be loaded, so these are all of them; Franklin
    while it is here.
    """
    made_up = [FRANKLIN] if Jurisdiction.objects.filter(code=FRANKLIN.code).exists() else []
    return [
        ("", _("Any state")),
        *(
            (state.code, state.name)
            for state in (*made_up, *sorted(STATES.values(), key=lambda state: state.name))
        ),
    ]


class SelectionForm(forms.Form):
    """What a list of supporters may be narrowed to; in the address line, so it takes no names."""

    campaign = CampaignField(
        Campaign.objects.public().prefetch_related("words"),
        label=_("Campaign"),
        required=False,
        empty_label=_("Any campaign"),
    )
    state = forms.ChoiceField(label=_("State"), choices=states, required=False)
    consent = forms.ChoiceField(label=_("To the newsletter"), choices=CONSENTS, required=False)

    def selection(self) -> Selection:
        """Call after is_valid(). No consent chosen means the careful one."""
        chosen = self.cleaned_data
        campaign = chosen["campaign"]
        return Selection(
            campaign=campaign.pk if campaign else None,
            state=chosen["state"],
            consent=chosen["consent"] or NEWSLETTER,
        )
