"""Who may know whom: imports and foreign keys point down, as docs/architecture.md draws it."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

BELOW = {
    "accounts": set(),
    "legislators": set(),
    "worker": set(),
    "campaigns": {"legislators", "accounts"},
    "supporters": {"campaigns", "worker", "accounts"},
}
BELOW["actions"] = {"supporters", "campaigns", "legislators", "worker", "accounts"}
BELOW["desk"] = {"actions"} | BELOW["actions"]
BELOW["demo"] = {"desk"} | BELOW["desk"]
BELOW["api"] = {"actions"} | BELOW["actions"]
BELOW["config"] = {"api", "demo"} | BELOW["demo"]

NETWORK = {
    "socket",
    "smtplib",
    "ssl",
    "http.client",
    "urllib.request",
    "httpx",
    "requests",
    "aiosmtpd",
}
MAY_REACH_OUT = (
    "legislators/",
    "worker/channels/",
    "worker/inbound/listener",
    "worker/management/",
    "config/",
)


def files():
    for room in BELOW:
        yield from (settings.BASE_DIR / room).rglob("*.py")


def imports(path):
    """Every module a file names in an import, also those inside functions."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def inside(path):
    return str(path.relative_to(settings.BASE_DIR))


def climbing(path):
    room = Path(inside(path)).parts[0]
    above = BELOW.keys() - BELOW[room] - {room}
    return {
        name
        for name in imports(path)
        if name.split(".")[0] in above
        # the tools of all migrations, which know no room
        and not ("migrations" in path.parts and name.startswith("config.concurrently"))
    }


@pytest.mark.parametrize("room", BELOW)
def test_a_room_imports_only_rooms_below_it(room):
    offences = {
        inside(path): climbing(path) for path in files() if inside(path).startswith(room + "/")
    }

    assert {path: names for path, names in offences.items() if names} == {}


def relations():
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields + model._meta.local_many_to_many:
            if field.remote_field and model._meta.app_label in BELOW:
                yield model._meta.app_label, field, field.remote_field.model._meta.app_label


def test_foreign_keys_point_down_too():
    offences = [
        str(field)
        for room, field, target in relations()
        if target in BELOW and target not in BELOW[room] | {room}
    ]

    assert offences == []


def test_a_foreign_key_to_another_room_leaves_no_way_back_up():
    offences = [
        str(field)
        for room, field, target in relations()
        if target in BELOW
        and target != room
        and not field.remote_field.hidden
        and not field.model._meta.auto_created
    ]

    assert offences == []


def test_the_network_is_touched_in_two_rooms_only():
    offences = {
        inside(path): found
        for path in files()
        if not inside(path).startswith(MAY_REACH_OUT)
        and (found := {name for name in imports(path) if name in NETWORK})
    }

    assert offences == {}


def test_nobody_but_the_middleware_reads_forwarding_headers():
    offences = [
        inside(path)
        for path in files()
        if "X_FORWARDED" in path.read_text() and inside(path) != "config/middleware.py"
    ]

    assert offences == []
