"""The supporters: made-up people with made-up mailboxes, at homes that lookup knows."""

from __future__ import annotations

import itertools
import random
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from demo import homes, publish
from demo.homes import Home
from supporters.models import Supporter
from supporters.people import key_of, mailbox_of

NEIGHBOURS, OTHERS = 1200, 2000
TWO_AT_HOME, FROM_ABROAD = 0.04, 0.07
# Reserved for examples by RFC 2606: mail to them reaches nobody.
DOMAINS = ("example.org", "example.net", "example.com")


@dataclass(frozen=True)
class Person:
    supporter: Supporter
    home: Home


@dataclass(frozen=True)
class Crowd:
    """`neighbours` live in Franklin; `others` anywhere else."""

    neighbours: list[Person]
    others: list[Person]

    @property
    def everybody(self) -> list[Person]:
        return self.neighbours + self.others


def gather(dice: random.Random) -> Crowd:
    """People in memory; history saves those who did something."""
    stock = publish.read("people")
    names = iter(
        dice.sample(
            # More than there are people: in some homes a second one takes a name too.
            list(itertools.product(stock["given"], stock["family"])),
            2 * (NEIGHBOURS + OTHERS),
        )
    )
    near = families(names, homes.in_franklin(NEIGHBOURS, dice), dice)
    towns, countries = homes.elsewhere(stock["towns"]), homes.abroad(stock["abroad"])
    far = (dice.choice(countries if dice.random() < FROM_ABROAD else towns) for _ in range(OTHERS))
    return Crowd(
        list(itertools.islice(near, NEIGHBOURS)),
        [meet(next(names), home=home, dice=dice) for home in far],
    )


def families(
    names: Iterator[tuple[str, str]], near: Sequence[Home], dice: random.Random
) -> Iterator[Person]:
    """One person to a home; in some, a second one who shares the family name and the mailbox."""
    for home in near:
        first = meet(next(names), home=home, dice=dice)
        yield first
        if dice.random() < TWO_AT_HOME:
            given, _ = next(names)
            yield meet(
                (given, first.supporter.family_name),
                home=home,
                dice=dice,
                email=first.supporter.email,
            )


def meet(name: tuple[str, str], *, home: Home, dice: random.Random, email: str = "") -> Person:
    """One person at one home, not saved."""
    given, family = name
    email = email or f"{plain(given)}.{plain(family)}@{dice.choice(DOMAINS)}"
    supporter = Supporter(
        key=key_of(email, given, family),
        mailbox=mailbox_of(email),
        email=email,
        given_name=given,
        family_name=family,
        phone=f"+120255501{dice.randrange(100):02}"
        if dice.random() < 0.3 and home.country == "US"
        else "",
        street=home.street,
        city=home.city,
        state=home.state,
        zip=home.zip,
        country=home.country,
        language="es" if dice.random() < 0.14 else "en",
        is_minor=dice.random() < 0.04,
        is_demo=True,
    )
    return Person(supporter, home)


def plain(name: str) -> str:
    """Small ASCII letters, for a mail address."""
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z]", "", ascii_only.lower())
