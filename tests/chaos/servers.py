"""A PostgreSQL and a Redis that can be broken and brought back on the same port."""

import shutil
import signal
import subprocess
import time
from pathlib import Path

import psycopg
from redis import Redis

from config.children import NotReady, free_port, is_listening, redis_server, start, stop, wait_until
from tests import template as migrated
from tests.stack import postgresql_programs, unprivileged_user

TEMPLATE = "scene"


class Databases:
    """On a server that runs already; each name has a `prefix`, so that others may have it too.

    A database that is no copy of another is one of `first`.
    """

    def __init__(self, address, *, prefix="", first="template1"):
        self.address, self.prefix, self.first = address, prefix, first

    def url(self, name):
        return f"{self.address}/{self.prefix}{name}"

    def new(self, name, *, template=""):
        """A copy of the database `template`, e.g. of the scene that `scene.py` built once."""
        copied = self.prefix + template if template else self.first
        self.administer(f"CREATE DATABASE {self.prefix}{name} TEMPLATE {copied}")
        return self.url(name)

    def drop(self, name):
        self.administer(f"DROP DATABASE {self.prefix}{name} WITH (FORCE)")

    def administer(self, sql):
        with psycopg.connect(
            f"{self.address}/postgres", autocommit=True, connect_timeout=2
        ) as line:
            line.execute(sql)

    def ask(self, sql, *values, name):
        """Rows of a query, or how many rows a change touched; every statement is a transaction of
        its own.
        """
        with psycopg.connect(self.url(name), autocommit=True, connect_timeout=2) as line:
            cursor = line.execute(sql, values or None)
            return cursor.fetchall() if cursor.description else cursor.rowcount

    def stop(self):
        """Whose server it is stops it."""


class Server(Databases):
    """A server of our own, which can be killed: as durable as in production."""

    options: tuple[str, ...] = ()  # more of postgresql.conf

    def __init__(self, folder: Path):
        self.programs, self.user, self.port = (
            postgresql_programs(folder),
            unprivileged_user(),
            free_port(),
        )
        self.data, self.log = folder / "postgresql", (folder / "postgresql.log").open("ab")
        self.data.mkdir(mode=0o700)
        if self.user:
            shutil.chown(self.data, self.user)
        initdb = [
            self.programs / "initdb",
            "-D",
            self.data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-locale",
            "--no-sync",
        ]
        if start(initdb, user=self.user, output=self.log, cwd=self.data).wait():
            raise NotReady("initdb failed:\n" + Path(self.log.name).read_text())
        super().__init__(f"postgres://postgres@127.0.0.1:{self.port}")
        self.up()

    def new(self, name, *, template=""):
        """The first one has all migrations behind it, as the tests' own template has."""
        url = super().new(name, template=template)
        if not template and migrated.NAME:
            told = subprocess.run(
                [self.programs / "pg_dump", "-d", migrated.url_of(migrated.NAME)],
                capture_output=True,
                check=True,
            )
            subprocess.run(
                [self.programs / "psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", url],
                input=told.stdout,
                stdout=subprocess.DEVNULL,
                check=True,
            )
        return url

    def up(self):
        settings = [
            part
            for value in (
                "unix_socket_directories=",
                "max_connections=100",
                # As docs/install.md has it: no letter in its log.
                "log_min_error_statement=panic",
                "log_error_verbosity=terse",
                *self.options,
            )
            for part in ("-c", value)
        ]
        command = [
            self.programs / "postgres",
            "-D",
            self.data,
            "-h",
            "127.0.0.1",
            "-p",
            str(self.port),
            *settings,
        ]
        self.server = start(command, user=self.user, output=self.log, cwd=self.data)
        wait_until(self.answers, self.server, what="PostgreSQL")

    def answers(self):
        try:
            self.administer("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def restart_immediately(self, *, down_s=0.0):
        """As `pg_ctl -m immediate restart`: nobody is asked, and what was committed is found in the
        log again.
        """
        self.server.send_signal(signal.SIGQUIT)
        self.server.wait()
        time.sleep(down_s)
        self.up()

    def stop(self):
        self.server.send_signal(signal.SIGINT)
        stop(self.server)
        self.log.close()


class Broker:
    """A Redis without a memory: whoever kills it loses every bell."""

    def __init__(self, folder: Path):
        self.port, self.folder, self.log = free_port(), folder, (folder / "redis.log").open("ab")
        self.up()

    @property
    def url(self):
        return f"redis://127.0.0.1:{self.port}/0"

    def up(self):
        command = [
            redis_server(),
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
            "--dir",
            self.folder,
        ]
        self.server = start(command, output=self.log)
        wait_until(lambda: is_listening(self.port), self.server, what="Redis")

    def kill(self):
        self.server.kill()
        self.server.wait()

    def forget(self):
        self.line().flushall()

    def fill_up(self):
        """Not one more byte is taken."""
        self.line().config_set("maxmemory-policy", "noeviction")
        self.line().config_set("maxmemory", "1")

    def make_room(self):
        self.line().config_set("maxmemory", "0")

    def line(self):
        return Redis.from_url(self.url, socket_connect_timeout=2, socket_timeout=5)

    def stop(self):
        stop(self.server)
        self.log.close()
