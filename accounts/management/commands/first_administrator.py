"""For whoever installs: a way in, without a password that anybody else has seen."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from accounts import audit, one_use_links
from accounts.models import User


class Command(BaseCommand):
    help = (
        "Make the first administrator and print a link that works once, for a day, to choose a"
        " password. Again: a new link, until somebody has chosen one."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", nargs="?", type=str.lower)
        parser.add_argument(
            "--is-there", action="store_true", help="only fail where nobody can sign in yet"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        administrator = who_can_sign_in()
        if options["is_there"]:
            if administrator is None:
                raise CommandError("Nobody can sign in yet.")
        elif administrator is not None:
            self.stdout.write(
                f"{administrator.email} is there already: invite others at /desk/people/."
            )
        elif not options["email"]:
            raise CommandError("Whose? manage.py first_administrator you@example.org")
        else:
            self.stdout.write(f"Choose a password, once, within a day: {way_in(options['email'])}")


def who_can_sign_in() -> User | None:
    everybody = User.objects.filter(is_superuser=True, is_active=True, is_demo=False)
    return next((user for user in everybody.order_by("pk") if user.has_usable_password()), None)


@transaction.atomic
def way_in(email: str) -> str:
    """The address of the page on which they choose a password. Raises ValidationError."""
    validate_email(email)
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_superuser(email)
    if not user.is_superuser or user.has_usable_password():
        raise CommandError("There is an account with this address already.")
    link = one_use_links.new_password(user, author=None)
    token = one_use_links.give_token(link)
    # Whoever keeps the server could change the database as well: the log says where from.
    audit.record("manage.py first_administrator", "link for a new password made", user.email)
    return settings.SITE_URL + reverse("accounts:new_password", args=[token])
