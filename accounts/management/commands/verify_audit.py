"""Walk the audit log and say whether every line still fits."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import audit
from accounts.models import AuditEntry


class Command(BaseCommand):
    help = (
        "Check the audit log's chain of hashes; fails when a line was changed, removed or"
        " slipped in."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        broken = audit.verify()
        if broken is not None:
            raise CommandError(f"The audit log does not fit from line {broken} on.")
        self.stdout.write(f"The audit log is whole: {AuditEntry.objects.count()} lines.")
