"""A campaign's pictures as its page shows them, in one language."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from campaigns.models import Campaign
from campaigns.pictures.marks import mark

# As wide as the story's column (static/css/act.css).
SIZES = "(min-width: 960px) 40rem, 100vw"
FIGURE = (
    '<figure class="picture"><img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}"'
    "{}>{}</figure>"
)


@dataclass(frozen=True)
class ShownPicture:
    """`files`: (address, width, height), the narrowest first."""

    number: int
    alt: str
    credit: str
    is_head: bool
    files: tuple[tuple[str, int, int], ...]

    @property
    def mark(self) -> str:
        return mark(self.number)

    @property
    def thumbnail(self) -> tuple[str, int, int]:
        return self.files[0]

    def html(self) -> SafeString:
        """With its size, so that nothing jumps; a browser loads the width that it needs."""
        # The one in the middle, for the browser that reads no list of widths.
        src = self.files[len(self.files) // 2][0]
        _address, width, height = self.files[-1]
        srcset = ", ".join(f"{address} {wide}w" for address, wide, _height in self.files)
        lazy = "" if self.is_head else format_html(' loading="{}"', "lazy")
        caption = format_html("<figcaption>{}</figcaption>", self.credit) if self.credit else ""
        return format_html(FIGURE, src, srcset, SIZES, width, height, self.alt, lazy, caption)


def pictures_of(campaign: Campaign, language: str) -> list[ShownPicture]:
    """One query for all. Without a text in this language, the first language's."""
    rows = campaign.pictures.order_by("number", "pixels__files__width").values_list(
        "number",
        "alt_texts",
        "is_decorative",
        "credit",
        "is_head",
        "pixels__files__digest",
        "pixels__files__width",
        "pixels__files__height",
    )
    found: dict[int, ShownPicture] = {}
    for number, alt_texts, is_decorative, credit, is_head, digest, width, height in rows:
        file = (reverse("picture_file", args=[digest]), width, height)
        text = alt_texts.get(language) or alt_texts.get(settings.LANGUAGE_CODE, "")
        earlier = found[number].files if number in found else ()
        alt = "" if is_decorative else text
        found[number] = ShownPicture(number, alt, credit, is_head, (*earlier, file))
    return list(found.values())


def head_of(pictures: list[ShownPicture]) -> ShownPicture | None:
    return next((one for one in pictures if one.is_head), None)
