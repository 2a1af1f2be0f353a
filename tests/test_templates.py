"""Every template of ours can be printed, and read."""

import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.template import engines

from config.management.commands import check_templates


def test_every_template_compiles_has_its_files_and_no_line_over_160_columns():
    call_command("check_templates")


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("page.html", "{% if %}", "Unexpected end"),
        ("page.html", '{% load static %}{% static "css/no-such.css" %}', "no static file"),
        ("page.html", "short\n" + "x" * 161, "longer than 160 columns: line 2"),
        ("mail.txt", "x" * 161, ""),
        ("page.html", "x" * 160, ""),
    ],
)
def test_what_is_wrong_with_a_template_is_named(tmp_path, name, text, fault):
    path = tmp_path / name
    path.write_text(text)

    assert fault in check_templates.fault_of(engines["django"], path)
    assert bool(fault) == bool(check_templates.fault_of(engines["django"], path))


def test_no_two_scripts_declare_the_same_name():
    """Scripts of a page share their names: of two functions the later one is called by both, and
    of two constants the later script does not run at all.
    """
    declared = {}
    for path in (settings.BASE_DIR / "static/js").glob("*.js"):
        if path.name != "proof-worker.js":  # has a room of its own
            for name in declared_in(path.read_text()):
                declared.setdefault(name, []).append(path.name)

    assert len(declared) > 80
    assert {name: where for name, where in declared.items() if len(where) > 1} == {}


def declared_in(script):
    """What stands at the left edge of a script: functions, and what const and let name."""
    for line in script.splitlines():
        if found := re.match(r"(?:async )?function (\w+)", line):
            yield found[1]
        elif line.startswith(("const ", "let ")):
            parts = re.sub(r"[(\[{\"].*?[)\]}\"]", "", line.partition(" ")[2]).split(",")
            names = (re.match(r"\s*(\w+)\s*(?:=|$)", part) for part in parts)
            yield from (found[1] for found in names if found)
