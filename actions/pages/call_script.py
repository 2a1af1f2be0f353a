"""What to say on the telephone, as the campaign's page shows it before the call."""

from __future__ import annotations

from actions.offices import holder_name
from actions.pages.addressees import FirstStep
from campaigns import merge_fields, words
from campaigns.models import Ask
from legislators.lookup import Place


def script(first: FirstStep) -> str:
    """What to say in every call; "" where each office has words of its own, or nobody is called."""
    if first.ask.kind != Ask.Kind.CALL:
        return ""
    with_holder = [place for place in first.found.places if place.holder]
    said = {script_for(first, place) for place in with_holder or first.found.places}
    return said.pop() if len(said) == 1 else ""


def script_for(first: FirstStep, place: Place) -> str:
    """What to say at this office."""
    home = first.address
    filled = merge_fields.values(
        seat=place.seat,
        holder_name=holder_name(place),
        writer=merge_fields.Writer(
            city=home.city if home else "",
            state=first.found.state,
            zip=home.zip if home else "",
        ),
        bill=first.ask.campaign.bill,
    )
    return merge_fields.complete(words.of(first.ask).text, filled)
