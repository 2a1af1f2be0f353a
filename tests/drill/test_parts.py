"""What bin/archive keeps comes back, and nothing of it can be read without the key that is kept
elsewhere. The whole of it, on real servers, is bin/drill.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

ARCHIVE = Path(__file__).resolve().parents[2] / "bin" / "archive"
SEGMENT = "000000010000000000000003"


@pytest.fixture
def backup(tmp_path):
    if not shutil.which("age"):
        pytest.skip("needs age: apt-get install age")
    made = subprocess.run(
        ["age-keygen", "-o", tmp_path / "key"], check=True, capture_output=True, text=True
    )
    (tmp_path / "recipients").write_text(made.stderr.rpartition(" ")[2])
    settings = tmp_path / "archive.env"
    settings.write_text(
        f"ARCHIVE_DIR={tmp_path}/kept\nARCHIVE_RECIPIENTS={tmp_path}/recipients\n"
        f"RELAY_LOG={tmp_path}/mail.log\nJOURNAL_DIR={tmp_path}/journal\nARCHIVE_TAKE_OFF=false\n"
    )

    def run(*verb, key=tmp_path / "key"):
        env = {
            "ARCHIVE_SETTINGS": str(settings),
            "ARCHIVE_IDENTITY": str(key),
            "PATH": "/usr/bin:/bin",
        }
        said = subprocess.run(
            [ARCHIVE, *map(str, verb)], env=env, capture_output=True, text=True, check=False
        )
        return said.returncode

    return run


def test_a_wal_file_is_kept_once_sealed_and_comes_back(backup, tmp_path):
    wal, back = tmp_path / SEGMENT, tmp_path / "back"
    wal.write_bytes(b"Nora North wrote a letter. " * 40_000)

    assert backup("wal", wal, SEGMENT) == 0
    assert backup("wal", wal, SEGMENT) == 0
    [kept] = (tmp_path / "kept" / "wal").glob("*.age")
    assert kept.stat().st_size < wal.stat().st_size / 20
    assert b"Nora" not in kept.read_bytes()
    assert backup("fetch", SEGMENT, back) == 0
    assert back.read_bytes() == wal.read_bytes()

    # What a restore tells PostgreSQL to ask does give it that file.
    base, data, asked = tmp_path / "kept" / "base", tmp_path / "data", tmp_path / "asked"
    base.mkdir()
    (tmp_path / "PG_VERSION").write_text("15")
    subprocess.run(
        f"tar -c -C {tmp_path} PG_VERSION | gzip | age -R {tmp_path}/recipients"
        f" > {base}/20261130T120000Z.tar.gz.age",
        shell=True,
        check=True,
    )
    assert backup("restore", data) == 0
    told = (data / "postgresql.auto.conf").read_text().splitlines()[0]
    command = told.removeprefix("restore_command = '").removesuffix("'")
    subprocess.run(command.replace("%f", SEGMENT).replace("%p", str(asked)), shell=True, check=True)
    assert asked.read_bytes() == wal.read_bytes()
    assert (data / "recovery.signal").exists()
    assert backup("restore", data) == 1

    # The archive's end is told apart from a key that does not fit, which must end a recovery.
    assert backup("fetch", "000000010000000000000004", back) == 1
    assert backup("fetch", SEGMENT, back, key=tmp_path / "recipients") == 200
    # Another database's file of the same name is refused, and what is kept stays.
    wal.write_bytes(b"Another house")
    assert backup("wal", wal, SEGMENT) == 1
    assert backup("fetch", SEGMENT, back) == 0
    assert back.read_bytes().startswith(b"Nora")


def test_every_line_of_the_relays_log_is_kept_once_also_where_it_is_rotated_away(backup, tmp_path):
    log, back = tmp_path / "mail.log", tmp_path / "back"
    log.write_text("one\ntwo\n")
    # Whoever takes it to another machine fails here: that is told, and nothing is lost by it.
    assert backup("off") != 0
    with log.open("a") as file:
        file.write("three\n")
    log.rename(tmp_path / "mail.log.1")
    log.write_text("four\n")
    backup("off")
    backup("off")
    with log.open("a") as file:
        file.write("five\n")
    backup("off")

    assert backup("logs", back) == 0
    assert back.read_text() == "one\ntwo\nthree\nfour\nfive\n"
