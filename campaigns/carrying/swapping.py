"""One state's words put in the place of another's; never in an address, a merge field or what may
be a person's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from campaigns.carrying.terms import CODE, NAMED, TITLE, Term

# Web and mail addresses, the target of a Markdown link, merge fields, tags and handles.
UNTOUCHED = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+|\]\([^)\s]*[^)]*\)|\{[^{}\n]*\}|[#@]\w+"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:gov|org|com|net|edu|us|info|example)\b\S*",
    re.IGNORECASE,
)
# The nation's own, whatever a state calls its members; and its capital.
FEDERAL = re.compile(r"(?:\bU\.?\s?S\.?|\b(?:federal|Federal|Congressional|EE\.\s?UU\.))\s+$")
FEDERAL_AFTER = re.compile(r"^\s+(?:de los Estados Unidos|of the United States|in Congress)")
CAPITAL = re.compile(r"Washington,?\s+D\.?\s?C\.?")
# Capital letters beside a state's name that make no name of a person or a town.
ORDINARY = {
    *"""
    a across act acts all an and are as ask assembly assemblymember assemblymembers at attorney ban
    because bill board both bring build but call can capitol child children citizens code commission
    committee congress congressional constitution council councilmember county court dear delegate
    delegates delegation democrats department district do does each education end every families
    family feed fix for free from fund general give governor has have help here house how hundreds
    if in is join judiciary keep kids law lawmakers laws legislative legislators legislature let
    letter like make many member members millions mothers most neighbors no of office officials on
    open oppose or our parents pass people petition please protect public representative
    representatives republicans residents save schools secretary senate senator senators should sign
    since so some stand state states statehouse stop students support supreme teachers tell that the
    these this thousands throughout to today under university until urge vote voters want we when
    where while why will with workers you young your youth
    asamblea cámara como con cuando de del e el en esta este estado familias la las legislatura los
    más niñas niños nuestra nuestro para por que senado si su todo todos un una y
    """.split()  # noqa: SIM905
}
WORD_BEFORE = re.compile(r"(\S+)[ \t\u00a0]+$|[^\W\d_]([-’'])$")
WORD_AFTER = re.compile(r"^[ \t\u00a0]+([^\s.,;:!?]+)|^-([A-ZÁÉÍÓÚÑ])")
ZIP = re.compile(r"\s+\d{5}\b")
AROUND = 34


@dataclass(frozen=True)
class Found:
    """Something of the old state in a text. `new` is what took its place; "" if nothing did."""

    old: str
    new: str
    around: str


@dataclass(frozen=True)
class Swapped:
    text: str
    swaps: list[Found]
    left: list[Found]


def swap(
    text: str, terms: Sequence[Term], *, others: Iterable[str] = (), language: str = "en"
) -> Swapped:
    """`others` are names that hold one of the old state's in them: "West Virginia"."""
    if not terms:
        return Swapped(text, [], [])
    known = {term.old.casefold(): term for term in terms}
    untouched = [found.span() for found in UNTOUCHED.finditer(text)]
    pieces: list[str] = []
    swaps: list[Found] = []
    left: list[Found] = []
    at = 0
    for found in pattern(terms, others).finditer(text):
        term = known.get(found[0].casefold())
        # None: a name that only holds a term, and is passed over whole.
        if term is None or not is_meant(term, found, text):
            continue
        is_inside = any(start < found.end() and found.start() < end for start, end in untouched)
        if is_inside or not term.new or is_lower(term, found) or may_be_name(term, found, text):
            left.append(Found(found[0], "", around(text, found.start(), found.end())))
            continue
        new = in_its_case(term, found[0])
        before, new = fitted(text[at : found.start()], new, language)
        pieces += [before, new]
        swaps.append(Found(found[0], new, around(text, found.start(), found.end())))
        at = found.end()
    left += glued(text, terms, untouched)
    return Swapped("".join([*pieces, text[at:]]), swaps, left)


def glued(text: str, terms: Sequence[Term], spans: list[tuple[int, int]]) -> list[Found]:
    """Addresses and tags with the state's name in one word with others: "marylandkids.org"."""
    found: list[Found] = []
    for start, end in spans:
        squeezed = re.sub(r"[^a-z]", "", text[start:end].casefold())
        for term in terms:
            bare = re.sub(r"[^a-z]", "", term.old.casefold())
            is_apart = re.search(rf"(?<!\w){re.escape(term.old)}(?!\w)", text[start:end], re.I)
            if term.kind == NAMED and len(bare) > 3 and bare in squeezed and not is_apart:
                found.append(Found(text[start:end], "", around(text, start, end)))
                break
    return found


def pattern(terms: Sequence[Term], others: Iterable[str]) -> re.Pattern[str]:
    """The longest first, so that "West Virginia" is no Virginia and "Delegates" no Delegate."""
    texts = {term.old for term in terms} | {text for text in others if text}
    longest = sorted(texts, key=lambda text: (-len(text), text))
    return re.compile(
        r"(?<![\w])(?:" + "|".join(re.escape(text) for text in longest) + r")(?![\w])",
        re.IGNORECASE,
    )


def is_meant(term: Term, found: re.Match[str], text: str) -> bool:
    """Whether this is the state's at all: small letters may be anybody's, Congress is nobody's."""
    if term.kind == NAMED:
        return term.old != "Washington" or not CAPITAL.match(text, found.start())
    if term.kind == CODE:
        # As in an address, "Annapolis, MD" or "MD 21401": OR, IN and ME are words as well.
        is_address = text[: found.start()].endswith(", ") or ZIP.match(text[found.end() :])
        return found[0] == term.old and bool(is_address)
    if not term.is_small and found[0] == found[0].lower():
        return False
    before, after = text[: found.start()], text[found.end() :]
    return not (FEDERAL.search(before) or FEDERAL_AFTER.match(after))


def is_lower(term: Term, found: re.Match[str]) -> bool:
    """A state's name without its capital letter stands for something else, or is a slip."""
    return term.kind == NAMED and found[0] == found[0].lower()


def may_be_name(term: Term, found: re.Match[str], text: str) -> bool:
    """Whether capital letters stand beside it as in "Virginia Smith", "Delegate Smith" or
    "Maryland City": whoever reads it can tell.
    """
    after = WORD_AFTER.match(text[found.end() :])
    if term.kind == TITLE:
        return bool(after and after[1] and is_name_like(after[1]))
    if term.kind != NAMED:
        return False
    before = WORD_BEFORE.search(text[: found.start()])
    # A hyphen joins names: "Smith-Washington"; what is "Maryland-based" is none.
    if (before and before[2]) or (after and after[2]):
        return True
    return any(is_name_like(beside[1]) for beside in (before, after) if beside)


def is_name_like(word: str) -> bool:
    return is_capital(word) and not is_ordinary(word)


def is_capital(word: str) -> bool:
    return word.lstrip("“\"'(*_[").strip()[:1].isupper()


def is_ordinary(word: str) -> bool:
    bare = re.sub(r"^[\W_]+|(?:['’]s)?[\W_]*$", "", word).casefold()
    # What a sentence ended with stands beside nothing.
    return bare in ORDINARY or word.endswith((".", "!", "?", ":", ",", ";"))


def in_its_case(term: Term, found: str) -> str:
    # A short one in capitals may be an abbreviation, no shout.
    if found.isupper() and len(found) > 3:
        return term.new.upper()
    return term.new.lower() if term.is_small and found == found.lower() else term.new


def fitted(before: str, new: str, language: str) -> tuple[str, str]:
    """The article before it as the new word wants it: a, an; la, el."""
    if language == "en" and (found := re.search(r"\b(an?) $", before, re.IGNORECASE)):
        article = "an" if new[:1].lower() in "aeiou" and not new.startswith("U") else "a"
        article = article.capitalize() if found[1][0].isupper() else article
        return before[: found.start()] + article + " ", new
    if new.startswith("Concejo"):
        for wanted, instead in (("de la ", "del "), ("a la ", "al "), ("la ", "el ")):
            if before.endswith(wanted):
                return before.removesuffix(wanted) + instead, new
    if new == "District of Columbia" and re.search(
        r"\b(?:in|of|for|to|from|across|throughout|and|with) $", before, re.IGNORECASE
    ):
        return before, f"the {new}"
    return before, new


def around(text: str, begins: int, ends: int) -> str:
    start, end = max(0, begins - AROUND), ends + AROUND
    said = " ".join(text[start:end].split())
    return ("… " if start else "") + said + (" …" if end < len(text) else "")
