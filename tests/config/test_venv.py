"""bin/venv says what it is doing while pip works, also without a terminal, and when pip fails."""

import shutil
import stat
import subprocess

import pytest
from django.conf import settings

PIP = """#!/bin/sh
case "$*" in
"-V") echo "Python 3.12.0" ;;
*"pip install"*)
    [ "$PYTHONUNBUFFERED" = 1 ] || exit 9
    echo "$*" >asked
    for name in alpha beta gamma delta epsilon zeta; do
        echo "Collecting $name==1.0 (from -r requirements.txt (line 1))"
        echo "  Downloading $name-1.0-py3-none-any.whl (12 kB)"
    done
    echo "Installing collected packages: alpha, beta"
    %s
    ;;
esac
"""


@pytest.fixture
def checkout(tmp_path):
    """Make a folder with bin/venv, a list of six pins, and a Python whose pip does as it is told."""

    def make(end):
        (tmp_path / "bin").mkdir()
        (tmp_path / ".venv/bin").mkdir(parents=True)
        shutil.copy(settings.BASE_DIR / "bin/venv", tmp_path / "bin/venv")
        pins = [f"{name}==1.0 \\\n    --hash=sha256:00\n" for name in "abcdef"]
        for name in ("requirements", "requirements-dev"):
            (tmp_path / f"{name}.txt").write_text("".join(pins))
        python = tmp_path / ".venv/bin/python"
        python.write_text(PIP % end)
        python.chmod(python.stat().st_mode | stat.S_IXUSR)
        return tmp_path

    return make


def run(folder, pins="requirements"):
    return subprocess.run(
        ["sh", folder / "bin/venv", pins],
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )


def test_every_fifth_package_and_the_quiet_stage_are_told(checkout):
    folder = checkout("exit 0")

    told = run(folder)

    assert told.returncode == 0, told.stderr
    assert told.stdout.splitlines() == [
        "Installing the pinned packages of requirements.txt (a minute or two the first time) ...",
        "  fetched 5 of 6 packages, now epsilon ...",
        "  unpacking them (up to a minute) ...",
        "  done.",
    ]
    assert run(folder).stdout == "", "the second time nothing is to be done"


def test_a_pip_that_fails_is_not_taken_for_one_that_installed(checkout):
    folder = checkout('echo "ERROR: No matching distribution found for zeta" >&2; exit 1')

    told = run(folder)

    assert told.returncode == 1
    assert "No matching distribution found for zeta" in told.stderr
    assert "pip could not install them" in told.stderr
    assert not (folder / ".venv/pins-requirements").exists()


def test_only_a_developer_s_packages_wait_until_they_are_imported_to_be_compiled(checkout):
    folder = checkout("exit 0")

    for pins, how in (("requirements", " --compile "), ("requirements-dev", " --no-compile ")):
        assert run(folder, pins).returncode == 0
        assert how in (folder / "asked").read_text()
