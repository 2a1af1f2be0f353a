"""What supporters read: gathered from templates and code with Babel, so that no machine needs GNU
gettext.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation.template import templatize

KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "gettext_noop": None,
}
# The console speaks English; what a supporter may meet is said in every language.
ROOMS = (
    *("actions", "supporters", "legislators"),
    *(
        "campaigns/abroad",
        "campaigns/impact",
        "campaigns/pages",
        "campaigns/publications",
        "campaigns/published",
        "campaigns/search",
    ),
)
# Folders of templates that only people who work here read.
CONSOLE = {"desk", "accounts"}
FILES = (
    "accounts/mailboxes.py",
    *(
        f"campaigns/models/{name}.py"
        for name in (
            "ask",
            "bill",
            "brand",
            "campaign",
            "figure",
            "partner",
            "publication",
            "question",
            "sign_on",
        )
    ),
    "campaigns/bills/looks.py",
    "campaigns/bills/sentence.py",
    "campaigns/brand.py",
    "campaigns/promised_time.py",
    "campaigns/views.py",
    "campaigns/zones.py",
    "config/settings/languages.py",
    "worker/channels/cwc/document.py",
    "worker/channels/cwc/requirements.py",
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")
HEADER = """# Take Action, {name}. Written by `manage.py gather_messages`, translated by hand.
msgid ""
msgstr ""
"Project-Id-Version: Take Action\\n"
"Language: {language}\\n"
"Language-Team: {name}\\n"
"Plural-Forms: {plurals}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def po_file(language: str) -> Path:
    """Where a language's translations are."""
    return settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.po"


def gather(language: str) -> Catalog:
    """Write the language's .po file anew: every text that is used now, with the translations it
    had. The catalog as written.
    """
    found = catalog_of_sources(language)
    path = po_file(language)
    if path.exists():
        known = read(language)
        for message in found:
            if message.id and (old := known.get(message.id, context=message.context)):
                message.string, message.flags = old.string, message.flags | (old.flags & {"fuzzy"})
    write(found, language)
    return found


def write(catalog: Catalog, language: str) -> None:
    """With a header of our own that carries no dates: a file whose texts did not change does not
    change.
    """
    path = po_file(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        header = HEADER.format(
            language=language,
            name=get_language_info(language)["name"],
            plurals=catalog.plural_forms,
        )
        file.write(header.encode())
        write_po(file, catalog, width=100, sort_output=True, omit_header=True, no_location=True)


def read(language: str) -> Catalog:
    """The translations as they are on the disk."""
    with po_file(language).open("rb") as file:
        return read_po(file, locale=language)


def catalog_of_sources(language: str) -> Catalog:
    """Every text that is used now, without translations."""
    catalog = Catalog(locale=language, project="Take Action", charset="utf-8")
    for text, context in texts():
        catalog.add(text, context=context)
    return catalog


def texts() -> Iterator[tuple[str | tuple[str, str], str | None]]:
    """Every text marked for translation, with its context; a pair where there is a plural."""
    for source in sources():
        for _line, message, _comments, context in extract(
            "python", io.BytesIO(source.encode()), keywords=KEYWORDS, options={}
        ):
            if message and isinstance(message, str):
                yield message, context
            elif message and all(message[:2]):
                yield (str(message[0]), str(message[1])), context


def sources() -> Iterator[str]:
    """Templates as Python-like text, and the code itself."""
    base = settings.BASE_DIR
    for path in sorted((base / "templates").rglob("*.*")):
        if path.suffix in (".html", ".txt") and CONSOLE.isdisjoint(path.parts):
            code = templatize(path.read_text(), origin=str(path))
            # The indentation of HTML would be an error in Python.
            yield "\n".join(line.lstrip() for line in code.split("\n"))
    rooms = [
        path
        for room in ROOMS
        for path in (base / room).rglob("*.py")
        if "migrations" not in path.parts and path.name != "admin.py"
    ]
    for path in sorted([*rooms, *(base / name for name in FILES)]):
        yield path.read_text()


def faults(language: str) -> list[str]:
    """Texts without a translation, and translations whose placeholders differ from their
    source's.
    """
    translated = read(language)
    found = []
    for text, context in texts():
        message = translated.get(text, context=context)
        if message is None or not all(strings(message)) or message.fuzzy:
            found.append(f"not translated: {text!r}")
        elif not has_its_placeholders(message):
            found.append(f"other placeholders: {text!r}")
    return sorted(set(found))


def strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def has_its_placeholders(message: Message) -> bool:
    """None lost, none invented.

    Only the singular may write its number out: "one thing" for "%(number)s thing".
    """
    source = [message.id] if isinstance(message.id, str) else list(message.id)
    wanted = placeholders(source[-1])
    singular, *plurals = strings(message)
    least = placeholders(source[0]) if plurals else wanted
    return least <= placeholders(singular) <= wanted and all(
        placeholders(string) == wanted for string in plurals
    )


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))
