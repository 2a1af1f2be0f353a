"""Letters that made-up organizations signed, from words/sign-ons.toml: one that is open, with two
signatures to decide about, and one that was delivered.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone

from actions.models import Signatory
from actions.sign_ons.form import NAME_ONLY, WITH_PERSON, authority, shown
from actions.sign_ons.naming import plain_name
from campaigns.models import Bill, Issue, SignOn
from demo.publish import LANGUAGES, days_ago, read
from supporters import consent
from supporters.models import Consent, Supporter
from supporters.people import key_of, mailbox_of

State = Signatory.State


def sign_ons() -> None:
    """After the issues and bills that they are about."""
    for row in read("sign-ons")["letters"]:
        letter = letter_of(row)
        has_gone = letter.is_delivered
        for one in row["organizations"]:
            signatory(letter, one, State.APPROVED, was_handed_over=has_gone)
        for one in row.get("waiting", ()):
            signatory(letter, one, State.WAITING)
        for one in row.get("withdrawn", ()):
            signatory(letter, one, State.WITHDRAWN, was_handed_over=has_gone)


def letter_of(row: dict[str, Any]) -> SignOn:
    closes = days_ago(-row["closes"]).replace(hour=17, minute=0, second=0, microsecond=0)
    made = SignOn.objects.create(
        slug=row["slug"],
        publish_at=days_ago(row["days"]),
        closes_at=closes,
        closes_zone=settings.TIME_ZONE,
        led_by=row.get("led_by", ""),
        is_demo=True,
    )
    if "delivered" in row:
        made.delivered_on = timezone.localdate(days_ago(-row["delivered"]))
        made.delivered_to, made.delivered_how = row["delivered_to"], row["delivered_how"]
        made.save(update_fields=["delivered_on", "delivered_to", "delivered_how"])
    made.issues.set(Issue.objects.filter(slug__in=row["issues"], is_demo=True))
    made.bills.set(Bill.objects.filter(identifier__in=row["bills"], is_demo=True))
    for code in row["states"]:
        made.states.create(code=code)
    for language in LANGUAGES:
        made.words.create(language=language, **row[language])
    return made


def signatory(letter: SignOn, row: list[Any], state: str, **fields: Any) -> None:
    """Whoever has a name signed by the form; the others were added by hand."""
    organization, kind, city, us_state, *person = row
    site = f"https://{plain_name(organization)[:16]}.example"
    if person:
        fields |= person_of(*person, at=site.removeprefix("https://"))
    else:
        fields |= {"agreed_how": "Their letter, in our files. Made up.", "author": "take-action"}
    Signatory.objects.create(
        sign_on=letter,
        state=state,
        organization=organization,
        plain_name=plain_name(organization),
        kind=kind,
        city=city,
        us_state=us_state,
        site=site,
        site_domain=site.removeprefix("https://"),
        **fields,
    )


def person_of(name: str, role: str, names_person: bool, *, at: str) -> dict[str, Any]:
    """A made-up representative, whose mailbox is said to have answered."""
    given, family = name.split(" ", 1)
    email = f"{plain_name(given)}@{at}"
    mailbox, key = mailbox_of(email), key_of(email, given, family)
    names = {"given_name": given, "family_name": family, "email": email}
    supporter = Supporter.objects.create(
        key=key, mailbox=mailbox, is_demo=True, proven_at=timezone.now(), **names
    )
    wording = shown(WITH_PERSON if names_person else NAME_ONLY)
    consent.grant(supporter, Consent.Purpose.SIGN_ON, wording, channel="mail-link")
    signed = {"supporter": supporter, "supporter_key": key, "mailbox": mailbox, "role": role}
    told = {"authority": authority(), "wording": wording, "names_person": names_person}
    return names | signed | told | {"confirmed_at": timezone.now()}
