"""What to say on the telephone: the campaign's own script for this office, or a short one made of
the letter it asks for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from campaigns import merge_fields, words
from campaigns.models import Ask, Campaign

PASSAGE = 280
STANCES = {"pro": "Please support {bill}.", "con": "Please oppose {bill}."}


def of_campaign(campaign: Campaign, language: str) -> str:
    """As written, merge fields and all, in this language where there is one; "" when the campaign
    asks for no calls.
    """
    ask = campaign.asks.filter(kind=Ask.Kind.CALL).prefetch_related("words").first()
    return words.of(ask, language).text if ask else ""


def from_letter(
    *, subject: str, statement: str, campaign: Campaign, filled: Mapping[str, str]
) -> str:
    """In English, which the office speaks. `subject` and `statement` are filled already.

    `filled`: merge_fields.values of its office and its writer.
    """
    who = merge_fields.complete(
        "Hello, my name is {first_name} {last_name}. I live in {city}, {zip}, and {title}"
        " {legislator} represents me.",
        filled,
    )
    what = f"I am calling about this: {subject}" if subject else ""
    stance = (
        merge_fields.complete(STANCES.get(campaign.stance, ""), filled) if campaign.bill else ""
    )
    passage = " ".join(part for part in (opening(statement), stance) if part)
    thanks = "Please pass this on. Thank you for your time."
    return "\n\n".join(part for part in (who, what, passage, thanks) if part)


def opening(text: str) -> str:
    """The first whole sentences of a text that can be said in one breath or two; its first words
    when even one is too long.
    """
    said = ""
    for sentence in re.split(r"(?<=[.!?])\s+", " ".join(text.split())):
        if len(f"{said} {sentence}") > PASSAGE:
            break
        said = f"{said} {sentence}".strip()
    # Cut between words.
    return said or text[:PASSAGE].rpartition(" ")[0]
