"""Turns locale/*/LC_MESSAGES/*.po into the .mo files gettext reads, where they are missing or
old.
"""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Compile the translations. Needs no gettext programs."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for folder in settings.LOCALE_PATHS:
            for source in Path(folder).glob("*/LC_MESSAGES/*.po"):
                if is_stale(source):
                    compile_one(source)


def is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


def compile_one(source: Path) -> None:
    """Put the finished file in place in one step: another process may be reading the old one."""
    with source.open("rb") as file:
        catalog = read_po(file, locale=source.parts[-3])
    draft = source.with_suffix(".mo.draft")
    with draft.open("wb") as file:
        write_mo(file, catalog)
    draft.replace(source.with_suffix(".mo"))
