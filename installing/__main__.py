"""The order of the steps, and what a person is told afterwards."""

from __future__ import annotations

import argparse
import subprocess
import sys
from urllib.parse import urlsplit

from installing import door, machine, program
from installing.site import CODE, ENV, Site, find_out, settings
from installing.steps import Step, Stopped, follow, look

STAYS = """\
The programs are gone; all that people entrusted to you is here, and so is the account that owns
it. To delete that too, for good, with every dump and the journal on this machine:
    bin/install-server {host} --uninstall --delete-data
PostgreSQL, Redis, nginx and certbot are Debian's: apt-get remove takes them away, if nothing else
uses them."""
NOTHING_STAYS = f"""\
The data is deleted as well. Copies elsewhere are yours to delete, and so is this clone:
    rm -r {CODE}"""


def main(arguments: list[str]) -> int:
    asked = _read(arguments)
    try:
        program.insist_on_root()
        if asked.uninstall:
            _uninstall(asked)
            return 0
        site = find_out(asked.host)
        if asked.check:
            return 0 if look(_steps(site, asked)) else 1
        follow(_steps(site, asked))
        if asked.admin:
            program.first_administrator(asked.admin)
        _tell_the_rest(site)
        return 0
    except (Stopped, subprocess.CalledProcessError) as trouble:
        print(f"stopped  {trouble}", file=sys.stderr)
        return 1


def _uninstall(asked: argparse.Namespace) -> None:
    """Raises Stopped where data is to be deleted and it is not said whose."""
    host = urlsplit(settings().get("SITE_URL", "")).hostname or ""
    if asked.delete_data and (not asked.host or asked.host != host):
        raise Stopped(f"Say whose data: bin/install-server {host} --uninstall --delete-data")
    program.remove()
    door.remove()
    machine.archive_no_more()
    if asked.delete_data:
        machine.delete_data()
        door.delete_logs()
    print(NOTHING_STAYS if asked.delete_data else STAYS.format(host=host))


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/install-server", description=__doc__)
    parser.add_argument("host", nargs="?", help="act.example.org; once installed it is known")
    parser.add_argument("--admin", metavar="EMAIL", help="print a link for the first administrator")
    parser.add_argument("--certbot", metavar="EMAIL", help="a certificate from Let's Encrypt")
    parser.add_argument("--check", action="store_true", help="only say what is missing")
    parser.add_argument("--uninstall", action="store_true", help="take the programs away")
    parser.add_argument(
        "--delete-data", action="store_true", help="with --uninstall HOST: all of it, for good"
    )
    asked = parser.parse_args(arguments)
    if asked.delete_data and not asked.uninstall:
        parser.error("--delete-data goes with --uninstall")
    return asked


def _steps(site: Site, asked: argparse.Namespace) -> list[Step]:
    return [
        *machine.steps(with_certbot=bool(asked.certbot)),
        *program.steps(site),
        *door.steps(site, certbot_email=asked.certbot),
    ]


def _tell_the_rest(site: Site) -> None:
    print(f"\n{site.url} answers, version {program.version()}. Its settings: {ENV}")
    if not program.has_administrator():
        print("Nobody can sign in yet: bin/install-server --admin you@example.org")
    if door.is_self_signed():
        print("Browsers warn of its certificate: bin/install-server --certbot you@example.org")
    print("It practises: nothing leaves. From practice to real: docs/install.md")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
