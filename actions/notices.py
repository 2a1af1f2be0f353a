"""What a supporter's mailbox is told.

A mail to an unproven mailbox carries none of the words that were typed (docs/safety.md A5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_noop as _

from actions.letters.text import own_copy
from actions.models import Action
from actions.status import items
from campaigns import words
from supporters import consent, links, mail
from supporters.models import Consent
from supporters.newsletter import unsubscribe_url


def ask_to_confirm(action: Action) -> None:
    """The one link whose page has the button that counts.

    A quarantined person is told so, and how to appeal.
    """
    if action.quarantined_because:
        quarantined(action)
        return
    confirmation(action, once=action.idempotency_key.hex)


def send_fresh_link(action: Action) -> None:
    """A fresh link for an old one, once an hour at the most."""
    confirmation(action, once=f"{timezone.now():%Y%m%d%H}")


def already(action: Action) -> None:
    """Only the mailbox learns that this was a second time; once a day."""
    if action.state == Action.State.PENDING:
        confirmation(action, once=str(timezone.localdate()))
    elif action.state == Action.State.CONFIRMED:
        post(
            action,
            "already",
            _("We already have your action: %(campaign)s"),
            once=f"already:{action.pk}:{timezone.localdate()}",
        )


def confirmation(action: Action, *, once: str) -> None:
    """Once for each `once`: the form as it was sent, an hour, a day."""
    post(
        action,
        "confirmation",
        _("Please confirm: %(campaign)s"),
        once=f"confirm:{action.pk}:{once}",
    )


def quarantined(action: Action) -> None:
    """Somebody was set aside: told so, and how to appeal."""
    post(
        action,
        "quarantined",
        _("Set aside for a look: %(campaign)s"),
        # The key keeps its old word: nobody is told twice by the release that renamed it.
        once=f"held:{action.pk}:{action.idempotency_key.hex}",
    )


def receipt(action: Action) -> None:
    """It counts; with the letter as it went, and the page that follows it."""
    post(
        action,
        "receipt",
        _("Thank you: %(campaign)s"),
        once=f"receipt:{action.pk}:{action.idempotency_key.hex}",
        with_letter=True,
    )


def failed(action: Action, offices: list[dict[str, Any]], *, once: str) -> None:
    """It did not get through to these offices (actions.status.items.items): the text for each, and
    another way. Once for each `once`.
    """
    key = f"failed:{action.pk}:{action.idempotency_key.hex}:{once}"
    post(
        action,
        "failed",
        _("Your letter did not get through: %(campaign)s"),
        once=key,
        offices=offices,
    )


def late(action: Action, offices: list[dict[str, Any]], *, once: str) -> None:
    """Its letters to these offices wait for a person here, or are in doubt, for longer than we
    would ask anybody to wait.
    """
    key = f"late:{action.pk}:{action.idempotency_key.hex}:{once}"
    post(action, "late", _("Your letter is late: %(campaign)s"), once=key, offices=offices)


def post(
    action: Action,
    template: str,
    subject: str,
    *,
    once: str,
    with_letter: bool = False,
    offices: Sequence[dict[str, Any]] = (),
) -> None:
    """In the language the action was taken in, with links to pages in it, whosever request this is.

    `subject` is not translated yet.
    """
    campaign, supporter = action.ask.campaign, action.supporter
    # What a mailbox has not confirmed yet may not be theirs: it is shown none of it.
    is_theirs = supporter.proven_at is not None
    with translation.override(action.language):
        title = words.of(campaign, action.language).title
        context: dict[str, Any] = {
            "title": title,
            "kind": action.ask.kind,
            **pages_of(action),
            "days": days_to_answer(action),
            "date": action.created_at,
            "offices": offices if is_theirs else [without_words(office) for office in offices],
        }
        if with_letter and is_theirs:
            letters = items.letters_of(action)
            context |= {"action": action, "offices": letters, "copy": own_copy(action)}
        note = mail.Note(
            template=template,
            key=once,
            # Marked above for gathering only: translated here, in the language of the action.
            subject=translation.gettext(subject) % {"campaign": title},
            context=context,
            language=action.language,
            rehearsal=mail.is_rehearsal(is_demo=campaign.is_demo),
        )
        mail.send(supporter, note)


def pages_of(action: Action) -> dict[str, str]:
    """The pages that a mail leads to. Every link but the campaign's is this mailbox's alone."""
    gets_news = consent.is_granted(action.supporter, Consent.Purpose.NEWSLETTER)
    return {
        "campaign_url": address("actions:act", action.ask.campaign.slug),
        "confirm_url": private_address("confirm", action),
        "status_url": private_address("status", action),
        "withdraw_url": private_address("withdraw", action),
        "not_me_url": private_address("not_me", action),
        "unsubscribe_url": unsubscribe_url(action.supporter) if gets_news else "",
    }


def private_address(name: str, action: Action) -> str:
    """`name` is the URL's; the link's purpose is spelled with a hyphen."""
    return address(f"actions:{name}", links.make(name.replace("_", "-"), action.public_id))


def days_to_answer(action: Action) -> int:
    """The link works as long as there is something to confirm (actions.retention)."""
    is_young = action.supporter.is_minor or action.entry.get("is_minor")
    return min(
        links.LASTS["confirm"].days,
        settings.YOUNG_UNCONFIRMED_KEPT_DAYS if is_young else settings.UNCONFIRMED_KEPT_DAYS,
    )


def without_words(office: dict[str, Any]) -> dict[str, Any]:
    """Without anything that was typed."""
    return {**office, "by_hand": replace(office["by_hand"], text="", fields=(), script="")}


def address(name: str, part: str) -> str:
    """A page's whole address: a mail is read anywhere."""
    return settings.SITE_URL + reverse(name, args=[part])
