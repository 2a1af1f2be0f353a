"""A Debian in a folder, in which systemd boots (systemd-nspawn).

It shares this machine's network, so that packages come the way they come here, and so the ports of
what runs in it have to be free.
"""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

PLACE = Path("/var/tmp/take-action-proof")
HOST = "act.example.org"
PATIENCE_S = 120
PORTS = (25, 80, 443, 1025, 5432, 6379, 8025)
# What a package client of this machine reads is given to that one.
HANDED_ON = ("PIP_INDEX_URL", "PIP_DEFAULT_TIMEOUT", "http_proxy", "https_proxy", "no_proxy")


class Machine:
    """Raises CalledProcessError where what it is told fails."""

    def __init__(self, root):
        self.root, self.nspawn = root, None

    def boot(self):
        console = self.root.with_suffix(".console")
        with console.open("ab") as log:
            self.nspawn = subprocess.Popen(
                [
                    *("systemd-nspawn", "--directory", str(self.root), "--boot", "--register=no"),
                    *("--keep-unit", "--hostname=act", "--timezone=off", "--resolv-conf=copy-host"),
                    "--machine=take-action-proof",
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        until = time.monotonic() + 60
        while time.monotonic() < until and self.nspawn.poll() is None:
            with contextlib.suppress(subprocess.CalledProcessError, IndexError):
                if self.tell("systemctl is-system-running || true").strip() in (
                    "running",
                    "degraded",
                ):
                    return
            time.sleep(1)
        raise SystemExit(f"systemd did not come up; see {console}")

    def init(self):
        children = Path(f"/proc/{self.nspawn.pid}/task/{self.nspawn.pid}/children")
        return children.read_text().split()[0]

    def command(self, script):
        inside = [
            "nsenter",
            "-t",
            self.init(),
            *["-m", "-u", "-i", "-n", "-p", "-C", "-r", "-w", "--"],
        ]
        handed = [f"{name}={os.environ[name]}" for name in HANDED_ON if name in os.environ]
        path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        return [
            *inside,
            "env",
            "-i",
            path,
            "HOME=/root",
            "TERM=dumb",
            *handed,
            "sh",
            "-euc",
            script,
        ]

    def tell(self, script):
        """What it says. Raises CalledProcessError."""
        answer = subprocess.run(self.command(script), capture_output=True, text=True)
        if answer.returncode:
            said = answer.stdout[-4000:] + answer.stderr[-4000:]
            raise subprocess.CalledProcessError(answer.returncode, script, said)
        return answer.stdout

    def show(self, script):
        subprocess.run(self.command(script), check=True)

    def halt(self):
        if self.nspawn and self.nspawn.poll() is None:
            self.nspawn.send_signal(signal.SIGTERM)  # nspawn powers the machine off
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.nspawn.wait(60)
            self.nspawn.kill()
            self.nspawn.wait()


def hindrance():
    if os.geteuid() != 0:
        return "it wants root, to make another machine's files"
    if missing := [name for name in ("mmdebstrap", "systemd-nspawn") if not shutil.which(name)]:
        return f"{' and '.join(missing)} missing: apt-get install mmdebstrap systemd-container"
    busy = [port for port in PORTS if is_taken(port)]
    return f"something listens on {busy} already" if busy else ""


def is_taken(port):
    with socket.socket() as door:
        return door.connect_ex(("127.0.0.1", port)) == 0


def debian(name):
    """A fresh copy of an empty Debian 12, with this commit in a repository that it can clone."""
    base, root = PLACE / "bookworm", PLACE / name
    PLACE.mkdir(exist_ok=True)
    if not base.is_dir():
        say("an empty Debian")
        made = [*["mmdebstrap", "--variant=apt", "--include=systemd,systemd-sysv,dbus"], "bookworm"]
        sources = [str(path) for path in Path("/etc/apt/sources.list.d").glob("debian.sources")]
        subprocess.run([*made, f"{base}.part", *sources], check=True)
        Path(f"{base}.part").rename(base)
    shutil.rmtree(root, ignore_errors=True)
    subprocess.run(["cp", "-a", str(base), str(root)], check=True)
    for part in Path("/etc/apt/apt.conf.d").glob("99*"):
        shutil.copy(part, root / "etc/apt/apt.conf.d")
    trusted = Path("/etc/ssl/certs/ca-certificates.crt")
    shutil.copy(trusted, root / "etc/trusted-here.crt")
    (root / "etc/pip.conf").write_text("[global]\ncert = /etc/trusted-here.crt\n")
    clone = ["git", "clone", "--quiet", "--bare", ".", str(root / "mnt/take-action.git")]
    subprocess.run(clone, check=True)
    return root


def say(what):
    print(f"-- {what}", flush=True)


def visit(machine):
    say("somebody signs and confirms")
    machine.show(f"python3 /srv/take-action/tests/installing/visitor.py once {HOST}")


def nothing_is_missing(machine):
    checked = machine.tell("cd /srv/take-action && bin/install-server --check")
    assert not re.search("^missing", checked, re.MULTILINE), checked


def ask_database(machine, question):
    """What its database answers, as psql -tA prints it."""
    asking = f'cd /; runuser -u postgres -- psql -d take_action -tAc "{question}"'
    return machine.tell(asking).strip()


def wait_until(is_so, what):
    ends = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < ends, f"{what}: not within {PATIENCE_S} s"
        time.sleep(1)
