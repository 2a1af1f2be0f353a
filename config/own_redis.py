"""The Redis of bin/run: how it is started, and what to do when it does not come up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from config.children import redis_server

CANNOT_READ = re.compile(
    r"Can't handle RDB format|Bad file format|AOF loading aborted"
    r"|reading the append only file|Fatal error loading"
)
LAST_LINES = 12


def command(env: Mapping[str, str], var: Path) -> list[str]:
    """Append-only, written out every second: a crash costs a second of messages to workers, which
    the sweep sends again.
    """
    folder = var / "redis"
    folder.mkdir(exist_ok=True)
    port = env["REDIS_URL"].rpartition(":")[2].partition("/")[0]
    kept = ["--save", "", "--appendonly", "yes", "--appendfsync", "everysec", "--logfile", "log"]
    return [redis_server(), "--port", port, "--bind", "127.0.0.1", "--dir", str(folder), *kept]


def explanation(var: Path) -> str:
    """Why it did not start, as far as its log tells, in a sentence that says what to do."""
    log = var / "redis" / "log"
    lines = log.read_text(errors="replace").splitlines()[-LAST_LINES:] if log.exists() else []
    said = next((line for line in reversed(lines) if CANNOT_READ.search(line)), "")
    if said:
        return (
            f"{redis_server()} cannot read what another version of it, likely a newer one, kept in"
            f" {log.parent}. Only messages that the sweep sends again lie there, no letter and no"
            f' supporter: delete that folder (rm -r "{log.parent}") and start again. It said:'
            f" {words(said)}"
        )
    if lines:
        return f"Its last words, from {log}: {words(lines[-1])}"
    return f"{redis_server()} wrote no log; start it by hand to see why."


def words(line: str) -> str:
    """A line of its log without process, date and level."""
    return re.sub(r"^\d+:\w .*?\d\d:\d\d:\d\d\.\d+ . ", "", line)
