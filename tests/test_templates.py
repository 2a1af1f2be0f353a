"""Every template of ours can be printed, and read."""

import pytest
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
