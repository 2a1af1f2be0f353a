"""Bills in a list that is narrowed by issue, state, stage and our position."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from campaigns.bills.looks import Look, look_of
from campaigns.bills.numbers import Number, how_many
from campaigns.bills.sentence import Sentence, sentence
from campaigns.models import Bill, Issue, Stage
from campaigns.pages.state_map import choices

ON_A_PAGE = 50
# Further on nobody reads; narrowing finds the rest.
LAST_PAGE = 100
POSITIONS = [
    ("pro", _("We support it")),
    ("con", _("We oppose it")),
    ("watched", _("We watch it")),
]


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed by, as the address has it; what is none of the choices is nothing."""

    issue: str = ""
    state: str = ""
    stage: str = ""
    position: str = ""
    page: int = 1

    @property
    def stance(self) -> str | None:
        return {"": None, "watched": ""}.get(self.position, self.position)

    def query(self, **other: Any) -> str:
        """For an address: "?state=FK&stage=law"; "" for everything."""
        given = {name: getattr(self, name) for name in ("issue", "state", "stage", "position")}
        kept = {name: value for name, value in (given | other).items() if value}
        return f"?{urlencode(kept)}" if kept else ""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.query())


@dataclass(frozen=True)
class Line:
    """A bill in the list."""

    bill: Bill
    said: Sentence
    look: Look


@dataclass(frozen=True)
class BillList:
    """For `campaigns/pages/_bills.html` and `_bill_filter.html`."""

    wanted: Wanted
    lines: list[Line]
    total: int
    has_more: bool
    states: list[tuple[str, Any]]
    stages: Sequence[tuple[str, Any]]
    positions: Sequence[tuple[str, Any]]

    def address(self, page: int) -> str:
        """Of another page of it."""
        return self.wanted.query(page=page if page > 1 else "") or "?"


def wanted(given: QueryDict, issue: str = "") -> Wanted:
    """`issue` is the slug of the page it stands on, else the address says it."""
    # PostgreSQL takes no NUL in a text.
    found = {name: given.get(name, "").replace("\0", "") for name in ("issue", "state", "stage")}
    stage, position = found["stage"], given.get("position", "")
    page = given.get("page", "")
    return Wanted(
        issue=issue or found["issue"][:60],
        state=found["state"][:2].upper(),
        stage=stage if stage in Stage.values else "",
        position=position if position in dict(POSITIONS) else "",
        page=min(int(page), LAST_PAGE) if page.isdecimal() and 0 < len(page) < 5 else 1,
    )


def bill_list(
    wanted: Wanted, issue: Issue | None, rows: list[Number], *, most: int = ON_A_PAGE
) -> BillList:
    """A page of them: two queries. `rows` are that issue's numbers, or all."""
    begin = (max(wanted.page, 1) - 1) * most
    # One more than is shown tells whether there is another page.
    found = list(narrowed(wanted, issue)[begin : begin + most + 1])
    total = how_many(rows, jurisdiction=wanted.state, stage=wanted.stage, stance=wanted.stance)
    return BillList(
        wanted,
        [Line(bill, sentence(bill), look_of(bill.stage)) for bill in found[:most]],
        total,
        len(found) > most and wanted.page < LAST_PAGE,
        choices({row.jurisdiction for row in rows}),
        Stage.choices,
        POSITIONS,
    )


def narrowed(wanted: Wanted, issue: Issue | None) -> Any:
    """In the order of their index (campaigns.models.Bill)."""
    found = Bill.objects.public()
    if issue:
        links = Bill.issues.through.objects.filter(bill=OuterRef("pk"), issue=issue)
        found = found.filter(Exists(links))
    if wanted.state:
        found = found.filter(jurisdiction=wanted.state)
    if wanted.stage:
        found = found.filter(stage=wanted.stage)
    if wanted.stance is not None:
        found = found.filter(stance=wanted.stance)
    return found
