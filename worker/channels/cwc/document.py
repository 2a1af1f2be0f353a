"""A message to Congress as the document both chambers take, checked while its writer can still mend
it.

Nothing here knows the database or the network. What the two chambers want differently (codes of
bills, codes of offices) is settled by the office's code: H… is the House, S… the Senate.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _
from lxml import etree

from worker.channels.cwc.message import (
    BILL_TYPES,
    Constituent,
    Message,
    Organization,
    chamber_of,
    lines,
    one_line,
)
from worker.channels.cwc.requirements import EMAIL, problems


class CannotWrite(ValueError):
    """No lawful document can be made of this.

    `errors`: field -> a sentence, translated, for the person who typed it.
    """

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = errors


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


def texts_in(document: bytes) -> dict[str, str]:
    """The words of a document of ours: `subject`, `statement` and `own_words`, as they stand.

    Raises ValueError for what is none.
    """
    try:
        message = etree.fromstring(document).find("Message")
    except etree.XMLSyntaxError as error:
        raise ValueError("This is no document for Congress.") from error
    if message is None:
        raise ValueError("This document has no message.")
    tags = {
        "subject": "Subject",
        "statement": "OrganizationStatement",
        "own_words": "ConstituentMessage",
    }
    return {name: message.findtext(tag) or "" for name, tag in tags.items()}


def us_phone(phone: str) -> str:
    """As 202-555-0100, "" for one from elsewhere. The schema has no place for an extension."""
    phone = phone.partition(";ext=")[0]
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
