"""Finds the templates that would only fail when somebody asks for their page."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template import TemplateSyntaxError, engines
from django.template.backends.django import DjangoTemplates


class Command(BaseCommand):
    help = "Compile every template of ours."

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
    try:
        engine.from_string(path.read_text())
    except TemplateSyntaxError as fault:
        return str(fault)
    return ""
