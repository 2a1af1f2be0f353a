"""Organizers' Markdown as safe HTML."""

from __future__ import annotations

import functools

import nh3
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from campaigns.pictures.marks import LINE, MARK
from campaigns.pictures.showing import ShownPicture

# No images: a page asks no other host for anything; our own pictures come by their marks.
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


def rendered(text: str, pictures: tuple[ShownPicture, ...] | None = None) -> SafeString:
    """Headings are moved so that the highest one used becomes <h2>: the page's own title is the
    only <h1>.

    With `pictures` a mark on a line of its own shows one (campaigns.pictures.marks), and one that
    names none shows nothing.
    """
    if pictures is None:
        return _clean(_parsed(text))
    by_number = {one.number: one for one in pictures}
    tokens = _parsed(LINE.sub(lambda found: f"\n\n{found[0].strip()}\n\n", text))
    parts, run = [SafeString()], list[Token]()
    for token in tokens:
        run.append(token)
        # A mark alone is a paragraph of three tokens, in nothing else.
        if token.type != "paragraph_close" or token.level or len(run) < 3:
            continue
        if found := MARK.fullmatch(run[-2].content):
            shown = by_number.get(int(found[1]))
            parts += [_clean(run[:-3]), shown.html() if shown else SafeString()]
            run = []
    return format_html_join("", "{}", ((part,) for part in [*parts, _clean(run)]))


# Kept by what it shows, so a change is never shown late.
render = functools.lru_cache(maxsize=200)(rendered)


def _parsed(text: str) -> list[Token]:
    tokens = _parser.parse(text)
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    top = min((int(token.tag[1]) for token in headings), default=2)
    for token in headings:
        # TAGS end with h4: a deeper heading would lose its mark.
        token.tag = f"h{min(int(token.tag[1]) - top + 2, 4)}"
    return tokens


def _clean(tokens: list[Token]) -> SafeString:
    html = _parser.renderer.render(tokens, _parser.options, {})
    # Cleaned on this line
    return mark_safe(nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES))  # noqa: S308
