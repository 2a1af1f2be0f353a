from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config import messages


class Command(BaseCommand):
    help = (
        "Bring locale/*.po up to date with what templates and code say, and list what is not"
        " translated yet."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for language, _name in settings.LANGUAGES:
            if language == settings.LANGUAGE_CODE:
                continue
            messages.gather(language)
            faults = messages.faults(language)
            self.stdout.write(f"{language}: {len(faults)} to do")
            for fault in faults:
                self.stdout.write(f"  {fault}")
