"""What people here decide: who stands on the list, and that a letter was handed over. Each with a
line in the audit log, which names organizations and no person.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet

from accounts import audit
from actions.models import Signatory
from actions.sign_ons import mails, signing
from actions.sign_ons.naming import domain_of, plain_name
from campaigns.models import SignOn

State = Signatory.State


@transaction.atomic
def approve(letter: SignOn, chosen: Collection[int], *, author: str) -> int:
    """Those of them that wait stand on the list now, and are told. How many."""
    rows = _waiting(letter, chosen)
    for row in rows:
        row.move(State.APPROVED, author=author)
        mails.approved(row)
    _note(author, "approve", letter, rows)
    return len(rows)


@transaction.atomic
def decline(letter: SignOn, chosen: Collection[int], reason: str, *, author: str) -> int:
    """Those of them that wait are told why not. What they typed goes after thirty days
    (actions.sign_ons.forgetting). How many.
    """
    rows = _waiting(letter, chosen)
    for row in rows:
        # Before the mail, which quotes it.
        row.move(State.DECLINED, author=author, reason=reason)
        mails.declined(row)
        if row.supporter:
            signing.end_if_last(row.supporter.person)
    _note(author, "decline", letter, rows, reason=reason)
    return len(rows)


@transaction.atomic
def take_off(letter: SignOn, chosen: Collection[int], *, author: str) -> int:
    """Of those on the list, as their organization asked otherwise than by its link. How many.
    Raises journal.CannotNote.
    """
    rows = list(_locked(letter, chosen).filter(state=State.APPROVED))
    for row in rows:
        signing.withdraw(row)
    _note(author, "take off", letter, rows)
    return len(rows)


@transaction.atomic
def add(letter: SignOn, signatory: Signatory, *, author: str) -> None:
    """One whose yes came by another way; `agreed_how` says by which. No person is written down."""
    signatory.sign_on = letter
    # So that a double is found when the organization signs by the form as well.
    signatory.plain_name = plain_name(signatory.organization)
    signatory.site_domain = domain_of(signatory.site)
    signatory.state, signatory.author = State.APPROVED, author
    signatory.save()
    _note(author, "add", letter, [signatory], how=signatory.agreed_how)


@transaction.atomic
def deliver(letter: SignOn, on: dt.date, to: str, how: str, *, author: str, tells: bool) -> int:
    """It was handed over, with the list as it stands. How many were told of it."""
    # Whoever confirms at this moment is on the list before it, or too late.
    locked = SignOn.objects.select_for_update().get(pk=letter.pk)
    _keep_delivery(locked, on, to, how)
    Signatory.objects.on_list().filter(sign_on=locked).update(was_handed_over=True)
    audit.record(author, "sign_on.deliver", locked.slug, on=str(on), to=to, how=how)
    return mails.letter_delivered(locked) if tells else 0


@transaction.atomic
def undo_delivery(letter: SignOn, *, author: str) -> None:
    """It was said by mistake. The page says no more that it was handed over."""
    _keep_delivery(letter, None, "", "")
    Signatory.objects.filter(sign_on=letter).update(was_handed_over=False)
    audit.record(author, "sign_on.not delivered", letter.slug)


def _keep_delivery(letter: SignOn, on: dt.date | None, to: str, how: str) -> None:
    letter.delivered_on, letter.delivered_to, letter.delivered_how = on, to, how
    letter.save(update_fields=["delivered_on", "delivered_to", "delivered_how"])


def _waiting(letter: SignOn, chosen: Collection[int]) -> list[Signatory]:
    return list(_locked(letter, chosen).filter(state=State.WAITING))


def _locked(letter: SignOn, chosen: Collection[int]) -> QuerySet[Signatory]:
    """In the order of rows, as everybody takes them."""
    rows = Signatory.objects.select_for_update(of=("self",)).order_by("pk")
    return rows.filter(sign_on=letter, pk__in=chosen).select_related("supporter", "sign_on")


def _note(
    author: str, deed: str, letter: SignOn, rows: Collection[Signatory], **detail: str
) -> None:
    if rows:
        # Not who signed for them: this log is never shortened.
        names = [row.organization for row in rows]
        audit.record(author, f"sign_on.{deed}", letter.slug, organizations=names, **detail)
