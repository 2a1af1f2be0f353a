"""What only this machine sees of itself: room on its disks."""

from __future__ import annotations

import datetime as dt
import platform
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from desk.monitoring.alarm import Alarm

# Where we, the database and the logs write, if it is on this machine.
ALSO = ("/", "/tmp", "/var/log", "/var/lib/postgresql")  # noqa: S108
# A tenth of a small disk, or this much of a big one.
SHARE, ENOUGH = 0.1, 5 * 1024**3


def of_disks(on: dt.date) -> list[Alarm]:
    """One alarm for all of this machine's disks that are nearly full."""
    full = [f"{path} ({free / 1024**2:.0f} MB)" for path, free in nearly_full()]
    if not full:
        return []
    sentence = _(
        "On %(machine)s little is free: %(disks)s. Make room: without it the database stops, and"
        " what cannot be noted is not done."
    )
    said = sentence % {"machine": name(), "disks": ", ".join(full)}
    return [Alarm(f"disk:{name()}", _("A disk is nearly full"), said, machine=name())]


def nearly_full() -> Iterator[tuple[Path, int]]:
    """Each disk once, by the first of our folders on it, with the bytes that are free to us."""
    seen = set()
    for path in (Path(settings.VAR_DIR), Path(settings.JOURNAL_DIR), *map(Path, ALSO)):
        try:
            device, usage = path.stat().st_dev, shutil.disk_usage(path)
        except OSError:  # not there, or not for us to see
            continue
        if device not in seen and usage.free < min(usage.total * SHARE, ENOUGH):
            yield path, usage.free
        seen.add(device)


def name() -> str:
    return re.sub(r"[^A-Za-z0-9-]", "-", platform.node())[:40] or "machine"
