"""Processes that need not import the libraries again: they fork off one that has.

What is ours they import from their own folder.

Starting one takes two seconds of a processor, nearly all of it for libraries, and what a test
wants of it lasts less. The child is as much a process of its own as any: a session, an environment,
a folder, a log.

Where many are wanted in one environment a `branch` has imported what is ours as well, which is
another second of each: then none of them may differ in what our settings are read from.

A whole run of the tests has imported the libraries once, for all its processes: `NURSERY` is the
socket at which each gets a nursery of its own.
"""

import contextlib
import gc
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# Nothing of ours, and nothing that reads Django's settings.
LIBRARIES = """
    celery celery.__main__ celery.apps.beat celery.apps.worker celery.bin.beat celery.bin.celery
    celery.bin.worker celery.concurrency.prefork celery.fixups.django celery.loaders.app
    celery.worker.consumer kombu.transport.redis redis psycopg argparse email.policy
    gunicorn.app.wsgiapp gunicorn.workers.gthread whitenoise.middleware lxml.etree requests
    markdown_it phonenumbers flufl.bounce PIL.Image email_validator environ babel
    django_ratelimit sqlparse babel.dates django django.core.management django.core.checks
    django.core.paginator django.core.handlers.wsgi django.core.serializers
    django.core.cache.backends.redis django.db.backends.postgresql.base django.db.models
    django.db.migrations.executor django.forms django.http django.middleware.csrf
    django.middleware.security django.middleware.common django.template.backends.django
    django.template.loader django.template.defaultfilters django.template.loader_tags
    django.test.signals django.urls django.utils.html django.utils.translation.trans_real
    django.views.debug django.views.generic django.views.static django.contrib.messages
    django.contrib.staticfiles.finders aiosmtpd.smtp nh3 django.core.management.commands.check
    altcha cryptography.fernet cryptography.hazmat.primitives.asymmetric.rsa
    cryptography.hazmat.primitives.serialization fido2.server fido2.webauthn qrcode.main
    qrcode.image.pure qrcode.image.styles.moduledrawers smtplib tarfile typst PIL.ImageDraw
    PIL.ImageFont PIL.ImageOps django.contrib.postgres.fields django.contrib.postgres.operations
    django.contrib.postgres.search django.contrib.humanize.templatetags.humanize
    django.core.management.commands.migrate django.db.migrations.autodetector
    django.db.migrations.questioner django.db.migrations.writer django.middleware.cache
    django.middleware.clickjacking django.middleware.http django.core.cache.backends.locmem
    django.views.i18n django.views.defaults django.utils.translation.reloader
    django.conf.urls.i18n django.contrib.admindocs.utils django_ratelimit.core mmap
"""


class Child:
    """As much of subprocess.Popen as tests need; its end is seen, its status is not."""

    returncode = None

    def __init__(self, pid):
        self.pid = pid

    def poll(self):
        if self.returncode is None and not is_alive(self.pid):
            self.returncode = 0
        return self.returncode

    def wait(self, timeout=None):
        deadline = time.monotonic() + timeout if timeout is not None else None
        while self.poll() is None:
            if deadline and time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(f"process {self.pid}", timeout)
            time.sleep(0.01)
        return self.returncode

    def send_signal(self, number):
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def terminate(self):
        self.send_signal(signal.SIGTERM)

    def kill(self):
        self.send_signal(signal.SIGKILL)


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


class Nursery:
    """Its end is the end of all that came from it."""

    def __init__(self):
        self.branches, self.line = [], None
        if shared := os.environ.get("NURSERY"):
            self.line = socket.socket(socket.AF_UNIX)
            self.line.connect(shared)
            self.asks, self.answers = self.line.makefile("w"), self.line.makefile("r")
            self.process = Child(int(self.answers.readline()))
            return
        self.process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.asks, self.answers = self.process.stdin, self.process.stdout

    def branch(self, env, cwd):
        """A nursery that ends with this one: in the folder `cwd` and the environment `env`, with
        our code imported. What it starts may add to `env` what is read later than our settings.
        """
        self.branches.append(Branch(self, env, cwd))
        return self.branches[-1]

    def start(self, command, *, env, log, cwd):
        """`command` is ["-m", module, arguments ...]."""
        return Child(self.ask(command, env=env, out=log, err=log, cwd=cwd))

    def run(self, command, *, env, cwd):
        """The same, awaited: a subprocess.CompletedProcess with its text."""
        with tempfile.TemporaryDirectory() as folder:
            out, err = Path(folder, "out"), Path(folder, "err")
            status = self.ask(command, env=env, out=out, err=err, cwd=cwd, wait=True)
            return subprocess.CompletedProcess(command, status, out.read_text(), err.read_text())

    def ask(self, command, *, env, out, err, cwd, wait=False):
        assert command[0] == "-m"
        return self.say(
            ["wait" if wait else "", command[1:], dict(env), str(out), str(err), str(cwd)]
        )

    def say(self, line):
        self.asks.write(json.dumps(line) + "\n")
        self.asks.flush()
        return int(self.answers.readline())

    def stop(self):
        for branch in self.branches:
            branch.stop()
        self.asks.close()
        if self.line:
            self.line.shutdown(socket.SHUT_WR)
        self.process.wait()


class Branch(Nursery):
    def __init__(self, trunk, env, cwd):
        self.branches, self.line = [], None
        with tempfile.TemporaryDirectory() as folder:
            asks, answers = Path(folder, "asks"), Path(folder, "answers")
            os.mkfifo(asks)
            os.mkfifo(answers)
            self.process = Child(
                trunk.say(["branch", dict(env), str(asks), str(answers), str(cwd)])
            )
            self.asks, self.answers = asks.open("w"), answers.open()


def main(arguments):
    door = socket.socket(socket.AF_UNIX) if arguments else None
    if door:
        # Who comes before all is imported waits.
        door.bind(arguments[0])
        door.listen()
    for name in LIBRARIES.split():
        with contextlib.suppress(ImportError):
            __import__(name)
    # Children need not look through all that is imported for garbage.
    gc.collect()
    gc.freeze()
    share(door) if door else serve(sys.stdin, sys.stdout)


def share(door):
    """A nursery for each who comes, which ends with them. The first line out is its number."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        line, _ = door.accept()
        if not os.fork():
            door.close()
            with line.makefile() as asks, line.makefile("w") as answers:
                print(os.getpid(), file=answers, flush=True)
                serve(asks, answers)
            os._exit(0)
        line.close()


def serve(asks, answers):
    """One line in is one child; the line out is its number, or if it is awaited its status."""
    ended, children = {}, set()

    def reap(*_):
        with contextlib.suppress(ChildProcessError):
            while (end := os.waitpid(-1, os.WNOHANG))[0]:
                ended[end[0]] = os.waitstatus_to_exitcode(end[1])
                children.discard(end[0])

    signal.signal(signal.SIGCHLD, reap)
    for line in asks:
        how, *what = json.loads(line)
        pid = os.fork()
        if not pid:
            grow(*what) if how == "branch" else become(*what)
        # A branch ends by itself, with those that ask it.
        if how != "branch":
            children.add(pid)
        while how == "wait" and pid not in ended:
            time.sleep(0.01)
        print(ended[pid] if how == "wait" else pid, file=answers, flush=True)
    for pid in list(children):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)


def grow(env, asks, answers, cwd):
    """Never returns."""
    with open(asks) as lines, open(answers, "w") as numbers:
        move_in(env, cwd)
        from django.urls import get_resolver

        import config.wsgi  # noqa: F401
        from worker.celery import app

        app.loader.import_default_modules()
        app.finalize()
        get_resolver()._populate()
        gc.collect()
        gc.freeze()
        serve(lines, numbers)
    os._exit(0)


def become(command, env, out, err, cwd):
    """Never returns."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    for path, target in ((out, 1), (err, 2)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND), target)
    sys.stdin = os.fdopen(0)
    move_in(env, cwd)
    sys.argv = [command[0], *command[1:]]
    status = 0
    try:
        runpy.run_module(command[0], run_name="__main__", alter_sys=True)
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(bool(end.code))
    except BaseException:
        import traceback

        traceback.print_exc()
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def move_in(env, cwd):
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(env)
    sys.dont_write_bytecode = "PYTHONDONTWRITEBYTECODE" in env
    os.chdir(cwd)
    here = os.path.dirname(os.path.abspath(__file__))
    mine = [cwd, *filter(None, env.get("PYTHONPATH", "").split(os.pathsep))]
    sys.path[:] = [*mine, *(path for path in sys.path if path not in (here, *mine))]


if __name__ == "__main__":
    main(sys.argv[1:])
