"""The Redis of bin/run: the pinned one first, and a reason when it does not come up."""

import subprocess

import pytest

from config import children, own_redis, supervise
from config.children import NotReady, free_port, is_listening, start, stop, wait_until


@pytest.fixture
def machines_own(tmp_path, monkeypatch):
    """An older redis-server on the PATH, as a package of the system would put it there."""
    program = tmp_path / "bin/redis-server"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    return str(program)


def test_the_pinned_server_goes_before_the_machines_own(machines_own):
    assert children.server_of_the_wheel() == children.redis_server() != machines_own


def test_without_a_wheel_the_machines_own_is_taken(machines_own, monkeypatch):
    monkeypatch.setattr(children, "server_of_the_wheel", lambda: None)

    assert children.redis_server() == machines_own


def test_with_neither_it_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(children, "server_of_the_wheel", lambda: None)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(NotReady, match="no valkey-server or redis-server on the PATH: install one"):
        children.redis_server()


def test_a_file_of_a_newer_server_is_explained_with_what_to_do(tmp_path):
    env = {"REDIS_URL": f"redis://127.0.0.1:{free_port()}/0"}
    kept_by_a_newer_server(env, tmp_path)

    with pytest.raises(NotReady) as trouble:
        start_redis(env, tmp_path)

    told = str(trouble.value)
    assert told.startswith("Redis ended with status 1 instead of starting.")
    assert "cannot read what another version of it, likely a newer one, kept" in told
    assert f'delete that folder (rm -r "{tmp_path / "redis"}") and start again' in told
    assert "It said: Error reading the RDB base file" in told


def kept_by_a_newer_server(env, var):
    """An append-only file as the pinned server keeps it, its version raised to one of the future."""
    server = start(own_redis.command(env, var))
    port = int(env["REDIS_URL"].split(":")[2].partition("/")[0])
    wait_until(lambda: is_listening(port), server, what="Redis")
    stop(server)
    [base] = (var / "redis/appendonlydir").glob("*.base.rdb")
    with base.open("r+b") as file:
        file.write(b"REDIS0999")


def test_an_older_redis_is_understood_by_its_own_words(tmp_path):
    (tmp_path / "redis").mkdir()
    (tmp_path / "redis/log").write_text(
        "25625:M 29 Nov 2026 23:34:46.469 # Server initialized\n"
        "25625:M 29 Nov 2026 23:34:46.475 # Bad file format reading the append only file"
        " appendonly.aof.2.base.rdb: make a backup of your AOF file\n"
    )

    assert "It said: Bad file format reading" in own_redis.explanation(tmp_path)


def test_any_other_reason_is_its_last_words(tmp_path):
    (tmp_path / "redis").mkdir()
    (tmp_path / "redis/log").write_text(
        "1:M 29 Nov 2026 23:34:46.4 # Failed listening on port 7, aborting.\n"
    )

    told = own_redis.explanation(tmp_path)
    assert (
        told == f"Its last words, from {tmp_path}/redis/log: Failed listening on port 7, aborting."
    )


def start_redis(env, var):
    crew = supervise.Crew(env)
    try:
        supervise.start_redis(crew, env, var)
    finally:
        crew.stop()


def test_the_pinned_server_can_be_run():
    said = subprocess.run([children.redis_server(), "--version"], capture_output=True, text=True)

    assert "server v=" in said.stdout
