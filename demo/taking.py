"""One made-up person doing one ask, as actions.take would have written it down."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, fields

from django.utils import translation

from actions.models import Action, Submission
from actions.pages.person_forms import updates_box
from campaigns import petitions, targeting, words
from campaigns.abroad.countries import HOME
from campaigns.models import Ask, PetitionText
from demo.calendar import Calendar
from demo.crowd import Person
from legislators.lookup import Place
from supporters.models import Supporter
from supporters.people import Entry

State = Action.State
STATES = {State.CONFIRMED: 90, State.PENDING: 6, State.WITHDRAWN: 3, State.QUARANTINED: 1}
SOURCES = {"": 50, "newsletter": 20, "radio": 12, "library-flyer": 9, "teachers": 9}
OWN_WORDS = [
    "I have taught seventh grade for nine years. They say yes to any adult with a badge.",
    "My brother was fifteen. A lawyer would have taken one phone call.",
    "I am a nurse, and I see what telling it again and again does.",
    "Our two daughters go to school here, and we talk about this at supper.",
    "I voted for you, and I would like to be able to say that you voted for this.",
    "I was unsure until I read the whole bill. Now I hope that you will vote yes.",
    "I drive the early school bus. I know who gets on tired, and who gets on hungry.",
    "Please ask a few of the families in our district. It changed my mind.",
]


@dataclass(frozen=True)
class Plan:
    """What is the same for everybody who does this ask."""

    ask: Ask
    days: Calendar
    addressed: frozenset[int]
    texts: dict[str, PetitionText | None]
    consents: dict[str, str]

    @classmethod
    def of(cls, ask: Ask) -> Plan:
        campaign = ask.campaign
        return cls(
            ask,
            Calendar(campaign.launched_at or campaign.created_at, campaign.closed_at),
            frozenset(targeting.seats(ask).values_list("pk", flat=True)),
            {
                code: petitions.current_text(ask, code) if ask.kind == Ask.Kind.PETITION else None
                for code in ("en", "es")
            },
            {code: words.of(campaign, code).consent for code in ("en", "es")},
        )


@dataclass(frozen=True)
class Taken:
    """One action, unsaved, with the seats that it addressed."""

    action: Action
    places: Sequence[Place]

    @property
    def is_answered(self) -> bool:
        """Its mailbox confirmed it; else it waits as a submission."""
        return self.action.confirmed_at is not None

    def submission(self) -> Submission:
        """What there is of it where nobody has confirmed it."""
        action = self.action
        is_quarantined = action.state == State.QUARANTINED
        return Submission(
            **action.typed(),
            public_id=action.public_id,
            form_key=action.idempotency_key,
            digest=action.public_id.hex,
            supporter_key=action.writer.key,
            mailbox=action.writer.mailbox,
            state=Submission.State.QUARANTINED if is_quarantined else Submission.State.WAITING,
            quarantined_because=action.quarantined_because,
            seats=[place.seat.pk for place in self.places],
            is_demo=True,
            created_at=action.created_at,
            changed_at=action.changed_at,
        )


@dataclass(frozen=True)
class Course:
    """How an action went: what state it is in, who sent the person, and when each thing was."""

    state: str
    source: str
    at: dt.datetime
    answered_at: dt.datetime | None
    withdrawn_at: dt.datetime | None

    @classmethod
    def of(cls, plan: Plan, dice: random.Random) -> Course:
        at, answered_at, withdrawn_at = plan.days.moment(dice), None, None
        [state] = dice.choices(list(STATES), list(STATES.values()))
        if state == State.PENDING and not plan.ask.campaign.is_open:
            state = State.CONFIRMED  # whoever had not answered by the end is long forgotten
        [source] = dice.choices(list(SOURCES), list(SOURCES.values()))
        if state in (State.CONFIRMED, State.WITHDRAWN):
            answered_at = plan.days.later(at, dice, hours=9)
        if answered_at and state == State.WITHDRAWN:
            withdrawn_at = plan.days.later(answered_at, dice, hours=60)
        return cls(state, source, at, answered_at, withdrawn_at)

    @property
    def changed_at(self) -> dt.datetime:
        return self.withdrawn_at or self.answered_at or self.at


def permissions_of(supporter: Supporter) -> dict[str, str]:
    """Every other grown person wants to hear what becomes of it. No throw: the throws after it
    would be others.
    """
    if supporter.is_minor or len(supporter.email) % 2:
        return {}
    with translation.override(supporter.language):
        return updates_box()


def take(plan: Plan, person: Person, dice: random.Random) -> Taken:
    """An action as it stands today, with its letter where the ask is one."""
    supporter, course = person.supporter, Course.of(plan, dice)
    # Thrown for everybody, used or not, so that the throws after it stay the same.
    allows_news, shows_name = dice.random() < 0.38, dice.random() < 0.3
    may_show = plan.ask.kind == Ask.Kind.PETITION and course.state != State.WITHDRAWN
    suspicion = "answered faster than a person can" if course.state == State.QUARANTINED else ""
    consent = plan.consents[supporter.language] if allows_news and not supporter.is_minor else ""
    places = [place for place in person.home.places if place.seat.pk in plan.addressed]
    action = Action(
        ask=plan.ask,
        supporter=supporter,
        public_id=made_up_id(dice),
        idempotency_key=made_up_id(dice),
        state=course.state,
        quarantined_because=suspicion,
        us_state=supporter.state,
        country="" if supporter.country == HOME else supporter.country,
        language=supporter.language,
        source=course.source,
        petition_text=plan.texts[supporter.language],
        name_is_public=shows_name and may_show and not supporter.is_minor,
        entry={} if course.answered_at else entry_of(supporter),
        newsletter_wording=consent,
        permissions=permissions_of(supporter),
        match_method="address_point" if places else "",
        match_certain=bool(places),
        created_at=course.at,
        confirmed_at=course.answered_at,
        withdrawn_at=course.withdrawn_at,
        changed_at=course.changed_at,
    )
    if plan.ask.kind == Ask.Kind.LETTER:
        write(action, person, dice)
    return Taken(action, places)


def write(action: Action, person: Person, dice: random.Random) -> None:
    """The campaign's words, whose fields each letter fills; a third of the people add their own."""
    action.subject = action.ask.letter_subject
    action.statement = action.ask.letter_body
    action.own_words = dice.choice(OWN_WORDS) if dice.random() < 0.35 else ""


def entry_of(supporter: Supporter) -> dict[str, object]:
    """What they typed, kept with the action until their mailbox answers."""
    return {field.name: getattr(supporter, field.name) for field in fields(Entry)}


def made_up_id(dice: random.Random) -> uuid.UUID:
    """Of these dice, so that the same demonstration has the same links."""
    return uuid.UUID(int=dice.getrandbits(128), version=4)
