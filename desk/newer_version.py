"""Two people edit the same thing: nobody's words are overwritten unseen.

A form carries a digest of every value it was opened with. What was saved meanwhile shows as another
digest, whichever page or command saved it, and also where there was no row yet.
"""

from __future__ import annotations

import datetime as dt
import difflib
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, NamedTuple

from django import forms
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, QueryDict

from accounts.models import AuditEntry
from campaigns.models import Change
from desk.form_drafts import keeping
from desk.form_drafts.keeping import OPENED_WITH, OpenedForm, Thing
from desk.history import putting_back
from desk.models import FormDraft

# Longer texts are shown beside each other without marks: comparing them would take seconds.
MOST_WORDS = 3000
DRAFTED = ("fields", "opened_with", "saved_at")
Build = Callable[[QueryDict | None], Any]


class Saved(NamedTuple):
    """Who saved last, and when."""

    author: str
    at: dt.datetime


@dataclass(frozen=True)
class Difference:
    """One field that two people changed."""

    field: forms.BoundField
    saved: list[tuple[str, bool]]
    """The saved text in pieces, each with whether the typed one lacks it."""
    is_text: bool
    asks_again: bool
    """The choice was open before, and none was made."""


@dataclass(frozen=True)
class ShownDraft:
    """What the page says of its reader's draft."""

    saved_at: dt.datetime
    is_shown: bool
    """Else the page shows what is saved, as it was asked to."""
    is_older: bool
    """A newer version was saved since it began."""
    other_at: dt.datetime | None
    """When another tab kept what this one does not show."""
    is_other: bool


@dataclass
class Meeting:
    """What was typed, met with what is saved."""

    form: Any
    opened_with: str
    """For the form's hidden field."""
    differences: list[Difference] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """Labels of what only somebody else changed: theirs stands."""
    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)
    """The values that change, as text, by the field's name."""
    put_back: Change | None = None
    """The form shows, or was opened with, what stood there before this change."""
    draft: ShownDraft | None = None
    opened_form: OpenedForm | None = None

    @property
    def draft_of(self) -> str:
        """For the hidden field of a form that has drafts."""
        return self.opened_form.signed() if self.opened_form else ""

    def forget_draft(self) -> None:
        """Once it is saved."""
        if self.opened_form:
            keeping.forget(self.opened_form)

    @property
    def may_be_saved(self) -> bool:
        return self.form.is_bound and self.form.is_valid() and not self.differences

    @property
    def status(self) -> int:
        if self.differences:
            return 409
        return 422 if self.form.errors else 200

    @property
    def settled(self) -> list[forms.BoundField]:
        """What goes along unseen while the differences are chosen."""
        open_fields = {one.field.name for one in self.differences}
        return [one for one in self.form if one.name not in open_fields]


def in_turn(rows: type[models.Model]) -> Callable[..., Any]:
    """For a view whose `slug` or else `pk` names one of these rows, or that edits the only one:
    of two POSTs the second sees what the first saved.
    """

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def taken(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
            if request.method != "POST":
                return view(request, *args, **named)
            key = next((name for name in ("slug", "pk") if name in named), None)
            wanted = {key: named[key]} if key else {}
            with transaction.atomic():
                # Without the key: supporters who act point at this row and do not wait.
                list(rows._default_manager.select_for_update(no_key=True).filter(**wanted))
                return view(request, *args, **named)

        return taken

    return wrap


def meet(request: HttpRequest, build: Build, thing: Thing | None = None) -> Meeting:
    """The form for this request. `build` makes it from what is saved now and the data it is given.

    Of a field that only one of the two changed, that change stands. Call it inside `in_turn`. With
    a `thing` the form is kept as its author's draft while they type (call `forget_draft` once it is
    saved), and shows an earlier version where the address asks for one.
    """
    meeting = compared(request, build)
    if thing is None:
        return meeting
    meeting.put_back = putting_back.asked_for(request, thing.campaign, thing.name)
    if meeting.put_back and request.method == "GET":
        show_earlier(meeting, build, meeting.put_back)
    is_opened = request.method == "GET" and not meeting.put_back
    draft = keeping.of(request, thing) if is_opened else None
    if draft:
        take_up(meeting, build, draft, wanted=request.GET.get("draft", ""))
    is_taken_up = bool(meeting.draft and meeting.draft.is_shown and not meeting.draft.is_other)
    meeting.opened_form = keeping.open_form(request, thing, draft if is_taken_up else None)
    return meeting


def opened_anew(request: HttpRequest, build: Build, thing: Thing) -> Meeting:
    """The form with what was typed, as if it had been opened only now: for what was removed under
    an open form, and is made again when it is saved. Without a POST what its draft holds.
    """
    draft = keeping.of(request, thing)
    data = request.POST if request.method == "POST" else keeping.as_data(draft)
    blank = build(None)
    now = {one.name: digest(as_text(one, one.initial)) for one in comparable(blank)}
    meeting = Meeting(build(data), json.dumps(now))
    meeting.opened_form = keeping.open_form(request, thing, draft)
    return meeting


def compared(request: HttpRequest, build: Build) -> Meeting:
    blank = build(None)
    now = {one.name: as_text(one, one.initial) for one in comparable(blank)}
    opened_with = json.dumps({name: digest(text) for name, text in now.items()})
    if request.method != "POST":
        return Meeting(blank, opened_with)
    # A form that was open while this release came has none: it saves as it did then.
    was = read_digests(request.POST.get(OPENED_WITH, ""))
    data, open_names, kept = request.POST.copy(), [], []
    for one in comparable(blank):
        name, saved = one.name, now[one.name]
        typed = as_text(one, one.field.widget.value_from_datadict(data, {}, one.html_name))
        seen = was.get(name, digest(saved))
        choice = data.get(f"choice-{name}", "") if seen == digest(saved) else ""
        is_open = seen != digest(saved) or name in data.getlist("undecided")
        if typed == saved or (choice == "mine" or not is_open):
            continue
        is_untouched = digest(typed) == seen and name not in data.getlist("undecided")
        if choice == "saved" or is_untouched:
            put(data, one, saved)
            kept += [] if choice else [str(one.label)]
        else:
            open_names.append(name)
    form = build(data)
    if form.errors:
        # The next try is measured against what this one was; what is undecided fits nothing.
        seen_by_them = {name: was.get(name, digest(text)) for name, text in now.items()}
        return Meeting(form, json.dumps(seen_by_them | dict.fromkeys(open_names, "")))
    changes = {
        one.name: as_text(one, one.value())
        for one in comparable(form)
        if as_text(one, one.value()) != now[one.name]
    }
    return Meeting(
        form,
        opened_with,
        differences=[difference(form[name], now[name], data) for name in open_names],
        kept=kept,
        before={name: now[name] for name in changes},
        after=changes,
    )


def show_earlier(meeting: Meeting, build: Build, change: Change) -> None:
    """In the form, as if it had been typed there."""
    form = build(None)
    earlier = putting_back.earlier_values(form, change.before or {})
    form.initial = {**form.initial, **earlier}
    meeting.form = form


def take_up(meeting: Meeting, build: Build, draft: FormDraft, *, wanted: str) -> None:
    """Show the draft in the form; a draft that has nothing new is not spoken of. `wanted` is
    "saved" to see what is saved instead, or "other" for what another tab kept.
    """
    other = keeping.read_replaced(draft) if draft.replaced else None
    is_other = wanted == "other" and other is not None
    shown = other if is_other and other else {n: getattr(draft, n) for n in DRAFTED}
    typed, seen = new_in(meeting.form, shown["fields"], shown["opened_with"])
    if not typed:
        return
    is_shown, now = wanted != "saved", json.loads(meeting.opened_with)
    if is_shown:
        form = build(None)
        # As what it began with, not as data: a draft is shown without faults.
        form.initial = {**form.initial, **typed}
        meeting.form, meeting.opened_with = form, json.dumps(now | seen)
    meeting.draft = ShownDraft(
        saved_at=shown["saved_at"],
        is_shown=is_shown,
        is_older=any(now[name] != seen[name] for name in typed),
        other_at=draft.saved_at if is_other else (other or {}).get("saved_at"),
        is_other=is_other,
    )


def new_in(
    form: Any, fields: dict[str, list[str]], began_from: dict[str, str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """What these fields change, by name, and the digest that each began from. What their author
    left alone stays as it is saved now.
    """
    data, typed, seen = keeping.as_query(fields), {}, {}
    for one in comparable(form):
        widget, name = one.field.widget, one.html_name
        if widget.value_omitted_from_data(data, {}, name) or one.name not in began_from:
            continue
        value = widget.value_from_datadict(data, {}, name)
        text, began = as_text(one, value), began_from[one.name]
        if text != as_text(one, one.initial) and digest(text) != began:
            typed[one.name], seen[one.name] = value, began
    return typed, seen


def last_in_log(deed: str, **wanted: Any) -> Saved | None:
    """Who did this last, by the audit log."""
    line = AuditEntry.objects.filter(deed=deed, **wanted).order_by("-id").first()
    return Saved(line.actor, line.at) if line else None


def comparable(form: forms.BaseForm) -> list[forms.BoundField]:
    """All but pictures, and what cannot be changed."""
    return [
        form[name]
        for name, one in form.fields.items()
        if not one.disabled and not isinstance(one, forms.FileField)
    ]


def as_texts(form: forms.BaseForm) -> dict[str, str]:
    """What a form is opened with, by the field's name."""
    return {one.name: as_text(one, one.initial) for one in comparable(form)}


def as_text(one: forms.BoundField, value: Any) -> str:
    """The same for a value as it is saved and as a browser sends it; lists as lines, in order."""
    value = one.field.prepare_value(value)
    if value in (None, "", False):
        return ""
    if value is True:
        return "on"
    if isinstance(value, (list, tuple, set)):
        return "\n".join(sorted(str(part) for part in value))
    return "\n".join(str(value).strip().splitlines())


def put(data: QueryDict, one: forms.BoundField, text: str) -> None:
    """Into what was posted, as a browser would have sent it."""
    if isinstance(one.field, forms.MultipleChoiceField):
        data.setlist(one.html_name, text.splitlines())
    elif text:
        data[one.html_name] = text
    else:
        data.pop(one.html_name, None)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def read_digests(text: str) -> dict[str, str]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def difference(one: forms.BoundField, saved: str, data: QueryDict) -> Difference:
    typed = as_text(one, one.value())
    return Difference(
        one,
        marked(readable(one, saved), readable(one, typed)),
        isinstance(one.field.widget, forms.Textarea),
        one.name in data.getlist("undecided"),
    )


def readable(one: forms.BoundField, text: str) -> str:
    """Choices by their labels."""
    choices = {str(key): str(label) for key, label in getattr(one.field, "choices", ())}
    return "\n".join(choices.get(line, line) for line in text.splitlines()) if choices else text


def marked(text: str, other: str) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether the other one lacks it."""
    words, others = (re.findall(r"\s+|[^\s]+", side) for side in (text, other))
    if max(len(words), len(others)) > MOST_WORDS:
        return [(text, False)]
    blocks = difflib.SequenceMatcher(None, words, others, autojunk=False).get_opcodes()
    return [("".join(words[a:b]), tag != "equal") for tag, a, b, _c, _d in blocks if a < b]
