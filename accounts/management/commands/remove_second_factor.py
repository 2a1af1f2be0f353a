"""For an administrator who lost their telephone, where no other administrator can help."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import second_factor, sessions
from accounts.models import User


class Command(BaseCommand):
    help = "Remove all second factors of one account; its sessions end. Written to the audit log."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"]).first()
        if user is None:
            raise CommandError("There is no account with this address.")
        # Whoever keeps the server could change the database as well: the log says where from.
        removed = second_factor.remove_all(user, author="manage.py remove_second_factor")
        sessions.end_all(user)
        self.stdout.write("Removed." if removed else "It had none.")
