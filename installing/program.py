"""What is ours: pinned packages, secrets, settings, tables, units, the first administrator."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from installing.site import ACCOUNT, CODE, ENV, ETC, VAR, Site, settings
from installing.steps import Step, Stopped, holds, put, run, said, succeeds

COMMAND = Path("/usr/local/sbin/take-action")
UNITS = Path("/etc/systemd/system")
STAMPS = Path("/var/lib/systemd/timers")  # when each was last due
SHIPPED = CODE / "docs/deploy"
QUEUES = ("work", "mail", "letters", "desk")
PROGRAMS = (
    "take-action-web.service",
    "take-action-beat.service",
    "take-action-catcher.service",
    "take-action-returns.service",
    *(f"take-action-worker@{queue}.service" for queue in QUEUES),
)
WEB_SOCKET = "/run/take-action/web.sock"
PATIENCE_S = 60
TIMERS = (
    "take-action-backup.timer",
    "take-action-alarms.timer",
    "take-action-archive-base.timer",
    "take-action-archive-off.timer",
)
# All but the web server as children of one, where somebody chose that (docs/install.md).
TOGETHER = "take-action-together.service"


def steps(site: Site) -> Iterator[Step]:
    yield Step("pinned packages", _stale_pins, lambda: run("sh", "bin/venv", "requirements"))
    for name in ("secret_key", "hash_key"):
        yield Step(
            f"secret {name}",
            partial(_not_private, ETC / name),
            partial(_make_secret, ETC / name),
        )
    yield Step(
        str(ENV),
        lambda: _not_private(ENV),
        lambda: _put_private(ENV, environment(site, (SHIPPED / "take-action.env").read_text())),
    )
    yield Step("rights of other secrets", _exposed, _hide)
    command = (SHIPPED / "take-action").read_text()
    yield Step(
        f"command {COMMAND.name}",
        lambda: "" if holds(COMMAND, command) else "not this version's",
        lambda: put(COMMAND, command, mode=0o755),
    )
    yield Step("translations", _uncompiled, _compile)
    yield Step("settings", _dangerous, _refuse)
    yield Step("tables", _unmigrated, lambda: run(str(COMMAND), "migrate", "--no-input"))
    yield Step("static files", _uncollected, _collect)
    yield Step("units", _other_units, _put_units)
    yield Step("programs", _not_running, _start)


def programs() -> tuple[str, ...]:
    """Those that run here."""
    is_small = succeeds("systemctl", "is-enabled", "--quiet", TOGETHER)
    return (PROGRAMS[0], TOGETHER) if is_small else PROGRAMS


def started() -> tuple[str, ...]:
    return ("take-action-web.socket", *programs(), *TIMERS)


def environment(site: Site, sample: str) -> str:
    """The shipped settings with what is particular here put in."""
    ours = {
        "SITE_URL": site.url,
        "TIME_ZONE": site.time_zone,
        "MAIL_DOMAIN": site.mail_domain,
    }
    lines = []
    for line in sample.splitlines():
        name, _, _ = line.partition("=")
        lines.append(f"{name}={ours[name]}" if name in ours else line)
    return "\n".join(lines) + "\n"


def first_administrator(email: str) -> None:
    """Prints a link that works once, unless somebody can sign in already."""
    run(str(COMMAND), "first_administrator", email)


def has_administrator() -> bool:
    return succeeds(str(COMMAND), "first_administrator", "--is-there")


def _stale_pins() -> str:
    """As bin/venv stamps them."""
    stamp = CODE / ".venv/pins-requirements"
    made_with = said("sh", "-c", 'echo "$(.venv/bin/python -V) $(cksum <requirements.txt)"')
    return "" if stamp.is_file() and stamp.read_text().strip() == made_with else "not these"


def _not_private(path: Path) -> str:
    if not path.is_file():
        return "there is none"
    found = path.stat()
    others_read = (found.st_mode & 0o137) or path.owner() != "root" or path.group() != ACCOUNT
    return "its rights: 0640, root, take-action" if others_read else ""


def _put_private(path: Path, text: str) -> None:
    """What is there is kept: HASH_KEY is for ever."""
    put(path, path.read_text() if path.is_file() else text, mode=0o640, group=ACCOUNT)


def _make_secret(path: Path) -> None:
    _put_private(path, secrets.token_urlsafe(64) + "\n")


def _exposed() -> str:
    """Brought from another machine, its owners may be anybody here."""
    return " ".join(path.name for path in _other_secrets() if _not_private(path))


def _hide() -> None:
    for path in _other_secrets():
        shutil.chown(path, "root", ACCOUNT)
        path.chmod(0o640)


def _other_secrets() -> list[Path]:
    named = [Path(value) for name, value in settings().items() if name.endswith("_FILE")]
    return [path for path in named if path.parent == ETC and path.is_file()]


def _uncompiled() -> str:
    stale = [
        source
        for source in CODE.glob("locale/*/LC_MESSAGES/*.po")
        if not (made := source.with_suffix(".mo")).is_file()
        or made.stat().st_mtime < source.stat().st_mtime
    ]
    return " ".join(str(path.relative_to(CODE)) for path in stale)


def _compile() -> None:
    """As root, whose checkout it is; for the rest nothing of ours runs as root."""
    run("sh", "-c", f"set -a; . {ENV}; exec .venv/bin/python manage.py compile_messages")


def _dangerous() -> str:
    command = [str(COMMAND), "check", "--deploy", "--fail-level", "WARNING"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    return answer.stderr.strip() if answer.returncode else ""


def _refuse() -> None:
    raise Stopped(f"Mend {ENV} (docs/configuration.md has every setting), then run this again.")


def _unmigrated() -> str:
    return "" if succeeds(str(COMMAND), "migrate", "--check") else "not this version's"


def version() -> str:
    """Of the code that lies here: its tag, or what git calls it."""
    return said("git", "-C", str(CODE), "describe", "--tags", "--always", "--dirty")


def _uncollected() -> str:
    return "" if holds(VAR / "static-version", version()) else "not this version's"


def _collect() -> None:
    run(str(COMMAND), "collectstatic", "--no-input", "--verbosity", "0")
    put(VAR / "static-version", version())


def _shipped_units() -> dict[Path, str]:
    folder = SHIPPED / "systemd"
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {UNITS / path.relative_to(folder): path.read_text() for path in files}


def _other_units() -> str:
    other = [path.name for path, text in _shipped_units().items() if not holds(path, text)]
    return " ".join(sorted(other))


def _put_units() -> None:
    for path, text in _shipped_units().items():
        put(path, text)
    run("systemctl", "daemon-reload")


def _not_running() -> str:
    """Also whatever still runs code or settings of before."""
    changed = max(path.stat().st_mtime for path in _what_programs_read())
    asleep = [
        name
        for name in started()
        if not succeeds("systemctl", "is-active", "--quiet", name)
        or not succeeds("systemctl", "is-enabled", "--quiet", name)
    ]
    old = [name for name in programs() if name not in asleep and _began(name) < changed]
    return " ".join([*asleep, *(f"{name} (older than its code)" for name in old)])


def _what_programs_read() -> list[Path]:
    """git writes its log whenever other code is put in place."""
    files = [CODE / ".git/logs/HEAD", ENV, *_shipped_units(), CODE / ".venv/pins-requirements"]
    return [path for path in files if path.is_file()]


def _began(unit: str) -> float:
    """In seconds since 1970; 0 where it does not run."""
    name = "ExecMainStartTimestampMonotonic"
    at = int(said("systemctl", "show", "--value", "-p", name, unit) or 0) / 1_000_000
    return time.time() - (time.clock_gettime(time.CLOCK_MONOTONIC) - at) if at else 0.0


def _start() -> None:
    """The web server's socket stays open meanwhile: whoever comes waits, and nobody is refused."""
    run("systemctl", "enable", "--quiet", "take-action.target", *started())
    run("systemctl", "start", "take-action-web.socket", *TIMERS)
    # One after the other, the web server first: together they would take its processors from it.
    for name in programs():
        run("systemctl", "restart", name)
        if name == "take-action-web.service":
            answers_within(PATIENCE_S)
    run("systemctl", "start", "take-action.target")


def answers_within(patience_s: float) -> bool:
    """Whether the web server itself does, through the socket that systemd keeps."""
    until = time.monotonic() + patience_s
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as line:
            line.settimeout(patience_s)
            line.connect(WEB_SOCKET)
            line.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
            if line.recv(12).endswith((b"200", b"301", b"400")):
                return True
        time.sleep(0.5)
    return False


def remove() -> None:
    """Programs, units, also what was edited of them, packages and the command; data and secrets
    stay.
    """
    run("systemctl", "stop", "take-action*")  # also what a timer has just begun
    if any(path.is_file() for path in _shipped_units()):
        run("systemctl", "disable", "--quiet", "take-action.target", *started())
    for path in UNITS.glob("take-action*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in STAMPS.glob("stamp-take-action*"):
        path.unlink()
    run("systemctl", "daemon-reload")
    run("systemctl", "reset-failed", "take-action*")
    COMMAND.unlink(missing_ok=True)
    for folder in (Path(WEB_SOCKET).parent, CODE / ".venv"):
        shutil.rmtree(folder, ignore_errors=True)


def insist_on_root() -> None:
    """Raises Stopped."""
    if os.geteuid() != 0:
        raise Stopped("Only root can: sudo bin/install-server")
    if Path.cwd().resolve() != CODE.resolve():
        raise Stopped(
            f"The code has to lie in {CODE}, where the units look for it. Clone it there."
        )
