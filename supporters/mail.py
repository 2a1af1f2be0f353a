"""Mail to supporters: composed in the request, posted like every other envelope, in a lane that
never waits behind campaigns.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.html import escape

from campaigns import brand, kept
from campaigns.models import Brand
from supporters.models import Supporter, Suppression
from supporters.people import take_turns
from worker import outbox
from worker.channels.email import compose, message_id
from worker.models import Delivery

LANE = "mail"
# News for many: lanes of their own, so that nobody's confirmation waits behind them.
UPDATES_LANE = "updates"
ALERTS_LANE = "alerts"
LANES = (LANE, UPDATES_LANE, ALERTS_LANE)
# RFC 3834: no machine answers it.
AUTOMATIC = {"Auto-Submitted": "auto-generated"}
# To one mailbox: all that an unproven one gets, and what a proven one gets on anybody's word.
UNPROVEN_MAILS_A_DAY, PROVEN_ASKED_A_DAY = 3, 10
# For the whole site: what was caused by forms leaves no faster than this, whatever is typed into
# them and wherever from; what was set aside, slower. The rest waits its turn in the outbox.
ASKS_A_MINUTE = {"held": 20}
MOST_ASKS_A_MINUTE = 600
ASKS = (
    *("confirm", "held", "refused", "already", "newsletter", "guardian", "own"),
    *("sign_on", "sign_on_again", "hero"),
)


@dataclass(frozen=True)
class Note:
    """A mail to write: `template` names email/<template>.txt and .html; `key` makes it once
    only.

    `is_clear`: whoever sends it holds its mailbox's turn, and saw that nothing speaks against it
    there; `has_its_turn`: and that it may leave at once. `own`: what of its words is this reader's
    alone, by name; the rest of `context` is hashable then.
    """

    template: str
    key: str
    subject: str
    context: Mapping[str, Any]
    rehearsal: bool
    unsubscribe_url: str = ""
    language: str = ""  # else the supporter's own
    is_clear: bool = False
    has_its_turn: bool = False
    own: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The first word of its key."""
        return self.key.partition(":")[0]

    @property
    def is_anybodys_word(self) -> bool:
        """Whoever types an address into a form causes it: so it is limited."""
        return self.kind in ASKS


@dataclass(frozen=True)
class FormMail:
    """One of which many get the same, but for their own (`gaps`): known by what it prints."""

    template: str
    language: str
    says: tuple[tuple[str, Hashable], ...]
    gaps: tuple[str, ...]
    # Rows are equal by their ids, whatever they say.
    brand_says: tuple[str, ...]
    brand: Brand = field(compare=False)


def send(supporter: Supporter, note: Note) -> Delivery | None:
    """Post one mail to a supporter.

    None when their mailbox is suppressed, or was written to enough for one day (docs/safety.md A5):
    if it is unproven, or if anybody could have caused this mail. Receipts and news are not counted.
    """
    if not note.is_clear and not may_be_mailed(supporter, note):
        return None
    mail = envelope(supporter, note)
    # What is clear was not asked before, so nothing can stand under its key.
    [delivery] = [outbox.post_new(mail)] if note.is_clear else outbox.post([mail])
    return delivery


def send_each(mails: Collection[tuple[Supporter, Note]]) -> None:
    """As `send`, in three queries for all whom nothing is counted of."""
    counted: list[tuple[Supporter, Note]] = []
    uncounted: list[tuple[Supporter, Note]] = []
    for supporter, note in mails:
        is_counted = supporter.proven_at is None or note.is_anybodys_word
        (counted if is_counted else uncounted).append((supporter, note))
    mailboxes = [supporter.mailbox for supporter, _note in uncounted]
    found = Suppression.objects.filter(mailbox__in=mailboxes, lifted_at=None)
    suppressed = set(found.values_list("mailbox", flat=True))
    outbox.post(
        envelope(supporter, note)
        for supporter, note in uncounted
        if supporter.mailbox not in suppressed
    )
    # In one order, so that two who hold several mailboxes' turns cannot wait for each other.
    for supporter, note in sorted(counted, key=lambda one: one[0].mailbox):
        send(supporter, note)


def may_be_mailed(supporter: Supporter, note: Note) -> bool:
    """Where it is limited, until the end of the transaction."""
    if is_suppressed(supporter.mailbox):
        return False
    if supporter.proven_at is not None and not note.is_anybodys_word:
        return True
    # Of two forms at once the second sees what the first was sent.
    take_turns(supporter.mailbox)
    return not was_written_enough(supporter)


def is_suppressed(mailbox: str) -> bool:
    """Whether this mailbox (`mailbox_of` an address) gets no mail from us."""
    return Suppression.objects.filter(mailbox=mailbox, lifted_at=None).exists()


def was_written_enough(supporter: Supporter) -> bool:
    """So that nobody can fill a stranger's mailbox by typing it into our forms."""
    since = timezone.now() - dt.timedelta(days=1)
    recent = Delivery.objects.filter(
        sender_key=mailbox_key(supporter), lane=LANE, posted_at__gte=since
    )
    if supporter.proven_at is None:
        return recent.count() >= UNPROVEN_MAILS_A_DAY
    asked = Q()
    for kind in ASKS:
        asked |= Q(key__startswith=f"{kind}:")
    return recent.filter(asked).count() >= PROVEN_ASKED_A_DAY


def turn_of(note: Note) -> dt.datetime | None:
    """When it may leave so that no minute sees more than there may be; None for at once.

    Counted by the rows themselves, so that it holds while Redis is away.
    """
    if note.has_its_turn or not note.is_anybodys_word:
        return None
    most, minute = ASKS_A_MINUTE.get(note.kind, MOST_ASKS_A_MINUTE), dt.timedelta(minutes=1)
    of_its_kind = Delivery.objects.filter(
        lane=LANE, key__startswith=f"{note.kind}:", due_at__gt=timezone.now() - minute
    )
    before = of_its_kind.order_by("-due_at").values_list("due_at", flat=True)[most - 1 : most]
    return next((due_at + minute for due_at in before), None)


def envelope(supporter: Supporter, note: Note, *, lane: str = LANE, **keys: Any) -> outbox.Envelope:
    """The mail as worker.outbox takes it, in the note's language or the supporter's. `keys` are
    columns of the Envelope that only some mail has.
    """
    mid = message_id("mail", note.key)
    return outbox.Envelope(
        key=note.key,
        lane=lane,
        recipient=supporter.email,
        subject=note.subject,
        message=written(
            note.template,
            note.context,
            to=supporter.email,
            subject=note.subject,
            language=note.language or supporter.language,
            mid=mid,
            lines=headers(note),
            own=note.own,
        ),
        message_id=mid,
        sender_key=mailbox_key(supporter),
        rehearsal=note.rehearsal,
        due_at=turn_of(note),
        **keys,
    )


def written(
    template: str,
    context: Mapping[str, Any],
    *,
    to: str,
    subject: str,
    language: str,
    mid: str,
    lines: Mapping[str, str] = AUTOMATIC,
    own: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """A finished mail of ours, to whomever: email/<template>.txt and .html in that language.

    Raises BadMessage. `lines` are its other headers; a brand that the caller knows is in `context`.
    `own` as in a Note.
    """
    ours = context.get("brand") or brand.current()
    said = {"brand": ours, "site_url": settings.SITE_URL, "language": language, **context}
    text, html = texts(template, said, own, language)
    return compose(
        message_id=mid,
        sender=(ours.name, settings.MAIL_FROM),
        # No name: to an unproven mailbox not even that may be said (docs/safety.md A5).
        recipient=("", to),
        subject=subject,
        text=text,
        html=html,
        headers=lines,
    )


def texts(
    template: str, said: Mapping[str, Any], own: Mapping[str, str], language: str
) -> tuple[str, str]:
    """email/<template>.txt and .html in that language. Where there is something of one's `own`, the
    rest of `said` can be told apart by what it is (hashable), its "brand" aside.
    """
    if not own:
        with translation.override(language):
            plain = render_to_string(f"email/{template}.txt", dict(said))
            return plain, render_to_string(f"email/{template}.html", dict(said))
    ours = said["brand"]
    says = tuple((name, value) for name, value in said.items() if name != "brand")
    plain_mail, html_mail = drawn(
        FormMail(template, language, says, tuple(own), what_it_says(ours), ours)
    )
    escaped = {name: escape(value) for name, value in own.items()}
    return plain_mail.filled(**own), html_mail.filled(**escaped)


@lru_cache(maxsize=200)
def drawn(mail: FormMail) -> tuple[kept.Drawn, kept.Drawn]:
    said = {**dict(mail.says), "brand": mail.brand, **{name: kept.gap(name) for name in mail.gaps}}
    with translation.override(mail.language):
        plain = kept.draw(f"email/{mail.template}.txt", said)
        return plain, kept.draw(f"email/{mail.template}.html", said)


def what_it_says(ours: Brand) -> tuple[str, ...]:
    """Every column that was read of it."""
    return tuple(str(value) for name, value in vars(ours).items() if name != "_state")


def headers(note: Note) -> dict[str, str]:
    """RFC 3834 for all; RFC 8058 (one click) where there is a newsletter to leave."""
    lines = {**AUTOMATIC}
    if note.unsubscribe_url:
        lines["List-Unsubscribe"] = f"<{note.unsubscribe_url}>"
        lines["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return lines


def mailbox_key(supporter: Supporter) -> str:
    """What all mail to one mailbox has in common, without its address."""
    return mailbox_key_of(supporter.mailbox)


def mailbox_key_of(mailbox: str) -> str:
    """The same for its hash (supporters.people.mailbox_of)."""
    return f"mailbox:{mailbox}"


def is_rehearsal(*, is_demo: bool) -> bool:
    """Whether what is posted now is only practice: delivery is off, or it belongs to the
    demonstration.
    """
    return is_demo or not settings.DELIVERY_ENABLED
