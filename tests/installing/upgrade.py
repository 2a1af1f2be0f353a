"""Old code on newer tables: whoever acts while an upgrade is rolled out is taken in.

The old version is checked out beside this one and runs with this one's packages: where its pins
differ much, say so when it fails.
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
        manage(old, *command)
    act(old, "on its own tables")
    waiting = WAITING.findall(manage(HERE, "showmigrations", "--plan"))
    for app, name in waiting:
        manage(HERE, "migrate", app, name, "--no-input")
        act(old, f"after {app}.{name}")
    print(
        f"bin/prove-upgrade: the old code took everybody in, before and after {len(waiting)} migrations"
    )
    return 0


def act(tree, when):
    """Somebody signs and confirms by the code in this tree."""
    answer = run(tree, str(HERE / "tests/installing/actor.py"))
    print(f"  {when}: {answer.strip().splitlines()[-1]}", flush=True)


def manage(tree, *command):
    return run(tree, "manage.py", *command)


def run(tree, *command):
    """What it says; its trouble is shown. Raises CalledProcessError."""
    env = {**os.environ, "FORM_LEAST_SECONDS": "0", "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        [sys.executable, *command], cwd=tree, env=env, stdout=subprocess.PIPE, text=True
    )
    done.check_returncode()
    return done.stdout


def git(*command):
    subprocess.run(["git", "-C", str(HERE), *command], check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
