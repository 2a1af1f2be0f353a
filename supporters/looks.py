"""Who here looked at a supporter, when; and what was done with what we hold of them."""

from __future__ import annotations

from accounts.looks import lines_about, note_look
from accounts.models import AuditEntry
from supporters.models import Supporter


def subject_of(supporter: Supporter) -> str:
    """As the audit log names them: by id, so that nothing there has to be erased."""
    return f"supporter {supporter.pk}"


def look_at(supporter: Supporter, *, actor: str) -> None:
    """Write down that somebody here opened their page."""
    note_look(actor, subject_of(supporter))


def who_looked(supporter: Supporter, most: int = 20) -> list[AuditEntry]:
    """The newest lines about them: `at`, `actor` (an account's address) and `deed`, which is
    accounts.looks.SEEN for a look. Searches that found them name them in their detail only.
    """
    return list(lines_about(subject_of(supporter))[:most])
