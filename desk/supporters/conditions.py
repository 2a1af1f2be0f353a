"""What a list of supporters may be narrowed by, one condition at a time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from actions.models import Action, Submission
from actions.typed_numbers import typed_number
from campaigns import words
from campaigns.abroad.countries import countries
from campaigns.models import Ask, Campaign, Issue
from desk.models import SupporterDistrict
from legislators.models import LAYERS, Jurisdiction, Layer, Seat
from legislators.states import FRANKLIN, STATES
from supporters import consent, purposes
from supporters.models import Tag, Tagged

Choices = list[tuple[str, str]]
DISTRICT = re.compile(r"([A-Za-z]{2})[\s-]*([0-9A-Za-z][0-9A-Za-z ./-]{0,40})")


class Nonsense(ValueError):
    """The message says what to mend."""


@dataclass(frozen=True)
class Kind:
    """One kind of condition. `of_action`: it is about something that they did, and gives the
    condition of that action; the others give one of the supporter.

    `choices` None: it is typed. Raises Nonsense.
    """

    label: Any
    reads: Callable[[str], Q]
    choices: Callable[[], Choices] | None = None
    of_action: bool = False
    typed_as: str = "text"
    hint: Any = ""

    def said(self, value: str) -> str:
        """In words: "State: Maryland"."""
        told = dict(self.choices()).get(value, value) if self.choices else value
        return f"{self.label}: {told}"


def acted(condition: Q) -> Q:
    """Whoever has an action that counts and fits."""
    return Q(Exists(Action.objects.counted().filter(condition, supporter=OuterRef("pk"))))


def _number(value: str) -> int:
    number = typed_number(value)
    if number is None:
        raise Nonsense(_("“%(value)s” is none of the choices.") % {"value": value})
    return number


def _day(value: str) -> dt.date:
    try:
        day = parse_date(value)
    except ValueError:
        day = None
    if day is None:
        raise Nonsense(_("“%(value)s” is no day. Type it as 2026-05-31.") % {"value": value})
    return day


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def _countries() -> Choices:
    return countries(get_language() or "en")


def _chosen(name: str, choices: Callable[[], Choices]) -> Callable[[str], Q]:
    def reads(value: str) -> Q:
        if value not in dict(choices()):
            raise Nonsense(_("“%(value)s” is none of the choices.") % {"value": value})
        return Q(**{name: value})

    return reads


def _campaigns() -> Choices:
    rows = Campaign.objects.public().prefetch_related("words").order_by("-pk")
    return [(str(row.pk), words.of(row).title or row.slug) for row in rows]


def _issues() -> Choices:
    rows = Issue.objects.prefetch_related("words")
    return [(str(row.pk), words.of(row).name or row.slug) for row in rows]


def _asks() -> Choices:
    rows = Ask.objects.exclude(campaign__state=Campaign.State.DRAFT).select_related("campaign")
    rows = rows.prefetch_related("campaign__words").order_by("-campaign", "position", "pk")
    return [
        (str(row.pk), f"{words.of(row.campaign).title} – {row.get_kind_display()} {row.position}")
        for row in rows
    ]


def states() -> Choices:
    """Supporters live in states whose rosters may not be loaded, so these are all of them; Franklin
    while it is here.
    """
    made_up = [FRANKLIN] if Jurisdiction.objects.filter(code=FRANKLIN.code).exists() else []
    named = sorted(STATES.values(), key=lambda state: state.name)
    return [(state.code, state.name) for state in (*made_up, *named)]


def _allowed() -> Choices:
    return [(each.key, str(each.label)) for each in purposes.closed_list() if each.consent]


def _allows(value: str) -> Q:
    try:
        wanted = purposes.purpose(value)
    except purposes.UnknownPurpose:
        wanted = None
    if wanted is None or not wanted.consent:
        raise Nonsense(_("“%(value)s” is none of the choices.") % {"value": value})
    return Q(Exists(consent.granting(wanted.consent, wanted.campaign)))


def _lives_in(layer: str) -> Callable[[str], Q]:
    chambers = [chamber for chamber, of in LAYERS.items() if of == layer]

    def reads(value: str) -> Q:
        typed = DISTRICT.fullmatch(value.strip())
        state = typed and Jurisdiction.objects.filter(code=typed[1].upper()).first()
        if not typed or not state:
            raise Nonsense(
                _("“%(value)s” is no district. Type the state and its number: MD-7.")
                % {"value": value}
            )
        # As people write it: 07, or AL for a state that is one district.
        number = typed[2].strip()
        number = "0" if number.upper() == "AL" else number.lstrip("0") or "0"
        seats = Seat.objects.filter(jurisdiction=state, chamber__in=chambers)
        named = set(seats.filter(district__iexact=number).values_list("division", flat=True))
        # Maps may be loaded where the roster is not.
        named.add(f"{state.division}/{layer}:{number.lower().replace(' ', '_')}")
        found = SupporterDistrict.objects.filter(
            supporter=OuterRef("pk"), layer=layer, division__in=sorted(named)
        )
        return Q(Exists(found))

    return reads


def _languages() -> Choices:
    return [(code, _(str(name))) for code, name in settings.LANGUAGES]


def _own_words() -> Choices:
    return [("yes", _("Wrote words of their own"))]


def _wrote(value: str) -> Q:
    return Q(own_words__gt="") | Q(statement_edited=True)


def _tags() -> Choices:
    return [(str(tag.pk), tag.name) for tag in Tag.objects.all()]


def _standings() -> Choices:
    return [
        ("verified", _("Verified")),
        ("pending", _("Waiting to confirm")),
        ("imported", _("Brought in, not verified")),
    ]


def _stands(value: str) -> Q:
    if value == "verified":
        return Q(proven_at__isnull=False)
    if value == "imported":
        return Q(proven_at=None, imported_at__isnull=False)
    # By mailbox first, which has an index; the key then tells people of one household apart.
    waiting = Submission.objects.filter(
        mailbox=OuterRef("mailbox"),
        supporter_key=OuterRef("key"),
        state=Submission.State.WAITING,
    )
    young = waiting.filter(entry__is_minor=True)
    return Q(Q(proven_at=None) | Q(Exists(waiting))) & ~Q(Exists(young))


KINDS: dict[str, Kind] = {
    "campaign": Kind(
        gettext_lazy("Campaign"),
        lambda value: Q(ask__in=Ask.objects.filter(campaign=_number(value))),
        _campaigns,
        of_action=True,
    ),
    "state": Kind(gettext_lazy("State"), _chosen("state", states), states),
    "country": Kind(gettext_lazy("Country"), _chosen("country", _countries), _countries),
    "allows": Kind(gettext_lazy("Said yes to"), _allows, _allowed),
    "issue": Kind(
        gettext_lazy("Issue"),
        lambda value: Q(ask__in=Ask.objects.filter(campaign__issue=_number(value))),
        _issues,
        of_action=True,
    ),
    "ask": Kind(gettext_lazy("Ask"), lambda value: Q(ask=_number(value)), _asks, of_action=True),
    "since": Kind(
        gettext_lazy("Acted on or after"),
        lambda value: Q(confirmed_at__gte=_midnight(_day(value))),
        of_action=True,
        typed_as="date",
    ),
    "until": Kind(
        gettext_lazy("Acted on or before"),
        lambda value: Q(confirmed_at__lt=_midnight(_day(value) + dt.timedelta(days=1))),
        of_action=True,
        typed_as="date",
    ),
    "source": Kind(
        gettext_lazy("Came by the link"),
        lambda value: Q(source=value.strip()),
        of_action=True,
        hint=gettext_lazy("Its code, such as library-flyer"),
    ),
    "own_words": Kind(gettext_lazy("Own words"), _wrote, _own_words, of_action=True),
    **{
        layer.value: Kind(
            label, _lives_in(layer.value), hint=gettext_lazy("State and number: MD-7")
        )
        for layer, label in (
            (Layer.CD, gettext_lazy("Congressional district")),
            (Layer.SLDU, gettext_lazy("State senate district")),
            (Layer.SLDL, gettext_lazy("State house district")),
        )
    },
    "language": Kind(
        gettext_lazy("Language"),
        _chosen("language", _languages),
        _languages,
    ),
    "tag": Kind(
        gettext_lazy("Tag"),
        lambda value: Q(
            Exists(Tagged.objects.filter(supporter=OuterRef("pk"), tag=_number(value)))
        ),
        _tags,
    ),
    "standing": Kind(gettext_lazy("Mailbox"), _stands, _standings),
}
# In the first group from the start; the others are added.
ALWAYS = ("campaign", "state", "allows")
