"""What is pinned is enough for the oldest Pythons that the README promises."""

import re
from importlib.metadata import requires
from pathlib import Path

import pytest
from django.conf import settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PIN = re.compile(r"^([\w.-]+)==", re.MULTILINE)
ASKED_FOR = re.compile(r"^(?!-)[\w.-]+.*==[^;#\n]+", re.MULTILINE)
# Debian 12 has 3.11.2. pip refuses a package that the lock does not have, hash and all.
OLDEST = ("3.11.0", "3.11.1", "3.11.2")


@pytest.mark.parametrize("python", OLDEST)
@pytest.mark.parametrize("lock", ["requirements", "requirements-run", "requirements-dev"])
def test_all_that_a_pinned_package_wants_on_the_oldest_python_is_pinned(lock, python):
    text = Path(settings.BASE_DIR, f"{lock}.txt").read_text(encoding="utf-8")
    pinned = {canonicalize_name(name) for name in PIN.findall(text)}
    on_it = {"python_version": "3.11", "python_full_version": python}

    missing = {
        need.name: package
        for package in pinned
        for need in map(Requirement, requires(package) or [])
        if is_wanted(need, extras_of(package), on_it) and canonicalize_name(need.name) not in pinned
    }

    assert {"django", "psycopg-binary", "fido2", "async-timeout"} <= pinned
    assert missing == {}


def is_wanted(need, extras, on_it):
    return not need.marker or any(
        need.marker.evaluate({**on_it, "extra": extra}) for extra in ("", *extras)
    )


def extras_of(package):
    """As in `psycopg[binary]`, which wants what `psycopg` does not."""
    return {
        extra
        for name in ("requirements.in", "requirements-run.in", "requirements-dev.in")
        for line in ASKED_FOR.findall(Path(settings.BASE_DIR, name).read_text(encoding="utf-8"))
        if canonicalize_name((asked := Requirement(line)).name) == package
        for extra in asked.extras
    }
