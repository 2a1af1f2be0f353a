"""Who is surely no minor, also by what they typed into an action that is not settled."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from actions.models import Action


def said_young(supporter: str = "pk") -> Exists:
    """Whether they gave a young age where it is not theirs yet; `supporter`: their key in the rows
    that are asked about.
    """
    return Exists(Action.objects.filter(supporter=OuterRef(supporter), entry__is_minor=True))


def not_young(supporter: str = "pk") -> Q:
    return Q(~said_young(supporter))
