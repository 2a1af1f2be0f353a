"""Which supporters a list shows or an export takes: the same people for the same conditions.

Groups of conditions, each "all of these", "any of these" or "none of these"; and people fit every
group, or at least one. In the address line, so conditions take no names: the first group's stand
there as they are ("campaign=3"), those of further ones behind their number ("2.state=MD").
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from actions.grown import not_young
from desk.supporters.conditions import ALWAYS, KINDS, Nonsense, acted
from supporters.models import Supporter
from supporters.purposes import suppressed

ALL, ANY, NONE = "all", "any", "none"
# More than anybody reads; a database that is asked for thousands answers nobody else.
MOST_GROUPS, MOST_CONDITIONS = 6, 40
LONGEST = 200


@dataclass(frozen=True)
class Group:
    """`conditions`: (kind, value) pairs; a blank value narrows nothing."""

    conditions: tuple[tuple[str, str], ...] = ()
    match: str = ALL

    @property
    def told(self) -> list[tuple[str, str]]:
        return [(kind, value) for kind, value in self.conditions if value]

    def reads(self) -> Q:
        """What was done is one and the same action where all of it must fit. Raises Nonsense."""
        of_people = [KINDS[kind].reads(value) for kind, value in self.told if not of_action(kind)]
        of_actions = [KINDS[kind].reads(value) for kind, value in self.told if of_action(kind)]
        # "Signed this, in May, by that link" is one signature and not three.
        if self.match == ALL and of_actions:
            of_actions = [_all(of_actions)]
        each = of_people + [acted(condition) for condition in of_actions]
        if self.match == NONE:
            return _all([~condition for condition in each])
        return _any(each) if self.match == ANY else _all(each)


@dataclass(frozen=True)
class Filter:
    """Blank is everybody who may be listed."""

    groups: tuple[Group, ...] = (Group(),)
    match: str = ALL

    @property
    def told(self) -> list[Group]:
        """The groups that narrow anything."""
        return [group for group in self.groups if group.told]

    def narrow(self, people: QuerySet[Supporter]) -> QuerySet[Supporter]:
        """Those of them who fit. Raises Nonsense."""
        groups = [group.reads() for group in self.told]
        if not groups:
            return people
        return people.filter(_any(groups) if self.match == ANY else _all(groups))

    def people(self) -> QuerySet[Supporter]:
        """Grown people who did not ask to be left alone and fit, of a mailbox that answered, or
        brought in, unless somebody asks for the others. Raises Nonsense.
        """
        found = Supporter.objects.grown().filter(~Exists(suppressed()), not_young())
        if not any(kind == "standing" for group in self.told for kind, _value in group.told):
            found = found.reachable()
        return self.narrow(found)

    def query(self) -> str:
        """For an address line."""
        return urlencode(list(_pairs(self)))

    def as_json(self) -> dict[str, Any]:
        return {
            "match": self.match,
            "groups": [{"match": g.match, "conditions": g.told} for g in self.told],
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Filter:
        groups = tuple(
            Group(tuple((kind, value) for kind, value in one["conditions"]), one["match"])
            for one in kept.get("groups", [])
        )
        return cls(groups or (Group(),), kept.get("match", ALL))

    def said(self) -> list[str]:
        """In words, a line for each group."""
        kinds = {ALL: _("All of: %s"), ANY: _("Any of: %s"), NONE: _("None of: %s")}
        lines = []
        for group in self.told:
            told = "; ".join(KINDS[kind].said(value) for kind, value in group.told)
            is_one = len(group.told) == 1 and group.match != NONE
            lines.append(told if is_one else kinds[group.match] % told)
        if len(lines) > 1 and self.match == ANY:
            return [f"{_('Or')}: {line}" if at else line for at, line in enumerate(lines)]
        return lines


def of_action(kind: str) -> bool:
    return KINDS[kind].of_action


def _all(conditions: list[Q]) -> Q:
    found = Q()
    for condition in conditions:
        found &= condition
    return found


def _any(conditions: list[Q]) -> Q:
    found = Q()
    for condition in conditions:
        found |= condition
    return found


def _pairs(chosen: Filter) -> Any:
    if chosen.match == ANY:
        yield "groups", ANY
    for number, group in enumerate(chosen.told, start=1):
        prefix = "" if number == 1 else f"{number}."
        if group.match != ALL:
            yield f"{prefix}match", group.match
        for kind, value in group.told:
            yield f"{prefix}{kind}", value


def read(line: QueryDict) -> Filter:
    """What an address line says; what it says that is none of ours narrows nothing."""
    groups = []
    for number in range(1, MOST_GROUPS + 1):
        prefix = "" if number == 1 else f"{number}."
        conditions = [
            (kind, value[:LONGEST])
            for kind in KINDS
            for value in line.getlist(f"{prefix}{kind}")[:MOST_CONDITIONS]
        ]
        added = line.get(f"{prefix}add", "")
        if added in KINDS:
            conditions.append((added, ""))
        match = line.get(f"{prefix}match", ALL)
        if conditions or number == 1 or f"{prefix}match" in line:
            known = match if match in (ALL, ANY, NONE) else ALL
            groups.append(Group(tuple(conditions), known))
    return Filter(tuple(groups), ANY if line.get("groups") == ANY else ALL)


def without_nonsense(chosen: Filter) -> tuple[Filter, list[str]]:
    """The same without conditions that cannot be read, and what is wrong with each of them."""
    said: list[str] = []
    groups = []
    for group in chosen.groups:
        kept = []
        for kind, value in group.conditions:
            try:
                if value:
                    KINDS[kind].reads(value)
                kept.append((kind, value))
            except Nonsense as fault:
                said.append(f"{KINDS[kind].label}: {fault}")
        groups.append(replace(group, conditions=tuple(kept)))
    return replace(chosen, groups=tuple(groups)), said


def as_form(chosen: Filter, *, more: bool = False) -> list[dict[str, Any]]:
    """Groups with their fields, for a template; `more`: an empty group behind them."""
    groups = list(chosen.groups)
    if more and len(groups) < MOST_GROUPS:
        groups.append(Group(tuple((kind, "") for kind in ALWAYS)))
    return [_group_form(number, group) for number, group in enumerate(groups, start=1)]


def _group_form(number: int, group: Group) -> dict[str, Any]:
    prefix = "" if number == 1 else f"{number}."
    there = {kind for kind, _value in group.conditions}
    conditions = list(group.conditions)
    # A list opens with the fields that most lists need; a further group has what it was given.
    if number == 1:
        conditions += [(kind, "") for kind in ALWAYS if kind not in there]
    order = list(KINDS)
    conditions.sort(key=lambda pair: order.index(pair[0]))
    return {
        "number": number,
        "prefix": prefix,
        "match": group.match,
        "fields": [
            {
                "name": f"{prefix}{kind}",
                "id": f"f{number}-{place}",
                "kind": KINDS[kind],
                "value": value,
                "choices": KINDS[kind].choices() if KINDS[kind].choices else None,  # type: ignore[misc]
            }
            for place, (kind, value) in enumerate(conditions)
        ],
        "addable": [(kind, one.label) for kind, one in KINDS.items()],
    }
