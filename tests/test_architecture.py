"""Who may know whom: imports and foreign keys point down, as docs/architecture.md draws it.

No files go round in circles, and the network and Redis are touched by the files named here only.
"""

import ast
from functools import cache
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
    "aiosmtpd",
    "dns.resolver",
    "http.client",
    "httpx",
    "requests",
    "smtplib",
    "socket",
    "ssl",
    "urllib.request",
    "urllib3",
}
MAY_REACH_OUT = {
    "config/children.py",
    "config/supervise.py",
    "legislators/downloading.py",
    "legislators/geocoders/census.py",
    "worker/channels/alarm_hook.py",
    "worker/channels/blocklists.py",
    "worker/channels/certificate.py",
    "worker/channels/cwc/client.py",
    "worker/channels/lob.py",
    "worker/channels/smtp.py",
    "worker/inbound/listener.py",
    "worker/management/commands/catch_mail.py",
}
BROKERS = {"kombu", "redis"}
MAY_SPEAK_TO_REDIS = {
    "actions/breakdowns/visits.py",
    "config/cache.py",
    "config/settings/celery.py",
    "worker/channels/cwc/spacing.py",
    "worker/queue.py",
    "worker/redis_state.py",
}


def files():
    for room in BELOW:
        yield from (settings.BASE_DIR / room).rglob("*.py")


@cache
def import_lines(path):
    """(module, names taken from it or None) of every import, also of those inside functions."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found += [(alias.name, None) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.append((node.module, [alias.name for alias in node.names]))
    return found


def imports(path):
    """Every module a file names in an import."""
    for module, names in import_lines(path):
        yield module
        yield from (f"{module}.{name}" for name in names or ())


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


def importers(of):
    """Files that import one of these libraries, or something inside one."""
    return {
        inside(path)
        for path in files()
        if any(name == lib or name.startswith(f"{lib}.") for name in imports(path) for lib in of)
    }


def test_the_network_is_touched_in_a_few_named_files_only():
    assert importers(NETWORK) == MAY_REACH_OUT


def test_redis_is_spoken_to_in_a_few_named_files_only():
    assert importers(BROKERS) == MAY_SPEAK_TO_REDIS


def modules():
    """By its dotted name every file of a room, and of the benches."""
    paths = [*files(), *(settings.BASE_DIR / "benchmarks").rglob("*.py")]
    return {
        inside(path).removesuffix(".py").removesuffix("/__init__").replace("/", "."): path
        for path in paths
    }


def circles(knows):
    """The sets of modules that reach each other, by Tarjan's algorithm."""
    number, lowest, stack, found = {}, {}, [], []

    def visit(module):
        number[module] = lowest[module] = len(number)
        stack.append(module)
        for other in knows[module]:
            if other not in number:
                visit(other)
                lowest[module] = min(lowest[module], lowest[other])
            elif other in stack:
                lowest[module] = min(lowest[module], number[other])
        if lowest[module] == number[module]:
            at = stack.index(module)
            found.append(sorted(stack[at:]))
            del stack[at:]

    for module in knows:
        if module not in number:
            visit(module)
    return [circle for circle in found if len(circle) > 1]


def test_circles_are_found():
    knows = {"a": {"b"}, "b": {"c"}, "c": {"b", "d"}, "d": set()}

    assert circles(knows) == [["b", "c"]]


def test_no_files_go_round_in_circles():
    ours = modules()

    assert circles({name: used(path, ours) - {name} for name, path in ours.items()}) == []


def used(path, ours):
    """What a file takes from: of `from worker import outbox` the file, not its package."""
    found = set()
    for module, names in import_lines(path):
        if names is None:
            found.add(module)
        for name in names or ():
            inner = f"{module}.{name}"
            found.add(inner if inner in ours else module)
    return found & ours.keys()


def test_nobody_but_the_middleware_reads_forwarding_headers():
    offences = [
        inside(path)
        for path in files()
        if "X_FORWARDED" in path.read_text() and inside(path) != "config/middleware.py"
    ]

    assert offences == []
