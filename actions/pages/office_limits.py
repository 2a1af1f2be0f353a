"""What the forms of somebody's offices take, beside the letter that they write: which it fits, and
by how much it is too long for the others. It is never cut, and the letters to the others go.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from actions.letters.finished import FinishedLetter
from actions.letters.lengths import TooLong, takes, too_long
from actions.offices import holder_name, office_name
from actions.pages.addressees import FirstStep
from actions.pages.letter_form import LetterForm, LetterPart
from campaigns import merge_fields
from legislators.lookup import Place
from legislators.models import OfficeLimit

SEEN = "too_long_for"


@dataclass(frozen=True)
class ShownLimit:
    """One office. `around`: characters and words of what we put around the writer's words, as far
    as they are known before a name is typed; `box` is the id of the letter's field.
    """

    name: str
    takes: str
    limit: OfficeLimit
    around: tuple[int, int]
    box: str
    said: str = ""


def shown_limits(
    first: FirstStep, form: LetterForm, long: Sequence[TooLong] = ()
) -> list[ShownLimit]:
    """The strictest first."""
    said = {one.seat_id: one.over for one in long}
    found = [
        shown(first, form, part, place, said.get(place.seat.pk, ""))
        for group, part in zip(first.groups, form.parts, strict=True)
        for place in group.readers
        if place.seat.pk in first.limits
    ]
    return sorted(found, key=lambda one: strictness(one.limit))


def strictness(limit: OfficeLimit) -> float:
    """In characters; a word has about six."""
    most = [limit.characters or float("inf"), (limit.words or float("inf")) * 6]
    return min(most)


def shown(
    first: FirstStep, form: LetterForm, part: LetterPart, place: Place, said: str
) -> ShownLimit:
    limit, around = first.limits[place.seat.pk], greeting_and_closing(first, place)
    return ShownLimit(
        name=holder_name(place) or office_name(place.seat),
        takes=takes(limit),
        limit=limit,
        around=(len(around), len(around.split())),
        box=form[part.statement].id_for_label,
        said=said,
    )


def greeting_and_closing(first: FirstStep, place: Place) -> str:
    # Somebody under 18 sends no street: their letter is shorter by it.
    address = first.address
    street = address.street if address and not first.is_minor else ""
    writer = merge_fields.Writer(
        street=street,
        city=address.city if address else "",
        state=first.found.state,
        zip=address.zip if address else "",
    )
    around: dict[str, Any] = {"seat": place.seat, "writer": writer}
    around["holder"] = place.holder.legislator if place.holder else None
    # The empty lines between its parts.
    return merge_fields.text_for(statement="", own_words="", **around).strip() + "\n\n\n\n"


def not_yet_told(request: HttpRequest, long: Iterable[TooLong]) -> bool:
    """Whether one of these was not said beside the form that was sent."""
    told = set(request.POST.get(SEEN, "").split())
    return any(str(one.seat_id) not in told for one in long)


def too_long_of(first: FirstStep, finished: Iterable[FinishedLetter]) -> list[TooLong]:
    return too_long(finished, first.limits)
