"""The columns that an export may have: where each is read, and how its cell is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import CharField, F, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actions.models import Action
from campaigns.models import Question
from desk.supporters.csv_cells import IS_TEXT, PHONE, ZIP, bare, text
from supporters import consent
from supporters.models import Consent
from supporters.phones import number_and_extension
from supporters.purposes import ANSWER

# Where a supporter's own columns stand, seen from the rows: their own, or those of an action.
OF_PEOPLE, OF_ACTIONS = "", "supporter__"


@dataclass(frozen=True)
class Column:
    """`shape`: text, zip, phone, extension, day, yes, or answer_ and a question's id; `of_person`:
    below the supporter.
    """

    name: str
    label: Any
    reads: Any
    shape: str = "text"
    of_person: bool = True

    @property
    def heading(self) -> str:
        """Of its column in a file: a program reads our names, and only people a question."""
        return self.name if self.name in COLUMNS else text(str(self.label))


def _person(name: str, label: Any, shape: str = "text", field: str = "") -> Column:
    return Column(name, label, field or name, shape)


VERSION = Concat(
    F("petition_text__language"),
    Value("-"),
    Cast("petition_text__version", CharField()),
    output_field=CharField(),
)
COLUMNS = {
    column.name: column
    for column in (
        _person("prefix", _("Prefix")),
        _person("given_name", _("First name")),
        _person("family_name", _("Last name")),
        _person("email", _("E-mail")),
        _person("phone", _("Phone"), "phone"),
        # Other systems take a number in E.164, and nothing behind it.
        _person("phone_extension", _("Phone extension"), "extension", "phone"),
        _person("street", _("Street")),
        _person("city", _("Town")),
        _person("state", _("State")),
        _person("zip", _("ZIP"), "zip"),
        _person("country", _("Country")),
        _person("language", _("Language")),
        _person("first_seen_on", _("First seen on"), "day", "created_at"),
        _person("agreed_to", _("The words they said yes to"), "text", "consents__wording"),
        _person("agreed_language", _("Language of these words"), "text", "consents__language"),
        _person("agreed_on", _("Said yes on"), "day", "consents__at"),
        _person("agreed_where", _("Said yes where"), "where"),
        Column("newsletter", _("Newsletter"), None, "yes"),
        Column("newsletter_on", _("Newsletter since"), None, "day"),
        Column("campaign", _("Campaign"), "ask__campaign__slug", of_person=False),
        Column("own_words", _("Own words"), "own_words", of_person=False),
        Column("text_version", _("Version of the text"), VERSION, of_person=False),
        Column("signed_on", _("Signed on"), "confirmed_at", "day", of_person=False),
    )
}


def column_of(name: str) -> Column:
    """One of ours, or what was answered to a question; `name` is one that a purpose has."""
    if name in COLUMNS:
        return COLUMNS[name]
    question = Question.objects.get(pk=int(name.removeprefix(ANSWER)))
    acted = Action.objects.counted().filter(supporter=OuterRef("pk"), ask=question.ask_id)
    return Column(name, question.text, Subquery(acted.values("answers")[:1]), name)


def expression(column: Column, prefix: str) -> Any:
    """What reads it from rows of supporters (OF_PEOPLE) or of actions (OF_ACTIONS)."""
    if column.name == "agreed_where":
        # The campaign's page, or how else it came.
        page, way = f"{prefix}consents__campaign__slug", f"{prefix}consents__channel"
        return Coalesce(F(page), F(way))
    if column.name == "newsletter":
        return consent.newest(Consent.Purpose.NEWSLETTER, "granted")
    if column.name == "newsletter_on":
        return consent.newest(Consent.Purpose.NEWSLETTER, "at")
    if isinstance(column.reads, str):
        return F(f"{prefix if column.of_person else ''}{column.reads}")
    return column.reads


def cell(shape: str, value: Any, *, is_bare: bool) -> str:
    """As it stands in the file."""
    if value is None:
        return ""
    if shape == "day":
        return _day(value)
    if shape == "yes":
        return "yes" if value else "no"
    if shape in ("phone", "extension"):
        value = number_and_extension(value)[shape == "extension"]
    if shape.startswith(ANSWER):
        told = [one["said"] for one in value if one["question"] == _question(shape)]
        value = "; ".join(told[0]) if told else ""
    if is_bare and shape in BARE:
        return bare(value, BARE[shape])
    return text(value)


BARE = {"zip": ZIP, "phone": PHONE}


def cell_sql(shape: str, value: str, *, is_bare: bool) -> tuple[str, Sequence[Any]]:
    """The same in PostgreSQL's words, for the expression `value`; and its parameters."""
    if shape == "day":
        return f"to_char({value} AT TIME ZONE %s, 'YYYY-MM-DD')", [settings.TIME_ZONE]
    if shape == "yes":
        return f"CASE {value} WHEN true THEN 'yes' WHEN false THEN 'no' END", []
    if shape in ("phone", "extension"):
        value = f"split_part({value}, ';ext=', {2 if shape == 'extension' else 1})"
    if shape.startswith(ANSWER):
        path = f"$[*] ? (@.question == {_question(shape)}).said[*]"
        # `value` is a column's name of our own; the path is a parameter like all that may vary.
        return (
            "(SELECT CASE WHEN x ~ %s THEN '''' || x ELSE x END FROM (SELECT string_agg(v #>> '{}',"  # noqa: S608
            f" '; ') FROM jsonb_path_query({value}, %s::jsonpath) AS v) AS told (x))",
            [IS_TEXT, path],
        )
    if is_bare and shape in BARE:
        escaped = f"CASE WHEN {value} !~ %s AND {value} ~ %s THEN '''' || {value} ELSE {value} END"
        return escaped, [BARE[shape], IS_TEXT]
    return f"CASE WHEN {value} ~ %s THEN '''' || {value} ELSE {value} END", [IS_TEXT]


def _question(shape: str) -> int:
    return int(shape.removeprefix(ANSWER))


def _day(moment: dt.datetime) -> str:
    return timezone.localdate(moment).isoformat()
