"""Made-up offices of which no roster knows: a President, whose form people fill in themselves, and
the director of an agency.

Of Franklin, and not of the United States: what is practised here reaches nobody real.
"""

from __future__ import annotations

from typing import NamedTuple

from django.utils import timezone

from legislators.by_hand.offices import NewOffice, add_office
from legislators.models import Contact, Legislator, Serves, Source, Term
from legislators.states import FRANKLIN

AUTHOR = "take-action"
PRESIDENT = "President of the Union"
YOUTH = "Franklin Department of Youth Corrections"


class Official(NamedTuple):
    office: str
    title: str
    given_name: str
    family_name: str
    way: str
    value: str
    takes_abroad: bool = False


OFFICIALS = (
    Official(
        *(PRESIDENT, "President", "Ottoline", "Brightwater"),
        *(Contact.Kind.FORM, "https://president.franklin.example/contact"),
        takes_abroad=True,
    ),
    Official(
        *(YOUTH, "Director", "Cosmo", "Hallowfield"),
        *(Contact.Kind.EMAIL, "director@youth.franklin.example"),
    ),
)


def offices() -> None:
    """With their holders, before the campaigns that write to them."""
    source = Source.objects.get(key="franklin")
    for one in OFFICIALS:
        new = NewOffice(
            one.office, one.title, Serves.STATE, FRANKLIN.code, takes_abroad=one.takes_abroad
        )
        seat = add_office(new, author=AUTHOR).seat
        person = Legislator.objects.create(
            key=f"franklin:{one.title.lower()}",
            name=f"{one.given_name} {one.family_name}",
            given_name=one.given_name,
            family_name=one.family_name,
            is_demo=True,
        )
        Contact.objects.create(
            legislator=person, source=source, office="capitol", kind=one.way, value=one.value
        )
        Term.objects.create(seat=seat, legislator=person, source=source, as_of=timezone.localdate())
