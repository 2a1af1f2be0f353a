"""A draft of a form: kept while its author types, shown when they open the form again, forgotten
when they save it.

Never of a form that holds somebody's data (docs/decisions/0024): only a view that names a `Thing`
has drafts.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
from dataclasses import asdict, dataclass
from typing import Any

from django.core import signing
from django.db import transaction
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from campaigns.models import Ask, Campaign, Issue
from desk.models import FormDraft

DRAFT_OF = "draft_of"
OPENED_WITH = "opened_with"
SALT = "desk.form_drafts"
# The longest form of the desk has some ten thousand letters.
MOST_LETTERS, MOST_FIELDS = 150_000, 200
KEPT = dt.timedelta(days=30)
# A draft, or what is saved instead; an earlier version (desk.history).
LOOKED_AT = ("draft", "put_back")
# What a form carries besides what is typed into it.
TECHNICAL = {DRAFT_OF, OPENED_WITH, "csrfmiddlewaretoken", "opened_by", "put_back"} | {
    "undecided",
    "do",
    "sure",
}


class TooLong(Exception):
    """More than a draft may hold."""


class Gone(Exception):
    """What the form is about is no more."""


@dataclass(frozen=True)
class Thing:
    """What a form is about; `name` says which of its forms it is ("words:es", "brand")."""

    name: str
    campaign: Campaign | None = None
    ask: Ask | None = None
    issue: Issue | None = None

    @property
    def key(self) -> str:
        if self.campaign:
            return f"campaign:{self.campaign.pk}:{self.name}"
        return f"issue:{self.issue.pk}:{self.name}" if self.issue else self.name


@dataclass(frozen=True)
class OpenedForm:
    """One opening of a form, in one tab: goes along signed in its hidden field."""

    author: int
    thing: str
    url: str
    page: str
    seen: str = ""
    """When the draft that it showed was saved."""
    campaign: int | None = None
    ask: int | None = None
    issue: int | None = None

    @property
    def is_new(self) -> bool:
        """Whether nothing is saved of it."""
        return self.thing.endswith(":new")

    @property
    def with_draft(self) -> str:
        """Its address, up to which draft is wanted."""
        return f"{self.url}{'&' if '?' in self.url else '?'}draft="

    def signed(self) -> str:
        return signing.dumps(asdict(self), salt=SALT, compress=True)

    def wrote(self, row: FormDraft) -> bool:
        """Whether the row is this page's own, or what it showed when it was opened."""
        return row.page == self.page or self.seen == row.saved_at.isoformat()


def open_form(request: HttpRequest, thing: Thing, seen: FormDraft | None = None) -> OpenedForm:
    """For a page that is shown now; a form that was sent stays the page it was."""
    # Also of a group that was removed under it, and is sent as a new one.
    if sent := read(request):
        return sent
    return OpenedForm(
        author=request.user.pk or 0,
        thing=thing.key,
        url=address_of(request),
        page=secrets.token_hex(6),
        seen=seen.saved_at.isoformat() if seen else "",
        campaign=thing.campaign.pk if thing.campaign else None,
        ask=thing.ask.pk if thing.ask else None,
        issue=thing.issue.pk if thing.issue else None,
    )


def address_of(request: HttpRequest) -> str:
    """Of the form, without what was only looked at in it."""
    query = request.GET.copy()
    for name in LOOKED_AT:
        query.pop(name, None)
    return request.path + (f"?{query.urlencode()}" if query else "")


def read(request: HttpRequest) -> OpenedForm | None:
    """Which opened form this POST is of, if it is one of this very person."""
    found = unsign(request.POST.get(DRAFT_OF, ""))
    return found if found and found.author == request.user.pk else None


def unsign(text: str) -> OpenedForm | None:
    try:
        return OpenedForm(**signing.loads(text, salt=SALT))
    # Of a release before, or not ours.
    except (signing.BadSignature, TypeError):
        return None


def of(request: HttpRequest, thing: Thing) -> FormDraft | None:
    """This person's draft of it."""
    return FormDraft.objects.filter(author=request.user.pk, thing=thing.key).first()


@transaction.atomic
def keep(opened: OpenedForm, data: QueryDict) -> FormDraft:
    """Keep what is typed; the newest wins. What another tab of the same author had kept stays
    behind it (`replaced`), so that neither is lost. Raises TooLong or Gone.
    """
    fields = typed_fields(data)
    if len(json.dumps(fields)) > MOST_LETTERS or len(fields) > MOST_FIELDS:
        raise TooLong
    if not is_there(opened):
        raise Gone
    kept: dict[str, Any] = {
        "fields": fields,
        "opened_with": began_from(data),
        "page": opened.page,
        "saved_at": timezone.now(),
    }
    about = {"campaign_id": opened.campaign, "ask_id": opened.ask, "issue_id": opened.issue}
    row, is_new = FormDraft.objects.select_for_update().get_or_create(
        author_id=opened.author, thing=opened.thing, defaults=kept | about
    )
    if is_new:
        return row
    if not opened.wrote(row) and row.fields != fields:
        row.replaced = as_replaced(row)
    for name, value in kept.items():
        setattr(row, name, value)
    row.save()
    return row


@transaction.atomic
def forget(opened: OpenedForm) -> None:
    """Once its form is saved. What another tab of the same author kept stays, as their draft."""
    found = FormDraft.objects.select_for_update()
    row = found.filter(author=opened.author, thing=opened.thing).first()
    if row is None or not opened.wrote(row):
        return
    if not row.replaced:
        row.delete()
        return
    for name, value in read_replaced(row).items():
        setattr(row, name, value)
    row.replaced = None
    row.save()


def throw_away(opened: OpenedForm) -> None:
    """All of it, whichever tab kept it."""
    FormDraft.objects.filter(author=opened.author, thing=opened.thing).delete()


def forget_old() -> int:
    """Those that nobody has touched for KEPT, and of people who no longer work here. How many."""
    old = FormDraft.objects.filter(saved_at__lt=timezone.now() - KEPT)
    return old.delete()[0] + FormDraft.objects.filter(author__is_active=False).delete()[0]


def typed_fields(data: QueryDict) -> dict[str, list[str]]:
    """By name, as a browser sends them. Files are none."""
    # PostgreSQL keeps no NUL; a form refuses it later.
    return {
        name: [value.replace("\0", "") for value in values]
        for name, values in data.lists()
        if name not in TECHNICAL and not name.startswith("choice-")
    }


def as_data(draft: FormDraft | None) -> QueryDict | None:
    """What a form is bound to, to show a draft."""
    return as_query(draft.fields) if draft else None


def as_query(fields: dict[str, list[str]]) -> QueryDict:
    """As a browser would send it."""
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, values)
    return data


def began_from(data: QueryDict) -> dict[str, str]:
    """The digests that the form was opened with; a field that two versions differ in fits none."""
    try:
        found = json.loads(data.get(OPENED_WITH, ""))
    except ValueError:
        found = {}
    digests = found if isinstance(found, dict) else {}
    return digests | dict.fromkeys(data.getlist("undecided"), "")


def is_there(opened: OpenedForm) -> bool:
    wanted = ((Campaign, opened.campaign), (Ask, opened.ask), (Issue, opened.issue))
    return all(pk is None or rows.objects.filter(pk=pk).exists() for rows, pk in wanted)


def as_replaced(row: FormDraft) -> dict[str, Any]:
    return {
        "fields": row.fields,
        "opened_with": row.opened_with,
        "page": row.page,
        "saved_at": row.saved_at.isoformat(),
    }


def read_replaced(row: FormDraft) -> dict[str, Any]:
    """As `as_replaced` wrote it, where it did."""
    assert row.replaced
    return row.replaced | {"saved_at": dt.datetime.fromisoformat(row.replaced["saved_at"])}
