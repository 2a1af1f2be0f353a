"""Taking action: what somebody sends is kept as a submission, and their mailbox is asked.

Nothing else comes of it before the mailbox has answered: see actions.confirm.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from actions import notices
from actions.first_look import FirstLook, first_look
from actions.letters.fates import Fates
from actions.models import Action, Submission
from actions.offices import has_reader
from actions.screening import bursts, proof
from campaigns.abroad.countries import HOME
from campaigns.models import Ask
from campaigns.petitions import current_text
from legislators.lookup import Place
from legislators.prepared import Prepared
from supporters.people import Entry, canonical_name, key_of, keyed_hash, mailbox_of, take_turns
from worker.outbox import insert

A_MOMENT = dt.timedelta(minutes=1)
KEPT = Prepared(
    lambda forms, digests: (
        Submission.objects.filter(form_key__in=forms, digest__in=digests)
        .order_by("-pk")
        .values_list("pk", "public_id")[:1]
    )
)
OPEN = (Submission.State.WAITING, Submission.State.QUARANTINED)


class CampaignClosed(Exception):
    """The campaign takes no actions now; the page gives the person's words back."""


class NobodyToWrite(Exception):
    """A letter that no office reads: the page says why, and keeps the words."""


class FormUsedUp(Exception):
    """This form has brought as many submissions as it may; the page gives a new one, filled in."""


@dataclass(frozen=True)
class FilledForm:
    """What came out of the forms.

    `places` are those the person's ask addresses, already chosen where a ZIP was split; `key` is
    the form's own; `proof` the calculation that it brings, if any (actions.screening.proof).
    """

    key: uuid.UUID
    entry: Entry
    places: Sequence[Place] = ()
    subject: str = ""
    statement: str = ""
    statement_edited: bool = False
    versions: Sequence[Mapping[str, Any]] = ()  # as in Typed.versions
    own_words: str = ""
    answers: Sequence[Mapping[str, Any]] = ()  # as in Typed.answers
    outcomes: Mapping[int, str] = field(default_factory=dict)
    newsletter_wording: str = ""
    permissions: Mapping[str, str] = field(default_factory=dict)
    name_is_public: bool = False
    needs_lookup: bool = False
    chosen_by_person: bool = False
    fates: Fates | None = None  # of its letters, where they are known already
    corrects: bool = False  # the mailbox, on the page after the form
    source: str = ""
    guardian: str = ""  # a grown-up's mailbox, of somebody of 13 to 17
    suspicion: str = ""
    proof: str = ""
    marks: bursts.Marks = field(default_factory=bursts.Marks)


@transaction.atomic
def take_action(ask: Ask, form: FilledForm) -> Submission:
    """Keep what one person sent, and ask their mailbox. Raises CampaignClosed,
    NobodyToWrite, FormUsedUp.

    Nothing else comes of it yet: no action, no letter, nobody learned anything. The same form with
    the same words is one submission, however often it is sent; so are the same words twice within a
    minute.
    """
    if not ask.campaign.is_open or ask.campaign.preview:
        raise CampaignClosed(ask.campaign.slug)
    if (
        ask.kind == Ask.Kind.LETTER
        and not form.needs_lookup
        and not any(map(has_reader, form.places))
    ):
        raise NobodyToWrite(ask.campaign.slug)
    submission = fill_in(ask, form)
    # Of many at once each sees what the ones before it brought, by this form or for this mailbox.
    take_turns(form.key.hex, submission.mailbox)
    look = first_look(submission)
    is_at_venue = look.at_venue and bursts.has_room(form.marks.kept_network, ask.campaign_id)
    if is_at_venue:
        form = replace(form, marks=bursts.at_venue(form.marks))
        submission = fill_in(ask, form)
    before = sent_before(submission) if look.sent_before else []
    slips = [other for other in before if is_slip(other, submission)]
    known = next((other for other in before if other.digest == submission.digest), None)
    if known is None:
        brought = sum(other.form_key == form.key for other in before)
        if brought >= bursts.OF_ONE_FORM:
            raise FormUsedUp(form.key)
        mends = any(slip.state == Submission.State.WAITING for slip in slips)
        is_excused = not look.many or (mends and brought <= bursts.MENDED_FREELY)
        room = bursts.ROOM if is_at_venue else 1
        suspicion = form.suspicion or ("" if is_excused else is_too_much(ask, form, room=room))
        submission = keep(submission, suspicion, is_new=not look.sent_before)
    else:
        submission = known
    submission.ask = ask
    # Reloading an old page corrects nothing.
    if known is None or form.corrects:
        supersede(slips, submission)
    ask_mailbox(submission, form.fates, look)
    return submission


def fill_in(ask: Ask, form: FilledForm) -> Submission:
    """As it was typed, unsaved."""
    typed, entry = as_typed(ask, form), form.entry
    guardian = form.guardian if entry.is_minor and ask.campaign.asks_guardian else ""
    said = typed | ({"guardian": guardian} if guardian else {})
    return Submission(
        **typed,
        guardian=guardian,
        ask=ask,
        form_key=form.key,
        digest=keyed_hash(json.dumps(said, default=str, sort_keys=True)),
        supporter_key=key_of(entry.email, entry.given_name, entry.family_name),
        mailbox=mailbox_of(entry.email),
        **asdict(form.marks),
        created_at=timezone.now(),
        changed_at=timezone.now(),
    )


def sent_before(submission: Submission) -> list[Submission]:
    """By the same form, these first; or the same words a moment ago by another, as from a page that
    was fetched twice.
    """
    lately = Q(
        mailbox=submission.mailbox,
        ask=submission.ask,
        digest=submission.digest,
        state__in=OPEN,
        created_at__gt=submission.created_at - A_MOMENT,
    )
    found = Submission.objects.filter(Q(form_key=submission.form_key) | lately).order_by("pk")
    return sorted(found, key=lambda other: other.form_key != submission.form_key)


def keep(submission: Submission, suspicion: str, *, is_new: bool) -> Submission:
    """The row: of two that are sent at once there is one. `is_new`: under its form's lock it was
    seen that this brought nothing yet.
    """
    if suspicion:
        submission.state = Submission.State.QUARANTINED
        submission.quarantined_because = suspicion
    if is_new:
        insert(submission)
        return submission
    Submission.objects.bulk_create([submission], ignore_conflicts=True)
    [(pk, public_id)] = KEPT.rows([submission.form_key], [submission.digest])
    if public_id != submission.public_id:
        kept: Submission = Submission.objects.get(pk=pk)
        return kept
    submission.pk, submission._state.adding = pk, False
    return submission


def is_slip(other: Submission, submission: Submission) -> bool:
    """Whether it is open, and this form sent it in the same name for another mailbox."""
    same_name = canonical_name(other.name) == canonical_name(submission.name)
    return other.is_open and same_name and other.mailbox != submission.mailbox


def is_too_much(ask: Ask, form: FilledForm, *, room: int) -> str:
    """Why it is set aside for what others send, or blank: whoever brings a proof of work is not."""
    because = bursts.overflow(ask, form.marks, room=room)
    return "" if because and proof.use(form.proof, form.key) else because


def supersede(slips: Sequence[Submission], submission: Submission) -> None:
    """One form is one person's: what it sent in this name to another mailbox was a slip, and nobody
    there may confirm it.
    """
    if submission.state == Submission.State.SUPERSEDED:
        take_up_again(submission)
    if slips:
        # One that its mailbox confirms at this moment is open no more, and stays.
        these = Submission.objects.open().filter(pk__in=[slip.pk for slip in slips])
        these.update(state=Submission.State.SUPERSEDED, changed_at=timezone.now())
        notices.call_back(slips)


def take_up_again(submission: Submission) -> None:
    """The first mailbox was right after all."""
    submission.state = (
        Submission.State.QUARANTINED if submission.quarantined_because else Submission.State.WAITING
    )
    submission.changed_at = timezone.now()
    submission.save(update_fields=["state", "changed_at"])


def as_typed(ask: Ask, form: FilledForm) -> dict[str, Any]:
    """A submission's fields, as far as they were typed or follow from it."""
    first, entry = (form.places[0] if form.places else None), form.entry
    is_petition = ask.kind == Ask.Kind.PETITION
    to_call = [place.seat.pk for place in form.places if place.holder]
    return {
        "us_state": entry.state,
        "country": "" if entry.country == HOME else entry.country,
        "language": entry.language,
        "source": form.source,
        "petition_text": current_text(ask, entry.language) if is_petition else None,
        "name_is_public": form.name_is_public and not entry.is_minor,
        "subject": form.subject,
        "statement": form.statement,
        "statement_edited": form.statement_edited,
        "versions": list(form.versions),
        "own_words": form.own_words,
        "answers": [] if entry.is_minor else list(form.answers),
        "entry": asdict(entry if keeps_street(form) else replace(entry, street="")),
        "newsletter_wording": "" if entry.is_minor else form.newsletter_wording,
        "permissions": {} if entry.is_minor else dict(form.permissions),
        "needs_lookup": form.needs_lookup,
        "match_method": first.method if first else "",
        "match_certain": all(place.certain for place in form.places),
        "chosen_by_person": form.chosen_by_person,
        "counts_at_once": ask.counts_at_once,
        "seats": [place.seat.pk for place in form.places],
        "outcomes": {**dict.fromkeys(to_call, ""), **form.outcomes},
    }


def keeps_street(form: FilledForm) -> bool:
    """Of somebody under 18 no letter names it, so only a lookup that is still to come needs it."""
    return form.needs_lookup or not form.entry.is_minor


def ask_mailbox(submission: Submission, fates: Fates | None, look: FirstLook) -> None:
    """Only the mailbox learns whether this person acted before."""
    action = counted_action(submission) if look.counted else None
    if action:
        notices.already(action)
    elif submission.is_open:
        notices.ask_to_confirm(submission, fates, look)


def counted_action(submission: Submission) -> Action | None:
    """The same person's on the same ask, whichever submission it came of."""
    theirs = Action.objects.counted().filter(
        ask=submission.ask_id, supporter__key=submission.supporter_key
    )
    action: Action | None = theirs.select_related("ask__campaign", "supporter").first()
    return action
