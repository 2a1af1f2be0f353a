"""A sign-on letter that is open, its pages, and the links that were mailed for it."""

import datetime as dt

from django.utils import timezone

from campaigns.models import SignOn
from supporters import links
from tests import build

PAGE = "/sign-on/schools/"
DESK = "/desk/sign-ons/schools/"
DAY = dt.timedelta(days=1)


def made(slug="schools", **fields):
    build.jurisdiction()
    now = timezone.now()
    usual = {"publish_at": now - DAY, "closes_at": now + DAY, "closes_zone": "America/New_York"}
    letter = SignOn.objects.create(slug=slug, **usual | fields)
    letter.words.create(
        title="Phones off, playgrounds on",
        summary="We ask the Speaker for recess.",
        addressees="Speaker Ada Vale",
        text="Dear Speaker,\n\nlet them **play**.",
    )
    return letter


def own_link(row):
    return f"/sign-on/withdraw/{links.make('sign-on-own', row.public_id)}/"
