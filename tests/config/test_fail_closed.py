"""A machine that is set up dangerously does not start, and says what to do."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from config import checks


def test_a_production_machine_passes_every_deployment_check(manage):
    result = manage("check", "--deploy", "--fail-level", "WARNING")

    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "HASH_KEY", "SITE_URL"])
def test_what_has_to_be_set_is_named(manage, name):
    result = manage("check", **{name: None})

    assert result.returncode != 0
    assert name in result.stderr


# Of what can be wrong in two ways, each process has one.
DANGEROUS = [
    {
        "SECRET_KEY is too weak": {"SECRET_KEY": "a" * 60},
        "HASH_KEY is too weak": {"HASH_KEY": "short"},
        "ALLOWED_HOSTS admits any host": {"ALLOWED_HOSTS": "*"},
        "SITE_URL is no address": {"SITE_URL": "act.example.org"},
        "'proxy' is no network": {"TRUSTED_PROXIES": "10.0.0.0/8,proxy"},
        "'prometheus' is no network": {"METRICS_FROM": "10.0.0.0/8,prometheus"},
        "DEBUG is on": {"DEBUG": "1"},
        "SMTP_URL is empty": {"SMTP_URL": None},
        "LETTER_FROM is not an address of a domain you send from": {"MAIL_DOMAIN": None},
        "RETURNS_HOOK_SECRET is too weak": {"RETURNS_HOOK_SECRET": "short"},
        "JOURNAL_DIR is not named": {"JOURNAL_DIR": None},
        "SQLite with a Redis on another machine": {
            "DATABASE_URL": "sqlite:////tmp/production.sqlite3"
        },
    },
    {
        "SECRET_KEY is too weak": {"SECRET_KEY": "short"},
        "SECRET_KEY and HASH_KEY are the same": {"HASH_KEY": "short"},
        "SITE_URL is not https": {"SITE_URL": "http://act.example.org"},
        "TRUSTED_PROXIES: 0.0.0.0/0 is everybody": {"TRUSTED_PROXIES": "0.0.0.0/0"},
        "METRICS_FROM: ::/0 is everybody": {"METRICS_FROM": "10.0.0.0/8,::/0"},
        "LETTER_FROM is not an address": {"LETTER_FROM": "letters@elsewhere.example"},
        "METRICS_TOKEN is too weak": {"METRICS_TOKEN": "short"},
        "JOURNAL_DIR lies in VAR_DIR": {"VAR_DIR": "/srv/var", "JOURNAL_DIR": "/srv/var/journal"},
        "BOUNCE_DOMAIN and MAIL_DOMAIN belong to different": {
            "BOUNCE_DOMAIN": "bounce.elsewhere.example"
        },
    },
]


@pytest.mark.parametrize("dangerous", DANGEROUS, ids=["one way", "the other way"])
def test_each_dangerous_setting_is_refused_with_a_reason(manage, dangerous):
    changes = {name: value for change in dangerous.values() for name, value in change.items()}
    result = manage("check", **changes)
    # Any one error stops the start: none of them may be a warning.
    errors = result.stderr.partition("ERRORS:")[2].partition("WARNINGS:")[0]

    assert result.returncode != 0
    assert [complaint for complaint in dangerous if complaint not in errors] == []


def test_a_single_dangerous_setting_is_enough(manage):
    assert manage("check", ALLOWED_HOSTS="*").returncode != 0


def test_the_web_server_itself_refuses_too(manage):
    result = manage("shell", "--no-imports", "-c", "import config.wsgi", TRUSTED_PROXIES="::/0")

    assert result.returncode != 0
    assert "TRUSTED_PROXIES: ::/0 is everybody" in result.stderr


EVERYBODY = ["0.0.0.0/0", "::/0", "0.0.0.0/1", "128.0.0.0/1", "2000::/3", "::ffff:0:0/96"]
EVERYBODY += ["::ffff:0.0.0.0/97", "0.0.0.0", "0.0.0.0/8", "1.0.0.0/7"]
OWN = ["10.0.0.0/8", "127.0.0.1", "::1", "fc00::/7", "fd00::/8", "104.16.0.0/13", "2400:cb00::/32"]


@pytest.mark.parametrize("name", checks.NETWORKS)
@pytest.mark.parametrize("entry", EVERYBODY)
def test_no_setting_takes_everybody_for_a_network_of_ours(settings, name, entry):
    setattr(settings, name, ["10.0.0.0/8", entry])

    assert [error.id for error in checks.networks()] == ["config.E006"]


@pytest.mark.parametrize("name", checks.NETWORKS)
def test_every_setting_takes_networks_that_can_be_one_s_own(settings, name):
    setattr(settings, name, OWN)

    assert list(checks.networks()) == []


@pytest.mark.parametrize("hosts", [["*"], ["."], [".org"], ["*.example.org"], [".org."], []])
def test_no_setting_takes_every_host_for_ours(settings, hosts):
    settings.ALLOWED_HOSTS = hosts

    assert [error.id for error in checks.hosts()] == ["config.E003"]


def test_every_setting_that_the_code_reads_as_networks_is_checked():
    """Whoever writes `ip_network(... settings.X ...)` writes X into NETWORKS too."""
    read = set()
    for file in sorted(Path(checks.__file__).parents[1].glob("*/**/*.py")):
        text = file.read_text() if ".venv" not in file.parts and "tests" not in file.parts else ""
        if "ip_network(" in text:
            read |= set(re.findall(r"settings\.([A-Z_]+)", text))

    assert {name for name in read if name.endswith(("_FROM", "PROXIES", "NETWORKS"))} == set(
        checks.NETWORKS
    )


def test_a_secret_may_come_from_a_file(in_production, tmp_path):
    (tmp_path / "key").write_text("N" + "qW2eR4tY6uI8" * 5 + "\n")

    result = in_production(
        "from django.conf import settings; print(settings.SECRET_KEY)",
        SECRET_KEY=None,
        SECRET_KEY_FILE=str(tmp_path / "key"),
    )

    assert result.stdout.strip() == "N" + "qW2eR4tY6uI8" * 5


def test_gunicorn_believes_no_forwarding_header_by_itself():
    result = subprocess.run(
        [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "--print-config"],
        capture_output=True,
        text=True,
    )
    line = next(
        line for line in result.stdout.splitlines() if line.startswith("forwarded_allow_ips")
    )

    assert line.split("=", 1)[1].strip() in {"", "[]"}
