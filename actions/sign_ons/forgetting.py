"""What is held of a representative: deleted with them, shown to them, forgotten in time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from actions.erasing.person import Person
from actions.models import Signatory
from actions.sign_ons.signing import NOBODYS
from campaigns import words
from supporters.models import Supporter

State = Signatory.State


def let_go(person: Person) -> int:
    """An organization that stands on a list stays there, without them; what is not decided, or is
    over, goes (settings.HOLDERS_OF_PEOPLE).
    """
    # By the key too: what no mailbox has answered yet belongs to no supporter.
    theirs = Q(supporter=person.pk) | Q(supporter_key=person.key)
    if not person.shares_mailbox:
        theirs |= Q(mailbox=person.mailbox)
    return _let_go(Signatory.objects.filter(theirs))


def let_go_of_waiting(key: str, *, before: dt.datetime) -> int:
    """The same of somebody who is no supporter (any more), for a replay."""
    return _let_go(Signatory.objects.filter(supporter_key=key, created_at__lte=before))


def _let_go(rows: QuerySet[Signatory]) -> int:
    # An organization's word is its own; a form that nobody looked at is only this person's.
    stays = Q(state=State.APPROVED) | Q(state=State.WITHDRAWN, was_handed_over=True)
    kept = rows.filter(stays).update(**NOBODYS)
    return kept + rows.exclude(stays).delete()[0]


def forget_old(now: dt.datetime | None = None) -> set[str]:
    """Nightly: what no mailbox answered, what was declined or taken back, and what nobody decided
    long after its letter was over. The mailboxes of those.
    """
    moment = now or timezone.now()

    def before(days: int) -> dt.datetime:
        return moment - dt.timedelta(days=days)

    unanswered = Q(state=State.UNCONFIRMED, created_at__lt=before(settings.UNCONFIRMED_KEPT_DAYS))
    refused = Q(
        state__in=[State.DECLINED, State.WITHDRAWN],
        changed_at__lt=before(settings.REFUSED_KEPT_DAYS),
        # The delivered copy names it: its page goes on to say so.
        was_handed_over=False,
    )
    undecided = Q(state=State.WAITING, changed_at__lt=before(settings.QUARANTINED_KEPT_DAYS)) & (
        Q(sign_on__delivered_on__isnull=False)
        | Q(sign_on__closes_at__lt=before(settings.QUARANTINED_KEPT_DAYS))
    )
    # In two steps: a join cannot be deleted from.
    old = Signatory.objects.filter(unanswered | refused | undecided)
    gone = dict(old.values_list("pk", "mailbox"))
    Signatory.objects.filter(pk__in=gone).delete()
    return {mailbox for mailbox in gone.values() if mailbox}


def ids_of(person: Supporter | Person) -> list[str]:
    """Of their signatures, as keys of mails name them."""
    theirs = Q(supporter=person.pk) | Q(supporter_key=person.key)
    found = Signatory.objects.filter(theirs).values_list("public_id", flat=True)
    return [public_id.hex for public_id in found]


def own_data(supporter: Supporter) -> tuple[str, str, list[dict[str, Any]]]:
    """What somebody is shown of themselves (settings.DATA_OF_PEOPLE)."""
    records = [supporter, *supporter.others.all()]
    theirs = Q(supporter__in=records) | Q(supporter_key__in=[record.key for record in records])
    rows = Signatory.objects.filter(theirs).order_by("pk").select_related("sign_on")
    columns = ("organization", "city", "us_state", "site", "role", "given_name", "family_name")
    return (
        "sign_ons",
        _("Letters that you signed for an organization"),
        [
            {"letter": words.of(row.sign_on).title, "state_of_it": str(row.get_state_display())}
            | {name: getattr(row, name) for name in columns}
            | {"email": row.email, "authority": row.authority, "agreed_to": row.wording}
            | {"reason": row.reason, "created_at": row.created_at}
            for row in rows
        ],
    )
