"""Alerts on their way: counted, approved, written. Whom one goes to, and why others do not get it,
are one question, so the number on the page is the number of mails.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Case, Count, Q, QuerySet
from django.utils import timezone

from actions.alerts import audience
from actions.alerts.audience import first_of
from actions.alerts.mail import envelope
from actions.mailings.sending import Mailings, job_of
from actions.models import Alert
from campaigns.models import Campaign
from desk.alerts import who_can_act
from desk.supporters.filters import Filter
from supporters.models import Supporter

TASK = "desk.tasks.write_alert"
# Up to so many are counted while somebody waits for the page.
AT_ONCE = 10_000
# What the number is about.
QUESTION = ("filters", "goes_to_acted", "goes_to_unsure")


def listed(alert: Alert) -> QuerySet[Supporter]:
    """Whoever fits its list. Raises desk.supporters.conditions.Nonsense."""
    return Filter.from_json(alert.filters).narrow(audience.everybody(alert))


def left_out(alert: Alert) -> Case:
    """Why they do not get it, to annotate them with; "" for who does."""
    cannot = who_can_act.reasons(alert.campaign, unsure_too=alert.goes_to_unsure)
    return first_of([*audience.reasons(alert), *cannot])


def readers(alert: Alert) -> QuerySet[Supporter]:
    """Who gets it, in the order of their ids."""
    return listed(alert).alias(left_out=left_out(alert)).filter(left_out="").order_by("pk")


ALERTS: Mailings[Alert] = Mailings(
    job_of(Alert, TASK),
    readers=readers,
    addressed=lambda alert: alert.addressed,
    envelope=envelope,
    # One whose campaign is not live calls nobody to act.
    may_begin=Q(campaign__state=Campaign.State.LIVE),
)


def recount(alert: Alert) -> None:
    """Count anew: at once, or where they are many in the background."""
    Alert.objects.filter(pk=alert.pk).update(counted_at=None, left_out={}, addressed=0)
    some = listed(alert).order_by().values("pk")[: AT_ONCE + 1].count()
    if some <= AT_ONCE:
        count(alert.pk)
    else:
        transaction.on_commit(lambda: ALERTS.job.start([alert.pk]), robust=True)


def count(alert_id: int) -> None:
    """How many mailboxes a draft goes to, and how many people do not get it. Twice is once."""
    drafts = Alert.objects.filter(pk=alert_id, state=Alert.State.DRAFT, counted_at=None)
    draft = drafts.select_related("campaign").first()
    if draft is None:
        return
    found = listed(draft).order_by().annotate(why=left_out(draft)).values("why")
    rows = list(found.annotate(people=Count("pk"), mailboxes=Count("mailbox", distinct=True)))
    numbers = {row["why"]: row["people"] for row in rows}
    mailboxes = sum(row["mailboxes"] for row in rows if row["why"] == "")
    # Of several with one mailbox one gets it, and the others read along.
    numbers["shares"] = numbers.pop("", 0) - mailboxes
    same = {name: getattr(draft, name) for name in QUESTION}
    # Whoever chose other people meanwhile made another question of it.
    drafts.filter(**same).update(
        left_out={why: number for why, number in numbers.items() if number},
        addressed=mailboxes,
        counted_at=timezone.now(),
    )


def write(alert_id: int) -> None:
    """Write its mail, or the rest of it; count a draft."""
    count(alert_id)
    ALERTS.write(alert_id)


def start_due() -> None:
    """Whose time has come; and drafts whose message to be counted was lost."""
    ALERTS.start_due()
    uncounted = Alert.objects.filter(state=Alert.State.DRAFT, counted_at=None)
    ALERTS.job.start(list(uncounted.values_list("pk", flat=True)))
