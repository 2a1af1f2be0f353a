"""What Debian gives: packages, the program's account, folders, the database."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from installing.site import (
    ACCOUNT,
    ARCHIVE,
    BACKUPS,
    CODE,
    DATABASE,
    ETC,
    JOURNAL,
    VAR,
    settings,
)
from installing.steps import Step, run, said, succeeds

PACKAGES = (
    *"ca-certificates adduser git procps openssl age".split(),
    *"python3-venv postgresql redis-server nginx".split(),
)
SERVICES = ("postgresql", "redis-server", "nginx")
# Who owns each, and who may look inside. Backups are not the program's: whoever takes it over
# can neither read the dumps nor delete them; it may see when the last was made. PostgreSQL's
# account passes through /etc/take-action to what it seals backups with, and reads no secret there.
FOLDERS = {
    ETC: ("root", ACCOUNT, 0o751),
    VAR: (ACCOUNT, ACCOUNT, 0o750),
    JOURNAL: (ACCOUNT, ACCOUNT, 0o700),
    BACKUPS: ("postgres", "postgres", 0o711),
}

QUIET_LOG = {"log_min_error_statement": "panic", "log_error_verbosity": "terse"}


def steps(*, with_certbot: bool) -> Iterator[Step]:
    packages = [*PACKAGES, *(["certbot", "python3-certbot-nginx"] if with_certbot else [])]
    yield Step("packages", lambda: _absent(packages), lambda: _install(packages))
    yield Step(
        "services of Debian", _asleep, lambda: run("systemctl", "enable", "--now", *SERVICES)
    )
    yield Step(
        f"account {ACCOUNT}",
        lambda: "" if succeeds("id", ACCOUNT) else "there is none",
        lambda: run(
            *"adduser --system --group --no-create-home --home /srv/take-action".split(), ACCOUNT
        ),
    )
    for folder in FOLDERS:
        yield Step(str(folder), partial(_wrong, folder), partial(_make, folder))
    if database_is_here():
        yield Step("database account", _no_role, _create_role)
        yield Step("database's own log", _tells_letters, _keep_letters_out)
        yield Step(f"database {DATABASE}", _no_database, _create_database)


def database_is_here() -> bool:
    """One that lies elsewhere is its keeper's."""
    return settings().get("DATABASE_URL", "postgres:///").startswith("postgres:///")


def _absent(packages: list[str]) -> str:
    there = said("dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *packages)
    return " ".join(name for name in packages if f"{name} installed" not in there.splitlines())


def _install(packages: list[str]) -> None:
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    run("apt-get", "update", "-q", **quiet)
    # What somebody wrote into /etc before is kept, and nobody is asked about it.
    keep = ("-o", "Dpkg::Options::=--force-confdef", "-o", "Dpkg::Options::=--force-confold")
    run("apt-get", "install", "-y", "-q", "--no-install-recommends", *keep, *packages, **quiet)


def _asleep() -> str:
    return " ".join(
        name
        for name in SERVICES
        if not (
            succeeds("systemctl", "is-active", "--quiet", name)
            and succeeds("systemctl", "is-enabled", "--quiet", name)
        )
    )


def _wrong(folder: Path) -> str:
    if not folder.is_dir():
        return "there is none"
    owner, group, mode = FOLDERS[folder]
    found = folder.stat()
    wanted = (owner, group, mode)
    return "" if (folder.owner(), folder.group(), found.st_mode & 0o777) == wanted else "its rights"


def _make(folder: Path) -> None:
    owner, group, mode = FOLDERS[folder]
    folder.mkdir(parents=True, exist_ok=True)
    shutil.chown(folder, owner, group)
    folder.chmod(mode)


def _asked_of_postgres(question: str) -> str:
    return said("runuser", "-u", "postgres", "--", "psql", "-tAc", question)


def _no_role() -> str:
    question = f"SELECT 1 FROM pg_roles WHERE rolname = '{ACCOUNT}'"  # noqa: S608
    return "" if _asked_of_postgres(question) else "there is none"


def _create_role() -> None:
    run("runuser", "-u", "postgres", "--", "createuser", ACCOUNT)


def _tells_letters() -> str:
    """A statement that fails, as on a full disk, holds a letter with its writer's name."""
    question = f"SELECT rolconfig FROM pg_roles WHERE rolname = '{ACCOUNT}'"  # noqa: S608
    known = _asked_of_postgres(question)
    return " ".join(name for name, value in QUIET_LOG.items() if f"{name}={value}" not in known)


def _keep_letters_out() -> None:
    for name, value in QUIET_LOG.items():
        _asked_of_postgres(f"ALTER ROLE \"{ACCOUNT}\" SET {name} = '{value}'")


def _no_database() -> str:
    question = f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'"  # noqa: S608
    return "" if _asked_of_postgres(question) else "there is none"


def _create_database() -> None:
    """In UTF-8 also where the machine has no language set, and sorted alike on every machine."""
    asked = "--encoding=UTF8 --locale=C.UTF-8 --template=template0"
    owner = ("-O", ACCOUNT, DATABASE)
    run("runuser", "-u", "postgres", "--", "createdb", *asked.split(), *owner)


def archive_no_more() -> None:
    """PostgreSQL would keep every file of its log until our program, which goes, had taken it."""
    if str(CODE) not in _asked_of_postgres("SHOW archive_command"):
        return
    print("PostgreSQL archives no more.")
    for change in (
        "ALTER SYSTEM SET archive_command = '/bin/true'",
        "ALTER SYSTEM RESET archive_mode",
        "ALTER SYSTEM RESET archive_timeout",
        "SELECT pg_reload_conf()",
    ):
        _asked_of_postgres(change)


def delete_data() -> None:
    """What was entrusted to us here, for good: database, journal, dumps, secrets, the account."""
    if database_is_here():
        for command in (("dropdb", DATABASE), ("dropuser", ACCOUNT)):
            run("runuser", "-u", "postgres", "--", *command, "--if-exists")
    for folder in (*FOLDERS, ARCHIVE):
        shutil.rmtree(folder, ignore_errors=True)
    if succeeds("id", ACCOUNT):
        run("deluser", "--system", "--quiet", ACCOUNT)
