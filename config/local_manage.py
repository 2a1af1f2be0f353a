"""A management command beside bin/run: the same secrets, database and servers."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from config import supervise

# Any of these set means that somebody has settings of their own: production, a test, a check.
NAMES = {
    f"{name}{suffix}"
    for name in ("SECRET_KEY", "HASH_KEY", "DATABASE_URL", "SITE_URL")
    for suffix in ("", "_FILE")
}


def main(arguments: Sequence[str]) -> int:
    """Become manage.py with `arguments`. 1 when there is nothing yet to work on."""
    if not (supervise.var_folder() / "secrets").exists():
        print(
            "bin/manage works on what bin/run made. Start bin/run once; it may go on running"
            " meanwhile.",
            file=sys.stderr,
        )
        return 1
    os.execve(sys.executable, [sys.executable, "manage.py", *arguments], environment())  # noqa: S606


def adopt() -> None:
    """Give a plain `manage.py`, called with no settings in its environment, those of bin/run.

    Where they are set, they stand.
    """
    if not NAMES & os.environ.keys() and (supervise.var_folder() / "secrets").exists():
        os.environ.update(environment())


def environment() -> dict[str, str]:
    """bin/run's, with the servers that run now; what is set already stays."""
    var = supervise.var_folder()
    return (
        supervise.environment(supervise.read([]), var)
        | running(var)
        | os.environ
        | {"VAR_DIR": str(var)}
    )


def running(var: Path) -> dict[str, str]:
    """Where the servers of a running bin/run listen; nothing when none is."""
    path = var / "running"
    return (
        dict(line.split("=", 1) for line in path.read_text().splitlines()) if path.exists() else {}
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
