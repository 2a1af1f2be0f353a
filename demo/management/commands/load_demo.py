"""A made-up organization to look around in."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from campaigns.models import Campaign
from demo import loading
from supporters.models import Supporter


class Command(BaseCommand):
    help = (
        "Load the demonstration into an empty installation: a made-up state, organization,"
        " campaigns and a month of history."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        begun = time.monotonic()
        try:
            is_new = loading.load()
        except loading.NotEmpty as error:
            raise CommandError(
                "This installation has a brand, campaigns or supporters of its own. The"
                " demonstration stays out."
            ) from error
        if not is_new:
            self.stdout.write("The demonstration is here already.")
            return
        campaigns, supporters = (
            Campaign.objects.filter(is_demo=True).count(),
            Supporter.objects.filter(is_demo=True).count(),
        )
        seconds = time.monotonic() - begun
        self.stdout.write(
            f"The demonstration is loaded: {campaigns} campaigns, {supporters} made-up supporters,"
            f" {seconds:.1f} s."
        )
        self.stdout.write(
            "`manage.py demo_logins` shows how to sign in; `manage.py remove_demo` takes it all"
            " away."
        )
