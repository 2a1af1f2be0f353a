"""Tags: a closed list, and who has which. Nobody under 18 has one."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from supporters.models import Supporter, Tag, Tagged


class Young(Exception):
    """Of somebody under 18 nothing is written down."""


@transaction.atomic
def set_tags(supporter: Supporter, chosen: Collection[Tag], *, author: str) -> tuple[int, int]:
    """They have these and no others. How many came and went. Raises Young."""
    if supporter.is_minor:
        raise Young
    # What they keep stays as it was given: by whom, and when.
    had = {row.tag_id: row for row in Tagged.objects.filter(supporter=supporter)}
    wanted = {tag.pk for tag in chosen}
    gone = [row.pk for tag, row in had.items() if tag not in wanted]
    Tagged.objects.filter(pk__in=gone).delete()
    new = [Tagged(supporter=supporter, tag=tag, author=author) for tag in chosen]
    came = [row for row in new if row.tag_id not in had]
    # Of two at once, both gave it.
    Tagged.objects.bulk_create(came, ignore_conflicts=True)
    return len(came), len(gone)
