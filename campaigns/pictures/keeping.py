"""Adding a picture to a campaign, and taking one away that no page shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from campaigns.models import Campaign, Picture, PictureFile, Pixels
from campaigns.pictures.marks import placed
from campaigns.pictures.redrawing import Drawn

MOST = 30


class InUse(Exception):
    """Its page shows it."""


@transaction.atomic
def add(campaign: Campaign, files: Sequence[Drawn], **fields: Any) -> Picture:
    """With a number that none of this campaign ever had. Hold its lock."""
    pixels, is_new = Pixels.objects.get_or_create(digest=files[-1].digest)
    if is_new:
        PictureFile.objects.bulk_create(
            PictureFile(
                pixels=pixels,
                digest=one.digest,
                width=one.width,
                height=one.height,
                content=one.content,
            )
            for one in files
        )
    if fields.get("is_head"):
        take_from_head(campaign)
    picture: Picture = campaign.pictures.create(
        number=next_number(campaign), pixels=pixels, **fields
    )
    return picture


def next_number(campaign: Campaign) -> int:
    """An earlier story that comes back must not show another picture under its mark."""
    noted = campaign.changes.filter(thing__startswith="picture:").values_list("thing", flat=True)
    numbers = [int(thing.removeprefix("picture:")) for thing in noted]
    return max([0, *numbers, *campaign.pictures.values_list("number", flat=True)]) + 1


def take_from_head(campaign: Campaign) -> None:
    """There is place for one."""
    campaign.pictures.filter(is_head=True).update(is_head=False)


@transaction.atomic
def remove(picture: Picture) -> None:
    """Raises InUse while its page shows it. Hold its campaign's lock."""
    if picture.is_head or languages_showing(picture.campaign, picture.number):
        raise InUse
    picture.delete()
    forget_unused()


def languages_showing(campaign: Campaign, number: int) -> list[str]:
    """In which languages the story has its mark."""
    return [row.language for row in campaign.words.all() if number in placed(row.story)]


def forget_unused() -> None:
    """Pixels of which no campaign has a picture any more."""
    Pixels.objects.filter(pictures=None).delete()
