"""Mailing the link to somebody's own page, one mail for a mailbox and one link for each of its
people.

What stands in a link is made up here, when it leaves, so that no table, message or log ever holds
it; that is why this mail goes straight to the relay and not through the outbox.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from accounts.mailboxes import folded
from actions.models import PageKey, PageWish
from actions.my_page import keys
from campaigns import brand
from supporters import unkept_mail
from supporters.mail import is_rehearsal
from supporters.models import Supporter, Suppression
from supporters.people import take_turns
from worker.channels import ChannelError, Interrupted, email
from worker.queued_letter import QueuedLetter

log = logging.getLogger(__name__)

TASK = "actions.tasks.mail_pages"
MOST_TRIES = 5
AGAIN_AFTER = dt.timedelta(minutes=1)  # after each try that failed
# To one mailbox, on anybody's word: each person's link counts (docs/safety.md A5).
LINKS_A_DAY = 5
# To one that asked never to be mailed, and where the box beside the form says so.
EVEN_SO_EACH = dt.timedelta(days=30)
# Of the whole site, whatever is typed into the form and wherever from.
LINKS_A_MINUTE = 600
MOST_PEOPLE = 10
# Past this, whoever asked has asked again.
WISH_KEPT = dt.timedelta(hours=1)
# A person, and what stands in their link.
Addressee = tuple[Supporter, str]


@dataclass(frozen=True)
class Opening:
    """One person's link in a mail; `label` tells them from the others who share the mailbox, and
    says no name.
    """

    url: str
    label: str


def mail_pages() -> int:
    """Look into every wish; how many mails left. May run twice, and at once."""
    mailed = 0
    PageWish.objects.filter(asked_at__lt=timezone.now() - WISH_KEPT).delete()
    for wish in PageWish.objects.order_by("pk")[:LINKS_A_MINUTE]:
        if not is_within_the_minute():
            break
        # Another run is at it, or was a moment ago.
        if wish.tries and timezone.now() - wish.asked_at < AGAIN_AFTER * wish.tries:
            continue
        # Whoever counts the try up makes it: of two runs at once one.
        counted = PageWish.objects.filter(pk=wish.pk, tries=wish.tries)
        if counted.update(tries=F("tries") + 1):
            mailed += grant(wish)
    keys.forget_old()
    return mailed


def is_within_the_minute() -> bool:
    lately = timezone.now() - dt.timedelta(minutes=1)
    return PageKey.objects.filter(made_at__gt=lately).count() < LINKS_A_MINUTE


def grant(wish: PageWish) -> int:
    """Mail this mailbox its links, if it has people whom we may write to. How many mails left."""
    mailed, is_over = 0, True
    for people in by_address(given_tokens(wish)):
        try:
            email.send(letter_to(people, wish.language))
            mailed += 1
        except ChannelError as trouble:
            log.warning("A link to somebody's page could not be mailed: %s", type(trouble).__name__)
            # Nobody has these.
            hashes = [keys.hash_of(token) for _person, token in people]
            PageKey.objects.filter(link_hash__in=hashes).delete()
            is_over = wish.tries + 1 >= MOST_TRIES
        except Interrupted:
            log.warning("Nobody can say whether a link to somebody's page was mailed")
    if is_over:
        wish.delete()
    return mailed


@transaction.atomic
def given_tokens(wish: PageWish) -> list[Addressee]:
    """Everybody whom a link is mailed to, with what stands in it."""
    # Of two runs at once the second sees what the first made.
    take_turns(wish.mailbox)
    return [(person, keys.make(person)) for person in people_of(wish)]


def people_of(wish: PageWish) -> list[Supporter]:
    """Whom a link is mailed to: nobody where the mailbox had enough, or wants none."""
    rows = Supporter.objects.filter(mailbox=wish.mailbox).select_related("merged_into")
    in_order = rows.order_by(F("proven_at").asc(nulls_last=True), "pk")[:MOST_PEOPLE]
    # A record that went into another leads to that one, and to its mailbox.
    people = dict.fromkeys(row.person for row in in_order)
    found = [person for person in people if not had_enough(person)]
    return found if found and may_be_mailed(wish) else []


def had_enough(person: Supporter) -> bool:
    since = timezone.now() - dt.timedelta(days=1)
    return PageKey.objects.filter(supporter=person, made_at__gt=since).count() >= LINKS_A_DAY


def may_be_mailed(wish: PageWish) -> bool:
    """A mailbox that asked never to be mailed gets this one, once a month, where that was asked
    for; one that came back, or complained, gets none.
    """
    suppression = Suppression.objects.in_force().filter(mailbox=wish.mailbox).first()
    if suppression is None:
        return True
    if suppression.reason != Suppression.Reason.ASKED or not wish.even_so:
        return False
    since = timezone.now() - EVEN_SO_EACH
    theirs = PageKey.objects.filter(supporter__mailbox=wish.mailbox, made_at__gt=since)
    return not theirs.exists()


def by_address(addressees: Collection[Addressee]) -> list[list[Addressee]]:
    """One mailbox may be spelled in several ways: each mail goes to the spelling that its people
    gave, and has their links only.
    """
    spelled: dict[str, list[Addressee]] = {}
    for person, token in addressees:
        spelled.setdefault(folded(person.email), []).append((person, token))
    return list(spelled.values())


def letter_to(addressees: list[Addressee], language: str) -> QueuedLetter:
    """One mail with a link for each of them."""
    with translation.override(language):
        openings = [
            Opening(
                settings.SITE_URL + reverse("actions:my_page_open", args=[token]),
                label_of(person) if len(addressees) > 1 else "",
            )
            for person, token in addressees
        ]
        first, _token = addressees[0]
        return composed(
            "my_page",
            _("Your page at %(who)s") % {"who": brand.current().name},
            {"openings": openings},
            to=first.email,
            is_demo=first.is_demo,
        )


def label_of(person: Supporter) -> str:
    """Initials and since when: enough for whoever it is, and no name for whoever else reads
    this. Where the mailbox never answered nothing that was typed (docs/safety.md A5).
    """
    if person.proven_at is None:
        return _("Somebody who never confirmed")
    since = formats.date_format(timezone.localtime(person.created_at), "YEAR_MONTH_FORMAT")
    return _("%(initials)s, here since %(month)s") % {"initials": initials(person), "month": since}


def initials(person: Supporter) -> str:
    """ "N. Á."."""
    return " ".join(f"{word[0]}." for word in (person.given_name, person.family_name) if word)


def composed(
    template: str, subject: str, context: Mapping[str, Any], *, to: str, is_demo: bool
) -> QueuedLetter:
    """A mail that no row holds, in the language that is active."""
    return unkept_mail.letter(
        template,
        {"minutes": int(keys.LASTS.total_seconds() // 60), **context},
        kind="my page",
        to=to,
        subject=subject,
        language=translation.get_language(),
        rehearsal=is_rehearsal(is_demo=is_demo),
        lasts=keys.LASTS,
    )
