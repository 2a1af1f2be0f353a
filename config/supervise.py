"""One program that runs all the others, behind bin/run: Redis, mail catcher, worker, beat and the
web server.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, NoReturn

from config import own_redis
from config.children import NotReady, free_port, is_listening, start, stop, wait_until

HERE = Path(__file__).resolve().parent.parent
LONGEST_PAUSE_S = 30
STEADY_S = 60
PATIENCE_S = 10


def main(arguments: Sequence[str]) -> int:
    """Prepare, run, and stop everything again on Ctrl-C or SIGTERM.

    1 when it cannot start, with the reason.
    """
    options = read(arguments)
    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGHUP, ask_to_stop)
    try:
        return run(options)
    except NotReady as trouble:
        print(f"bin/run: {trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


def read(arguments: Sequence[str]) -> argparse.Namespace:
    """Options; HOST and PORT of the environment are their defaults."""
    parser = argparse.ArgumentParser(
        prog="bin/run", description="Run Take Action on this machine, in practice mode."
    )
    parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=os.environ.get("PORT", "8000"))
    parser.add_argument(
        "--reset",
        action="store_true",
        help="start over: forget var/db.sqlite3 and what waited in the queue",
    )
    return parser.parse_args(arguments)


def ask_to_stop(*_: object) -> None:
    """What a signal does: the same as Ctrl-C."""
    raise KeyboardInterrupt


def run(options: argparse.Namespace) -> int:
    """Everything, until Ctrl-C. Raises NotReady with the reason when it cannot start."""
    var = var_folder()
    var.mkdir(parents=True, exist_ok=True)
    lock = alone(var)
    refuse_busy_port(options.host, options.port)
    if options.reset:
        start_over(var)
    env = environment(options, var)
    crew = Crew(env)
    try:
        note(env, var)
        if "REDIS_URL" not in os.environ:
            start_redis(crew, env, var)
        manage(env, "set_up")
        for name, command in programs().items():
            crew.add(name, command)
        crew.wait_for("web", options.port, reachable(options.host))
        welcome(env)
        crew.watch()
    except KeyboardInterrupt:
        print("\nStopping ...", flush=True)
        return 0
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        crew.stop()
        (var / "running").unlink(missing_ok=True)
        lock.close()


def var_folder() -> Path:
    """What bin/run keeps: database, queue, secrets. VAR_DIR, else var/."""
    return Path(os.environ.get("VAR_DIR") or HERE / "var").resolve()


def alone(var: Path) -> IO[str]:
    """A lock that lasts as long as this file stays open.

    Raises NotReady while another run has it.
    """
    lock = (var / "lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise NotReady(
            "It is already running in this folder. Stop that one first, with Ctrl-C."
        ) from None
    return lock


def refuse_busy_port(host: str, port: int) -> None:
    """Raises NotReady with a port to try instead."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as trouble:
            reason = getattr(trouble, "strerror", None) or trouble
            raise NotReady(
                f"Port {port} on {host} cannot be used ({reason}). Choose another one:"
                f" PORT={port % 60000 + 1} bin/run"
            ) from None


def start_over(var: Path) -> None:
    """Forget database and queue, not the secrets. Raises NotReady where DATABASE_URL is set."""
    if "DATABASE_URL" in os.environ:
        raise NotReady(
            "--reset forgets var/db.sqlite3 only, and DATABASE_URL names another database. Empty"
            " that one yourself."
        )
    for path in var.glob("db.sqlite3*"):
        path.unlink()
    shutil.rmtree(var / "redis", ignore_errors=True)


def environment(options: argparse.Namespace, var: Path) -> dict[str, str]:
    """What every child gets. Anything that is set already stays."""
    names = {"127.0.0.1", "localhost", reachable(options.host)}
    if options.host in {"0.0.0.0", "::"}:  # noqa: S104
        names |= own_names()
    return {
        "DATABASE_URL": f"sqlite:///{var / 'db.sqlite3'}",
        "REDIS_URL": f"redis://127.0.0.1:{free_port()}/0",
        "CATCHER_URL": f"smtp://127.0.0.1:{free_port()}",
        "SITE_URL": f"http://{bracketed(reachable(options.host))}:{options.port}",
        "ALLOWED_HOSTS": ",".join(sorted(bracketed(name) for name in names)),
        "LOG_LEVEL": "WARNING",
        "ACCESS_LOG": "0",
        "PAPER_BY": "print",
        "PYTHONUNBUFFERED": "1",
        # in a container there is nobody else
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser",
        **kept_secrets(var),
        **os.environ,
        "VAR_DIR": str(var),
        "BIND": f"{bracketed(options.host)}:{options.port}",
    }


def reachable(host: str) -> str:
    """The address to type into a browser for one that means "everywhere"."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104


def own_names() -> set[str]:
    """This machine's names and addresses, as another one in the network would type them."""
    name = socket.gethostname()
    try:
        return {
            name,
            *(str(entry[4][0]).partition("%")[0] for entry in socket.getaddrinfo(name, None)),
        }
    except OSError:
        return {name}


def bracketed(host: str) -> str:
    """As it stands in a URL: IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


def kept_secrets(var: Path) -> dict[str, str]:
    """Made once, readable by their owner only.

    They outlive --reset: links in mail already sent stay valid.
    """
    path = var / "secrets"
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.writelines(
                f"{name}={secrets.token_urlsafe(48)}\n" for name in ("SECRET_KEY", "HASH_KEY")
            )
    return dict(line.split("=", 1) for line in path.read_text().splitlines())


def note(env: Mapping[str, str], var: Path) -> None:
    """Write down where the servers listen, for bin/manage.

    Their addresses may hold passwords: for the owner only.
    """
    with os.fdopen(
        os.open(var / "running", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w"
    ) as file:
        file.writelines(
            f"{name}={env[name]}\n"
            for name in ("REDIS_URL", "CATCHER_URL", "SITE_URL", "ALLOWED_HOSTS")
        )


def start_redis(crew: Crew, env: Mapping[str, str], var: Path) -> None:
    """Raises NotReady with what to do when it does not come up."""
    crew.add("Redis", own_redis.command(env, var))
    try:
        crew.wait_for("Redis", int(env["REDIS_URL"].rpartition(":")[2].partition("/")[0]))
    except NotReady as trouble:
        raise NotReady(f"{trouble} {own_redis.explanation(var)}") from None


def programs() -> dict[str, list[str]]:
    """What runs beside Redis, by name, in the order of its start."""
    celery = [sys.executable, "-m", "celery", "-A", "worker.celery", "--quiet"]
    worker = [*celery, "worker", "--loglevel=WARNING", "--without-gossip"]
    return {
        "mail catcher": [sys.executable, "manage.py", "catch_mail"],
        "worker": [*worker, "--concurrency=2", "--exclude-queues=mail"],
        # A process of its own: a confirmation never waits for a campaign's slow mail server.
        "mail worker": [*worker, "--concurrency=1", "--queues=mail", "--hostname=mail@%h"],
        "beat": [
            *celery,
            "beat",
            "--loglevel=WARNING",
            "--pidfile=",
        ],
        "web": [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py"],
    }


def manage(env: Mapping[str, str], command: str) -> None:
    """Run a management command to its end. Raises NotReady when it fails."""
    child = start([sys.executable, "manage.py", command], env=env, cwd=HERE)
    try:
        if child.wait():
            raise NotReady(f"manage.py {command} failed; what it said stands above.")
    finally:
        stop(child)


def welcome(env: Mapping[str, str]) -> None:
    """Where everything is, and the logins of the demonstration if it is there."""
    site = env["SITE_URL"]
    logins = subprocess.run(
        [sys.executable, "manage.py", "demo_logins"],
        env=env,
        cwd=HERE,
        capture_output=True,
        text=True,
    )
    print(
        f"\n  Take Action is running: {site}/\n  The console:            {site}/desk/\n  Caught"
        f" mail:            {site}/outbox/\n"
    )
    if logins.returncode == 0 and logins.stdout.strip():
        print(
            "  Demonstration logins:\n"
            + "".join(f"    {line}\n" for line in logins.stdout.strip().splitlines())
        )
    print("  Ctrl-C stops everything.", flush=True)


class Crew:
    """The children: started in order, started again when they die, stopped together."""

    def __init__(self, env: Mapping[str, str]):
        self.env = env
        self.commands: dict[str, Sequence[str]] = {}
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.started_at: dict[str, float] = {}
        self.pauses: dict[str, float] = {}

    def add(self, name: str, command: Sequence[str]) -> None:
        self.commands[name] = command
        self.begin(name)

    def begin(self, name: str) -> None:
        self.children[name] = start(self.commands[name], env=self.env, cwd=HERE)
        self.started_at[name] = time.monotonic()

    def wait_for(self, name: str, port: int, host: str = "127.0.0.1") -> None:
        wait_until(lambda: is_listening(port, host), self.children[name], what=name, timeout_s=60)

    def watch(self) -> NoReturn:
        """Until somebody asks us to stop."""
        while True:
            time.sleep(0.3)
            for name, child in self.children.items():
                if child.poll() is not None:
                    self.revive(name, child.returncode)

    def revive(self, name: str, status: int) -> None:
        """Start `name` again: after one second, and after twice as long each time it dies young."""
        now = time.monotonic()
        if now - self.started_at[name] > STEADY_S:
            self.pauses.pop(name, None)
        pause = self.pauses.setdefault(name, 1)
        if now - self.started_at[name] < pause:
            return
        print(
            f"bin/run: {name} ended with status {status}; starting it again.",
            file=sys.stderr,
            flush=True,
        )
        self.pauses[name] = min(pause * 2, LONGEST_PAUSE_S)
        self.begin(name)

    def stop(self) -> None:
        """All at once, Redis last: the others still say goodbye to it."""
        others = [child for name, child in self.children.items() if name != "Redis"]
        for child in others:
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + PATIENCE_S
        for child in others:
            stop(child, timeout_s=max(0.1, deadline - time.monotonic()))
        if "Redis" in self.children:
            stop(self.children["Redis"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
