"""What is particular about this installation: found out where it can be, kept in one file."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from installing.steps import Stopped, said

CODE = Path("/srv/take-action")
ETC = Path("/etc/take-action")
VAR = Path("/var/lib/take-action")
JOURNAL = Path("/var/lib/take-action-journal")
BACKUPS = Path("/var/backups/take-action")
ARCHIVE = Path("/var/backups/take-action-archive")
ENV = ETC / "env"
ACCOUNT = "take-action"
DATABASE = "take_action"


@dataclass(frozen=True)
class Site:
    """`host` is how people type it, `mail_domain` where its mail comes from."""

    host: str
    mail_domain: str
    time_zone: str

    @property
    def url(self) -> str:
        return f"https://{self.host}"


def find_out(host: str | None) -> Site:
    """From what is installed already, else from what was given, else from the machine.

    Raises Stopped where nobody but a person knows, or where two answers differ.
    """
    kept = settings()
    installed = urlsplit(kept.get("SITE_URL", "")).hostname
    if host and installed and host != installed:
        raise Stopped(f"{ENV} says SITE_URL=https://{installed}: change it there first.")
    host = installed or host or _own_name()
    return Site(
        host=host,
        mail_domain=kept.get("MAIL_DOMAIN") or _mail_domain(host),
        time_zone=kept.get("TIME_ZONE") or _time_zone(),
    )


def settings() -> dict[str, str]:
    """What /etc/take-action/env sets; nothing before there is one."""
    lines = ENV.read_text().splitlines() if ENV.is_file() else []
    pairs = [line.split("=", 1) for line in lines if "=" in line and not line.startswith("#")]
    return {name: "".join(shlex.split(value)) for name, value in pairs}


def _own_name() -> str:
    name = said("hostname", "--fqdn")
    if "." not in name or name.startswith("localhost"):
        raise Stopped(
            "This machine does not know its name. Say it: bin/install-server act.example.org"
        )
    return name


def _mail_domain(host: str) -> str:
    """A neighbour of the site's name, so that its mail has a reputation of its own."""
    _, _, rest = host.partition(".")
    return f"mail.{rest}" if "." in rest else f"mail.{host}"


def _time_zone() -> str:
    """The machine's; but days of a campaign are nobody's days in UTC."""
    place = Path("/etc/localtime")
    _, _, zone = str(place.resolve()).partition("/zoneinfo/")
    return "America/New_York" if zone in ("", "UTC", "Etc/UTC", "Universal", "Zulu") else zone
