"""Joining the newsletter: asked on the web, granted by the mailbox, ended by one click."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from supporters import consent, links, mail
from supporters.models import Consent, Supporter
from supporters.people import Entry, mailbox_of, remember


def wording() -> str:
    """What the box says; it is kept with the consent."""
    return _("Yes, send me news of this work by e-mail. I can leave with one click at any time.")


@transaction.atomic
def ask_to_join(*, email: str, given_name: str, language: str) -> None:
    """Mail a link that proves the mailbox; none where we know it as a young person's.

    The answer on the web is the same whether the person is new, known or suppressed.
    """
    supporter = known(email) or remember(
        Entry(given_name=given_name, family_name="", email=email, language=language)
    )
    if supporter.is_minor:
        return
    with translation.override(language):
        note = mail.Note(
            template="newsletter",
            # One a day, however often the form is sent: the same key posts once.
            key=f"newsletter:{supporter.pk}:{timezone.localdate()}",
            subject=_("One more step to our newsletter"),
            context={
                "confirm_url": url(
                    "actions:newsletter_confirm", links.make("newsletter", supporter.public_id)
                )
            },
            rehearsal=mail.is_rehearsal(is_demo=supporter.is_demo),
            language=language,
        )
        mail.send(supporter, note)


@transaction.atomic
def join(supporter: Supporter) -> None:
    """The mailbox answered: grant. Twice is once; a minor is never granted."""
    if supporter.proven_at is None:
        supporter.proven_at = timezone.now()
        supporter.save(update_fields=["proven_at"])
    if not supporter.is_minor and not consent.is_granted(supporter, Consent.Purpose.NEWSLETTER):
        language = translation.get_language() or "en"
        consent.grant(
            supporter, Consent.Purpose.NEWSLETTER, wording(), language=language, channel="mail-link"
        )


@transaction.atomic
def leave(supporter: Supporter) -> bool:
    """End it for everybody who shares the mailbox: the one who clicked can't be told apart. Whether
    anybody there had it.
    """
    people = Supporter.objects.filter(mailbox=supporter.mailbox)
    had_it = [one for one in people if consent.is_granted(one, Consent.Purpose.NEWSLETTER)]
    for person in had_it:
        consent.end(person, Consent.Purpose.NEWSLETTER, channel="mail-link")
    return bool(had_it)


def known(email: str) -> Supporter | None:
    """Whoever owns this mailbox already: of a household the grown, and proven owners first."""
    return (
        Supporter.objects.whole()
        .filter(mailbox=mailbox_of(email))
        .order_by("is_minor", F("proven_at").desc(nulls_last=True), "id")
        .first()
    )


def unsubscribe_url(supporter: Supporter) -> str:
    """Works for ten years, and for nothing else."""
    return url("actions:unsubscribe", links.make("unsubscribe", supporter.public_id))


def url(name: str, token: str) -> str:
    """With our own host: it stands in mail."""
    return settings.SITE_URL + reverse(name, args=[token])
