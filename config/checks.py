"""Settings that would put people, letters or the site at risk stop the start, and say what to do
instead.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

from config.middleware import NOBODY

LONG_ENOUGH = {"SECRET_KEY": 50, "HASH_KEY": 32}
# Secrets of doors that are shut while there is none.
MAY_BE_BLANK = ("RETURNS_HOOK_SECRET", "METRICS_TOKEN")
# Settings that name networks, and what a network in them may do.
NETWORKS = {
    "TRUSTED_PROXIES": "Whoever is in it may say where a caller comes from.",
    "METRICS_FROM": "Whoever is in it reads /metrics and /health.json.",
}
# The widest network that may be somebody's own: 10.0.0.0/8, and a provider's of IPv6.
WIDEST = {4: 8, 6: 16}
LOOPBACK = {"localhost", "127.0.0.1", "::1", "", None}


def insist() -> None:
    """Raise ImproperlyConfigured when any check below fails: web servers do not run Django's checks
    by themselves.
    """
    if found := settings_are_safe():
        raise ImproperlyConfigured(
            "\n".join(f"({error.id}) {error.msg} {error.hint}" for error in found)
        )


@register()
def settings_are_safe(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """Every check of this file, for `manage.py check`."""
    return [*secrets(), *hosts(), *networks(), *delivery(), *database(), *journal(), *alarms()]


def secrets() -> Iterator[CheckMessage]:
    """Long and varied enough (E001, E012), and not one key for two purposes (E002)."""
    for name, length in LONG_ENOUGH.items():
        value = getattr(settings, name)
        if len(value) < length or len(set(value)) < 10 or value.startswith("django-insecure-"):
            yield Error(
                f"{name} is too weak.",
                hint=(
                    f"Make one of at least {length} characters: python3 -c 'import secrets;"
                    " print(secrets.token_urlsafe(64))'"
                ),
                id="config.E001",
            )
    for name in MAY_BE_BLANK:
        value = getattr(settings, name)
        if value and len(value) < LONG_ENOUGH["HASH_KEY"]:
            yield Error(
                f"{name} is too weak.",
                hint=(
                    "Make one of at least 32 characters: python3 -c 'import secrets;"
                    " print(secrets.token_urlsafe(48))'"
                ),
                id="config.E012",
            )
    if settings.SECRET_KEY == settings.HASH_KEY:
        yield Error(
            "SECRET_KEY and HASH_KEY are the same.",
            hint="Make a second one, so that either can be changed alone.",
            id="config.E002",
        )


def hosts() -> Iterator[CheckMessage]:
    """Only our own names are answered (E003), and links in mail have a scheme (E004)."""
    # ".org" would be every name under it.
    too_many = [
        host
        for host in map(str, settings.ALLOWED_HOSTS)
        if "*" in host or (host.startswith(".") and "." not in host[1:].strip("."))
    ]
    if not settings.ALLOWED_HOSTS or too_many:
        yield Error(
            "ALLOWED_HOSTS admits any host or none.",
            hint="Name the hosts of this site, or leave it to SITE_URL.",
            id="config.E003",
        )
    site = urlsplit(settings.SITE_URL)
    if not site.hostname or site.scheme not in {"http", "https"}:
        yield Error(
            "SITE_URL is no address.",
            hint="Write it with its scheme: https://act.example.org",
            id="config.E004",
        )


def networks() -> Iterator[CheckMessage]:
    """Who is believed, and who may watch: networks (E005), and not everybody (E006)."""
    for name, trust in NETWORKS.items():
        for entry in getattr(settings, name):
            if entry == "unix" and name == "TRUSTED_PROXIES":
                continue
            try:
                network = ipaddress.ip_network(entry, strict=False)
            except ValueError:
                yield Error(
                    f"{name}: {entry!r} is no network.",
                    hint="Write addresses or networks: 10.0.0.5,10.1.0.0/16",
                    id="config.E005",
                )
                continue
            if is_everybody(network):
                yield Error(
                    f"{name}: {entry} is everybody, or too many to be yours.",
                    hint=f"{trust} Name your own machines and networks only.",
                    id="config.E006",
                )


def is_everybody(network: ipaddress.IPv4Network | ipaddress.IPv6Network) -> bool:
    """Wider than anybody's own network; or with the address that callers share whom a proxy did not
    name (config.middleware.NOBODY).
    """
    mapped = ipaddress.IPv6Network("::ffff:0:0/96")
    if isinstance(network, ipaddress.IPv6Network):
        if network.subnet_of(mapped):
            return network.prefixlen < mapped.prefixlen + WIDEST[4]
        own = network.subnet_of(ipaddress.IPv6Network("fc00::/7"))
        return network.prefixlen < WIDEST[6] and not own
    return network.prefixlen < WIDEST[4] or ipaddress.IPv4Address(NOBODY) in network


def delivery() -> Iterator[CheckMessage]:
    """What real letters ask for. That there is a relay at all is checked in worker.checks."""
    if not settings.DELIVERY_ENABLED:
        return
    if settings.DEBUG:
        yield Error(
            "DEBUG is on while DELIVERY_ENABLED is.",
            hint="Set DEBUG=0: its error pages show people's data.",
            id="config.E007",
        )
    if (
        not settings.SITE_URL.startswith("https://")
        and urlsplit(settings.SITE_URL).hostname not in LOOPBACK
    ):
        yield Error(
            "SITE_URL is not https while DELIVERY_ENABLED is on.",
            hint="People type their addresses there: use https.",
            id="config.E008",
        )
    for name in ("LETTER_FROM", "MAIL_FROM"):
        domain = getattr(settings, name).rpartition("@")[2]
        if domain != settings.MAIL_DOMAIN or "." not in domain or domain.endswith("localdomain"):
            yield Error(
                f"{name} is not an address of a domain you send from.",
                hint=(
                    "Set MAIL_DOMAIN to your sending domain, the one with SPF and DKIM, and the"
                    " address within it."
                ),
                id="config.E009",
            )
    if organization(settings.BOUNCE_DOMAIN) != organization(settings.MAIL_DOMAIN):
        yield Error(
            "BOUNCE_DOMAIN and MAIL_DOMAIN belong to different organizations.",
            hint=(
                "Receivers compare them (DMARC). Leave it at bounce.MAIL_DOMAIN, or name another"
                " one beside it."
            ),
            id="config.E011",
        )


def journal() -> Iterator[CheckMessage]:
    """What must survive a restore lies apart from what is restored (E013), and from what may be
    lost (E014).
    """
    folder, var = Path(settings.JOURNAL_DIR).resolve(), Path(settings.VAR_DIR).resolve()
    if settings.DELIVERY_ENABLED and not settings.JOURNAL_IS_NAMED:
        yield Error(
            "JOURNAL_DIR is not named while DELIVERY_ENABLED is on.",
            hint=(
                "Name a folder that is copied off this machine: after a restore it tells who was"
                " erased, withdrew or unsubscribed (docs/runbook.md, The journal)."
            ),
            id="config.E013",
        )
    if folder == var or var in folder.parents:
        yield Error(
            "JOURNAL_DIR lies in VAR_DIR.",
            hint="Files there may be lost, and the journal may not: name a folder beside it.",
            id="config.E014",
        )


def alarms() -> Iterator[CheckMessage]:
    """What the hook is told goes to a known server, unread on its way (E015)."""
    hook = urlsplit(settings.ALARM_HOOK_URL)
    if settings.ALARM_HOOK_URL and not (
        hook.hostname
        and (hook.scheme == "https" or (hook.scheme == "http" and hook.hostname in LOOPBACK))
    ):
        yield Error(
            "ALARM_HOOK_URL is not an https address.",
            hint="Write it with its scheme: https://chat.example.org/hooks/...",
            id="config.E015",
        )


def organization(domain: str) -> list[str]:
    """The last two labels: what alignment asks for at the least. (Under a suffix of two labels this
    forgives too much.)
    """
    return domain.lower().rstrip(".").split(".")[-2:]


def database() -> Iterable[CheckMessage]:
    """SQLite is one file on one machine: a Redis elsewhere means that there are others."""
    redis = urlsplit(settings.REDIS_URL)
    if (
        "sqlite" in settings.DATABASES["default"]["ENGINE"]
        and redis.scheme != "unix"
        and redis.hostname not in LOOPBACK
    ):
        yield Error(
            "SQLite with a Redis on another machine.",
            hint=(
                "Several machines need PostgreSQL: DATABASE_URL=postgres://user:password@host/name"
            ),
            id="config.E010",
        )
