"""Notes of people here about a supporter. Of nobody under 18."""

from __future__ import annotations

from supporters.models import Note, Supporter
from supporters.tags import Young


def write(supporter: Supporter, text: str, *, author: str) -> Note:
    """Plain text, kept as it was typed. Raises Young."""
    # Asked here, too: a page may have been open since before somebody said how old they are.
    if supporter.is_minor:
        raise Young
    return Note.objects.create(supporter=supporter, text=text, author=author)
