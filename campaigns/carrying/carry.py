"""A campaign carried to another state: its words in that state's own, its targets there, its
lineage kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import starmap
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from campaigns import words
from campaigns.bills.attaching import attach, find_or_add
from campaigns.carrying.copying import copy, pairs, version_words
from campaigns.carrying.swapping import swap
from campaigns.carrying.targets import rewritten
from campaigns.carrying.terms import WORD, Term, not_ours, terms
from campaigns.models import Ask, Bill, Campaign, Carry
from legislators.state_words import StateWords, words_of
from legislators.states import UNITED_STATES


class SameState(Exception):
    """It is there already."""


@dataclass
class Translator:
    """Says each text in the new state's words, and keeps what it did."""

    old: StateWords
    new: StateWords
    old_bills: list[str]
    new_bill: str
    swaps: list[dict[str, str]] = field(default_factory=list)

    def say(self, place: str, language: str, text: str) -> str:
        done = swap(
            text,
            all_terms(self.old, self.new, language, self.old_bills, self.new_bill),
            others=not_ours(self.old, self.new, language),
            language=language,
        )
        for one in done.swaps:
            row = {"place": place, "old": one.old, "new": one.new, "around": one.around}
            self.swaps.append(row)
        return done.text


def all_terms(
    old: StateWords, new: StateWords, language: str, old_bills: list[str], new_bill: str
) -> list[Term]:
    """With the bill, which is another one there."""
    # Before the others: a bill's name may hold a word of theirs.
    bills = [Term(text, new_bill, WORD) for text in old_bills if text and text != new_bill]
    return [*bills, *terms(old, new, language)]


@transaction.atomic
def carry(
    campaign: Campaign,
    to_state: str,
    *,
    from_state: str,
    author: User,
    bill: Bill | None = None,
    identifier: str = "",
) -> Campaign:
    """A draft there. `bill` is one that is known, `identifier` one that was typed; with neither it
    is about none yet. Raises SameState.
    """
    if to_state == from_state:
        raise SameState
    old, new = words_of(from_state), words_of(to_state)
    if bill is None and identifier.strip():
        bill = find_or_add(
            identifier.strip(),
            jurisdiction=to_state,
            stance=campaign.stance,
            is_demo=author.is_demo,
        )
    of_congress, of_state = bills_of(campaign)
    old_bills = [one.identifier for one in of_state] or [campaign.bill_text]
    speaker = Translator(old, new, old_bills, bill.identifier if bill else "")
    # First, since the address is made of it.
    title = speaker.say("words:en", "en", words.of(campaign, "en").title)
    before = len(speaker.swaps)
    made = copy(campaign, author=author, title=title[:120], say=speaker.say)
    # The title was said twice; it is one swap.
    del speaker.swaps[:before]
    for one in [*([bill] if bill else []), *of_congress]:
        attach(made, one)
    left_out = [*carry_targets(campaign, made, speaker), *other_bills(of_state, bill)]
    Carry.objects.create(
        campaign=made,
        source=campaign,
        from_state=from_state,
        to_state=to_state,
        author=author.email,
        swaps=speaker.swaps,
        left_out=left_out,
    )
    made.changes.create(deed="carry", author=author.email, note=f"{campaign.slug}: {to_state}")
    states = {"from_state": from_state, "to_state": to_state}
    audit.record(author.email, "campaign.carry", made.slug, source=campaign.slug, **states)
    return made


def bills_of(campaign: Campaign) -> tuple[list[Bill], list[Bill]]:
    """Congress's go along; a state's stay where they are."""
    bills = list(Bill.objects.of_campaign(campaign.pk))
    of_congress = [bill for bill in bills if bill.jurisdiction == UNITED_STATES.code]
    return of_congress, [bill for bill in bills if bill not in of_congress]


def other_bills(of_state: list[Bill], bill: Bill | None) -> list[str]:
    kept = of_state[1:] if bill else of_state
    return [_("The bill %s stays with the campaign that it came from.") % one for one in kept]


def carry_targets(campaign: Campaign, made: Campaign, speaker: Translator) -> list[str]:
    """Rules and versions of letters; the sentences of what was left out, by ask."""
    return [
        line
        for found in starmap(lambda ask, twin: carry_ask(ask, twin, speaker), pairs(campaign, made))
        for line in found
    ]


def carry_ask(ask: Ask, twin: Ask, speaker: Translator) -> list[str]:
    left_out: list[str] = []
    for rule in ask.rules.order_by("pk"):
        sides, lines = rewritten(rule, speaker.old, speaker.new)
        left_out += [f"{ask.position}. {ask.get_kind_display()}: {line}" for line in lines]
        if sides is not None:
            twin.rules.create(**sides, excludes=rule.excludes)
    for version in ask.versions.select_related("ask"):
        sides, lines = rewritten(version, speaker.old, speaker.new)
        left_out += [f"{ask.position}. {version.name}: {line}" for line in lines]
        if sides is not None:
            said: dict[str, Any] = version_words(version, speaker.say)
            twin.versions.create(**sides, **said)
    return left_out


def home_of(campaign: Campaign) -> str:
    """The one state that it is about, by its bill, else by its targets; "" where that is not
    told.
    """
    bill = campaign.first_bill
    if bill and bill.jurisdiction not in ("", UNITED_STATES.code):
        return str(bill.jurisdiction)
    named = {
        code
        for ask in campaign.asks.prefetch_related("rules")
        for rule in ask.rules.all()
        for code in rule.states
    }
    # Of two states neither is home: whoever carries it says.
    return named.pop() if len(named) == 1 else ""
