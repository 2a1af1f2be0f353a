"""What one person did, newest first, with how it stands today.

The words for a letter are those of its own page (actions.status): never more than the evidence.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from actions.models import Action, Call, Letter, Submission
from actions.offices import office_name, places_today, with_holders
from actions.status.items import needs, paused_deliveries
from actions.status.letter_status import letter_status
from actions.status.wording import LetterStatus
from campaigns import words
from campaigns.models import Ask, CampaignWords
from supporters import links
from supporters.models import Supporter

ON_ONE_PAGE = 20


@dataclass(frozen=True)
class Line:
    """One office: its name, and what became of the letter or call there. `needs_writer`: something
    is left for its writer to do.
    """

    office: str
    status: LetterStatus
    needs_writer: bool = False


@dataclass(frozen=True)
class Act:
    """One action as its person reads it."""

    action: Action
    words: CampaignWords
    status: LetterStatus
    lines: list[Line] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """As a person says it."""
        return {
            Ask.Kind.LETTER: _("You wrote"),
            Ask.Kind.CALL: _("You called"),
            Ask.Kind.PETITION: _("You signed"),
        }.get(Ask.Kind(self.action.ask.kind), _("You took part"))

    @property
    def can_withdraw(self) -> bool:
        return self.action.state != Action.State.WITHDRAWN

    @property
    def url(self) -> str:
        """Its private page, word for word."""
        return reverse("actions:status", args=[links.make("status", self.action.public_id)])


def page_of_acts(supporter: Supporter, number: str) -> Page[Action]:
    """Its `acts` are shown; the number of queries is the same however many they are."""
    page = Paginator(actions_of(supporter), ON_ONE_PAGE).get_page(number)
    page.acts = read(list(page))  # type: ignore[attr-defined]
    return page


def actions_of(supporter: Supporter) -> QuerySet[Action]:
    """Theirs, and what was done by a record that went into theirs (actions.merging)."""
    theirs = Q(supporter=supporter) | Q(supporter__merged_into=supporter)
    found = Action.objects.filter(theirs).order_by("-created_at", "-pk")
    return found.select_related("ask__campaign__ending", "supporter").prefetch_related(
        "ask__words", "ask__campaign__words"
    )


def read(actions: Collection[Action]) -> list[Act]:
    """How each stands today, office by office."""
    lines = letter_lines(actions)
    for action_id, called in call_lines(actions).items():
        lines.setdefault(action_id, []).extend(called)
    return [
        Act(action, words.of(action.ask.campaign), state_of(action), lines.get(action.pk, []))
        for action in actions
    ]


def letter_lines(actions: Collection[Action]) -> dict[int, list[Line]]:
    """By action, in the order of the chambers."""
    by_id = {action.pk: action for action in actions}
    letters = list(
        Letter.objects.filter(action__in=by_id)
        .select_related("seat__jurisdiction", "delivery")
        .prefetch_related(with_holders("seat__"), "delivery__attempts", "delivery__returns")
        .order_by("seat__chamber", "seat__position", "pk")
    )
    paused = paused_deliveries(letters)
    places = places_today([letter.seat for letter in letters])
    lines: dict[int, list[Line]] = {}
    for letter, place in zip(letters, places, strict=True):
        action = by_id[letter.action_id]
        is_paused = letter.delivery_id in paused
        ending = action.ask.campaign.undoable if is_paused else None
        status = letter_status(action, letter, place, is_paused=is_paused, ending=ending)
        left = bool(needs(action, letter)) and not letter.reported_at
        office = letter.holder_name or office_name(place.seat)
        lines.setdefault(action.pk, []).append(Line(office, status, left))
    return lines


def call_lines(actions: Collection[Action]) -> dict[int, list[Line]]:
    """What its caller told us of each call."""
    calls = Call.objects.filter(action__in=actions).select_related("seat__jurisdiction")
    lines: dict[int, list[Line]] = {}
    for call in calls.order_by("seat__chamber", "seat__position", "pk"):
        shape = "waiting" if call.outcome == Call.Outcome.NO_ANSWER else "done"
        said = (
            LetterStatus(str(call.get_outcome_display()), "", shape)
            if call.outcome
            else LetterStatus(_("Not called yet"), "", "you")
        )
        lines.setdefault(call.action_id, []).append(Line(office_name(call.seat), said))
    return lines


def state_of(action: Action) -> LetterStatus:
    """Whether it counts."""
    if action.state == Action.State.CONFIRMED:
        return LetterStatus(_("Confirmed by you"), "", "done")
    if action.state == Action.State.WITHDRAWN:
        return LetterStatus(_("Withdrawn"), "", "")
    if action.state == Action.State.PENDING:
        return LetterStatus(_("Waiting for you: press the button in our mail"), "", "you")
    return LetterStatus(_("Set aside until a person has looked at it"), "", "waiting")


def waiting(supporter: Supporter) -> list[tuple[str, Submission, str]]:
    """What was sent in this name and not confirmed yet: its campaign's title, and the page whose
    button counts.
    """
    found = (
        Submission.objects.open()
        .filter(mailbox=supporter.mailbox, supporter_key=supporter.key)
        .select_related("ask__campaign")
        .prefetch_related("ask__campaign__words")
        .order_by("-pk")[:ON_ONE_PAGE]
    )
    return [
        (
            words.of(submission.ask.campaign).title,
            submission,
            reverse("actions:confirm", args=[links.make("confirm", submission.public_id)]),
        )
        for submission in found
    ]
