"""The site moves to another machine as the document has it, and the old one is left clean."""

import shutil

from tests.installing.book import commands
from tests.installing.machine import HOST, nothing_is_missing, say
from tests.installing.restoring import people

# What is brought over, by whatever carries files; its owners have other numbers there.
BROUGHT = ("etc/take-action", "var/lib/take-action-journal")
# All that an uninstalled machine knows of us: what people entrusted to it, and the clone.
STAYS = {
    "/etc/take-action",
    "/mnt/take-action.git",
    "/srv/take-action",
    "/var/backups/take-action",
    "/var/backups/take-action-archive",
    "/var/lib/take-action",
    "/var/lib/take-action-journal",
    "/var/log/nginx/take-action.log",
    "/var/log/nginx/take-action-error.log",
}
OURS = """
find / -xdev -path /mnt/elsewhere -prune -o -iname '*take?action*' -prune -print
find /run /tmp /var/tmp -iname '*take?action*'
"""


def leave(machine):
    """Step 2 and the end of step 4 on the old one. A folder with what is brought over."""
    say("the old machine: a dump, then uninstalled, and only data is left")
    machine.tell(commands("install.md", "2. On the old one."))
    brought = machine.root.with_name("brought")
    shutil.rmtree(brought, ignore_errors=True)
    for path in BROUGHT:
        # Without its owners: as from a medium that keeps none.
        shutil.copytree(machine.root / path, brought / path, symlinks=True)
    dumps = sorted((machine.root / "var/backups/take-action").glob("*.dump"))
    shutil.copy(dumps[-1], brought / "moved.dump")
    known = people(machine)
    machine.tell("cd /srv/take-action; bin/install-server --uninstall")
    left = set(machine.tell(OURS).split())
    assert left == STAYS, left ^ STAYS
    assert people(machine) == known
    is_gone(machine)
    archives = machine.tell("cd /; runuser -u postgres -- psql -tAc 'SHOW archive_command'")
    assert "/srv/take-action" not in archives, archives
    return brought, known


def delete(machine):
    say("the old machine: data deleted as well, but only by its name")
    for words in ("--uninstall --delete-data", "other.example.org --uninstall --delete-data"):
        refused = machine.tell(f"cd /srv/take-action; bin/install-server {words} 2>&1 || true")
        assert f"Say whose data: bin/install-server {HOST}" in refused, refused
    machine.tell(f"cd /srv/take-action; bin/install-server {HOST} --uninstall --delete-data")
    left = set(machine.tell(OURS).split())
    assert left == {"/mnt/take-action.git", "/srv/take-action"}, left
    asked = "SELECT datname FROM pg_database UNION ALL SELECT rolname FROM pg_roles"
    names = machine.tell(f'cd /; runuser -u postgres -- psql -tAc "{asked}"')
    assert "take" not in names, names
    assert "take-action" not in machine.tell("cat /etc/passwd /etc/group")


def is_gone(machine):
    units = machine.tell("systemctl list-units --all --no-legend 'take-action*'")
    assert not units.strip(), units
    machine.tell("nginx -t; ! ss -ltn | grep -qE ':(1025|8025) '")


def arrive(machine, brought, known):
    say("the new machine: installed with what was brought, then the data")
    machine.tell("apt-get update -q && apt-get install -y -q git >/dev/null")
    machine.tell("git clone -q /mnt/take-action.git /srv/take-action")
    for path in BROUGHT:
        shutil.copytree(brought / path, machine.root / path, symlinks=True)
    machine.tell("cd /srv/take-action && bin/install-server")
    shutil.copy(brought / "moved.dump", machine.root / "root/moved.dump")
    said = machine.tell(commands("install.md", "3. On the new one"))
    assert "Restore mode is off" in said, said
    assert people(machine) == known
    nothing_is_missing(machine)
