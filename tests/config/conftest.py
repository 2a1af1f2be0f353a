import os

import pytest
from django.conf import settings

from tests import processes

PRODUCTION = {
    "SECRET_KEY": "K" + "aB3dE5fG7hJ9" * 5,
    "HASH_KEY": "H" + "zY8xW6vU4tS2" * 3,
    "SITE_URL": "https://act.example.org",
    "DATABASE_URL": "postgres://take_action:secret@db.example.org/take_action",
    "REDIS_URL": "redis://redis.example.org:6379/0",
    "TRUSTED_PROXIES": "10.0.0.0/8",
    "DELIVERY_ENABLED": "1",
    "SMTP_URL": "smtp+tls://user:secret@relay.example.org:587",
    "MAIL_DOMAIN": "mail.example.org",
    "JOURNAL_DIR": "/var/lib/take-action-journal",
}
KEPT = ("PATH", "HOME", "LANG", "VIRTUAL_ENV")


@pytest.fixture
def manage():
    """Run manage.py with the environment of a production machine, changed as the test says; None
    takes a name away.
    """

    def run(*arguments, **changes):
        env = {name: os.environ[name] for name in KEPT if name in os.environ} | PRODUCTION | changes
        return processes.nursery().run(
            ["-m", "manage", *arguments],
            env={name: value for name, value in env.items() if value is not None},
            cwd=settings.BASE_DIR,
        )

    return run


@pytest.fixture
def in_production(manage):
    return lambda code, **changes: manage("shell", "--no-imports", "-c", code, **changes)
