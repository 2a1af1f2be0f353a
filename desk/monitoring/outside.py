"""What the world sees of us: our certificate, and whether lists call our mail server a spammer."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from desk.monitoring.alarm import Alarm
from worker.channels import blocklists, certificate

# It is renewed a month before its end, or two weeks; by then renewing has failed for days.
CERTIFICATE_AHEAD = dt.timedelta(days=10)


def of_the_certificate(on: dt.date) -> list[Alarm]:
    site = urlsplit(settings.SITE_URL)
    ends_at = (
        certificate.ends_at(site.hostname, site.port or 443)
        if settings.HTTPS and site.hostname
        else None
    )
    if ends_at is None or ends_at.date() > on + CERTIFICATE_AHEAD:
        return []
    said = _(
        "The certificate of %(host)s ends on %(day)s: from then on browsers warn of this site. It"
        " should have been renewed by itself. Look at certbot’s timer and log."
    )
    day = ends_at.date()
    values = {"host": site.hostname, "day": date_format(day)}
    return [Alarm("certificate", _("The certificate ends"), said % values, day=day)]


def of_blocklists(on: dt.date) -> list[Alarm]:
    found = blocklists.listed(settings.MAIL_SENDS_FROM, settings.BLOCKLISTS)
    if not found:
        return []
    said = _(
        "%(found)s. Offices that ask there refuse our letters. Its page says why, and how to be"
        " taken off: first stop what caused it."
    )
    named = ", ".join(f"{address}: {name}" for address, name in found)
    return [Alarm("blocklist", _("Our mail server is on a blocklist"), said % {"found": named})]
