"""Signing for an organization: asked on the web, said by the mailbox, taken back by its link."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from actions.models import Signatory
from actions.sign_ons import mails
from actions.sign_ons.naming import domain_of, plain_name
from campaigns.models import SignOn
from supporters import consent, journal
from supporters.journal import Deed
from supporters.models import Consent, Supporter
from supporters.people import Entry, learn_details, mailbox_of, recognize, remember, take_turns

State = Signatory.State
# Of whoever took it back, or is erased, nothing of this stays.
NOBODYS = {
    **dict.fromkeys(("supporter_key", "mailbox", "given_name", "family_name"), ""),
    **dict.fromkeys(("role", "email", "wording"), ""),
    "supporter": None,
    "names_person": False,
}


class IsOver(Exception):
    """The letter was handed over: nobody is added to it any more."""


class IsYoung(Exception):
    """We know this person as under 18: they sign for nobody, and nothing of it is kept."""


@dataclass(frozen=True)
class Signing:
    """What a form says, cleaned. `authority` and `wording` are the sentences that were ticked."""

    organization: str
    kind: str
    city: str
    us_state: str
    site: str
    given_name: str
    family_name: str
    role: str
    email: str
    language: str
    authority: str
    names_person: bool
    wording: str

    @property
    def entry(self) -> Entry:
        """The person. Where their organization is says nothing of where they live."""
        return Entry(self.given_name, self.family_name, self.email, language=self.language)


@transaction.atomic
def ask_to_sign(letter: SignOn, typed: Signing) -> None:
    """Mail a link that proves the mailbox. The answer on the web is the same for everybody."""
    person, name = recognize(typed.entry), plain_name(typed.organization)
    take_turns(person.mailbox)
    theirs = Signatory.objects.filter(
        sign_on=letter, supporter_key=person.key, plain_name=name
    ).order_by("pk")
    if standing := theirs.signed().first():
        mails.stands_already(standing, person)
        return
    # Pressed twice it is one; other words are another form, with a link of its own.
    if theirs.filter(state=State.UNCONFIRMED, **asdict(typed)).exists():
        return
    row = Signatory.objects.create(
        sign_on=letter,
        plain_name=name,
        site_domain=domain_of(typed.site),
        supporter_key=person.key,
        mailbox=person.mailbox,
        **asdict(typed),
    )
    # A row whose link nobody gets could never be answered.
    if mails.ask_to_confirm(row, person) is None:
        row.delete()


@transaction.atomic
def confirm(signatory: Signatory) -> Signatory:
    """The mailbox answered: now people here look at it. Twice is once. After the deadline too, of
    what was sent before it. Raises IsOver and IsYoung.
    """
    take_turns(signatory.mailbox or mailbox_of(signatory.email))
    found = Signatory.objects.select_for_update(of=("self",)).select_related("sign_on")
    row = found.get(pk=signatory.pk)
    if row.state != State.UNCONFIRMED:
        return row
    if row.sign_on.is_delivered:
        raise IsOver
    entry = Entry(row.given_name, row.family_name, row.email, language=row.language)
    person = remember(entry)
    if person.is_minor:
        raise IsYoung
    learn_details(person, {"email": row.email, "language": row.language})
    # Other forms of theirs for the same organization, of which this is the one that they mean.
    others = Signatory.objects.filter(
        sign_on=row.sign_on, supporter_key=row.supporter_key, plain_name=row.plain_name
    ).exclude(pk=row.pk)
    others.filter(state=State.UNCONFIRMED).delete()
    # Confirmed by another form meanwhile: one organization counts once.
    if standing := others.signed().first():
        row.delete()
        return standing
    consent.grant(
        person, Consent.Purpose.SIGN_ON, row.wording, language=row.language, channel="mail-link"
    )
    row.move(State.WAITING, supporter=person, confirmed_at=timezone.now())
    return row


@transaction.atomic
def withdraw(signatory: Signatory) -> None:
    """It leaves the list. What was handed over with its name stays so: the row says that, and
    nothing of the person. Twice is once. Raises journal.CannotNote.
    """
    row = Signatory.objects.select_for_update(of=("self",)).get(pk=signatory.pk)
    if row.state == State.WITHDRAWN:
        return
    journal.note(Deed.SIGN_ON_WITHDRAWN, sign_on=row.public_id)
    # Read before the row lets go of them.
    person = row.supporter
    row.move(State.WITHDRAWN, **NOBODYS)
    if person:
        end_if_last(person.person)


def end_if_last(person: Supporter) -> None:
    """Who signs for no organization any more allows nothing to be shown."""
    theirs = Q(supporter=person) | Q(supporter__merged_into=person)
    if not Signatory.objects.signed().filter(theirs).exists():
        consent.end(person, Consent.Purpose.SIGN_ON, channel="mail-link")
