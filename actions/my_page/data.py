"""Everything that we hold of one person, to be read and to be taken along.

Rooms above add what they hold: settings.DATA_OF_PEOPLE names a function each. Notes of people here
are given whole, without who wrote them; codes that only tell our rows apart are left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils import formats, timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from actions.answers import answers_of
from actions.erasing import Person
from actions.erasing.seals import mail_to
from actions.letters.text import sealed_words
from actions.models import Action, Call, Letter, NewMailbox, PageKey, Submission
from actions.models.typed import Typed
from actions.my_page import acts
from actions.my_page.labels import label_of
from actions.offices import office_name
from actions.sign_ons.forgetting import ids_of
from actions.status import items
from campaigns import words
from supporters.looks import who_looked
from supporters.models import Consent, Note, Supporter, Suppression, Tagged
from worker.models import Delivery

Row = Mapping[str, Any]
BLANK: tuple[Any, ...] = ("", None, [], {})


@dataclass(frozen=True)
class Cell:
    """One value with its name; `rows` where it holds rows itself."""

    label: str
    value: Any = ""
    rows: list[list[Cell]] = field(default_factory=list)


@dataclass(frozen=True)
class Section:
    """`key` in the file, `title` on the page; each row's values by the names of its columns."""

    key: str
    title: str
    rows: list[Row]

    def labelled(self) -> list[list[Cell]]:
        """As people read it: blanks are left out."""
        return [cells(row) for row in self.rows]


# Columns that say nothing of a person but tell our rows apart, or belong to machinery.
OURS = {
    *("id", "key", "mailbox", "is_demo", "merged_into", "supporter", "action", "idempotency_key"),
    *("form_key", "digest", "supporter_key", "changed_at", "ask", "petition_text", "needs_lookup"),
    *("network", "wider_network", "mail_domain", "seats", "outcomes", "public_id"),
}


def everything(supporter: Supporter) -> list[Section]:
    """The same on the page and in the file."""
    sections = [
        Section("person", _("You"), [columns(row) for row in [supporter, *supporter.others.all()]]),
        Section("actions", _("What you did"), [*map(action_row, actions_of(supporter))]),
        Section("forms", _("Forms as they came"), [*map(form_row, forms_of(supporter))]),
        Section("consents", _("What you allow, and what you ended"), consents_of(supporter)),
        Section("mail", _("Mail to you"), mail_of(supporter)),
        Section("mailbox", _("Your mailbox"), mailbox_of_theirs(supporter)),
        Section("notes", _("What people here noted"), notes_of(supporter)),
        Section("seen_by_staff", _("Who looked at you here"), looks_of(supporter)),
    ]
    for path in settings.DATA_OF_PEOPLE:
        sections.append(Section(*import_string(path)(supporter)))
    return sections


def columns(row: Model) -> dict[str, Any]:
    """What its table holds, as far as that says something of a person."""
    return {
        field.name: field.value_from_object(row)
        for field in row._meta.concrete_fields
        if field.name not in OURS
    }


def actions_of(supporter: Supporter) -> QuerySet[Action]:
    found = acts.actions_of(supporter).order_by("pk")
    return found.select_related("ask__campaign", "petition_text").prefetch_related(
        "ask__campaign__words", "letters__seat__jurisdiction", "letters__delivery", "calls__seat"
    )


def action_row(action: Action) -> Row:
    text = action.petition_text
    # As their page says it: what was rehearsed is not called sent in a file either.
    states = {item["seat_id"]: item["state_word"] for item in items.letters_of(action)}
    return {
        "campaign": words.of(action.ask.campaign).title,
        "kind": str(action.ask.get_kind_display()),
        **columns(action),
        "answers": answers_in(action),
        "petition": text.text if text else "",
        "letters": [
            letter_row(letter, states.get(letter.seat_id, "")) for letter in action.letters.all()
        ],
        "calls": [call_row(call) for call in action.calls.all()],
    }


def letter_row(letter: Letter, state: str) -> Row:
    """With its very words, as long as they are kept."""
    delivery, said = letter.delivery, None
    if delivery and delivery.message:
        said = sealed_words(delivery.channel, bytes(delivery.message))
    parts = (said.subject, said.text, said.statement) if said else ()
    return {
        "office": office_name(letter.seat),
        "to": letter.holder_name,
        "route": str(letter.get_route_display()),
        "state": state,
        "settled_at": delivery.settled_at if delivery else "",
        "reported_at": letter.reported_at or "",
        "words": "\n\n".join(part for part in parts if part),
    }


def call_row(call: Call) -> Row:
    return {
        "office": office_name(call.seat),
        "outcome": str(call.get_outcome_display()),
        "reported_at": call.reported_at or "",
    }


def forms_of(supporter: Supporter) -> QuerySet[Submission]:
    theirs = Submission.objects.filter(mailbox=supporter.mailbox, supporter_key=supporter.key)
    found = theirs.select_related("ask__campaign").prefetch_related("ask__campaign__words")
    return found.order_by("pk")


def form_row(submission: Submission) -> Row:
    title = words.of(submission.ask.campaign).title
    return {"campaign": title, **columns(submission), "answers": answers_in(submission)}


def answers_in(typed: Typed) -> list[Row]:
    """To an organizer's questions, without the keys by which choices are counted."""
    return [{"asked": one.asked, "said": one.text} for one in answers_of(typed)]


def consents_of(supporter: Supporter) -> list[Row]:
    lines = Consent.objects.filter(supporter=supporter).order_by("pk")
    return [
        {
            **columns(line),
            "campaign": words.of(line.campaign).title if line.campaign else "",
        }
        for line in lines.select_related("campaign").prefetch_related("campaign__words")
    ]


def mail_of(supporter: Supporter) -> list[Row]:
    """What we mailed; of a mailbox that others share, what is about this person."""
    ids = acts.actions_of(supporter).values_list("pk", flat=True)
    sent = forms_of(supporter).values_list("public_id", flat=True)
    about = [*(one.hex for one in sent), *ids_of(supporter)]
    theirs = mail_to([Person.of(supporter)], list(ids), about)
    mails = Delivery.objects.filter(pk__in=theirs)
    return [
        {"subject": mail.subject, "posted_at": mail.posted_at, "state": mail.get_state_display()}
        for mail in mails.order_by("pk").defer("message")
    ]


def mailbox_of_theirs(supporter: Supporter) -> list[Row]:
    """Whether it wants mail, another that was given, and how this page was opened."""
    wishes = Suppression.objects.filter(mailbox=supporter.mailbox)
    given = NewMailbox.objects.filter(supporter=supporter).exclude(email="")
    opened = PageKey.objects.filter(supporter=supporter).order_by("pk")
    return [
        *({"no_mail": str(one.get_reason_display()), "at": one.at} for one in wishes),
        *({"new_mailbox": one.email, "at": one.asked_at} for one in given),
        *({"link_mailed_at": one.made_at, "opened_at": one.opened_at or ""} for one in opened),
    ]


def notes_of(supporter: Supporter) -> list[Row]:
    tags = Tagged.objects.filter(supporter=supporter).select_related("tag").order_by("pk")
    notes = Note.objects.filter(supporter=supporter).order_by("pk")
    return [
        *({"tag": one.tag.name, "at": one.at} for one in tags),
        *({"note": one.text, "at": one.at} for one in notes),
    ]


def looks_of(supporter: Supporter) -> list[Row]:
    """When, and what was done; not by whom, who is a person too."""
    return [{"deed": line.deed, "at": line.at} for line in who_looked(supporter, most=500)]


def cells(row: Row) -> list[Cell]:
    return [cell(label_of(name), value) for name, value in row.items() if value not in BLANK]


def cell(label: str, value: Any) -> Cell:
    if isinstance(value, Mapping):
        return Cell(label, rows=[cells(value)])
    if isinstance(value, list):
        return Cell(label, rows=[cells(one) for one in value if isinstance(one, Mapping)])
    if isinstance(value, bool):
        return Cell(label, _("yes") if value else _("no"))
    if isinstance(value, dt.datetime):
        return Cell(label, formats.date_format(timezone.localtime(value), "DATETIME_FORMAT"))
    if isinstance(value, dt.date):
        return Cell(label, formats.date_format(value, "DATE_FORMAT"))
    return Cell(label, value)
