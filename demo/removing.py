"""Takes the demonstration away and leaves what is real.

What happens where the two meet:
- A real campaign in a demonstration issue keeps that issue, which becomes real.
- A real campaign's letters and calls to Franklin's made-up offices go with Franklin; the action
itself stays and stays counted.
- Somebody who typed their own name into a demonstration campaign loses that action, and the
consents given there, which were given
  to an organization that does not exist. If nothing else of theirs is left, they were only trying
  it out, and go as well.
- A made-up supporter who somehow acted on a real campaign stays and becomes real, because that
action is.
- The audit log keeps its lines: it is append-only.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts import audit
from accounts.models import User
from actions import recount
from actions.models import (
    Action,
    Alert,
    Call,
    Hero,
    Letter,
    Signatory,
    Story,
    Submission,
    Update,
    Voice,
)
from actions.stories import mails
from campaigns.models import (
    Bill,
    Brand,
    Campaign,
    Figure,
    Issue,
    Publication,
    PublicationFile,
    SignOn,
)
from campaigns.pictures import keeping as pictures
from desk.models import Export
from legislators import franklin
from legislators.models import Jurisdiction, Seat
from legislators.states import NEIGHBOURS
from supporters.models import Consent, Supporter, Suppression
from worker.models import CaughtMail, Delivery, Hold


@dataclass
class Removed:
    """What went, counted by its everyday name."""

    counts: dict[str, int] = field(default_factory=dict)

    def take(self, name: str, rows: QuerySet) -> None:  # type: ignore[type-arg]
        """Delete these rows and count them, without what went in their wake."""
        number = rows.delete()[1].get(rows.model._meta.label, 0)
        self.counts[name] = self.counts.get(name, 0) + number


@transaction.atomic
def remove(*, author: str = "take-action") -> dict[str, int]:
    """All of it or nothing. Twice is once."""
    removed = Removed()
    # Before anything goes: who acted is known by the actions alone.
    acted = list(
        Action.objects.filter(ask__campaign__is_demo=True).values_list("pk", "supporter_id")
    )
    signed = remove_sign_ons(removed)
    # What points at other rows goes before them: letters, actions, consents, then people and
    # campaigns.
    remove_letters(removed)
    sent = Submission.objects.filter(ask__campaign__is_demo=True)
    about = {str(action) for action, _ in acted}
    about |= {public_id.hex for public_id in sent.values_list("public_id", flat=True)}
    remove_mail(removed, about=about)
    removed.take("submissions", sent)
    removed.take("actions", Action.objects.filter(ask__campaign__is_demo=True))
    removed.take("young voices", Voice.objects.filter(ask__campaign__is_demo=True))
    remove_mailings(removed)
    removed.take("consents", Consent.objects.filter(campaign__is_demo=True))
    removed.take("people who act", Hero.objects.filter(is_demo=True))
    remove_people(removed, acted=signed | {supporter for _, supporter in acted})
    removed.take("campaigns", Campaign.objects.filter(is_demo=True))
    removed.take("impact figures", Figure.objects.filter(is_demo=True))
    removed.take("stories", remove_stories_mail(Story.objects.filter(is_demo=True)))
    removed.take("publications", Publication.objects.filter(is_demo=True))
    PublicationFile.objects.filter(words=None, sign_on_words=None).delete()
    pictures.forget_unused()
    # One that a real campaign is about stays, and becomes real.
    Bill.objects.filter(is_demo=True, campaign_links__isnull=False).update(is_demo=False)
    removed.take("bills", Bill.objects.filter(is_demo=True))
    remove_issues(removed)
    removed.take("exports", Export.objects.filter(author__is_demo=True))
    removed.take("accounts", User.objects.filter(is_demo=True))
    removed.take("brand", Brand.objects.filter(is_demo=True))
    # After the letters and calls, which protect its seats.
    franklin.remove()
    Jurisdiction.objects.filter(
        code__in=[state.code for state in NEIGHBOURS], is_demo=True
    ).delete()
    recount.recount(everything=True)
    counts = {name: number for name, number in removed.counts.items() if number}
    if counts:
        audit.record(author, "demonstration removed", "everything", **counts)
    return counts


def remove_sign_ons(removed: Removed) -> set[int]:
    """With the mail about them. Who signed for an organization, made up or only trying it out."""
    rows = Signatory.objects.filter(sign_on__is_demo=True)
    about = {public_id.hex for public_id in rows.values_list("public_id", flat=True)}
    signed = set(rows.exclude(supporter=None).values_list("supporter", flat=True))
    remove_mail(removed, about=about)
    removed.take("sign-on letters", SignOn.objects.filter(is_demo=True))
    # To be shown on what is no more.
    still = Exists(Signatory.objects.filter(supporter=OuterRef("supporter")))
    shown = Consent.objects.filter(~still, supporter__in=signed, purpose=Consent.Purpose.SIGN_ON)
    removed.take("consents", shown)
    return signed


def remove_letters(removed: Removed) -> None:
    """Letters and calls of demonstration campaigns, and anybody's to Franklin; then their
    envelopes, what was caught of them, and holds.
    """
    gone = Q(action__ask__campaign__is_demo=True) | Q(seat__is_demo=True)
    removed.take("letters", Letter.objects.filter(gone))
    removed.take("calls", Call.objects.filter(gone))
    campaigns = [
        f"campaign:{pk}"
        for pk in Campaign.objects.filter(is_demo=True).values_list("pk", flat=True)
    ]
    seats = [f"seat:{pk}" for pk in Seat.objects.filter(is_demo=True).values_list("pk", flat=True)]
    remove_deliveries(
        removed, Delivery.objects.filter(Q(scope_key__in=campaigns) | Q(recipient_key__in=seats))
    )
    removed.take("holds", Hold.objects.filter(key__in=campaigns + seats))


def remove_mailings(removed: Removed) -> None:
    """Updates and alerts of a demonstration campaign, with their mail: they hold on to their
    campaign, which could not go else.
    """
    for model in (Update, Alert):
        rows = model._default_manager.filter(campaign__is_demo=True)
        keys = [row.scope_key for row in rows]
        remove_deliveries(removed, Delivery.objects.filter(scope_key__in=keys))
        removed.take("holds", Hold.objects.filter(key__in=keys))
        removed.take(f"{model.KIND}s", rows)


def remove_stories_mail(rows: QuerySet[Story]) -> QuerySet[Story]:
    """What was mailed to those who told one to try it; the rows are left to the caller."""
    mails.forget(list(rows))
    return rows


def remove_mail(removed: Removed, *, about: set[str]) -> None:
    """Confirmations and receipts about these: a mail's key says what it is about ("receipt:17",
    "confirm:" with a submission's public id).
    """
    mail = Delivery.objects.filter(lane="mail").values_list("pk", "key")
    theirs = [pk for pk, key in mail.iterator(chunk_size=2000) if subject_of(key) in about]
    for start in range(0, len(theirs), 500):
        remove_deliveries(removed, Delivery.objects.filter(pk__in=theirs[start : start + 500]))


def subject_of(key: str) -> str:
    """`held` is the key of the mail about a quarantined submission, as it is stored."""
    kind, number = [*key.split(":"), ""][:2]
    is_known = kind in {"confirm", "already", "held", "receipt", "failed"}
    return number if is_known or kind.startswith("sign_on") else ""


def remove_deliveries(removed: Removed, deliveries: QuerySet[Delivery]) -> None:
    removed.take(
        "caught mails",
        CaughtMail.objects.filter(message_id__in=deliveries.values("message_id")).exclude(
            message_id=""
        ),
    )
    removed.take("envelopes", deliveries)


def remove_people(removed: Removed, *, acted: set[int]) -> None:
    """`acted`: whoever did a demonstration ask, made up or real.

    The action itself is gone by now.
    """
    busy = Exists(Action.objects.filter(supporter=OuterRef("pk")))
    Supporter.objects.filter(busy, is_demo=True).update(is_demo=False)
    made_up = Supporter.objects.filter(is_demo=True)
    real_mailboxes = Supporter.objects.filter(is_demo=False).values("mailbox")
    removed.take(
        "suppressions",
        Suppression.objects.filter(mailbox__in=made_up.values("mailbox")).exclude(
            mailbox__in=real_mailboxes
        ),
    )
    removed.take("supporters", made_up)
    allowed = Exists(Consent.objects.filter(supporter=OuterRef("pk")))
    # Compared in Python: `acted` would be thousands of parameters of one query.
    triers = Supporter.objects.filter(~busy, ~allowed).values_list("pk", flat=True)
    removed.take(
        "supporters",
        Supporter.objects.filter(pk__in=[pk for pk in triers.iterator() if pk in acted]),
    )


def remove_issues(removed: Removed) -> None:
    Issue.objects.filter(is_demo=True, campaigns__isnull=False).update(is_demo=False)
    removed.take("issues", Issue.objects.filter(is_demo=True))
