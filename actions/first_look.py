"""Whether anything here speaks of a submission, its mailbox or where it comes from: of somebody new
nothing does, and one statement says so.

Each claim is true wherever the question behind it could have another answer than "nothing": that
question is asked then, by whoever asks it always (named beside it).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache, partial, reduce
from operator import or_
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, Q, QuerySet, Value
from django.utils import timezone

from actions.models import Action, Burst, Submission, Venue
from actions.screening import bursts
from campaigns.models import Ask
from legislators.prepared import Prepared
from supporters import mail
from supporters.models import NotMe, Supporter, Suppression
from supporters.people import Entry, key_before
from supporters.suppressions import QUIET_FOR
from worker.models import Delivery


@dataclass(frozen=True)
class FirstLook:
    at_venue: bool  # actions.screening.bursts.has_room
    sent_before: bool  # actions.take.sent_before
    many: bool  # actions.screening.bursts.overflow
    counted: bool  # actions.take.counted_action
    quiet: bool  # supporters.suppressions.is_quiet_about
    known: bool  # supporters.people.recognize
    suppressed: bool  # supporters.mail.is_suppressed
    mailed: bool  # supporters.mail.was_written_enough
    mail_waits: bool  # supporters.mail.turn_of


def first_look(submission: Submission) -> FirstLook:
    """Call it after `take_turns`."""
    now, entry = timezone.now(), Entry(**submission.entry)
    keys = {submission.supporter_key, key_before(entry)}
    [found] = prepared(limits()).rows(
        [submission.ask_id],
        [now],
        [submission.created_at - bursts.WINDOW],
        [now - dt.timedelta(days=1)],
        [now - QUIET_FOR],
        [submission.form_key],
        [submission.mailbox],
        [mail.mailbox_key_of(submission.mailbox)],
        list(keys),
        # What is not known is no network, and no limit's.
        *([mark or "-"] for mark in (submission.network, submission.wider_network)),
        *([mark or "-"] for mark in (submission.mail_domain, submission.kept_network)),
        [f"ask:{submission.ask_id}"],
    )
    return FirstLook(*map(bool, found))


def limits() -> tuple[int, ...]:
    """So many are half of a limit, from where on a burst is noted; and a minute full of mail."""
    many = (bursts.FROM_NETWORK, bursts.FROM_WIDER_NETWORK, bursts.FOR_DOMAIN, bursts.ON_ASK)
    return (*((most + 1) // 2 for most in many), mail.MOST_ASKS_A_MINUTE)


@cache
def prepared(most: tuple[int, ...]) -> Prepared:
    """Spelled out once."""
    return Prepared(partial(claims, *most))


def claims(
    of_network: int,
    of_wider: int,
    of_domain: int,
    on_ask: int,
    of_mail: int,
    ask: Any,
    now: Any,
    lately: Any,
    yesterday: Any,
    quiet_since: Any,
    form: Any,
    mailbox: Any,
    mailbox_key: Any,
    people: Any,
    network: Any,
    wider: Any,
    domain: Any,
    kept_network: Any,
    scope: Any,
) -> QuerySet[Any, Any]:
    """One row of yes or no; in the order of FirstLook."""
    recent = Submission.objects.filter(created_at__gt=lately[0])
    mails = Delivery.objects.filter(lane=mail.LANE)
    venues = Venue.objects.filter(begins_at__lte=now[0], ends_at__gt=now[0])
    many = ExpressionWrapper(
        Q(so_many(recent.filter(network__in=network), of_network))
        | Q(so_many(recent.filter(wider_network__in=wider), of_wider))
        | Q(so_many(recent.filter(mail_domain__in=domain), of_domain))
        | Q(so_many(recent.filter(ask__in=ask, changed_at__gt=lately[0]), on_ask))
        | Q(is_demanded(now, network, wider, domain, scope)),
        output_field=BooleanField(),
    )
    return Ask.objects.filter(pk__in=ask).values_list(
        Exists(venues.filter(network__in=kept_network)),
        Exists(
            Submission.objects.filter(
                Q(form_key__in=form) | Q(mailbox__in=mailbox, ask__in=ask, created_at__gt=lately[0])
            )
        ),
        many,
        Exists(Action.objects.filter(ask__in=ask, supporter__key__in=people)),
        Exists(NotMe.objects.filter(mailbox__in=mailbox, ask__in=ask, at__gt=quiet_since[0])),
        Exists(Supporter.objects.filter(key__in=people)),
        Exists(Suppression.objects.filter(mailbox__in=mailbox, lifted_at=None)),
        Exists(mails.filter(sender_key__in=mailbox_key, posted_at__gte=yesterday[0])),
        Exists(mails.filter(key__startswith="confirm:", due_at__gt=lately[0])[of_mail - 1 :]),
    )


def is_demanded(now: Any, *scopes: Any) -> Exists:
    """Whether a burst from one of these still asks everybody to confirm."""
    of_any = reduce(or_, (Q(scope__in=scope) for scope in scopes))
    return Exists(Burst.objects.filter(of_any, demanded_until__gt=now[0]))


def so_many(rows: QuerySet[Submission], number: int) -> Exists | Value:
    return Exists(rows[number - 1 : number]) if number > 0 else Value(True)
