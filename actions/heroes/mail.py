"""Mail about somebody's page among the people who act: links, and nothing that was typed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from actions.models import Hero
from actions.notices import address
from supporters import links
from supporters.mail import Note, is_rehearsal, send
from supporters.models import Supporter
from worker import outbox
from worker.models import CaughtMail, Delivery

AUTHOR = "take-action"


def ask(hero: Hero) -> None:
    """Whether it is theirs: to an unproven mailbox, within its limits (docs/safety.md A5)."""
    # In memory only, as nobody has answered.
    stranger = Supporter(email=hero.email, mailbox=hero.mailbox, language=hero.language)
    with translation.override(hero.language):
        _send(
            hero,
            stranger,
            "hero_confirm",
            key=_key_of_asking(hero),
            subject=_("Is this you?"),
            confirm_url=address("actions:hero_confirm", links.make("hero-confirm", hero.public_id)),
            days=settings.UNCONFIRMED_KEPT_DAYS,
        )


def tell(hero: Hero, news: str) -> None:
    """What became of it: "received", "accepted", "declined", "taken_off" or "unread". Once for each
    time that they sent it.
    """
    assert hero.supporter is not None
    with translation.override(hero.language):
        _send(
            hero,
            hero.supporter,
            "hero_news",
            # The same key is posted once; what they tell anew has another time.
            key=f"hero_news:{hero.public_id.hex}:{news}:{int(hero.sent_at.timestamp())}",
            subject=_subject(news),
            news=news,
            own_url=address("actions:hero_own", links.make("hero", hero.public_id)),
            days=settings.REFUSED_KEPT_DAYS,
        )


def forget_asking(hero: Hero) -> None:
    """The mail to a mailbox that never answered: it leaves no more, and nothing says to whom."""
    written = Delivery.objects.filter(key=_key_of_asking(hero))
    outbox.cancel(written.values_list("pk", flat=True), reason="nothing is left", author=AUTHOR)
    CaughtMail.objects.filter(message_id__in=written.values("message_id")).delete()
    written.update(recipient="", message=b"", subject="")


def _key_of_asking(hero: Hero) -> str:
    return f"hero:{hero.public_id.hex}"


def _subject(news: str) -> str:
    return {
        "received": _("Thank you. Somebody here will read it"),
        "accepted": _("We have read it, and say thank you"),
        "declined": _("We have read what you sent"),
        "taken_off": _("We took your page off ours"),
        "unread": _("We did not get to what you sent"),
    }[news]


def _send(
    hero: Hero, person: Supporter, template: str, *, key: str, subject: str, **context: Any
) -> None:
    note = Note(
        template=template,
        key=key,
        subject=subject,
        context={"title": subject, **context},
        language=hero.language,
        rehearsal=is_rehearsal(is_demo=hero.is_demo),
    )
    send(person, note)
