"""Noting deeds: each on disk before its transaction is committed."""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import platform
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from supporters.journal.lines import Deed, Line

SUFFIX = ".journal"
_silent: ContextVar[bool] = ContextVar("journal_silent", default=False)


class CannotNote(Exception):
    """The journal cannot be written. The deed must not be done either: whoever asked for it is told
    to come again (503, config.database_away).
    """


def note(deed: Deed, **facts: object) -> None:
    """Write down one deed, inside the caller's transaction and before it changes anything.

    `facts` are public ids, keyed hashes, numbers and codes (lines.FACTS). Raises CannotNote, and
    ValueError for anything else. A deed that fails after it was noted is done again by a replay:
    somebody wanted it.
    """
    note_all(deed, [facts])


def note_all(deed: Deed, all_facts: Iterable[Mapping[str, object]]) -> None:
    """The same for many at once, with one wait for the disk. Nothing for none."""
    if _silent.get():
        return
    now = timezone.now()
    lines = [Line.of(deed, now, facts).text for facts in all_facts]
    if lines:
        append("".join(f"{line}\n" for line in lines), now)


@contextmanager
def without_noting() -> Iterator[None]:
    """For a replay: what it does again stands in the journal already."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


def append(text: str, now: dt.datetime) -> None:
    """To this machine's file of the month. Raises CannotNote."""
    path = file_of(now)
    try:
        is_new = not path.exists()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            write_all(file, (after_a_torn_line(file) + text).encode())
            os.fsync(file)
        finally:
            os.close(file)
        if is_new:
            flush_folder(path.parent)
    except OSError as trouble:
        raise CannotNote(trouble.strerror) from trouble


def file_of(now: dt.datetime) -> Path:
    """One for each machine and month, in UTC: machines that share a folder write to no common
    file.
    """
    machine = re.sub(r"[^A-Za-z0-9-]", "-", platform.node())[:40] or "machine"
    month = now.astimezone(dt.UTC).strftime("%Y-%m")
    return Path(settings.JOURNAL_DIR) / f"{month}-{machine}{SUFFIX}"


def after_a_torn_line(file: int) -> str:
    """What ends a line that a crash has cut, so that ours stands alone."""
    size = os.fstat(file).st_size
    return "\n" if size and os.pread(file, 1, size - 1) != b"\n" else ""


def write_all(file: int, content: bytes) -> None:
    """A full disk may take a part, and say so only with the next."""
    while content:
        content = content[os.write(file, content) :]


def flush_folder(folder: Path) -> None:
    """A new file's name is on disk only with its folder."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
