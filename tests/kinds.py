"""Classes of one kind, wherever they are."""

from collections.abc import Iterator


def all_below(kind: type) -> Iterator[type]:
    """Its subclasses, and theirs."""
    for one in kind.__subclasses__():
        yield one
        yield from all_below(one)
