"""The install document, followed word for word on a Debian that was made for it; then what the
runbook has a person do there. See tests/installing/machine.py for what that Debian is.
"""

import argparse
import json
import re
import subprocess
import sys
import threading
import time

from tests.installing import certificate, moving, relay, restoring, small
from tests.installing.book import commands
from tests.installing.machine import HOST, Machine, debian, hindrance, say, visit

CANNOT = 77
EXPOSED_AT_MOST = 4.0
UNITS = (
    *("web", "beat", "catcher", "returns", "worker@work", "together"),
    *("backup", "alarms", "archive-base", "archive-off"),
)
PARTS = ("certificate", "small", "restore", "relay", "move")


def main(arguments):
    parser = argparse.ArgumentParser(prog="bin/prove-install", description=__doc__)
    parser.add_argument(
        "--deploys", type=int, default=0, help="so many, under five people a second"
    )
    parser.add_argument("--only", choices=PARTS, help="after the install nothing but that")
    parser.add_argument("--keep", action="store_true", help="leave it running, to look at it")
    asked = parser.parse_args(arguments)
    if trouble := hindrance():
        print(f"bin/prove-install cannot begin: {trouble}", file=sys.stderr)
        return CANNOT
    parts = [asked.only] if asked.only else PARTS
    machine = Machine(debian("root"))
    try:
        machine.boot()
        install(machine)
        if not asked.only:
            live(machine)
        if "certificate" in parts:
            certificate.certify(machine)
        if "small" in parts:
            small.live_small(machine)
        if "restore" in parts:
            restoring.lose_and_restore(machine)
            visit(machine)
        if "relay" in parts:
            relay.live_with_a_relay(machine)
        if "move" in parts:
            machine = move(machine)
        # Last: mail to a crowd that looks like a program waits its turn, and all others' behind it.
        if asked.deploys:
            deploy_under_load(machine, asked.deploys)
        say("bin/prove-install: all well")
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


def install(machine):
    say("the document's words")
    words = commands("install.md", "As root:")
    began = time.monotonic()
    machine.show("set -x\n" + words.replace("URL-OF-THIS-REPOSITORY", "/mnt/take-action.git"))
    say(f"installed in {time.monotonic() - began:.0f} s; again, it has nothing to do")
    again = machine.tell("cd /srv/take-action && bin/install-server && bin/install-server --check")
    assert not re.search(r"^(to do|missing)", again, re.MULTILINE), again
    check_units(machine)
    keeps_letters_out_of_the_log(machine)
    machine.show("take-action load_demo")
    visit(machine)


def live(machine):
    say("a dump, and a start of everything anew")
    machine.tell("systemctl start take-action-backup && test -s /var/backups/take-action/*.dump")
    machine.halt()
    machine.boot()
    machine.tell(
        "for i in $(seq 60); do cd /srv/take-action; bin/install-server --check && exit; sleep 1; done; exit 1"
    )
    visit(machine)


def move(old):
    """The new machine, once the old one is cleared. They share a network: one lives at a time."""
    brought, known = moving.leave(old)
    moving.delete(old)
    old.halt()
    new = Machine(debian("second"))
    try:
        new.boot()
        moving.arrive(new, brought, known)
        visit(new)
    except BaseException:
        new.halt()
        raise
    return new


def check_units(machine):
    say("units: verified, their sandbox, nothing in the log that warns")
    units = "take-action*.service take-action*.socket take-action*.timer take-action.target"
    said = machine.tell(f"cd /etc/systemd/system; systemd-analyze verify {units} 2>&1")
    assert not said.strip(), said
    for name in UNITS:
        unit = f"take-action-{name}.service"
        said = machine.tell(f"systemd-analyze security --no-pager {unit} | tail -1")
        assert float(re.search(r": ([\d.]+)", said)[1]) < EXPOSED_AT_MOST, said
    print(said)
    assert not machine.tell("systemctl --failed --no-legend").strip()
    machine.tell("nginx -t")


def keeps_letters_out_of_the_log(machine):
    say("PostgreSQL's log keeps no statement that failed; without that --check says so")
    machine.tell(
        "cd /; ! runuser -u take-action -- psql -d take_action -c \"SELECT 'Vera wrote this', 1 / 0\""
    )
    said = machine.tell("cat /var/log/postgresql/*.log")
    assert "division by zero" in said, said
    assert "Vera" not in said, said
    machine.tell("cd /; runuser -u postgres -- psql -c 'ALTER ROLE \"take-action\" RESET ALL'")
    checked = machine.tell("cd /srv/take-action; bin/install-server --check || true")
    missing = "missing  database's own log: log_min_error_statement log_error_verbosity"
    assert missing in checked, checked
    machine.tell(commands("install.md", "## PostgreSQL's own log"))
    machine.tell("cd /srv/take-action; bin/install-server --check")


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
        print(f"  deploy {turn + 1}; so far {in_words(results)}", flush=True)
    over.set()
    crowd.join()
    print(in_words(results))
    assert not failed_of(results), failed_of(results)


def in_words(results):
    requests = sum(result["requests"] for result in results)
    slowest = max((result["slowest_s"] for result in results), default=0)
    failed = len(failed_of(results))
    return f"{requests} requests, {failed} failed, the slowest person waited {slowest} s"


def failed_of(results):
    return [answer for result in results for answer in result["failed"]]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
