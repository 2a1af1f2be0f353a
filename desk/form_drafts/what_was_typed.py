"""What somebody typed, to read and to copy where its form cannot be shown."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from desk.form_drafts.keeping import typed_fields


def words_typed(data: QueryDict) -> list[tuple[str, str]]:
    """(the field's name as words, what stands in it), without what is empty."""
    return [
        (as_words(name), "\n".join(value for value in values if value))
        for name, values in typed_fields(data).items()
        if any(value.strip() for value in values)
    ]


def as_words(name: str) -> str:
    return name.replace("_", " ").strip().capitalize()


def page_of(data: QueryDict, said: str, **more: Any) -> dict[str, Any]:
    """The context of desk/what_you_typed.html."""
    return {"said": said, "typed": words_typed(data), **more}
