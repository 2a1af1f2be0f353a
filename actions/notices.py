"""What a supporter's mailbox is told.

A mail to an unproven mailbox carries none of the words that were typed (docs/safety.md A5).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_noop as _

from actions.first_look import FirstLook
from actions.letters.fates import Fates, of_submission
from actions.letters.text import own_copy
from actions.models import Action, Letter, Submission
from actions.screening.why_quarantined import why
from actions.status import items
from campaigns import brand, words
from supporters import consent, links, mail
from supporters.models import Consent
from supporters.newsletter import unsubscribe_url
from supporters.people import Entry, recognize, stranger
from supporters.suppressions import is_quiet_about
from worker import outbox
from worker.models import Delivery, State

# Marked for gathering only: translated in the language of whoever reads it.
PLEASE_CONFIRM, THANK_YOU = _("Please confirm: %(campaign)s"), _("Thank you: %(campaign)s")


def ask_to_confirm(
    submission: Submission, fates: Fates | None = None, look: FirstLook | None = None
) -> None:
    """The one link whose page shows this submission, with the button that counts; once a day.

    Whoever is quarantined is told so, and how to appeal. `fates` of its letters are looked up where
    they are not known; `look` is what its caller saw under its mailbox's lock.
    """
    if submission.state == Submission.State.QUARANTINED:
        quarantined(submission)
        return
    once = f"confirm:{submission.public_id.hex}:{timezone.localdate()}"
    please_confirm(submission, fates, once=once, look=look)


def please_confirm(
    submission: Submission, fates: Fates | None, *, once: str, look: FirstLook | None = None
) -> None:
    """The numbers say nothing of what was typed but how many offices an address has."""
    fates = fates or of_submission(submission)
    ask(submission, "confirmation", PLEASE_CONFIRM, once=once, look=look, fates=fates)


def send_fresh_link(submission: Submission) -> None:
    """A fresh link for an old one, once an hour at the most."""
    hour = f"{submission.public_id.hex}:{timezone.now():%Y%m%d%H}"
    if submission.state == Submission.State.REFUSED:
        tell_refusal(submission, "", once=hour)
        return
    please_confirm(submission, None, once=f"confirm:{hour}")


def asked_about(mailbox: str) -> set[str]:
    """The submissions (their ids, hexadecimal) that this mailbox was sent a link for."""
    sent = Delivery.objects.filter(lane=mail.LANE, sender_key=mail.mailbox_key_of(mailbox))
    asked = sent.filter(Q(key__startswith="confirm:") | Q(key__startswith="held:"))
    return {key.split(":")[1] for key in asked.values_list("key", flat=True)}


def got_our_mail(submission: Submission) -> bool:
    """Whether the mail with its link left for its mailbox, as far as we know."""
    asked = Delivery.objects.filter(key__startswith=f"confirm:{submission.public_id.hex}:")
    return asked.filter(lane=mail.LANE, state__in=[State.SENT, State.UNCERTAIN]).exists()


def remind(submission: Submission) -> bool:
    """Once for each submission, and among the mails that ask: by the same key, so as slowly and as
    seldom. Returns whether it was posted.
    """
    once = f"confirm:{submission.public_id.hex}:reminder"
    subject = _("One press is missing: %(campaign)s")
    return ask(submission, "reminder", subject, once=once, fates=of_submission(submission))


def call_back(
    submissions: Collection[Submission],
    *,
    reason: str = "corrected to another mailbox",
    author: str = "supporter",
) -> None:
    """What still waits to leave for these mailboxes never will."""
    asked = Q()
    for submission in submissions:
        asked |= Q(key__startswith=f"confirm:{submission.public_id.hex}:")
        asked |= Q(key__startswith=f"held:{submission.public_id.hex}")
    waiting = Delivery.objects.filter(asked, lane=mail.LANE).values_list("pk", flat=True)
    outbox.cancel(waiting, reason=reason, author=author)


SET_ASIDE = _("Set aside for a look: %(campaign)s")


def quarantined(submission: Submission) -> None:
    """It was set aside: its mailbox is told so, and how to appeal."""
    # The key keeps its old word.
    once = f"held:{submission.public_id.hex}"
    ask(submission, "quarantined", SET_ASIDE, once=once, because=submission.quarantined_because)


def set_aside(submission: Submission, *, gone: int) -> None:
    """By a person here, with others like it. `gone`: so many of its letters had left."""
    because = submission.quarantined_because
    once = f"held:{submission.public_id.hex}:{timezone.now():%Y%m%d%H%M%S}"
    counted = submission.action_id is not None
    ask(submission, "set_aside", SET_ASIDE, once=once, because=because, counted=counted, gone=gone)


def looked_at_again(submission: Submission) -> None:
    """It was refused, and that is undone."""
    once = f"held:{submission.public_id.hex}:again:{timezone.now():%Y%m%d%H%M%S}"
    subject = _("We look at it again: %(campaign)s")
    ask(submission, "looked_at_again", subject, once=once)


def counts_again(action: Action) -> None:
    """It had been set aside."""
    once = f"again:{action.pk}:{action.idempotency_key.hex}"
    post(action, "counts_again", _("It counts again: %(campaign)s"), once=once)


def refused(submission: Submission, text: str) -> None:
    """A person here found that it should not count: its mailbox is told, and whether it may ask for
    one more look. `text` is what was written, "" where the mailbox has not answered.
    """
    tell_refusal(submission, text, once=f"{submission.public_id.hex}:{submission.refusals}")


def tell_refusal(submission: Submission, text: str, *, once: str) -> None:
    if recognize(Entry(**submission.entry)).wants_no_words_mailed:
        text = ""
    ask(
        submission,
        "refused",
        _("It does not count: %(campaign)s"),
        once=f"refused:{once}",
        because=submission.quarantined_because,
        text=text,
        is_final=submission.refusals > 1,
        gone=Letter.objects.left().filter(action=submission.action_id).count(),
    )


def already(action: Action) -> None:
    """Only the mailbox learns that this was a second time; once a day."""
    post(
        action,
        "already",
        _("We already have your action: %(campaign)s"),
        once=f"already:{action.pk}:{timezone.localdate()}",
    )


def receipt(action: Action) -> None:
    """It counts; with the letter as it went, and the page that follows it."""
    post(
        action,
        "receipt",
        THANK_YOU,
        once=f"receipt:{action.pk}:{action.idempotency_key.hex}",
        with_letter=True,
    )


def guardian_refused(action: Action) -> None:
    """A grown-up whom they named said no, and it is taken back."""
    once = f"guardian_refused:{action.pk}:{action.idempotency_key.hex}"
    post(action, "guardian_refused", _("It is taken back: %(campaign)s"), once=once)


def unaddressed(action: Action) -> None:
    """No office was certain once lookup worked again: it does not count, and here are its words."""
    once = f"unaddressed:{action.pk}:{action.idempotency_key.hex}"
    subject = _("Your letter has nobody to go to yet: %(campaign)s")
    post(action, "unaddressed", subject, once=once, with_letter=True)


def ask(
    submission: Submission,
    template: str,
    subject: str,
    *,
    once: str,
    because: str = "",
    look: FirstLook | None = None,
    **context: Any,
) -> bool:
    """To a mailbox that has not confirmed this yet, and may not be theirs: none of the typed words.
    Nothing for a week after "not me". Returns whether there is such a mail.

    `subject` is not translated yet; `because` is Submission.quarantined_because.
    """
    if (look is None or look.quiet) and is_quiet_about(submission.mailbox, submission.ask):
        return False
    campaign = submission.ask.campaign
    entry = Entry(**submission.entry)
    with translation.override(submission.language):
        title = words.of(campaign, submission.language).title
        link = {
            "confirm_url": address("actions:confirm", links.make("confirm", submission.public_id))
        }
        note = mail.Note(
            template=template,
            key=once,
            subject=translation.gettext(subject) % {"campaign": title},
            context={
                "title": title,
                "kind": submission.ask.kind,
                "days": days_to_answer(submission),
                "counts_at_once": submission.counts_at_once,
                "why": why(because) if because else "",
                **({"brand": brand.shown()} if look else link),
                **context,
            },
            language=submission.language,
            rehearsal=mail.is_rehearsal(is_demo=campaign.is_demo),
            is_clear=look is not None and not (look.suppressed or look.mailed),
            has_its_turn=look is not None and not look.mail_waits,
            own=link if look else {},
        )
        is_new = look is not None and not look.known
        return mail.send(stranger(entry) if is_new else recognize(entry), note) is not None


def days_to_answer(submission: Submission) -> int:
    """The link works as long as there is something to confirm (actions.retention)."""
    is_young = submission.entry.get("is_minor")
    kept = settings.YOUNG_UNCONFIRMED_KEPT_DAYS if is_young else settings.UNCONFIRMED_KEPT_DAYS
    # A day that has just begun counts whole.
    age = timezone.now() - submission.changed_at - dt.timedelta(hours=1)
    left = dt.timedelta(days=kept) - max(age, dt.timedelta(0))
    return max(1, min(links.LASTS["confirm"].days, left.days))


def post(
    action: Action,
    template: str,
    subject: str,
    *,
    once: str,
    with_letter: bool = False,
) -> None:
    """In the language the action was taken in, with links to pages in it, whosever request this is.

    `subject` is not translated yet.
    """
    mail.send(action.writer, note_of(action, template, subject, once=once, with_letter=with_letter))


def note_of(
    action: Action,
    template: str,
    subject: str,
    *,
    once: str,
    with_letter: bool = False,
    offices: Sequence[dict[str, Any]] = (),
    gets_news: bool | None = None,
    **known: Any,
) -> mail.Note:
    """What `post` sends. `gets_news`: whether its writer does, where the caller knows that;
    `known`: what else it knows of the context.
    """
    campaign, supporter = action.ask.campaign, action.writer
    # What a mailbox has not confirmed yet may not be theirs: it is shown none of it.
    is_theirs = supporter.proven_at is not None
    # Others read this mailbox too, its owner says: words stay on the page.
    has_words = is_theirs and not supporter.wants_no_words_mailed
    with translation.override(action.language):
        title = words.of(campaign, action.language).title
        context: dict[str, Any] = {
            "title": title,
            "kind": action.ask.kind,
            **pages_of(action, gets_news=gets_news),
            "date": action.created_at,
            "offices": offices if has_words else [without_words(office) for office in offices],
            "no_words": not has_words,
            **known,
        }
        if with_letter and is_theirs:
            letters = items.letters_of(action)
            fates = items.fates_of(letters)
            if not has_words:
                letters = [without_words(office) for office in letters]
            is_complete = not has_words or any(office["words"] for office in letters)
            copy = None if is_complete else own_copy(action)
            context |= {"action": action, "offices": letters, "copy": copy, "fates": fates}
        return mail.Note(
            template=template,
            key=once,
            # Marked for gathering only: translated here, in the language of the action.
            subject=translation.gettext(subject) % {"campaign": title},
            context=context,
            language=action.language,
            rehearsal=mail.is_rehearsal(is_demo=campaign.is_demo),
        )


def pages_of(action: Action, *, gets_news: bool | None = None) -> dict[str, str]:
    """The pages that a mail leads to. Every link but the campaign's is this mailbox's alone."""
    if gets_news is None:
        gets_news = consent.is_granted(action.writer, Consent.Purpose.NEWSLETTER)
    my_page = settings.SITE_URL + reverse("actions:my_page")
    # A link in this mail would show the words to whoever else reads it.
    is_quiet = action.writer.wants_no_words_mailed
    return {
        "campaign_url": address("actions:act", action.ask.campaign.slug),
        "status_url": my_page if is_quiet else private_address("status", action),
        "withdraw_url": private_address("withdraw", action),
        "my_page_url": my_page,
        "unsubscribe_url": unsubscribe_url(action.writer) if gets_news else "",
    }


def private_address(name: str, action: Action) -> str:
    """`name` is the URL's, and the link's purpose."""
    return address(f"actions:{name}", links.make(name, action.public_id))


def without_words(office: dict[str, Any]) -> dict[str, Any]:
    """Without anything that was typed."""
    by_hand = replace(office["by_hand"], subject="", text="", fields=(), script="")
    return {**office, "by_hand": by_hand, "words": None}


def address(name: str, part: str) -> str:
    """A page's whole address: a mail is read anywhere."""
    return settings.SITE_URL + reverse(name, args=[part])
