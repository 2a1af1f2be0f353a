"""What a person who acts does with their own page: send it, confirm it, change it, take it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from actions.erasing import How, erase
from actions.erasing.promised import is_still_here
from actions.heroes import mail
from actions.models import Hero, HeroWords
from supporters import consent, journal
from supporters.journal import Deed
from supporters.models import Consent, Supporter
from supporters.people import (
    Entry,
    key_of,
    known_by_key,
    learn_details,
    mailbox_of,
    remember,
    take_turns,
)

OF_HERO = ("given_name", "family_name", "named", "place")
OF_WORDS = ("deed", "own_words")
CHANNEL = "hero"


@transaction.atomic
def send(typed: Mapping[str, Any], *, wording: str) -> Hero:
    """Keep what was typed until its mailbox answers, which nobody here reads before. One mail goes
    there, without a word of it. Twice is once.
    """
    language = translation.get_language() or "en"
    hero = Hero(
        **{name: typed[name] for name in OF_HERO},
        email=typed["email"],
        mailbox=mailbox_of(typed["email"]),
        supporter_key=key_of(typed["email"], typed["given_name"], typed["family_name"]),
        language=language,
        wording=wording,
        sent_at=timezone.now(),
    )
    said = {name: typed[name] for name in OF_WORDS}
    take_turns(hero.mailbox)
    # Pressed twice it is one; other words are another form, with a link of its own.
    if waits := waits_already(hero, said):
        return waits
    hero.save()
    hero.words.create(language=language, **said)
    mail.ask(hero)
    return hero


def waits_already(hero: Hero, said: Mapping[str, str]) -> Hero | None:
    """The same form of the same person, whose mailbox has not answered yet."""
    same = {name: getattr(hero, name) for name in (*OF_HERO, "email", "language", "wording")}
    its_words = HeroWords.objects.filter(language=hero.language, **said)
    found: Hero | None = Hero.objects.filter(
        confirmed_at=None, pk__in=its_words.values("hero"), **same
    ).first()
    return found


def entry_of(hero: Hero) -> Entry:
    return Entry(
        given_name=hero.given_name,
        family_name=hero.family_name,
        email=hero.email,
        language=hero.language,
    )


def pages_before(hero: Hero) -> Any:
    """What stands here of them already: the new one takes its place once it is confirmed."""
    known = known_by_key(entry_of(hero))
    return Hero.objects.filter(supporter=known.person) if known else Hero.objects.none()


@transaction.atomic
def confirm(hero: Hero) -> Hero | None:
    """The mailbox says that it is them: from now on somebody here may read it. Twice is once. None
    for whoever is known here as under 18: it is deleted. Raises Hero.DoesNotExist.
    """
    hero = Hero.objects.select_for_update(of=("self",)).get(pk=hero.pk)
    if hero.confirmed_at:
        return hero
    take_turns(hero.mailbox)
    person = remember(entry_of(hero))
    # Said once, on whatever form of ours, it is never unlearned.
    if person.is_minor:
        mail.forget_asking(hero)
        hero.delete()
        return None
    learn_details(person, {"email": hero.email, "language": hero.language})
    # One page for a person: the newest is what they want to say.
    Hero.objects.filter(supporter=person).delete()
    consent.grant(
        person, Consent.Purpose.HERO, hero.wording, language=hero.language, channel=CHANNEL
    )
    hero.supporter, hero.confirmed_at = person, timezone.now()
    hero.email = hero.mailbox = hero.supporter_key = ""
    hero.save(update_fields=["supporter", "confirmed_at", "email", "mailbox", "supporter_key"])
    mail.tell(hero, "received")
    return hero


@transaction.atomic
def change(hero: Hero, typed: Mapping[str, Any]) -> bool:
    """Other words or another name. Whether anything changed.

    What says something new, or more of the name, is hidden until somebody here has read it; what
    was translated of other words goes. Raises journal.CannotNote.
    """
    hero = Hero.objects.select_for_update(of=("self",)).get(pk=hero.pk)
    words = hero.words.get(language=hero.language)
    changed = {name for name in OF_HERO if getattr(hero, name) != typed[name]}
    reworded = {name for name in OF_WORDS if getattr(words, name) != typed[name]}
    if not changed | reworded:
        return False
    # What they no longer want to say must not come back with a backup.
    journal.note(Deed.HERO_CHANGED, hero=hero.public_id)
    for name in changed:
        setattr(hero, name, typed[name])
    for name in reworded:
        setattr(words, name, typed[name])
    if reworded:
        words.save(update_fields=list(OF_WORDS))
        hero.words.exclude(pk=words.pk).delete()
    # Only less of the name holds at once: a last name that was not shown nobody here has read.
    if reworded or changed != {"named"} or hero.named != Hero.Named.FIRST:
        hide(hero)
    hero.sent_at = timezone.now()
    hero.save(update_fields=[*OF_HERO, "sent_at"])
    return True


def hide(hero: Hero) -> None:
    """Until somebody here has read it (again); its day and address stay."""
    hero.accepted_at = hero.declined_at = None
    hero.declined_because = ""
    hero.save(update_fields=["accepted_at", "declined_at", "declined_because"])


@transaction.atomic
def withdraw(hero: Hero, *, author: str = "supporter", how: str = How.LINK) -> None:
    """Gone from every page with its next answer, and from our rows. Whoever did nothing else here,
    and allowed nothing else, is erased with it. Raises journal.CannotNote.
    """
    person = hero.supporter
    # Nobody's yet: there is no yes to end, and nothing that a backup could make public.
    if person is None:
        mail.forget_asking(hero)
        hero.delete()
        return
    let_go(person)
    if not is_still_here(person):
        erase(person, by=author, how=how)


@transaction.atomic
def let_go(person: Supporter) -> int:
    """End their yes and delete their page. How many pages. Raises journal.CannotNote."""
    consent.end(person, Consent.Purpose.HERO, channel=CHANNEL)
    return len([one.delete() for one in Hero.objects.filter(supporter=person)])
