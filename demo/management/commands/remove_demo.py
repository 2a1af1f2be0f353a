"""From looking around to real use."""

from typing import Any

from django.core.management.base import BaseCommand

from demo import colleagues, left_behind, removing

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
        named, emails = left_behind.traces(), [email for email, _ in colleagues.logins()]
        counts = removing.remove()
        if not counts:
            self.stdout.write("There is no demonstration here; nothing was removed.")
            return
        self.stdout.write(
            "Removed: "
            + ", ".join(f"{number} {name}" for name, number in counts.items())
            + ", and the state of Franklin."
        )
        self.tell_what_stays(named, emails)
        self.stdout.write("The audit log keeps its lines.")
        self.stdout.write(NEXT)

    def tell_what_stays(self, named: list[left_behind.Trace], emails: list[str]) -> None:
        """What demonstration accounts did to what is not of the demonstration."""
        if here := left_behind.still_here(named):
            self.stdout.write(
                "Demonstration accounts made or changed these, which are real now. Look at each:"
            )
            self.stdout.writelines(f"  {line}" for line in here)
        if done := left_behind.deeds(emails):
            self.stdout.write(f"By the audit log they did: {', '.join(done)}.")
