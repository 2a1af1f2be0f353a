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
    """Somebody sends a letter's form to the code in this tree."""
    answer = run(tree, "-c", ACTING)
    print(f"  {when}: {answer.strip().splitlines()[-1]}", flush=True)


ACTING = """
import html, os, re, sys, uuid
sys.path.insert(0, os.getcwd())
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
import django
django.setup()
from django.test import Client
page, client = "/act/tell-it-once/1/", Client(REMOTE_ADDR=f"10.{os.getpid() % 250}.1.1")
home = {"zip": "00010", "street": "2 Juniper Street", "city": "Larkhaven", "age": "34"}
assert client.get(page).status_code == 200
words = client.post(page, {**home, "step": "address"})
hidden = re.findall(r'<input type="hidden" name="(\\w+)" value="([^"]*)"', words.content.decode())
typed = {"given_name": "Vera", "family_name": "Visitor", "email": f"{uuid.uuid4().hex}@example.org",
         "own_words": "I ask you.", "subject": "Once", "statement": "Please."}
form = {**home, **{name: html.unescape(value) for name, value in hidden}, **typed, "step": "write"}
answer = client.post(page, form)
assert answer.status_code == 200 and 'id="one-step-left"' in answer.content.decode(), answer.status_code
print("taken in")
"""


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
