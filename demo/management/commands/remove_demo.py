"""From looking around to real use."""

from typing import Any

from django.core.management.base import BaseCommand

from demo import removing

NEXT = """
What comes next:
  manage.py createsuperuser             an account of your own
  manage.py load_data --from DIR        real legislators, districts and ZIP codes
  then sign in at /desk/ and enter your organization's name, colours and links
  docs/install.md                       mail, and switching delivery on
"""


class Command(BaseCommand):
    help = "Remove everything of the demonstration, and nothing else, in one transaction."

    def handle(self, *args: Any, **options: Any) -> None:
        counts = removing.remove()
        if not counts:
            self.stdout.write("There is no demonstration here; nothing was removed.")
            return
        self.stdout.write(
            "Removed: "
            + ", ".join(f"{number} {name}" for name, number in counts.items())
            + ", and the state of Franklin."
        )
        self.stdout.write("The audit log keeps its lines.")
        self.stdout.write(NEXT)
