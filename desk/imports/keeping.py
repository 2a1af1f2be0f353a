"""What becomes of a row: a supporter with a consent, a signature on paper, a number, or nothing.

An imported consent permits mail, never a letter. It never overrules a no: who took their consent
back here, was erased, or is known as young stays so.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actions.models import Action, PaperSignature
from desk.imports.rows import Person
from desk.models import Import, ImportedPerson
from supporters import consent
from supporters.erased import erased_since
from supporters.models import Consent, Supporter
from supporters.people import canonical_name, key_of, keyed_hash, mailbox_of, take_turns

EVER = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
CHANNEL = "import"


class Became(TextChoices):
    """In the order in which it is told."""

    NEW = "new", _("New supporters, who may be mailed")
    KNOWN = "known", _("Known to us, and now said yes")
    ON_PAPER = "on_paper", _("Signatures on paper, with a name")
    NUMBER = "number", _("Signatures on paper, only counted: nobody says that they are 18")
    ALREADY = "already", _("Known to us, and had said yes before: nothing changes")
    TWICE = "twice", _("There twice: taken once")
    ON_THE_WEB = "on_the_web", _("Signed on the web as well: not counted again")
    TOOK_BACK = "took_back", _("Took their consent back here: it stays so")
    NO_CONSENT = "no_consent", _("Did not say yes to the newsletter: not kept")
    YOUNG = "young", _("Nobody says that they are 18: not kept")
    ERASED = "erased", _("Asked us to be deleted: not brought back")
    WRONG = "wrong", _("Rows with something to mend: not kept")
    MAILED_TOO = "mailed_too", _("Of the signatures on paper, those who may be mailed as well")


@dataclass(frozen=True)
class Judged:
    row: int
    person: Person
    became: Became
    consents: bool = False
    """Whether a yes to the newsletter is written down."""


@dataclass
class Batch:
    """Some rows of a file beside what is known here; a handful of queries, however many rows."""

    of: Import
    people: list[tuple[int, Person]]
    seen: set[str]

    @cached_property
    def keys(self) -> dict[int, str]:
        """Row -> the key of the person, of those with a mailbox."""
        return {
            row: key_of(person.email, person.given_name, person.family_name)
            for row, person in self.people
            if person.email
        }

    @cached_property
    def known(self) -> dict[str, Supporter]:
        return {
            found.key: found.merged_into or found
            for found in Supporter.objects.filter(key__in=self.keys.values()).select_related(
                "merged_into"
            )
        }

    @cached_property
    def erased(self) -> set[str]:
        """Erased here, and not back of their own will."""
        return erased_since(self.keys.values(), EVER) - self.known.keys()

    @cached_property
    def answers(self) -> dict[int, bool]:
        """Supporter -> whether the newest line on the newsletter is a yes."""
        lines = Consent.objects.filter(
            supporter__in={found.pk for found in self.known.values()},
            purpose=Consent.Purpose.NEWSLETTER,
        )
        return dict(lines.order_by("id").values_list("supporter", "granted"))

    @cached_property
    def brought(self) -> set[int]:
        """Supporters that earlier rows of this file have brought, also before a crash."""
        known = {found.pk for found in self.known.values()}
        found = self.of.people.filter(supporter__in=known)
        return set(found.values_list("supporter", flat=True))

    @cached_property
    def on_paper(self) -> set[str]:
        marks = [mark_of(person) for _row, person in self.people]
        found = PaperSignature.objects.filter(ask=self.of.ask, person__in=marks)
        return set(found.values_list("person", flat=True))

    @cached_property
    def on_the_web(self) -> set[str]:
        zips = {person.zip for _row, person in self.people if person.zip}
        signed = Action.objects.counted().filter(ask=self.of.ask, supporter__zip__in=zips)
        names = signed.values_list(
            "supporter__given_name", "supporter__family_name", "supporter__zip"
        )
        return {mark(f"{given} {family}", zip5) for given, family, zip5 in names}

    def judged(self) -> list[Judged]:
        judge = self.signature if self.of.is_paper else self.supporter
        return [judge(row, person) for row, person in self.people]

    def supporter(self, row: int, person: Person) -> Judged:
        became = self.of_supporter(row, person)
        return Judged(row, person, became, consents=became in (Became.NEW, Became.KNOWN))

    def of_supporter(self, row: int, person: Person) -> Became:
        key = self.keys[row]
        known = self.known.get(key)
        # Young here is young, whatever a file says.
        if not person.is_grown or (known and known.is_minor):
            return Became.YOUNG
        if not person.agreed:
            return Became.NO_CONSENT
        if key in self.erased:
            return Became.ERASED
        if key in self.seen or (known and known.pk in self.brought):
            return Became.TWICE
        self.seen.add(key)
        if known is None:
            return Became.NEW
        # Asked never: the file's yes is the first word. Else the newest word given here stands.
        if known.pk not in self.answers:
            return Became.KNOWN
        return Became.ALREADY if self.answers[known.pk] else Became.TOOK_BACK

    def signature(self, row: int, person: Person) -> Judged:
        own = mark_of(person)
        if own in self.on_paper or own in self.seen:
            return Judged(row, person, Became.TWICE)
        if own in self.on_the_web:
            return Judged(row, person, Became.ON_THE_WEB)
        # Nothing that could be somebody's name is kept of whom nobody calls grown, not even hashed.
        if not person.is_grown or self.keys.get(row) in self.erased:
            return Judged(row, person, Became.NUMBER)
        self.seen.add(own)
        # The signature counts whatever they said of mail.
        may_mail = row in self.keys and self.of_supporter(row, person) in (Became.NEW, Became.KNOWN)
        return Judged(row, person, Became.ON_PAPER, consents=may_mail)


def counted(judged: Iterable[Judged]) -> Counter[str]:
    found: Counter[str] = Counter()
    for each in judged:
        found[each.became.value] += 1
        if each.consents and each.became == Became.ON_PAPER:
            found[Became.MAILED_TOO.value] += 1
    return found


def look(of: Import, people: list[tuple[int, Person]], seen: set[str]) -> Counter[str]:
    """What would become of them; `seen` are the persons of the rows before, and grows."""
    return counted(Batch(of, people, seen).judged())


def keep(of: Import, people: list[tuple[int, Person]]) -> Counter[str]:
    """What became of them. In the transaction that writes down how far the import is."""
    # As everybody does who finds or adds a person: whoever signs at this moment waits, or we do.
    take_turns(*sorted({mailbox_of(person.email) for _row, person in people if person.email}))
    batch = Batch(of, people, set())
    judged = batch.judged()
    whose = {each.row: allow(of, batch, each) for each in judged if each.consents}
    PaperSignature.objects.bulk_create(
        signature_of(of, each, whose.get(each.row))
        for each in judged
        if each.became in (Became.ON_PAPER, Became.NUMBER)
    )
    return counted(judged)


def allow(of: Import, batch: Batch, each: Judged) -> Supporter:
    """The person, with the yes that the file states, as of the day it names."""
    key, now = batch.keys[each.row], timezone.now()
    found = batch.known.get(key)
    is_new = found is None
    if found is None:
        found = new_supporter(each.person, key)
        # Who stands in the next row as well is known by then.
        batch.known[key] = found
    # A mailbox that answered says more than any file.
    elif found.proven_at is None and found.imported_at is None:
        Supporter.objects.filter(pk=found.pk).update(imported_at=now)
    line = consent.grant(
        found,
        Consent.Purpose.NEWSLETTER,
        of.wording,
        campaign=of.ask.campaign if of.ask else None,
        channel=CHANNEL,
    )
    ImportedPerson.objects.get_or_create(
        of=of, supporter=found, defaults={"consent": line, "is_new": is_new}
    )
    return found


def new_supporter(person: Person, key: str) -> Supporter:
    entry = person.entry()
    return Supporter.objects.create(
        key=key,
        mailbox=mailbox_of(person.email),
        email=entry.email,
        given_name=entry.given_name,
        family_name=entry.family_name,
        street=entry.street,
        city=entry.city,
        state=entry.state,
        zip=entry.zip,
        imported_at=timezone.now(),
    )


def signature_of(of: Import, each: Judged, whose: Supporter | None) -> PaperSignature:
    person = each.person
    if each.became == Became.NUMBER:
        nobody = keyed_hash(f"paper row\n{of.public_id.hex}\n{each.row}")
        return PaperSignature(
            ask=of.ask,
            batch=of.public_id,
            row=each.row,
            person=nobody,
            us_state=person.state,
        )
    return PaperSignature(
        ask=of.ask,
        batch=of.public_id,
        row=each.row,
        person=mark_of(person),
        supporter=whose,
        given_name=person.given_name,
        family_name=person.family_name,
        city=person.city,
        us_state=person.state,
        zip=person.zip,
        signed_on=person.signed_on,
    )


def mark_of(person: Person) -> str:
    return mark(person.name, person.zip)


def mark(name: str, zip5: str) -> str:
    """The same for the same name in the same ZIP code, however it is written."""
    return keyed_hash(f"paper\n{canonical_name(name)}\n{zip5[:5]}")
