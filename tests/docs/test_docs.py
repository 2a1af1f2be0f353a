"""What the pages say must be so: links lead somewhere, commands exist, the table of variables is
that of the settings.
"""

import ast
import re
import stat

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

ROOT = settings.BASE_DIR
SETTINGS = sorted((ROOT / "config/settings").glob("*.py"))
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
VERB = re.compile(r"(?<![\w./])bin/([\w-]+)")
COMMAND = re.compile(r"(?:manage\.py|bin/manage) +([a-z]\w+)")
READ = re.compile(r"""(?:env\.\w+|secret|environ\.get)\(\s*["']([A-Z_]+)""")
ROW = re.compile(r"^\| (`[A-Z_]+`) \| (.*?) \|", re.MULTILINE)
ROWS = ROW.findall((ROOT / "docs/configuration.md").read_text())


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


def test_the_reference_names_every_setting_once():
    read = [
        name
        for file in (*SETTINGS, ROOT / "config/gunicorn.py")
        for name in READ.findall(file.read_text())
    ]

    assert len(ROWS) == len(variables())
    assert variables().keys() == set(read)


def test_the_reference_says_which_may_come_from_files():
    secrets = {
        name for file in SETTINGS for name in re.findall(r'secret\("([A-Z_]+)"', file.read_text())
    }

    assert {name for name, default in variables().items() if "(file)" in default} == secrets


def test_the_reference_tells_the_defaults_of_the_settings():
    wrong = {
        name: default
        for name, default in defaults().items()
        if variables()[name].removesuffix(" (file)").strip("`") != default
    }

    assert wrong == {}


def defaults():
    """What each setting is when nobody sets it, as the reference writes it; without those that are
    worked out from others.
    """
    found = {}
    for call in (node for file in SETTINGS for node in ast.walk(ast.parse(file.read_text()))):
        if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant):
            given = [word.value for word in call.keywords if word.arg == "default"]
            try:
                found[call.args[0].value] = written(ast.literal_eval(given[0]) if given else None)
            except ValueError:  # made of other settings
                continue
    assert len(found) > 40
    return {name: default for name, default in found.items() if name in variables()}


def written(default):
    if default is None:
        return "none"
    if isinstance(default, bool):
        return str(int(default))
    if isinstance(default, dict):
        return ",".join(f"{name}={value}" for name, value in default.items())
    if isinstance(default, list):
        default = ",".join(default)
    return str(default) or "empty"


def variables():
    """Each setting of the reference with what its table says of the default."""
    return {name.strip("`"): default for name, default in ROWS}


def test_the_shipped_environment_names_nothing_unknown():
    named = re.findall(
        r"^#?([A-Z_]+)=", (ROOT / "docs/deploy/take-action.env").read_text(), re.MULTILINE
    )

    assert {name.removesuffix("_FILE") for name in named} <= variables().keys()


def test_containers_get_every_setting_keep_every_folder_and_serve_every_queue():
    compose = yaml.safe_load((ROOT / "docs/deploy/compose.yaml").read_text())
    ours = {
        name: service
        for name, service in compose["services"].items()
        if service["image"].startswith("localhost/take-action:")
    }
    decided = set(compose["x-app"]["environment"])

    assert all(service["env_file"] == [".env"] for service in ours.values())
    assert all(service["environment"].keys() == decided for service in ours.values())
    assert decided <= variables().keys()
    folders = {volume.partition(":")[2] for volume in compose["x-app"]["volumes"]}
    assert folders == {compose["x-app"]["environment"][name] for name in ("VAR_DIR", "JOURNAL_DIR")}
    assert set(compose["volumes"]) >= {v.partition(":")[0] for v in compose["x-app"]["volumes"]}
    served = [word for service in ours.values() for word in service.get("command", [])]
    assert {"--exclude-queues=mail", "--queues=mail"} <= set(served)
    assert all(":" in service["image"] for service in compose["services"].values())


@pytest.mark.parametrize("picture", ["home", "act", "console"])
def test_a_screenshot_is_small(picture):
    assert (ROOT / f"docs/screenshots/{picture}.png").stat().st_size < 250_000


def test_the_picture_of_the_house_has_every_room():
    page = (ROOT / "docs/architecture.md").read_text()
    rooms = {path.parent.name for path in ROOT.glob("*/apps.py")}

    assert {room for room in rooms if f"| `{room}/` |" not in page} == set()


BLOCK = re.compile(r"^```(python|js)\n(.*?)^```", re.MULTILINE | re.DOTALL)
EXAMPLES = BLOCK.findall((ROOT / "CONTRIBUTING.md").read_text())


def test_an_example_of_code_is_real_code():
    """Each function that CONTRIBUTING.md quotes stands somewhere, word for word."""
    quoted = [
        node
        for language, text in EXAMPLES
        if language == "python"
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef)
    ]
    real = {
        ast.dump(node)
        for path in ROOT.glob("*/**/*.py")
        if ".venv" not in path.parts
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef)
    }

    assert len(quoted) >= 4
    assert [node.name for node in quoted if ast.dump(node) not in real] == []


def test_an_example_of_a_script_is_a_real_one():
    scripts = [path.read_text() for path in (ROOT / "static/js").glob("*.js")]
    quoted = [text for language, text in EXAMPLES if language == "js"]

    assert quoted
    assert all(any(text in script for script in scripts) for text in quoted)


def test_what_the_readme_says_to_press_is_on_the_pages():
    walk = (ROOT / "README.md").read_text().partition("## Five minutes")[2].partition("\n## ")[0]
    named = re.findall(r'"([A-Z][^"]+)"', walk) + re.findall(r"Senator (\w+ \w+)'s", walk)
    sources = [
        *ROOT.glob("templates/**/*.html"),
        *ROOT.glob("demo/**/*"),
        *ROOT.glob("legislators/*.py"),
        ROOT / "actions/letters/fates.py",
    ]
    texts = [path.read_text() for path in sources if path.is_file() and path.suffix in TEXT]
    named = [re.sub(r"\b\d\b", "%(number)s", words) for words in named]

    assert len(named) >= 6
    assert [words for words in named if not any(words in text for text in texts)] == []


TEXT = {".html", ".py", ".toml"}
