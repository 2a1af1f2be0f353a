"""What the pages say must be so: links lead somewhere, commands exist, the table of variables is
that of the settings.
"""

import re
import stat

import pytest
from django.conf import settings
from django.core.management import get_commands

ROOT = settings.BASE_DIR
SETTINGS = sorted((ROOT / "config/settings").glob("*.py"))
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
VERB = re.compile(r"(?<![\w./])bin/(\w+)")
COMMAND = re.compile(r"(?:manage\.py|bin/manage) +([a-z]\w+)")
READ = re.compile(r"""(?:env\.\w+|secret|environ\.get)\(\s*["']([A-Z_]+)""")
ROW = re.compile(r"^\| ((?:`[A-Z_]+`(?:, )?)+) \| (.*?) \|", re.MULTILINE)


def each(pattern):
    return [
        pytest.param(page, found, id=f"{page.name}:{found}")
        for page in PAGES
        for found in sorted(set(pattern.findall(page.read_text())))
    ]


@pytest.mark.parametrize(("page", "target"), each(LINK))
def test_a_link_leads_somewhere(page, target):
    if target.startswith("https://"):
        return
    name, _, part = target.partition("#")
    file = (page.parent / name).resolve() if name else page

    assert file.exists()
    if part:
        assert part in anchors(file)


def anchors(page):
    """As the usual renderers name headings."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize(("page", "verb"), each(VERB))
def test_a_verb_that_is_named_can_be_run(page, verb):
    assert (ROOT / "bin" / verb).stat().st_mode & stat.S_IXUSR


@pytest.mark.parametrize(("page", "command"), each(COMMAND))
def test_a_command_that_is_named_exists(page, command):
    assert command in get_commands()


def test_the_table_of_variables_is_what_the_settings_read():
    read = {
        name
        for file in (*SETTINGS, ROOT / "config/gunicorn.py")
        for name in READ.findall(file.read_text())
    }

    assert variables().keys() == read


def test_the_table_says_which_may_come_from_files():
    secrets = {
        name for file in SETTINGS for name in re.findall(r'secret\("([A-Z_]+)"', file.read_text())
    }

    assert {name for name, default in variables().items() if "(file)" in default} == secrets


def variables():
    rows = ROW.findall((ROOT / "docs/operating.md").read_text())
    return {name: default for names, default in rows for name in re.findall(r"`([A-Z_]+)`", names)}


def test_the_shipped_environment_names_nothing_unknown():
    named = re.findall(
        r"^#?([A-Z_]+)=", (ROOT / "docs/deploy/take-action.env").read_text(), re.MULTILINE
    )

    assert {name.removesuffix("_FILE") for name in named} <= variables().keys()


def test_every_queue_has_a_worker_in_the_instructions():
    started = set(re.findall(r"take-action-worker@(\w+)", (ROOT / "docs/operating.md").read_text()))

    assert started == {queue.name for queue in settings.CELERY_TASK_QUEUES}


@pytest.mark.parametrize("picture", ["home", "act", "console"])
def test_a_screenshot_is_small(picture):
    assert (ROOT / f"docs/screenshots/{picture}.png").stat().st_size < 250_000


def test_every_file_and_folder_the_house_is_shown_by_is_there():
    named = set(
        re.findall(r"`([a-z_]+/[a-z_/]*(?:\.py)?)`", (ROOT / "docs/architecture.md").read_text())
    )

    assert len(named) > 30
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_the_picture_of_the_house_has_every_room():
    page = (ROOT / "docs/architecture.md").read_text()
    rooms = {path.parent.name for path in ROOT.glob("*/apps.py")}

    assert {room for room in rooms if f"| `{room}/` |" not in page} == set()
