"""Brings a checkout from whatever state it is in to one that can serve; does nothing where nothing
is to be done.
"""

import hashlib
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

from demo import loading


class Command(BaseCommand):
    help = (
        "Migrate, load the demonstration into an empty database, compile translations and collect"
        " static files."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("compile_messages")
        if settings.STATIC_MANIFEST:
            self.collect_if_changed()
        call_command("migrate", verbosity=0, interactive=False)
        if loading.is_wanted():
            self.stdout.write("Loading the demonstration ...")
            call_command("load_demo")

    def collect_if_changed(self) -> None:
        stamp = Path(settings.STATIC_ROOT) / ".collected"
        state = fingerprint()
        if not stamp.exists() or stamp.read_text() != state:
            self.stdout.write("Collecting static files ...")
            call_command("collectstatic", verbosity=0, interactive=False, clear=True)
            stamp.write_text(state)


def fingerprint() -> str:
    """Changes when any static file does: its name, size or time."""
    digest = hashlib.sha256(django.get_version().encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
