"""Settings that would lose letters or send rehearsals to the world are refused at the start."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, register
from django.utils.module_loading import import_string

from worker.channels.cwc.chambers import CLOSED
from worker.channels.cwc.client import is_allowed
from worker.channels.provider import is_installed
from worker.engine.pace import Pace
from worker.engine.transitions import LEASE


@register()
def relay_and_catcher(**_kwargs: Any) -> list[Error]:
    """Delivery that is on needs a way out, and rehearsals one that is not the world's."""
    found = []
    if settings.DELIVERY_ENABLED and not (settings.SMTP_URL or settings.MAIL_PROVIDER):
        found.append(
            Error(
                "DELIVERY_ENABLED is on but SMTP_URL is empty.",
                hint="Set SMTP_URL=smtp+tls://user:password@host:587",
                id="worker.E001",
            )
        )
    # Only to the letter. Another spelling of the same server is caught when a letter goes
    # (worker.channels.email.way_out).
    if settings.SMTP_URL and settings.SMTP_URL == settings.CATCHER_URL:
        found.append(
            Error(
                "CATCHER_URL and SMTP_URL are the same.",
                hint="Rehearsals must not reach the relay.",
                id="worker.E002",
            )
        )
    return found


@register()
def mail_provider(**_kwargs: Any) -> list[Error]:
    """A provider that can't be used, or whose events anybody could make up, is told at the
    start.
    """
    name = settings.MAIL_PROVIDER
    if not name:
        return []
    not_installed = Error(
        f"MAIL_PROVIDER={name}: django-anymail is not installed, or does not know it.",
        hint=(
            "Install it beside the rest: .venv/bin/pip install 'django-anymail[postmark]', for"
            " MAIL_PROVIDER=postmark."
        ),
        id="worker.E020",
    )
    two_ways = Error(
        "MAIL_PROVIDER and SMTP_URL are two ways out.", hint="Empty one of them.", id="worker.E021"
    )
    no_secret = Error(
        "MAIL_PROVIDER_OPTIONS has no WEBHOOK_SECRET, or a weak one.",
        hint=(
            "Its events come to /hooks/provider/ as this user:"
            ' MAIL_PROVIDER_OPTIONS={"WEBHOOK_SECRET": "hooks:32 characters"}'
        ),
        id="worker.E022",
    )
    # Whoever guesses it can make up bounces, which end letters and silence addresses.
    has_secret = len(str(settings.ANYMAIL.get("WEBHOOK_SECRET", ""))) >= 32
    possible = [
        (not_installed, not is_installed(name)),
        (two_ways, bool(settings.SMTP_URL)),
        (no_secret, not has_secret),
    ]
    return [error for error, is_so in possible if is_so]


@register()
def congress(**_kwargs: Any) -> list[Error]:
    """A chamber's address that could not be one, or would take letters and deliver none, is told at
    the start.
    """
    found = []
    for chamber in ("house", "senate"):
        url = urlsplit(getattr(settings, f"CWC_{chamber.upper()}_URL"))
        if url.hostname and not is_allowed(url, chamber):
            hint = f"It begins with https:// and ends with .{chamber}.gov."
            found.append(
                Error(
                    f"CWC_{chamber.upper()}_URL is not an address of the {chamber}.",
                    hint=hint,
                    id="worker.E004",
                )
            )
        windows = getattr(settings, f"CWC_{chamber.upper()}_CLOSED")
        if unread := [window for window in windows if not is_window(window)]:
            hint = "Eastern time, like: daily 00-06,wed 05-07"
            found.append(
                Error(
                    f"CWC_{chamber.upper()}_CLOSED: {unread[0]!r} is not understood.",
                    hint=hint,
                    id="worker.E005",
                )
            )
    return found


def is_window(text: str) -> bool:
    """Whether a closing time reads like "daily 00-06", and ends after it begins."""
    found = CLOSED.fullmatch(text)
    return bool(found) and int(found[2]) < int(found[3]) <= 24  # type: ignore[index]


@register()
def leases_outlive_tasks(**_kwargs: Any) -> list[Error]:
    """A claim that ends while its worker still runs would let a second worker begin."""
    if LEASE.total_seconds() > settings.CELERY_TASK_TIME_LIMIT:
        return []
    hint = f"Keep it under {LEASE.total_seconds():.0f} seconds."
    return [
        Error(
            "CELERY_TASK_TIME_LIMIT is longer than a worker's claim on a letter.",
            hint=hint,
            id="worker.E003",
        )
    ]


@register()
def paces(**_kwargs: Any) -> list[Error]:
    """A pace that is not understood would stop its lanes when the first letter goes."""
    found = []
    for kind, pace in settings.LANE_PACE.items():
        try:
            Pace.parse(pace)
        except ValueError:
            hint = "Letters a minute / letters at once, like letters=60/50,cwc=300/50"
            found.append(
                Error(f"LANE_PACE: {kind}={pace} is not understood.", hint=hint, id="worker.E007")
            )
    return found


@register()
def reviewer(**_kwargs: Any) -> list[Error]:
    """A reviewer that is not there would keep every letter waiting."""
    try:
        if settings.REVIEW_BEFORE_SENDING:
            import_string(settings.REVIEW_BEFORE_SENDING)
    except ImportError as error:
        return [
            Error(
                "REVIEW_BEFORE_SENDING names nothing that can be called.",
                hint=str(error),
                id="worker.E006",
            )
        ]
    return []
