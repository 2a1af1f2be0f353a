"""Old code on newer tables: whoever acts while an upgrade is rolled out is taken in.

The old version is checked out beside this one and runs with this one's packages: where its pins
differ much, say so when it fails. One process of it serves from the first migration to the last, as
a web server would that nobody has started again yet.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]
WAITING = re.compile(r"^\[ \]\s+(\w+)\.(\w+)", re.MULTILINE)


def main(arguments):
    if len(arguments) != 1:
        print("bin/prove-upgrade TAG-OR-COMMIT", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="take-action-old-") as folder:
        old = Path(folder) / "old"
        git("worktree", "add", "--quiet", "--detach", str(old), arguments[0])
        try:
            return prove(old)
        finally:
            git("worktree", "remove", "--force", str(old))


def prove(old):
    for command in (["migrate", "--no-input"], ["load_demo"]):
        made = started(old, "manage.py", *command)
        made.communicate()
        if made.returncode:
            raise SystemExit(f"{command} failed in the old version")
    plan = started(HERE, "manage.py", "showmigrations", "--plan").communicate()[0]
    waiting = WAITING.findall(plan)
    people = started(old, str(HERE / "tests/installing/actor.py"))
    migrations = started(HERE, "-c", MIGRATING)
    print(f"  on its own tables: {told(people, 'one')}", flush=True)
    for app, name in waiting:
        told(migrations, f"{app} {name}")
        print(f"  after {app}.{name}: {told(people, 'one more')}", flush=True)
    for process in (people, migrations):
        process.communicate()
    print(
        f"bin/prove-upgrade: the old code took everybody in, before and after {len(waiting)} migrations"
    )
    return 0


MIGRATING = """
import os, sys, django
from django.core.management import call_command
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
django.setup()
for line in sys.stdin:
    call_command("migrate", *line.split(), interactive=False, verbosity=0)
    print("done", flush=True)
"""


def told(process, line):
    """Its last word on this line. Raises SystemExit where it ended instead; stderr says why."""
    print(line, file=process.stdin, flush=True)
    said = process.stdout.readline().strip()
    if not said:
        raise SystemExit(f"{process.args} ended with {process.wait()}")
    return said


def started(tree, *command):
    env = {**os.environ, "FORM_LEAST_SECONDS": "0", "PYTHONWARNINGS": "ignore"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    return subprocess.Popen([sys.executable, *command], cwd=tree, env=env, text=True, **pipes)


def git(*command):
    subprocess.run(["git", "-C", str(HERE), *command], check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
