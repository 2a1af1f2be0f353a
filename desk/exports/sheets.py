"""An export's rows: whom its purpose and its filter leave, a batch at a time by key.

Read by key, never by one long cursor: nothing is held open between batches, and a stopped export
goes on where it was. PostgreSQL escapes and joins a batch itself and answers with one text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Exists, Max, Min, OuterRef, QuerySet

from actions.grown import not_young
from actions.models import Action
from desk.exports.columns import (
    OF_ACTIONS,
    OF_PEOPLE,
    Column,
    cell,
    cell_sql,
    column_of,
    expression,
)
from desk.models import Export
from desk.supporters.csv_cells import lines
from desk.supporters.filters import Filter
from supporters import purposes
from supporters.models import Consent, Supporter
from supporters.purposes import Purpose

# Rows of a batch at most, and keys that it spans to begin with: see Span. Wider ones cost the
# database less a row; of this many some fifty megabytes are in memory at the most.
BATCH = 15_000


@dataclass(frozen=True)
class Batch:
    """`content`: CSV lines; `last_key`: how far this is, also where no row was."""

    content: bytes
    rows: int
    last_key: int


@dataclass
class Span:
    """How many keys the next batch looks through: of a selection of few more at once.

    Bounded on both sides, so that the database reads that stretch of each table and no more.
    """

    # The first is narrower: whoever looks soon sees that it goes on.
    keys: int = BATCH // 4

    def learn(self, rows: int) -> None:
        # At most four times as wide as before: behind a gap everybody may stand close together.
        dense = max(rows, 1) / self.keys
        self.keys = max(BATCH, min(self.keys * 4, int(BATCH / dense)))


@dataclass(frozen=True)
class Sheet:
    """`rows`: in no order; `is_bare`: valid ZIP and phone cells without our apostrophe."""

    rows: QuerySet[Any]
    columns: Sequence[Column]
    prefix: str
    is_bare: bool = False
    purpose: Purpose | None = None
    """Where the rows stand beside the lines of its consent, which `rows` leaves to `lined`."""

    def lined(self, **keys: int) -> QuerySet[Any]:
        """The rows within these keys. Lines of consent are bounded alike, or every batch would read
        all of them.
        """
        rows = self.rows.filter(**{f"pk__{end}": key for end, key in keys.items()})
        if self.purpose is None:
            return rows
        of_people = self.prefix == OF_PEOPLE
        return beside_consent(rows, self.purpose, self.prefix, **(keys if of_people else {}))

    @property
    def header(self) -> bytes:
        return lines([[column.heading for column in self.columns]])

    def count(self) -> int:
        return self.lined().order_by().values("pk").count()

    def ends(self) -> tuple[int, int]:
        """The first and last key of its table: whoever comes later is not meant."""
        table = self.rows.model._default_manager.aggregate(first=Min("pk"), last=Max("pk"))
        return table["first"] or 0, table["last"] or 0

    def batches(self, after: int) -> Iterator[Batch]:
        """The rows behind the key `after`, of those that are there now."""
        first, last = self.ends()
        span, key = Span(), max(after, first - 1)
        while key < last:
            found = self.batch(key, min(key + span.keys, last))
            span.learn(found.rows)
            key = found.last_key
            yield found

    def batch(self, after: int, up_to: int) -> Batch:
        """The next rows behind the key `after`, of those up to `up_to`: BATCH of them at most."""
        within = self.lined(gt=after, lte=up_to).order_by("pk")
        read = self.values(within)[:BATCH]
        found = _from_postgresql if connection.vendor == "postgresql" else _from_rows
        content, rows, last = found(read, self.columns, is_bare=self.is_bare)
        # A full batch may have left some behind; of any other all up to there were looked at.
        return Batch(content, rows, last if rows == BATCH else up_to)

    def values(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Key and columns, in their order."""
        named = {f"c{n}": expression(one, self.prefix) for n, one in enumerate(self.columns)}
        return rows.values_list("pk").annotate(**named)


def sheet_of(export: Export) -> Sheet:
    """Raises UnknownPurpose, Nonsense."""
    return sheet(
        purposes.purpose(export.purpose_key),
        Filter.from_json(export.filters),
        export.columns,
        is_bare=export.is_bare,
    )


def sheet(
    purpose: Purpose, chosen: Filter, columns: Sequence[str], *, is_bare: bool = False
) -> Sheet:
    """Only columns that the purpose may have, and only people whom it may be about."""
    shown = [column_of(name) for name in purpose.allowed(list(columns))]
    if purpose.ask:
        return Sheet(signers(purpose.ask), shown, OF_ACTIONS, is_bare)
    if purpose.key == "sample_text":
        people = chosen.narrow(_eligible(purpose))
        return Sheet(texts(people), shown, OF_ACTIONS, is_bare, purpose)
    beside = purpose if purpose.consent else None
    return Sheet(chosen.narrow(_eligible(purpose)), shown, OF_PEOPLE, is_bare, beside)


def _eligible(purpose: Purpose) -> QuerySet[Supporter]:
    """As `purpose.people()` but for the consent, which `beside_consent` looks at."""
    found = Supporter.objects.grown().filter(not_young())
    if purpose.writes_to_them:
        return found.reachable().filter(~Exists(purposes.suppressed()))
    return found.proven()


def beside_consent(
    rows: QuerySet[Any], purpose: Purpose, prefix: str, **keys: int
) -> QuerySet[Any]:
    """Those of the rows whose person allows it, each once, beside the line that says so."""
    line = f"{prefix}consents"
    lines_after = Consent.objects.filter(
        supporter=OuterRef(f"{line}__supporter"),
        purpose=purpose.consent,
        pk__gt=OuterRef(f"{line}__pk"),
    )
    wanted: dict[str, Any] = {f"{line}__purpose": purpose.consent, f"{line}__granted": True}
    wanted |= {f"{line}__supporter__{end}": key for end, key in keys.items()}
    if purpose.campaign:
        wanted[f"{line}__campaign"] = purpose.campaign
        lines_after = lines_after.filter(campaign=purpose.campaign)
    # One call: a second one would ask another of their lines.
    return rows.filter(~Exists(lines_after), **wanted)


def signers(ask_id: int) -> QuerySet[Action]:
    """Who may be named to an office: grown people, with a mailbox that answered, whose signature
    counts.
    """
    adults = {"supporter__is_minor": False, "supporter__age_is_known": True}
    named = Action.objects.counted().filter(not_young("supporter"), ask_id=ask_id, **adults)
    return named.exclude(supporter__proven_at=None)


def texts(people: QuerySet[Supporter]) -> QuerySet[Action]:
    """Own words of these people in actions that count."""
    return Action.objects.counted().filter(own_words__gt="", supporter__in=people)


def _from_rows(
    read: QuerySet[Any], columns: Sequence[Column], *, is_bare: bool
) -> tuple[bytes, int, int]:
    rows = list(read)
    cells = (
        [cell(one.shape, told, is_bare=is_bare) for one, told in zip(columns, values, strict=True)]
        for _pk, *values in rows
    )
    return lines(cells), len(rows), rows[-1][0] if rows else 0


def _from_postgresql(
    read: QuerySet[Any], columns: Sequence[Column], *, is_bare: bool
) -> tuple[bytes, int, int]:
    """The same bytes, made where the rows are."""
    inner, inside = read.query.sql_with_params()
    cells: list[str] = []
    told: list[Any] = []
    for number, column in enumerate(columns):
        escaped, parameters = cell_sql(column.shape, f"c{number}", is_bare=is_bare)
        cells.append(f"replace(coalesce({escaped}, ''), '\"', '\"\"')")
        told += parameters
    line = """'"' || """ + """ || '","' || """.join(cells) + """ || E'"\\r\\n'"""
    names = ", ".join(["k", *(f"c{number}" for number in range(len(columns)))])
    # Our own words and those of the ORM: what somebody typed is in the parameters.
    sql = f"SELECT string_agg({line}, ''), count(*), max(k) FROM ({inner}) AS r ({names})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [*told, *inside])
        content, rows, last = cursor.fetchone()
    return (content or "").encode(), rows, last or 0
