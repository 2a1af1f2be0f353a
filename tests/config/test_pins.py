"""What is pinned is enough for the oldest Python that the README promises."""

import re
from importlib.metadata import requires
from pathlib import Path

import pytest
from django.conf import settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PIN = re.compile(r"^([\w.-]+)==", re.MULTILINE)
# Debian 12's own. pip refuses a package that the lock does not have, hash and all.
DEBIAN = {"python_version": "3.11", "python_full_version": "3.11.2"}


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_all_that_a_pinned_package_wants_on_the_oldest_python_is_pinned(lock):
    text = Path(settings.BASE_DIR, lock).read_text(encoding="utf-8")
    pinned = {canonicalize_name(name) for name in PIN.findall(text)}

    wanted = {}
    for package in pinned:
        for line in requires(package) or []:
            need = Requirement(line)
            if not need.marker or need.marker.evaluate({**DEBIAN, "extra": ""}):
                wanted[canonicalize_name(need.name)] = package
    missing = {name: by for name, by in wanted.items() if name not in pinned}

    assert "django" in pinned
    assert missing == {}
