"""What organizers choose seats by: state, chamber, party, committee, role on a bill, name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns import targeting
from campaigns.bills.sponsors import COSPONSOR, NEITHER, SPONSOR
from campaigns.models import Ask, SeatRule, TargetRule
from desk.organizing.chips import Chips
from desk.organizing.seat_search import SeatsField
from legislators.models import Chamber, Committee, Jurisdiction, Seat
from legislators.states import UNITED_STATES

Rule = TypeVar("Rule", bound=SeatRule)
SIDES = ("states", "chambers", "parties", "committees", "roles", "seats")
CHAMBERS = [choice for choice in Chamber.choices if choice[0] != Chamber.CUSTOM]
ROLES = [
    (SPONSOR, gettext_lazy("Sponsors it")),
    (COSPONSOR, gettext_lazy("Cosponsors it")),
    (NEITHER, gettext_lazy("Neither, and votes where the bill is")),
]


def states_with_seats() -> list[tuple[str, str]]:
    """States that have seats: (code, name), by name."""

    rows = Jurisdiction.objects.filter(pk__in=Seat.objects.values("jurisdiction").distinct())
    return list(rows.exclude(code=UNITED_STATES.code).values_list("code", "name"))


def committees_with_members() -> list[tuple[str, str]]:
    """(code, name), by name; a subcommittee behind its committee's."""
    found = Committee.objects.filter(memberships__isnull=False).distinct().select_related("parent")
    named = [(one.key, f"{one.parent}: {one}" if one.parent else str(one)) for one in found]
    return sorted(named, key=lambda pair: pair[1])


def state_field(**options: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        # A function, asked for each page: states whose roster is loaded later are there without a
        # restart.
        choices=states_with_seats,
        required=False,
        widget=Chips(what=gettext_lazy("Type a state"), add=gettext_lazy("Add the state")),
        error_messages={"invalid_choice": gettext_lazy("No state here is called “%(value)s”.")},
        **options,
    )


class SeatRuleForm(forms.Form):
    """One group of seats.

    A side left empty is open, but not all of them: that would be every office in the country.

    Parties and chambers are those of the states that are chosen, with how many seats each has.
    """

    # Each side may stay empty, and none is less needed than another.
    says_optional = False

    states = state_field(
        label=gettext_lazy("States"),
        help_text=gettext_lazy("None chosen: wherever the supporter lives."),
    )
    chambers = forms.MultipleChoiceField(
        choices=CHAMBERS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Chambers"),
    )
    parties = forms.MultipleChoiceField(
        choices=lambda: [(name, name) for name in targeting.party_names()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Parties"),
        help_text=gettext_lazy(
            "Of whoever holds the seat on the day. None ticked: all parties, and vacant seats too."
        ),
    )
    committees = forms.MultipleChoiceField(
        choices=committees_with_members,
        required=False,
        widget=Chips(
            what=gettext_lazy("Type a committee of Congress"),
            add=gettext_lazy("Add the committee"),
        ),
        label=gettext_lazy("Committees"),
        help_text=gettext_lazy("Whoever sits on one of them on the day."),
        error_messages={"invalid_choice": gettext_lazy("No committee is called “%(value)s”.")},
    )
    roles = forms.MultipleChoiceField(
        choices=ROLES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("On the campaign’s bill"),
        help_text=gettext_lazy("Of several bills one is enough; neither means none of them."),
    )
    seats = SeatsField(
        required=False,
        label=gettext_lazy("Seats by name"),
        help_text=gettext_lazy(
            "These make a group of their own: choose nothing above with them. Whoever holds the"
            " seat on the day is meant."
        ),
    )

    def __init__(self, *args: Any, ask: Ask, searched: str = "", **options: Any) -> None:
        """`searched`: what was typed to find seats by."""
        super().__init__(*args, **options)
        self.searched = searched
        if not Committee.objects.exists():
            del self.fields["committees"]
        if not ask.campaign.bill_links.exists() and not self.chosen("roles"):
            del self.fields["roles"]
        # Made when the page is: what a form begins with may be somebody's draft.
        for name, offered in (
            ("chambers", self.chambers_here),
            ("parties", self.parties_here),
        ):
            self.fields[name].widget.choices = partial(self.offered, name, offered)  # type: ignore[attr-defined]
        self.fields["seats"].choices = self.seats_here  # type: ignore[attr-defined]

    def chosen(self, name: str) -> list[Any]:
        """Of this side, as typed or as it begins."""
        if self.is_bound:
            # PostgreSQL takes no NUL, not even to look for it; the field refuses it later.
            return [str(value).replace("\0", "") for value in self[name].data or ()]
        return list(self.get_initial_for_field(self.fields[name], name) or ())

    def offered(
        self, name: str, numbers: Callable[[], Iterable[tuple[str, str, int]]]
    ) -> list[tuple[str, str]]:
        """Those that have seats, and what is ticked; every other one stays a valid choice."""
        ticked = self.chosen(name)
        return [
            (value, f"{label} ({number:,})")
            for value, label, number in numbers()
            if number or value in ticked
        ]

    def chambers_here(self) -> list[tuple[str, str, int]]:
        counts = targeting.seats_by_chamber(self.chosen("states"))
        return [(value, str(label), counts.get(value, 0)) for value, label in CHAMBERS]

    def parties_here(self) -> list[tuple[str, str, int]]:
        counts = targeting.seats_by_party(self.chosen("states"), self.chosen("chambers"))
        ticked = [name for name in self.chosen("parties") if name not in counts]
        return [(name, name, counts.get(name, 0)) for name in (*counts, *ticked)]

    def seats_here(self) -> list[tuple[int, str]]:
        return self.fields["seats"].look(self.chosen("seats"), self.searched)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        for side in SIDES:
            cleaned.setdefault(side, [])
        if not any(cleaned[side] for side in SIDES):
            raise forms.ValidationError(
                _("Choose at least one side, such as a chamber or a state.")
            )
        if cleaned["seats"] and any(cleaned[side] for side in SIDES if side != "seats"):
            self.add_error("seats", _("Make a group of these alone."))
        return cleaned

    @property
    def has_sides(self) -> bool:
        """Whether anything is chosen."""
        return any(self.cleaned_data.get(side) for side in SIDES)

    def put_into(self, rule: Rule) -> Rule:
        """That rule with what was chosen, not saved."""
        for side in SIDES:
            setattr(rule, side, self.cleaned_data.get(side) or [])
        return rule


class RuleForm(SeatRuleForm):
    """A group of an ask's targets."""

    excludes = forms.BooleanField(
        required=False,
        label=gettext_lazy("Leave these seats out, whatever other group names them"),
    )

    def rule(self, rule: TargetRule) -> TargetRule:
        rule.excludes = self.cleaned_data["excludes"]
        return self.put_into(rule)
