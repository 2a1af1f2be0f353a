"""What there is to show of one supporter, read anew each time."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from actions.answers import answers_of
from actions.models import Action, Alert, Mailing, Submission, Update
from actions.status import items
from actions.typed_numbers import typed_number
from campaigns import words
from campaigns.models import Partner
from desk.models import SupporterDistrict
from legislators.models import District
from supporters.mail import ALERTS_LANE, UPDATES_LANE, mailbox_key
from supporters.models import Consent, Supporter, Suppression, Tag
from worker.models import Delivery

# Each with all of its letters.
ACTIONS_ON_A_PAGE = 10
CONSENTS_SHOWN = 100


def actions_of(person: Supporter, *, before: str = "") -> dict[str, Any]:
    """The newest first, paged by key, with how each letter stands; also what a record that went
    into this one had done twice.
    """
    # By their ids: joined by OR with those that went into it, every action there is would be read.
    went = Supporter.objects.filter(merged_into=person).values_list("pk", flat=True)
    rows = Action.objects.filter(supporter__in=[person.pk, *went])
    if key := typed_number(before):
        rows = rows.filter(pk__lt=key)
    rows = rows.select_related("ask__campaign", "supporter").order_by("-pk")
    # Each costs some ten queries: what is said of its letters is what their writer reads.
    found = list(rows[: ACTIONS_ON_A_PAGE + 1])
    shown = [
        {
            "action": action,
            "title": title_of(action.ask.campaign),
            "letters": items.letters_of(action),
            "answers": answers_of(action),
            "calls": items.calls_of(action),
            "is_double": action.supporter_id != person.pk,
            "may_withdraw": action.state == Action.State.CONFIRMED,
        }
        for action in found[:ACTIONS_ON_A_PAGE]
    ]
    is_more = len(found) > ACTIONS_ON_A_PAGE
    return {"actions": shown, "before": found[ACTIONS_ON_A_PAGE - 1].pk if is_more else None}


def title_of(campaign: Any) -> str:
    return words.of(campaign).title or campaign.slug


def consents_of(person: Supporter) -> list[dict[str, Any]]:
    """Every line, the newest first, with the words that stood beside the box."""
    lines = Consent.objects.filter(supporter=person).select_related("campaign").order_by("-id")
    # Each partner has a purpose of its own, which no choice of the column names.
    partners = {partner.purpose: partner.name for partner in Partner.objects.only("name")}
    return [
        {
            "line": line,
            "purpose": partners.get(line.purpose) or line.get_purpose_display(),
            "campaign": title_of(line.campaign) if line.campaign else "",
        }
        for line in lines[:CONSENTS_SHOWN]
    ]


def suppression_of(person: Supporter) -> Suppression | None:
    rows = Suppression.objects.in_force().filter(mailbox=person.mailbox)
    found: Suppression | None = rows.first()
    return found


def waiting(person: Supporter) -> list[dict[str, Any]]:
    """What was sent in their name and is no action: anybody may have typed it."""
    # By mailbox first: that column has the index.
    rows = Submission.objects.filter(mailbox=person.mailbox, supporter_key=person.key)
    rows = rows.exclude(state=Submission.State.CONFIRMED).select_related("ask__campaign")
    return [{"row": row, "title": title_of(row.ask.campaign)} for row in rows.order_by("-pk")[:20]]


def mailings_of(person: Supporter) -> list[dict[str, Any]]:
    """Updates and alerts to their mailbox, and how each mail stands."""
    lanes = [UPDATES_LANE, ALERTS_LANE]
    rows = Delivery.objects.filter(lane__in=lanes, sender_key=mailbox_key(person))
    # A mail's text is large, and theirs to read, not ours.
    mails = list(rows.defer("message").order_by("-pk")[:20])
    told: dict[str, Mailing] = {}
    for model in (Update, Alert):
        keys = {mail.scope_key for mail in mails if mail.scope_key.startswith(f"{model.KIND}:")}
        ids = {typed_number(key.partition(":")[2]) for key in keys}
        found = model._default_manager.filter(pk__in=ids).select_related("campaign")
        told |= {row.scope_key: row for row in found}
    return [
        {
            "mail": mail,
            "is_alert": mail.lane == ALERTS_LANE,
            "title": title_of(told[mail.scope_key].campaign)
            if mail.scope_key in told
            else mail.subject,
        }
        for mail in mails
    ]


def districts_of(person: Supporter) -> list[dict[str, Any]]:
    """As they were last looked up (desk.supporters.districts)."""
    # Editions differ in their names for a division: any of them says which one it is.
    rows = list(SupporterDistrict.objects.filter(supporter=person).order_by("layer", "division"))
    named = District.objects.filter(division__in=[row.division for row in rows])
    names = dict(named.values_list("division", "name"))
    return [{"row": row, "name": names.get(row.division, row.division)} for row in rows]


def tags_of(person: Supporter) -> QuerySet[Tag]:
    return Tag.objects.filter(tagged__supporter=person)


def household_of(person: Supporter) -> QuerySet[Supporter]:
    """Other grown people of their mailbox: a household, or themselves by another name."""
    others: QuerySet[Supporter] = Supporter.objects.grown().filter(mailbox=person.mailbox)
    return others.exclude(pk=person.pk).order_by("pk")[:10]
