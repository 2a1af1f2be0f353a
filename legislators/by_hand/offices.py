"""Make, change and end an office of our own. Who holds it is said as of any seat."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from legislators.by_hand.holders import Said, say
from legislators.models import OURS, Chamber, CustomOffice, CustomZip, Jurisdiction, Seat
from legislators.states import STATES, UNITED_STATES


@dataclass(frozen=True)
class NewOffice:
    """What somebody typed: `name` is the office's ("Attorney General of Maryland"), `title` what
    its holder is called ("Attorney General").

    `state` is blank only where it serves everybody; `zips` are there only where it serves those.
    """

    name: str
    title: str
    serves: str
    state: str = ""
    zips: tuple[str, ...] = ()
    holder: Said | None = None
    takes_abroad: bool = False


class AlreadyThere(Exception):
    """An open office of this name is there already, in that state."""


@transaction.atomic
def add_office(new: NewOffice, *, author: str) -> CustomOffice:
    """With its seat, and whoever holds it. Raises AlreadyThere."""
    if is_there(new.name, new.state):
        raise AlreadyThere
    jurisdiction = _jurisdiction(new.state)
    seat = Seat.objects.create(
        chamber=Chamber.CUSTOM,
        jurisdiction=jurisdiction,
        division=f"{OURS}{new.serves}/{uuid.uuid4()}",
        district=new.name,
        title=new.title,
        is_demo=jurisdiction.is_demo,
    )
    office: CustomOffice = CustomOffice.objects.create(
        seat=seat, serves=new.serves, takes_abroad=new.takes_abroad, made_by=author[:254]
    )
    serve_zips(office, new.zips)
    if new.holder:
        say(seat, new.holder, author=author)
    return office


def is_there(name: str, state: str) -> bool:
    """Whether an open office has this name there."""
    seats = Seat.objects.filter(
        chamber=Chamber.CUSTOM, district__iexact=name, jurisdiction=state or UNITED_STATES.code
    )
    offices = CustomOffice.objects.open_on(timezone.localdate())
    return bool(offices.filter(seat__in=seats).exists())


def _jurisdiction(state: str) -> Jurisdiction:
    facts = STATES.get(state, UNITED_STATES)
    known = Jurisdiction.objects.filter(code=state or facts.code).first()
    return known or Jurisdiction.objects.create(
        code=facts.code, name=facts.name, fips=facts.fips, division=facts.division
    )


@transaction.atomic
def serve_zips(office: CustomOffice, zips: Collection[str]) -> None:
    """From now on people in these ZIP codes and in no others."""
    office.zips.exclude(zip__in=zips).delete()
    known = set(office.zips.values_list("zip", flat=True))
    CustomZip.objects.bulk_create(
        CustomZip(office=office, zip=zip5) for zip5 in sorted({*zips} - known)
    )


def hear_abroad(office: CustomOffice, *, takes_abroad: bool) -> None:
    """Whether people outside the United States may write to it, from now on."""
    CustomOffice.objects.filter(pk=office.pk).update(takes_abroad=takes_abroad)


def end_office(office: CustomOffice, *, on: dt.date) -> None:
    """From this day on no ask addresses it; letters to it stay, and what waits may still go."""
    CustomOffice.objects.filter(pk=office.pk).update(ended_on=on)


def reopen_office(office: CustomOffice) -> None:
    """It was ended too early."""
    CustomOffice.objects.filter(pk=office.pk).update(ended_on=None)
