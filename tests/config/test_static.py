"""Production serves files by a manifest that knows no mercy: every file a page names must exist."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

STATIC = re.compile(r"""\{%\s*static\s+['"]([^'"]+)['"]\s*%\}(?:#([\w-]+))?""")


def named():
    for path in sorted((settings.BASE_DIR / "templates").rglob("*.*")):
        for name, part in STATIC.findall(path.read_text()):
            yield pytest.param(name, part, id=f"{path.name}:{name}{'#' + part if part else ''}")


@pytest.mark.parametrize(("name", "part"), list(named()))
def test_a_file_that_a_template_names_exists(name, part):
    found = finders.find(name)

    assert found
    if part:
        assert f'id="{part}"' in Path(found).read_text()
