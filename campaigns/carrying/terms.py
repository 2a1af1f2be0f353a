"""What is said in one state, beside what is said for it in another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from legislators.state_words import StateWords, other_names

SPANISH_HOUSES = {
    "House of Delegates": "Cámara de Delegados",
    "House of Representatives": "Cámara de Representantes",
    "State Assembly": "Asamblea Estatal",
    "Assembly": "Asamblea",
    "General Assembly": "Asamblea General",
}
SPANISH_LEGISLATURES = {
    "General Assembly": "Asamblea General",
    "Legislative Assembly": "Asamblea Legislativa",
    "General Court": "Corte General",
    "Legislature": "Legislatura",
    "Council": "Concejo",
}
# English title -> every way of saying it: (one of them, several of them); the first is ours.
TITLES = {
    "Delegate": [("Delegate", "Delegates")],
    "Representative": [("Representative", "Representatives")],
    "Assembly Member": [
        ("Assembly Member", "Assembly Members"),
        ("Assemblymember", "Assemblymembers"),
        ("Assemblyman", "Assemblymen"),
        ("Assemblywoman", "Assemblywomen"),
    ],
    "Senator": [("Senator", "Senators")],
    "Councilmember": [("Councilmember", "Councilmembers")],
}
SPANISH_TITLES = {
    "Delegate": [("Delegado", "Delegados"), ("Delegada", "Delegadas")],
    "Representative": [("Representante", "Representantes")],
    "Assembly Member": [("Asambleísta", "Asambleístas")],
    "Senator": [("Senador", "Senadores"), ("Senadora", "Senadoras")],
    "Councilmember": [("Concejal", "Concejales")],
}
# Small letters of these may be any member of any chamber, or no member at all.
EVERYBODYS = {"representative", "representatives", "representante", "representantes"}
NAMED, TITLE, PLACE, WORD, CODE = "named", "title", "place", "word", "code"


@dataclass(frozen=True)
class Term:
    """`kind`: a state's name (named) or code, what a member is called (title), a place or person,
    another word. A
    blank `new` is not known: it is pointed out only.
    """

    old: str
    new: str
    kind: str
    is_small: bool = False
    """It is said in small letters too."""


def terms(old: StateWords, new: StateWords, language: str) -> list[Term]:
    """Only what differs; where two say the same of the old state, the first counts."""
    found: dict[str, Term] = {}
    rows = [*names(old, new, language), *bodies(old, new, language), *members(old, new, language)]
    for term in [*rows, *people(old, new, language)]:
        if term.old and term.old.casefold() != term.new.casefold():
            found.setdefault(term.old, term)
    return list(found.values())


def not_ours(old: StateWords, new: StateWords, language: str) -> set[str]:
    """What holds a term in it and is none: other states, chambers of both kinds, and the titles
    that both states have ("Assembly Member" holds an "Assembly").
    """
    chambers = {*SPANISH_HOUSES, *SPANISH_HOUSES.values()}
    titles = {
        title
        for said in (*TITLES.values(), *SPANISH_TITLES.values())
        for pair in said
        for title in pair
    }
    return {*other_names(old.code, new.code), *chambers, *titles, new.name, new.spanish_name}


def said_there(words: StateWords, language: str) -> set[str]:
    """In small letters: what is that state's own, whoever else says it too."""
    houses = SPANISH_HOUSES if language == "es" else {}
    whole = SPANISH_LEGISLATURES if language == "es" else {}
    titles = SPANISH_TITLES if language == "es" else TITLES
    found = {houses.get(name, name) for name in words.lower_house}
    found.add(whole.get(words.legislature, words.legislature))
    for title in filter(None, (words.lower_title, words.upper_title)):
        for pair in titles.get(title, [(title, f"{title}s")]):
            found.update(pair)
    return {text.casefold() for text in found}


def names(old: StateWords, new: StateWords, language: str) -> Iterator[Term]:
    written = new.spanish_name if language == "es" else new.name
    spellings = [old.spanish_name, old.name] if language == "es" else [old.name]
    if old.code == "DC":
        spellings += ["Washington, D.C.", "Washington, DC", "Washington DC", "D.C."]
    for spelling in spellings:
        yield Term(spelling, written, NAMED)
    yield Term(old.capital, "", PLACE)


def bodies(old: StateWords, new: StateWords, language: str) -> Iterator[Term]:
    """Chambers before legislatures: New Jersey's General Assembly is its lower one."""
    houses = SPANISH_HOUSES if language == "es" else {}
    whole = SPANISH_LEGISLATURES if language == "es" else {}

    def house(name: str) -> str:
        return houses.get(name, name)

    def legislature(words: StateWords) -> str:
        return whole.get(words.legislature, words.legislature)

    to = house(new.lower_house[0]) if new.lower_house else legislature(new)
    for spelling in old.lower_house:
        yield Term(house(spelling), to, WORD)
    # "State House" is said of each; a chamber of delegates or an assembly has a name of its own.
    yield Term(legislature(old), legislature(new), WORD, is_small=" " in legislature(old))
    if new.has_one_chamber and not old.has_one_chamber:
        senates = ("Senado Estatal", "Senado") if language == "es" else ("State Senate", "Senate")
        for senate in senates:
            yield Term(senate, legislature(new), WORD)


def members(old: StateWords, new: StateWords, language: str) -> Iterator[Term]:
    said = SPANISH_TITLES if language == "es" else TITLES
    lower = new.lower_title or new.upper_title
    for before, after in ((old.lower_title, lower), (old.upper_title, new.upper_title)):
        if not before or before == after:
            continue
        # A member of one chamber is neither of two: somebody has to say which.
        after = "" if old.has_one_chamber else after
        one, several = said.get(after, [(after, f"{after}s" if after else "")])[0]
        for singular, plural in said.get(before, [(before, f"{before}s")]):
            small = singular.casefold() not in EVERYBODYS
            yield Term(plural, several, TITLE, small)
            yield Term(singular, one, TITLE, small)


def people(old: StateWords, new: StateWords, language: str) -> Iterator[Term]:
    """In Spanish nobody's is known here."""
    if language == "es":
        return
    new_one = new.people[0] if new.people else ""
    for one in old.people:
        yield Term(f"{one}s", f"{new_one}s" if new_one else "", WORD)
        yield Term(one, new_one, WORD)
