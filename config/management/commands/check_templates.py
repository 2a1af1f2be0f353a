"""Finds the templates that would only fail when somebody asks for their page, and lines too long to
read beside another file.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management.base import BaseCommand, CommandError
from django.template import TemplateSyntaxError, engines
from django.template.backends.django import DjangoTemplates

# Text mails are exempt: a line broken there is a line broken in the mail.
LONGEST_LINE = 160
STATIC = re.compile(r"{%\s*static\s+['\"]([^'\"]+)['\"]")


class Command(BaseCommand):
    help = "Compile every template of ours, look for the static files they name, and measure lines."

    def handle(self, *args: Any, **options: Any) -> None:
        engine = cast(DjangoTemplates, engines["django"])
        faults = [f"{path}: {fault}" for path in ours() if (fault := fault_of(engine, path))]
        if faults:
            raise CommandError("\n".join(faults))


def ours() -> Iterator[Path]:
    folders = [settings.BASE_DIR / "templates", *settings.BASE_DIR.glob("*/templates")]
    for folder in folders:
        yield from sorted(path for path in folder.rglob("*") if path.is_file())


def fault_of(engine: DjangoTemplates, path: Path) -> str:
    text = path.read_text()
    try:
        engine.from_string(text)
    except TemplateSyntaxError as fault:
        return str(fault)
    long = [number for number, line in enumerate(text.splitlines(), 1) if len(line) > LONGEST_LINE]
    if long and path.suffix == ".html":
        return f"longer than {LONGEST_LINE} columns: line {', '.join(map(str, long))}"
    missing = [name for name in STATIC.findall(text) if not finders.find(name)]
    return f"no static file {missing}" if missing else ""
