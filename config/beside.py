"""A management command beside bin/run: the same secrets, database and servers."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from config import supervise


def main(arguments: Sequence[str]) -> int:
    """Become manage.py with `arguments`. 1 when there is nothing yet to work on."""
    var = supervise.var_folder()
    if not (var / "secrets").exists():
        print("bin/manage works on what bin/run made. Start bin/run once; it may go on running meanwhile.", file=sys.stderr)
        return 1
    env = supervise.environment(supervise.read([]), var) | running(var) | os.environ | {"VAR_DIR": str(var)}
    os.execve(sys.executable, [sys.executable, "manage.py", *arguments], env)  # noqa: S606


def running(var: Path) -> dict[str, str]:
    """Where the servers of a running bin/run listen; nothing when none is."""
    path = var / "running"
    return dict(line.split("=", 1) for line in path.read_text().splitlines()) if path.exists() else {}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
