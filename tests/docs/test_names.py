"""Every path and every dotted name in the docs leads to something, and the glossary has the words."""

import importlib
import re

import pytest
from django.apps import apps
from django.conf import settings

from worker.models import State

ROOT = settings.BASE_DIR
# Decisions and the changelog tell of their day; what they name may be gone.
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/*.md")])
ROOMS = {path.parent.name for path in ROOT.glob("*/apps.py")}
FOLDERS = {path.name for path in ROOT.iterdir() if path.is_dir()}
PATH = re.compile(r"`([a-z_]+/[\w/.*-]*)`")
DOTTED = re.compile(r"(?<![\w./@-])([a-z_]+(?:\.[A-Za-z_]\w*)+)(?![\w/-])")
FILES = (".py", ".md", ".txt", ".toml", ".html", ".service", ".yaml", ".log")
TO_BE_MADE = {"docs/deploy/.env"}
WALK = re.compile(r"```.*?```", re.DOTALL)


def quoted(text):
    """What stands in backquotes, and the drawings between fences."""
    return "\n".join([*re.findall(r"`([^`\n]+)`", WALK.sub("", text)), *WALK.findall(text)])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_exists(page):
    named = {path for path in PATH.findall(page.read_text()) if path.split("/")[0] in FOLDERS}
    named -= TO_BE_MADE

    assert [path for path in sorted(named) if not any(ROOT.glob(path.rstrip("/")))] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_dotted_name_can_be_imported(page):
    named = {
        name
        for name in DOTTED.findall(quoted(page.read_text()))
        if name.split(".")[0] in ROOMS and not name.endswith(FILES)
    }

    assert [name for name in sorted(named) if not leads_somewhere(name)] == []


def leads_somewhere(name):
    """Whether a module has this name, or a module has it in it."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:length]))
        except ImportError:
            continue
        for part in parts[length:]:
            found = getattr(found, part, None)
        return found is not None
    return False


def test_a_name_that_leads_nowhere_is_noticed():
    assert leads_somewhere("worker.outbox.post")
    assert not leads_somewhere("worker.outbox.hold")
    assert not leads_somewhere("worker.bell.ring")


TERMS = re.findall(
    r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$",
    (ROOT / "docs/glossary.md").read_text(),
    re.MULTILINE,
)


def test_the_glossary_has_each_word_once_and_says_where_it_lives():
    words = [word for word, *_ in TERMS if word not in {"word", "---"}]

    assert 45 <= len(words) <= 160
    assert len(words) == len(set(words))
    assert all("`" in where or "](" in where for word, _, where, _ in TERMS if word in words)


# Tables that are only a part of what a word says.
PARTS = {
    "alarm": ["Heartbeat", "RaisedAlarm"],
    "ask": ["PetitionText"],
    "audit log": ["AuditEntry", "AuditHead"],
    "batch": ["PrintItem", "PrintPart"],
    "division": ["Jurisdiction"],
    "edition": ["BoundaryFile"],
    "entry": ["Prefill"],
    "envelope": ["KeptSeal"],
    "group": ["CommitteeMembership"],
    "journal; restore mode": ["KnownDatabase"],
    "ledger": ["Cursor"],
    "my page": ["NewMailbox", "PageWish"],
    "office": ["CongressOffice", "OfficeLimit"],
    "office of our own": ["CustomZip"],
    "preview": ["PreviewLink"],
    "proof": ["UsedProof"],
    "roster": ["Disagreement", "TurnoverReport"],
    "split ZIP": ["ZipCode", "ZipDistrict"],
    "turnover (of targets)": ["TargetsSeen", "TargetTurnover"],
    "whereabouts": ["AddressPoint"],
}


def test_each_table_has_its_word_or_is_named_after_one_that_has():
    """BillWords after Bill, ExportPart after Export."""
    models = {
        model.__name__ for model in apps.get_models() if model.__module__.split(".")[0] in ROOMS
    }
    said = "\n".join(" ".join(term) for term in TERMS)
    own = {name for name in models if re.search(rf"\b(?:{name}|{spaced(name)})s?\b", said)}
    parts = {name for names in PARTS.values() for name in names}
    named_after = {
        name for name in models if any(name.startswith(word) or name.endswith(word) for word in own)
    }

    assert sorted(models - own - named_after - parts) == []
    assert sorted(parts - models) == []
    assert sorted(PARTS.keys() - {word for word, *_ in TERMS}) == []


def test_each_state_of_a_letter_has_its_word():
    said = "\n".join(" ".join(term) for term in TERMS)

    assert [state for state in State.values if not re.search(rf"\b{state}\b", said)] == []


def spaced(name):
    """ "LetterVersion" as people say it."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()


def test_what_the_glossary_says_people_read_is_on_a_page():
    pages = [
        *ROOT.glob("templates/**/*.html"),
        *ROOT.glob("desk/**/*.py"),
        *ROOT.glob("actions/**/*.py"),
        *ROOT.glob("campaigns/**/*.py"),
    ]
    text = "\n".join(path.read_text() for path in pages)
    read = [words for *_, shown in TERMS for words in re.findall(r'"([^"]+)"', shown)]

    assert len(read) > 20
    assert [words for words in read if words not in text] == []


def test_the_words_of_code_are_those_of_the_glossary():
    """Retired words are in no file name and in no function name."""
    retired = re.compile(r"(?:^|_)(rung|hungry|weighing|hearing)(?:_|$)")
    names = [
        f"{path.relative_to(ROOT)}: {name}"
        for room in sorted(ROOMS)
        for path in (ROOT / room).rglob("*.py")
        for name in [path.stem, *re.findall(r"^\s*def (\w+)", path.read_text(), re.MULTILINE)]
        if retired.search(name)
    ]

    assert names == []
