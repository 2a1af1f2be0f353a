"""A line of the list that stands between a draft and its launch."""

from __future__ import annotations

from dataclasses import dataclass

from campaigns.models import Ask


@dataclass(frozen=True)
class Finding:
    """One line of the list.

    Not ok and blocking refuses the launch; the page that mends it is named with its arguments.
    """

    ok: bool
    blocking: bool
    label: str
    fix_url_name: str = ""
    fix_args: tuple[object, ...] = ()


def named(ask: Ask, label: str) -> str:
    """A line of the list that says which ask it is about."""
    return f"{ask.position}. {ask.get_kind_display()}: {label}"


def must(ok: bool, good: str, bad: str, fix_url_name: str, fix_args: tuple[object, ...]) -> Finding:
    """Stops the launch while it is not ok."""
    return Finding(ok, True, good if ok else bad, fix_url_name, fix_args)


def should(
    ok: bool, good: str, bad: str, fix_url_name: str, fix_args: tuple[object, ...]
) -> Finding:
    """Is said, and stops nothing."""
    return Finding(ok, False, good if ok else bad, fix_url_name, fix_args)
