"""A message to Congress as the document both chambers take, checked while its writer can still mend
it.

Nothing here knows the database or the network. What the two chambers want differently (codes of
bills, codes of offices) is settled by the office's code: H… is the House, S… the Senate.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _
from lxml import etree

from worker.channels.mime import squeeze

HOUSE, SENATE = "house", "senate"
# What both chambers take. None of them is neutral: ask, and never guess.
PREFIXES = ("Mr.", "Mrs.", "Miss", "Ms.", "Dr.")
BILL_TYPES = {
    HOUSE: {
        name: name
        for name in (
            "hr",
            "hres",
            "hjres",
            "hconres",
            "hamdt",
            "s",
            "sres",
            "sjres",
            "sconres",
            "samdt",
        )
    },
    SENATE: {
        "hr": "H.R.",
        "hres": "H.Res.",
        "hjres": "H.J.Res.",
        "hconres": "H.Con.Res",  # the Senate's own list has no last dot here
        "hamdt": "H.Amdt.",
        "s": "S.",
        "sres": "S.Res.",
        "sjres": "S.J.Res.",
        "sconres": "S.Con.Res.",
        "samdt": "S.Amdt.",
    },
}
SUBJECT, TEXT = (6, 500), (6, 10_000)
LEAST = {"street": 3, "city": 3, "given_name": 1, "family_name": 1}
EMAIL = re.compile(r"[^@\s]+@[^@.\s]+(\.[^@.\s]+)+")
ZIP = re.compile(r"[0-9]{5}(-[0-9]{4})?")
NOT_IN_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class CannotWrite(ValueError):
    """No lawful document can be made of this.

    `errors`: field -> a sentence, translated, for the person who typed it.
    """

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = errors


@dataclass(frozen=True)
class Agent:
    """Who delivers, as registered with the chamber. `phone` as 202-555-0100."""

    name: str
    ack_email: str
    contact_name: str
    contact_email: str
    contact_phone: str


@dataclass(frozen=True)
class Organization:
    """On whose page it was written. All but the name may be blank."""

    name: str
    about: str = ""
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""


@dataclass(frozen=True)
class Constituent:
    """`phone` in any spelling; one that is no US number is left out.

    `state` stays AS in American Samoa, whose office is HAQ00.
    """

    prefix: str
    given_name: str
    family_name: str
    street: str
    city: str
    state: str
    zip: str
    email: str
    phone: str = ""


@dataclass(frozen=True)
class Bill:
    congress: int
    kind: str  # a key of BILL_TYPES, e.g. "hjres"
    number: int


@dataclass(frozen=True)
class Message:
    """One constituent's message to one office.

    `statement` holds the organization's words as it wrote them, `own_words` whatever the person
    wrote or changed. Neither repeats name or address: offices group messages by their text.
    """

    delivery_id: str
    campaign_id: str
    written_on: dt.date
    agent: Agent
    office: str
    constituent: Constituent
    subject: str
    topics: tuple[str, ...]
    organization: Organization | None = None
    bill: Bill | None = None
    stance: str = ""  # "pro" or "con"
    statement: str = ""
    own_words: str = ""
    more_info: str = ""


def build(message: Message) -> bytes:
    """The whole document in UTF-8, one tag per line, valid for its chamber. Raises CannotWrite."""
    found = problems(
        message.constituent,
        subject=message.subject,
        statement=message.statement,
        own_words=message.own_words,
    )
    if message.bill and not message.stance:
        found["stance"] = _("Say whether the campaign is for or against the bill.")
    if found:
        raise CannotWrite(found)
    document = etree.Element("CWC")
    leaf(document, "CWCVersion", "2.0")
    write_delivery(etree.SubElement(document, "Delivery"), message)
    write_recipient(etree.SubElement(document, "Recipient"), message.office)
    write_constituent(etree.SubElement(document, "Constituent"), message.constituent)
    write_message(etree.SubElement(document, "Message"), message)
    check(document, chamber_of(message.office))
    return etree.tostring(document, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def campaign_id(slug: str, bill: str, stance: str) -> str:
    """The same for everything written about one issue or bill with one stance: offices count by
    it.
    """
    return hashlib.sha256(f"{slug}|{bill}|{stance}".encode()).hexdigest()


def chamber_of(office: str) -> str:
    return SENATE if office.startswith("S") else HOUSE


def problems(
    constituent: Constituent, *, subject: str, statement: str, own_words: str
) -> dict[str, str]:
    """What the person would have to mend before Congress takes this, by the field they typed it in;
    empty when nothing.
    """
    return dict(
        found for found in (*about_person(constituent), *about_text(subject, statement, own_words))
    )


def about_person(person: Constituent) -> Iterator[tuple[str, str]]:
    if person.prefix not in PREFIXES:
        yield (
            "prefix",
            _("Choose how Congress should address you: its offices require one of these."),
        )
    for name, least in LEAST.items():
        if len(one_line(getattr(person, name))) < least:
            yield name, too_short(name)
    if person.state not in states():
        yield "state", _("Congress has no office for this state.")
    if not ZIP.fullmatch(person.zip):
        yield "zip", _("A ZIP code has five digits.")
    email = one_line(person.email)
    if not EMAIL.fullmatch(email) or len(email) > 254:
        yield "email", _("Congress does not take this e-mail address.")


@cache
def states() -> frozenset[str]:
    """The codes a constituent may live under: of the grammar, which is both chambers'."""
    codes = etree.parse(Path(__file__).parent / "grammar" / "message.rng").xpath(
        "//*[local-name()='value']/text()"
    )
    return frozenset(code for code in map(str, codes) if re.fullmatch("[A-Z]{2}", code))


def too_short(name: str) -> str:
    return {
        "street": _("Congress answers constituents only: type your street address."),
        "city": _("Congress wants the whole name of your city, three letters at least."),
        "given_name": _("Type your first name."),
        "family_name": _("Type your last name."),
    }[name]


def about_text(subject: str, statement: str, own_words: str) -> Iterator[tuple[str, str]]:
    if not SUBJECT[0] <= len(one_line(subject)) <= SUBJECT[1]:
        yield (
            "subject",
            _("For Congress a subject needs %(least)d to %(most)d characters.")
            % {
                "least": SUBJECT[0],
                "most": SUBJECT[1],
            },
        )
    texts = {"statement": lines(statement), "own_words": lines(own_words)}
    if not any(texts.values()):
        yield "own_words", _("The letter is empty. Write a line, or bring our words back.")
    for name, text in texts.items():
        if text and not TEXT[0] <= len(text) <= TEXT[1]:
            yield (
                name,
                _("For Congress this needs %(least)d to %(most)d characters.")
                % {
                    "least": TEXT[0],
                    "most": TEXT[1],
                },
            )


def one_line(text: str) -> str:
    return NOT_IN_XML.sub("", squeeze(text)).strip()


def lines(text: str) -> str:
    """The person's lines as they stand, composed, without what XML cannot hold."""
    text = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n\n")
    )
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return NOT_IN_XML.sub("", unicodedata.normalize("NFC", "".join(kept))).strip()


def us_phone(phone: str) -> str:
    digits = re.sub(r"[^0-9]", "", phone) if phone.isascii() else ""
    digits = digits[1:] if len(digits) == 11 and digits.startswith("1") else digits
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}" if len(digits) == 10 else ""


def write_delivery(parent: etree._Element, message: Message) -> None:
    agent, organization = message.agent, message.organization
    leaf(parent, "DeliveryId", message.delivery_id)
    leaf(parent, "DeliveryDate", f"{message.written_on:%Y%m%d}")
    leaf(parent, "DeliveryAgent", agent.name)
    leaf(parent, "DeliveryAgentAckEmailAddress", agent.ack_email)
    contact = etree.SubElement(parent, "DeliveryAgentContact")
    leaf(contact, "DeliveryAgentContactName", agent.contact_name)
    leaf(contact, "DeliveryAgentContactEmail", agent.contact_email)
    leaf(contact, "DeliveryAgentContactPhone", us_phone(agent.contact_phone))
    if organization and len(one_line(organization.name)) >= 3:
        write_organization(parent, organization)
    leaf(parent, "CampaignId", message.campaign_id)


def write_organization(parent: etree._Element, organization: Organization) -> None:
    """What is too short for the chamber's schema is left out: none of it is the constituent's."""
    leaf(parent, "Organization", organization.name)
    name, email = one_line(organization.contact_name), one_line(organization.contact_email)
    ways = {
        "OrganizationContactName": name if len(name) >= 2 else "",
        "OrganizationContactEmail": email if EMAIL.fullmatch(email) and len(email) <= 254 else "",
        "OrganizationContactPhone": us_phone(organization.contact_phone),
    }
    if any(ways.values()):
        contact = etree.SubElement(parent, "OrganizationContact")
        for tag, value in ways.items():
            leaf(contact, tag, value, optional=True)
    about = one_line(organization.about)[:500].strip()
    leaf(parent, "OrganizationAbout", about if len(about) >= 6 else "", optional=True)


def write_recipient(parent: etree._Element, office: str) -> None:
    leaf(parent, "MemberOffice", office)
    leaf(parent, "IsResponseRequested", "Y")
    leaf(parent, "NewsletterOptIn", "N")  # nobody asked them


def write_constituent(parent: etree._Element, person: Constituent) -> None:
    leaf(parent, "Prefix", person.prefix)
    leaf(parent, "FirstName", person.given_name)
    leaf(parent, "LastName", person.family_name)
    leaf(parent, "Address1", person.street)
    leaf(parent, "City", person.city)
    leaf(parent, "StateAbbreviation", person.state)
    leaf(parent, "Zip", person.zip)
    leaf(parent, "Phone", us_phone(person.phone), optional=True)
    leaf(parent, "Email", person.email)


def write_message(parent: etree._Element, message: Message) -> None:
    leaf(parent, "Subject", message.subject)
    topics = etree.SubElement(parent, "LibraryOfCongressTopics")
    for topic in message.topics:
        leaf(topics, "LibraryOfCongressTopic", topic)
    if message.bill:
        bill = etree.SubElement(etree.SubElement(parent, "Bills"), "Bill")
        leaf(bill, "BillCongress", str(message.bill.congress))
        leaf(
            bill, "BillTypeAbbreviation", BILL_TYPES[chamber_of(message.office)][message.bill.kind]
        )
        leaf(bill, "BillNumber", str(message.bill.number))
    leaf(parent, "ProOrCon", message.stance.capitalize(), optional=True)
    paragraph(parent, "OrganizationStatement", message.statement)
    paragraph(parent, "ConstituentMessage", message.own_words)
    more = one_line(message.more_info)
    leaf(parent, "MoreInfo", more if re.fullmatch(r"https?://[!-~]+", more) else "", optional=True)


def leaf(parent: etree._Element, tag: str, text: str, *, optional: bool = False) -> None:
    if text or not optional:
        etree.SubElement(parent, tag).text = one_line(text)


def paragraph(parent: etree._Element, tag: str, text: str) -> None:
    if kept := lines(text):
        etree.SubElement(parent, tag).text = kept


def check(document: etree._Element, chamber: str) -> None:
    """Raises CannotWrite for what no person can mend: an agent without a phone, a topic that is
    none.
    """
    schema = grammar(chamber)
    if not schema.validate(document):
        raise CannotWrite(
            {"": "; ".join(dict.fromkeys(entry.message for entry in schema.error_log))}
        )


@cache
def grammar(chamber: str) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(Path(__file__).parent / "grammar" / f"{chamber}.rng"))
