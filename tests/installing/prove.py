"""The install document, followed word for word on a Debian that was made for it.

The machine is a folder that systemd boots in (systemd-nspawn). It shares this one's network, so
that packages come the way they come here, and so those ports have to be free.
"""

import argparse
import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

PLACE = Path("/var/tmp/take-action-proof")
HOST = "act.example.org"
PORTS = (80, 443, 1025, 5432, 6379, 8025)
CANNOT = 77
WORDS = re.compile(r"As root:\n\n((?:    .*\n)+)")
EXPOSED_AT_MOST = 4.0
# What a package client of this machine reads is given to that one.
HANDED_ON = ("PIP_INDEX_URL", "PIP_DEFAULT_TIMEOUT", "http_proxy", "https_proxy", "no_proxy")


class Machine:
    """A Debian in a folder."""

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


def main(arguments):
    parser = argparse.ArgumentParser(prog="bin/prove-install", description=__doc__)
    parser.add_argument(
        "--deploys", type=int, default=0, help="so many, under five people a second"
    )
    parser.add_argument("--keep", action="store_true", help="leave it running, to look at it")
    asked = parser.parse_args(arguments)
    if trouble := hindrance():
        print(f"bin/prove-install cannot begin: {trouble}", file=sys.stderr)
        return CANNOT
    machine = Machine(debian())
    try:
        machine.boot()
        prove(machine, deploys=asked.deploys)
        if asked.keep:
            print(
                f"It runs until you press Enter. A shell in it: {' '.join(machine.command('bash'))}"
            )
            input()
        return 0
    except subprocess.CalledProcessError as failed:
        print(f"FAILED: {failed.cmd}\n{failed.output or ''}", file=sys.stderr)
        return 1
    finally:
        machine.halt()


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


def debian():
    """A fresh copy of an empty Debian 12, with this commit in a repository that it can clone."""
    base, root = PLACE / "bookworm", PLACE / "root"
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


def prove(machine, *, deploys):
    say("the document's words")
    words = WORDS.search(Path("docs/install.md").read_text())[1]
    began = time.monotonic()
    machine.show("set -x\n" + words.replace("URL-OF-THIS-REPOSITORY", "/mnt/take-action.git"))
    say(f"installed in {time.monotonic() - began:.0f} s; again, it has nothing to do")
    again = machine.tell("cd /srv/take-action && bin/install-server && bin/install-server --check")
    assert not re.search(r"^(to do|missing)", again, re.MULTILINE), again
    check_units(machine)
    machine.show("take-action load_demo")
    visit(machine)
    say("a dump, and a start of everything anew")
    machine.tell("systemctl start take-action-backup && test -s /var/backups/take-action/*.dump")
    machine.halt()
    machine.boot()
    machine.tell(
        "for i in $(seq 60); do cd /srv/take-action; bin/install-server --check && exit; sleep 1; done; exit 1"
    )
    visit(machine)
    if deploys:
        deploy_under_load(machine, deploys)
    say("uninstalled, and the data is there")
    machine.tell(
        "cd /srv/take-action; bin/install-server --uninstall; test -s /etc/take-action/hash_key;"
        " test -z \"$(systemctl list-units --no-legend 'take-action*')\"; nginx -t;"
        " runuser -u postgres -- psql take_action -c 'SELECT 1 FROM actions_letter'"
    )
    say("bin/prove-install: all well")


def check_units(machine):
    say("units: verified, their sandbox, nothing in the log that warns")
    units = "take-action*.service take-action*.socket take-action*.timer take-action.target"
    said = machine.tell(f"cd /etc/systemd/system; systemd-analyze verify {units} 2>&1")
    assert not said.strip(), said
    for name in ("web", "beat", "catcher", "returns", "worker@work", "backup", "alarms"):
        unit = f"take-action-{name}.service"
        said = machine.tell(f"systemd-analyze security --no-pager {unit} | tail -1")
        assert float(re.search(r": ([\d.]+)", said)[1]) < EXPOSED_AT_MOST, said
    print(said)
    assert not machine.tell("systemctl --failed --no-legend").strip()
    machine.tell("nginx -t")


def visit(machine):
    say("somebody signs and confirms")
    machine.show(f"python3 /srv/take-action/tests/installing/visitor.py once {HOST}")


def deploy_under_load(machine, number):
    """As the runbook upgrades; each deploy is a commit of its own."""
    say(f"{number} deploys under five people a second")
    visitor = "python3 /srv/take-action/tests/installing/visitor.py"
    results, over = [], threading.Event()

    def people():
        while not over.is_set():
            results.append(json.loads(machine.tell(f"{visitor} load {HOST} 30 5")))

    crowd = threading.Thread(target=people)
    crowd.start()
    for turn in range(number):
        machine.tell(
            "test -d /root/next || git clone -q /mnt/take-action.git /root/next; cd /root/next;"
            " git config user.email deploy@example.org; git config user.name Deploy;"
            f" echo {turn} > VERSION-TRIED; git add .; git commit -qm 'Deploy {turn}'; git push -q;"
            " cd /srv/take-action; git pull -q; bin/install-server"
        )
        print(f"  deploy {turn + 1}", flush=True)
    over.set()
    crowd.join()
    failed = [answer for result in results for answer in result["failed"]]
    requests, slowest = sum(r["requests"] for r in results), max(r["slowest_s"] for r in results)
    print(f"{requests} requests, {len(failed)} failed, the slowest person waited {slowest} s")
    assert not failed, failed


def say(what):
    print(f"-- {what}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
