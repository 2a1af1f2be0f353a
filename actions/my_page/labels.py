"""What the columns of one's own data are called, for people."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

LABELS: dict[str, Any] = {
    # Of a person.
    "email": _("E-mail"),
    "prefix": _("Prefix"),
    "given_name": _("First name"),
    "family_name": _("Last name"),
    "phone": _("Phone"),
    "street": _("Street address"),
    "city": _("City"),
    "state": _("State"),
    "zip": _("ZIP code"),
    "country": _("Country"),
    "language": _("Language"),
    "is_minor": _("Under 18"),
    "age_is_known": _("Age told"),
    "wants_no_words_mailed": _("Leave what I wrote out of your mail"),
    "created_at": _("Since"),
    "proven_at": _("Mailbox answered"),
    # Of what they did.
    "campaign": _("Campaign"),
    "kind": _("Kind"),
    "us_state": _("State it counts for"),
    "source": _("Link it came by"),
    "name_is_public": _("Name shown"),
    "subject": _("Subject"),
    "statement": _("Text"),
    "statement_edited": _("Text changed by you"),
    "versions": _("Other words for some offices"),
    "own_words": _("Your own words"),
    "answers": _("Your answers"),
    "asked": _("Question"),
    "said": _("Answer"),
    "entry": _("Typed about you"),
    "newsletter_wording": _("Ticked for the newsletter"),
    "permissions": _("Ticked besides"),
    "petition": _("Petition"),
    "match_method": _("How your offices were found"),
    "match_certain": _("Found for certain"),
    "chosen_by_person": _("District chosen by you"),
    "came_from": _("Where we got it"),
    "agreed_to": _("What you said yes to there"),
    "signed_on": _("Signed on paper"),
    "confirmed_at": _("Confirmed"),
    "withdrawn_at": _("Withdrawn"),
    "quarantined_because": _("Set aside because of"),
    "appealed_at": _("You asked for a look"),
    "appeal": _("What you told us"),
    "refusals": _("Times refused"),
    "counts_at_once": _("Counted before it was confirmed"),
    "reminded_at": _("Reminded"),
    "letters": _("Letters"),
    # Of a page among the people who act.
    "name": _("Name"),
    "sent_at": _("Sent"),
    "accepted_at": _("Read and accepted"),
    "declined_at": _("Read and not shown"),
    "public": _("Public"),
    "what_you_did": _("What you did"),
    "thanks": _("Our thanks"),
    "corrected": _("Corrected"),
    "calls": _("Calls"),
    # Of letters and calls.
    "office": _("Office"),
    "to": _("To"),
    "route": _("Way"),
    "settled_at": _("Since"),
    "reported_at": _("Told by you"),
    "words": _("Words"),
    "outcome": _("What came of it"),
    # Of what they allowed, and our mail.
    "purpose": _("Purpose"),
    "granted": _("Allowed"),
    "wording": _("In these words"),
    "channel": _("Where"),
    "at": _("When"),
    "posted_at": _("Mailed"),
    "no_mail": _("Gets no mail"),
    "new_mailbox": _("Another mailbox"),
    "link_mailed_at": _("Link to this page made"),
    "opened_at": _("Page opened"),
    # Of what people here know.
    "tag": _("Tag"),
    "note": _("Note"),
    "deed": _("What was done"),
    "layer": _("Map"),
    "division": _("District"),
    "certain": _("For certain"),
    "method": _("How it was found"),
    "edition": _("Edition"),
    "found_on": _("Found on"),
}


def label_of(name: str) -> str:
    """A column without one has its own name, so that nothing is kept back for want of a word."""
    return str(LABELS.get(name) or name.replace("_", " ").capitalize())
