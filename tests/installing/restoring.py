"""Backups set up, the database lost and brought back, as the runbook has it, under systemd.

What bin/drill does with people and relays; here it is the units, accounts and rights of a server.
"""

import time

from tests.installing.book import commands
from tests.installing.machine import ask_database, nothing_is_missing, say, visit

# Of before the backup and of today: what a relay that took nothing of ours would log.
RELAY_SAID = """
echo "2026-01-01T00:00:00.000000+00:00 act postfix/qmgr[1]: 4XYZ01: removed" >/var/log/mail.log
echo "$(date -u +%Y-%m-%dT%H:%M:%S.000000+00:00) act postfix/qmgr[1]: 4XYA02: removed" >>/var/log/mail.log
chgrp adm /var/log/mail.log; chmod 640 /var/log/mail.log
"""
ANOTHER_MACHINE = r"""
apt-get install -y -q --no-install-recommends rsync >/dev/null
install -d -o take-action -m 700 /mnt/elsewhere
printf '#!/bin/sh\nexec rsync -rtp --chmod=D700,F600 "$@" /mnt/elsewhere/\n' >/etc/take-action/take-off
chmod 755 /etc/take-action/take-off
install -d /etc/systemd/system/take-action-archive-off.service.d
printf '[Service]\nReadWritePaths=/mnt/elsewhere\n' \
    >/etc/systemd/system/take-action-archive-off.service.d/override.conf
systemctl daemon-reload
"""
PATIENCE_S = 150


def lose_and_restore(machine):
    say("backups set up by the runbook, under systemd")
    machine.tell(RELAY_SAID + ANOTHER_MACHINE)
    machine.tell(
        "age-keygen -o /root/take-action.key 2>/dev/null;"
        " age-keygen -y /root/take-action.key >/etc/take-action/archive-recipients"
    )
    machine.tell(commands("runbook.md", "PostgreSQL and the programs both write into the folder"))
    machine.tell("systemctl is-active take-action-archive-base.timer take-action-archive-off.timer")
    counted = people(machine)
    visit(machine)
    known = people(machine)
    assert known > counted, "nobody came after the base"
    wait_until_taken_off(machine)

    say("the database is lost, and restored by the runbook")
    began = time.monotonic()
    said = machine.tell(commands("runbook.md", "**1. Bring it back.**"))
    assert "Restore mode is on" in said, said
    assert people(machine) == known, "somebody who came after the base is lost"
    print(f"  pages again after {time.monotonic() - began:.0f} s, the last to come is known")
    machine.tell("cp -a /mnt/elsewhere/take-action-journal /root/journal")
    machine.tell(commands("runbook.md", "**2. Ask the relay what had left.**"))
    machine.tell("mv /root/journal /var/lib/take-action/restore/journal")
    machine.tell(commands("runbook.md", "**3. Take back what was taken back**"))
    said = machine.tell(commands("runbook.md", "**4. Look, then end it.**"))
    assert "Restore mode is off" in said, said
    left = machine.tell(
        "ls -d /root/*.key /var/lib/postgresql/*.key /var/lib/take-action/restore || true"
    )
    assert not left.strip(), left
    nothing_is_missing(machine)


def people(machine):
    return int(ask_database(machine, "SELECT count(*) FROM actions_action"))


def wait_until_taken_off(machine):
    """The WAL of now: closed, sealed, and with the journal on another machine."""
    name = ask_database(machine, "SELECT pg_walfile_name(pg_switch_wal())")
    machine.tell(
        f"for i in $(seq {PATIENCE_S}); do"
        f" test -s /mnt/elsewhere/take-action-archive/wal/{name}.gz.age && exit; sleep 1; done;"
        " journalctl -n 30 -u 'take-action-archive*' -u 'postgresql*'; exit 1"
    )
