"""Organizers' Markdown as safe HTML."""

from __future__ import annotations

import functools

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

# No images: a page asks no other host for anything.
TAGS = {
    "p",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "blockquote",
    "strong",
    "em",
    "a",
    "br",
    "hr",
    "code",
}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"https", "http", "mailto", "tel"}

_parser = MarkdownIt("commonmark", {"html": False})


# Kept by the text itself, so a change is never shown late.
@functools.lru_cache(maxsize=200)
def render(text: str) -> SafeString:
    """Headings are moved so that the highest one used becomes <h2>: the page's own title is the
    only <h1>.
    """
    tokens = _parser.parse(text)
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    top = min((int(token.tag[1]) for token in headings), default=2)
    for token in headings:
        # TAGS end with h4: a deeper heading would lose its mark.
        token.tag = f"h{min(int(token.tag[1]) - top + 2, 4)}"
    html = _parser.renderer.render(tokens, _parser.options, {})
    # Cleaned on this line
    return mark_safe(nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES))  # noqa: S308
