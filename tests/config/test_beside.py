"""bin/manage: a management command on what bin/run made."""

import os
import subprocess
import sys

from django.conf import settings

OURS = ("DATABASE_URL", "REDIS_URL", "SITE_URL", "ALLOWED_HOSTS", "SECRET_KEY", "HASH_KEY")


def manage(var, *arguments):
    env = {
        name: value
        for name, value in os.environ.items()
        if name not in OURS and not name.startswith("DJANGO")
    }
    env |= {"VAR_DIR": str(var), "TAKE_ACTION_VENV_READY": "1"}
    return subprocess.run(
        [settings.BASE_DIR / "bin/manage", *arguments], env=env, capture_output=True, text=True
    )


def show(var, setting):
    return manage(
        var,
        "shell",
        "--no-imports",
        "-c",
        f"from django.conf import settings; print(settings.{setting})",
    )


def test_it_works_on_the_database_and_the_servers_of_bin_run(tmp_path):
    (tmp_path / "secrets").write_text(
        "SECRET_KEY=" + "aB3dE5fG7h-" * 6 + "\nHASH_KEY=" + "zY9xW7vU5t-" * 6 + "\n"
    )
    (tmp_path / "running").write_text(
        "REDIS_URL=redis://127.0.0.1:1/0\nSITE_URL=http://127.0.0.1:8123\n"
    )

    assert show(tmp_path, "DATABASES['default']['NAME']").stdout.strip() == str(
        tmp_path / "db.sqlite3"
    )
    assert show(tmp_path, "SITE_URL").stdout.strip() == "http://127.0.0.1:8123"
    assert show(tmp_path, "REDIS_URL").stdout.strip() == "redis://127.0.0.1:1/0"


def test_before_bin_run_it_says_what_to_do(tmp_path):
    result = manage(tmp_path, "check")

    assert result.returncode == 1
    assert "Start bin/run once" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_plain_manage_py_without_settings_works_there_too_and_never_over_settings_of_ones_own(
    tmp_path,
):
    (tmp_path / "secrets").write_text(
        "SECRET_KEY=" + "aB3dE5fG7h-" * 6 + "\nHASH_KEY=" + "zY9xW7vU5t-" * 6 + "\n"
    )
    env = {
        name: value
        for name, value in os.environ.items()
        if name not in OURS and not name.startswith("DJANGO")
    }
    env |= {"VAR_DIR": str(tmp_path)}
    command = [
        sys.executable,
        "manage.py",
        "shell",
        "--no-imports",
        "-c",
        "from django.conf import settings; print(settings.SITE_URL)",
    ]

    plain = subprocess.run(command, env=env, cwd=settings.BASE_DIR, capture_output=True, text=True)
    own = subprocess.run(
        command,
        env=env | {"SITE_URL": "https://act.example.org"},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )

    assert plain.stdout.strip() == "http://127.0.0.1:8000"
    assert own.returncode != 0
    assert "SECRET_KEY" in own.stderr
