"""A PostgreSQL that is backed up as on a server, by bin/archive, and can be lost with its disk."""

import os
import shutil
import subprocess
import time
from pathlib import Path

from config.children import NotReady, wait_until
from tests.chaos.ground import HERE
from tests.chaos.servers import Server

ARCHIVE = HERE / "bin" / "archive"


class Archived(Server):
    """`elsewhere` is another machine: what is taken there outlives this one."""

    def __init__(self, folder, *, archive_timeout_s):
        self.elsewhere, self.backups = folder / "elsewhere", folder / "backups"
        self.journal, self.relay_log = folder / "no-journal-yet", folder / "mail.log"
        self.timeout_s, self.settings, self.key = (
            archive_timeout_s,
            folder / "archive.env",
            folder / "key",
        )
        for made in (self.elsewhere, self.backups, self.journal):
            made.mkdir()
            made.chmod(0o777)  # PostgreSQL is another user here than the rest
        self.relay_log.touch()
        made = subprocess.run(
            ["age-keygen", "-o", self.key], check=True, capture_output=True, text=True
        )
        recipients, take_off = folder / "recipients", folder / "take-off"
        recipients.write_text(made.stderr.rpartition(" ")[2])
        self.key.chmod(0o644)
        take_off.write_text(f'#!/bin/sh\nexec cp -a "$@" {self.elsewhere}/\n')
        take_off.chmod(0o755)
        self.values = {
            "ARCHIVE_DIR": self.backups,
            "ARCHIVE_RECIPIENTS": recipients,
            "ARCHIVE_TAKE_OFF": take_off,
            "JOURNAL_DIR": self.journal,
            "RELAY_LOG": self.relay_log,
        }
        super().__init__(folder)

    @property
    def options(self):
        return [
            "wal_level=replica",
            "archive_mode=on",
            f"archive_command=ARCHIVE_SETTINGS={self.settings} {ARCHIVE} wal %p %f",
            f"archive_timeout={self.timeout_s}",
        ]

    def watch(self, database):
        """From now on it is this database of which is noted when it was last backed up."""
        self.values["ARCHIVE_DATABASE"] = self.url(database)
        self.values["ARCHIVE_USER"] = self.user or ""
        self.write_settings()

    def write_settings(self):
        lines = [f"{name}={value}\n" for name, value in self.values.items()]
        self.settings.write_text("".join(lines))

    def keep_journal(self, folder):
        """Of the house's own processes, which began with it."""
        folder.mkdir(exist_ok=True)  # a small disk by now, where root may mount one
        self.journal = self.values["JOURNAL_DIR"] = folder
        self.write_settings()

    def backup(self, *verb, **env):
        """One deed of bin/archive, and what it said."""
        done = subprocess.run(
            [ARCHIVE, *map(str, verb)],
            env=os.environ | {"ARCHIVE_SETTINGS": str(self.settings), **env},
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"bin/archive {verb[0]}: {done.stderr}")
        return done.stderr

    def archive_now(self, *, timeout_s=60):
        """All that is committed is archived, as it is once a minute."""
        with_name = "SELECT pg_walfile_name(pg_switch_wal())"
        [(name,)] = self.ask(with_name, name="postgres")
        until = time.monotonic() + timeout_s
        while not (self.backups / "wal" / f"{name}.gz.age").exists():
            if time.monotonic() > until:
                raise RuntimeError(f"{name} was not archived: {self.log.name}")
            time.sleep(0.1)

    def lose(self):
        """The machine burns: its processes, and its disk with the database and its own backups."""
        self.server.kill()
        self.server.wait()
        shutil.rmtree(self.data)
        shutil.rmtree(self.backups)

    def bring_back(self):
        """From what was taken elsewhere, with the key that was never here."""
        shutil.copytree(self.elsewhere / "backups", self.backups)
        self.backups.chmod(0o777)
        for folder in self.backups.rglob("*"):
            folder.chmod(0o777 if folder.is_dir() else 0o644)
        said = self.backup("restore", self.data, ARCHIVE_IDENTITY=str(self.key))
        if self.user:
            subprocess.run(["chown", "-R", self.user, self.data], check=True)
        try:
            self.up()
        except NotReady as trouble:
            last = Path(self.log.name).read_text(errors="replace")[-2000:]
            raise NotReady(f"{trouble}\n{last}") from trouble
        wait_until(self.is_whole, self.server, what="The recovery", timeout_s=300)
        return said.strip()

    def is_whole(self):
        return self.ask("SELECT pg_is_in_recovery()", name="postgres") == [(False,)]
